"""Translates errors of databases to project errors that say what to do."""

from __future__ import annotations

import re
import sqlite3
import struct
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
    RefusedPasswordError,
    UncertainChangeError,
    UnreachableServerError,
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


def no_server(where: str) -> QualcodeError:
    """Return the error for a server that does not answer, or no longer."""
    return UnreachableServerError(
        Message(
            "The server of '{where}' does not answer. What was said to be saved is saved; the last "
            "change was not. Try again in a moment, or ask who keeps the server.",
            where=where,
        )
    )


def uncertain(where: str) -> QualcodeError:
    """Return the error for a change whose end a server did not answer, and cannot be asked."""
    return UncertainChangeError(
        Message(
            "The server of '{where}' went away while it saved the last change, so that nobody "
            "knows yet whether it is saved. When the server is back, look whether the change is "
            "there before you make it again.",
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
    "53300": no_server,
    "57P01": no_server,
    "57P02": no_server,
    "57P03": no_server,
    "57P05": no_server,
    "53100": full_disk,
    "25006": read_only,
    "42501": read_only,
    "55P03": locked,
    "40P01": locked,
    "40001": taken,
    "23505": taken,
    "23503": taken,
}


# The server speaks the language of its machine, so that its sentence tells nothing.
_NO_ENTRY = frozenset({"28P01", "28000"})
# The driver's own words, where it was given none; it speaks English only.
_NONE_GIVEN = re.compile(r"no\s+password\s+was")


_STARTING = frozenset({"57P03", "57P01", "57P02"})
# The driver's own words for a line that broke; it speaks English only.
_BROKEN = re.compile(r"network error|connection is closed|communication error|create a connection")


def is_starting(error: BaseException) -> bool:
    """Tell whether a server refused because it starts or stops: it may be back in seconds."""
    return _detail(error).get("C", "") in _STARTING or bool(_BROKEN.search(str(error)))


def _detail(error: BaseException) -> dict[str, str]:
    return error.args[0] if error.args and isinstance(error.args[0], dict) else {}


def project_error(error: BaseException, where: str) -> QualcodeError:
    """Return the project error for an error of a database driver.

    Args:
        error: Error of the driver (``sqlite3`` or ``pg8000``).
        where: The project's file, or its database without the password.
    """
    if isinstance(error, UnicodeDecodeError):
        return damaged(where)
    if isinstance(error, sqlite3.Error):
        # The low byte is the primary result code, https://www.sqlite.org/rescode.html
        if str(error).lower().startswith(("could", "malformed")):
            return damaged(where)
        code = getattr(error, "sqlite_errorcode", None)
        make = _SQLITE.get(code & 0xFF) if code is not None else None
        return make(where) if make else _other(error, where)
    detail = _detail(error)
    is_broken = not detail and bool(_BROKEN.search(str(error)))
    if is_broken or isinstance(error, OSError | struct.error):
        return no_server(where)
    if detail.get("C", "") in _NO_ENTRY or _NONE_GIVEN.search(str(error)):
        return _refused_password(detail.get("M", error), where)
    make = _POSTGRES.get(detail.get("C", ""))
    return make(where) if make else _other(detail.get("M", error), where)


def _refused_password(detail: object, where: str) -> ProjectError:
    return RefusedPasswordError(
        Message(
            "The server of '{where}' did not accept the user or the password: {detail}",
            where=where,
            detail=detail,
        )
    )


def _other(detail: object, where: str) -> QualcodeError:
    return ProjectError(
        Message(
            "The database of '{where}' refused: {detail}. The project was not changed; "
            "'qualcode check' says whether it is whole.",
            where=where,
            detail=detail,
        )
    )
