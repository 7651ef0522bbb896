"""Makes a database file whole or not at all: it gets its name when it is complete."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qualcode.errors import DuplicateError, ProjectError
from qualcode.messages import Message
from qualcode.storage.db_errors import full_disk, read_only


@contextmanager
def new_file(to: Path) -> Iterator[Path]:
    """Yield an empty file to fill; it gets the name ``to`` when the block ends well.

    Raises:
        DuplicateError: something has the name already.
        ProjectError: nothing can be made there.
    """
    # A program that is stopped halfway leaves no file that looks like a project.
    temporary = to.with_name(f".{secrets.token_hex(8)}.tmp")
    _refuse_taken(to)
    try:
        temporary.open("xb").close()
    except OSError as error:
        raise _unwritable(to, error) from error
    try:
        yield temporary
        _give_name(temporary, to)
    finally:
        discard(temporary)


def discard(path: Path) -> None:
    """Remove an unfinished database file with its log files."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _give_name(temporary: Path, to: Path) -> None:
    _write_through(temporary)
    try:
        # A second name, unlike a rename, never replaces a file that another program made since.
        os.link(temporary, to)
    except FileExistsError as error:
        raise _taken(to) from error
    except OSError:
        # Memory sticks and some network drives know no second names.
        _refuse_taken(to)
        try:
            temporary.rename(to)
        except OSError as error:
            raise _unwritable(to, error) from error
    # The name too must outlast a power cut. Windows opens no folder, and keeps names itself.
    with suppress(OSError):
        _write_through(to.parent)


def _write_through(path: Path) -> None:
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _refuse_taken(path: Path) -> None:
    if os.path.lexists(path):
        raise _taken(path)


def _taken(path: Path) -> DuplicateError:
    return DuplicateError(
        Message(
            "'{path}' exists already. Open it, or choose another name for the new project.",
            path=path,
        )
    )


def _unwritable(path: Path, error: OSError) -> ProjectError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ProjectError(
            Message(
                "There is no folder '{parent}'. Make it first, or choose another place.",
                parent=path.parent,
            )
        )
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return full_disk(str(path))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return read_only(str(path))
    return ProjectError(
        Message(
            "'{path}' cannot be made: {strerror}. Choose another place.",
            path=path,
            strerror=error.strerror,
        )
    )
