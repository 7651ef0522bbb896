"""Translates errors of databases to project errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from qualcode.errors import (
    ConflictError,
    DamagedProjectError,
    FullDiskError,
    LockedProjectError,
    NotAProjectError,
    ProjectError,
    QualcodeError,
    ReadOnlyProjectError,
)
from qualcode.messages import Message


def not_a_project(where: str) -> ProjectError:
    """Return the error for a file or database that is something else."""
    return NotAProjectError(
        Message(
            "'{where}' is not a qualcode project. Give the .qualcode file of a project, or "
            "make a new one with 'qualcode new'.",
            where=where,
        )
    )


def read_only(where: str) -> ProjectError:
    """Return the error for a place where nothing may be written."""
    return ReadOnlyProjectError(
        Message(
            "Nothing may be written at '{where}'. Copy the project to a folder of your own, or "
            "ask for the right to write there.",
            where=where,
        )
    )


def full_disk(where: str) -> ProjectError:
    """Return the error for a disk without room."""
    return FullDiskError(
        Message(
            "The disk that holds '{where}' is full. Free some space and try again; the project "
            "was not changed.",
            where=where,
        )
    )


def locked(where: str) -> ProjectError:
    """Return the error for a project in use elsewhere."""
    return LockedProjectError(
        Message(
            "'{where}' is locked by another program. Close it there, or wait a moment, and try "
            "again; the project was not changed.",
            where=where,
        )
    )


def damaged(where: str) -> ProjectError:
    """Return the error for a damaged file."""
    return DamagedProjectError(
        Message(
            "'{where}' is damaged and cannot be read. Go back to the newest backup of it.",
            where=where,
        )
    )


def unopenable(where: str) -> ProjectError:
    """Return the error for a file that the system does not open."""
    return ReadOnlyProjectError(
        Message(
            "'{where}' cannot be opened for writing. Check that its folder exists and that you "
            "may write in it.",
            where=where,
        )
    )


def taken(where: str) -> QualcodeError:
    """Return the error for a change that conflicts with another change."""
    return ConflictError(
        Message(
            "Someone else changed '{where}' at the same moment, and both changes cannot stand. "
            "Look at the project again and repeat yours.",
            where=where,
        )
    )


_SQLITE: dict[int, Callable[[str], QualcodeError]] = {
    sqlite3.SQLITE_NOTADB: not_a_project,
    sqlite3.SQLITE_READONLY: read_only,
    sqlite3.SQLITE_PERM: read_only,
    sqlite3.SQLITE_CANTOPEN: unopenable,
    sqlite3.SQLITE_FULL: full_disk,
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_CONSTRAINT: taken,
}

# SQLSTATE codes, https://www.postgresql.org/docs/15/errcodes-appendix.html
_POSTGRES: dict[str, Callable[[str], QualcodeError]] = {
    "53100": full_disk,
    "25006": read_only,
    "42501": read_only,
    "55P03": locked,
    "40P01": locked,
    "40001": taken,
    "23505": taken,
    "23503": taken,
}


def project_error(error: BaseException, where: str) -> QualcodeError:
    """Return the project error for an error of a database driver.

    Args:
        error: Error of the driver (``sqlite3`` or ``pg8000``).
        where: The project's file, or its database without the password.
    """
    if isinstance(error, sqlite3.Error):
        # The low byte is the primary result code, https://www.sqlite.org/rescode.html
        code = getattr(error, "sqlite_errorcode", None)
        make = _SQLITE.get(code & 0xFF) if code is not None else None
        return make(where) if make else _other(error, where)
    detail = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    make = _POSTGRES.get(detail.get("C", ""))
    return make(where) if make else _other(detail.get("M", error), where)


def _other(detail: object, where: str) -> QualcodeError:
    return ProjectError(
        Message(
            "The database of '{where}' refused: {detail}. The project was not changed; "
            "'qualcode check' tells whether it is sound.",
            where=where,
            detail=detail,
        )
    )
