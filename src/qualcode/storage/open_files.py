"""Which file has a name, and which name an open file has by now."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_FOLDERS = ("/proc/self/fd", "/dev/fd")
# From fcntl.h of macOS, which has no folder of links to the open files.
_F_GETPATH = 50

Identity = tuple[int, int]
"""Device and number of a file."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """The file that is open, whatever its name: whether it has one, and which."""

    has_name: bool
    path: Path | None


def identity_of(path: Path) -> Identity | None:
    """Return which file has this name, None for none or where nobody can tell now."""
    with suppress(OSError):
        return read_identity(path)
    return None


def read_identity(path: Path) -> Identity | None:
    """Return which file has this name, None for none.

    Raises:
        OSError: the folder cannot be read now.
    """
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        # Windows says so of a share or drive that is away, too. A folder with an open file in it
        # cannot be renamed there, so that it is not the file that went.
        if sys.platform == "win32" and not path.parent.exists():
            raise
        return None
    return status.st_dev, status.st_ino


def find_open_file(identity: Identity | None, folder: Path) -> OpenFile:
    """Return the name that an open file has now."""
    number = find_descriptor(identity)
    if number is None:
        return OpenFile(has_name=True, path=_search(identity, folder))
    return OpenFile(os.fstat(number).st_nlink > 0, _name_of(number, identity, folder))


def find_descriptor(identity: Identity | None) -> int | None:
    """Return the number of an open descriptor of a file, None where the system lists none."""
    return next((number for number in _open_numbers() if leads_to(number, identity)), None)


def leads_to(number: int, identity: Identity | None) -> bool:
    """Tell whether a descriptor is of this file: SQLite may have closed it since."""
    try:
        status = os.fstat(number)
    except OSError:
        return False
    return (status.st_dev, status.st_ino) == identity


def _open_numbers() -> list[int]:
    for place in _FOLDERS:
        with suppress(OSError):
            return sorted(int(link.name) for link in Path(place).iterdir() if link.name.isdecimal())
    return []


def _name_of(number: int, identity: Identity | None, folder: Path) -> Path | None:
    try:
        path = Path(f"/proc/self/fd/{number}").readlink()
    except OSError:
        path = _path_by_fcntl(number)
    return path if identity_of(path) == identity else _search(identity, folder)


def _path_by_fcntl(number: int) -> Path:
    try:
        import fcntl

        answer = fcntl.fcntl(number, _F_GETPATH, b"\0" * 1024)
    except (ImportError, OSError):
        return Path()
    return Path(os.fsdecode(answer.rstrip(b"\0")))


def _search(identity: Identity | None, folder: Path) -> Path | None:
    with suppress(OSError):
        return next((path for path in folder.iterdir() if identity_of(path) == identity), None)
    return None
