"""Remembers which bytes of a project file were verified, so that they are not verified again.

A large project takes seconds to verify, and each command opens it. What is remembered is a hash of
the whole file, which takes a thirtieth of that: one harmed byte anywhere gives another hash, and
the file is verified again. No time, size or name of a file is trusted, and ``check`` never asks.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from qualcode import __version__
from qualcode.storage.open_files import find_descriptor, identity_of, leads_to
from qualcode.storage.schema import SCHEMA

LARGE = 8_000_000
"""Bytes from which a file is remembered: a smaller one is verified before anyone notices."""
_MOST = 100
_AT_ONCE = 2**20


class VerifiedFiles:
    """The hashes of files without a problem, each the name of an empty file in a folder.

    Args:
        folder: Where they are kept; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __contains__(self, digest: str) -> bool:
        with suppress(OSError):
            return (self._folder / digest).is_file()
        return False

    def add(self, digest: str) -> None:
        """Remember a hash; where nothing can be written, the file is verified each time."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / digest).touch()
            by_age = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime)
            for file in by_age[:-_MOST]:
                file.unlink(missing_ok=True)


def hash_of_file(path: Path) -> str:
    """Return the hash of a project file that SQLite has open, with what this program checks.

    Returns:
        ``""`` where the file alone is not the project, or is not large, or cannot be read.
    """
    log = Path(f"{path}-wal")
    with suppress(OSError):
        if path.stat().st_size < LARGE or (log.exists() and log.stat().st_size):
            return ""
        digest = hashlib.sha256(f"{__version__} {SCHEMA}".encode())
        if os.name != "posix":
            with path.open("rb") as file:
                while part := file.read(_AT_ONCE):
                    digest.update(part)
            return digest.hexdigest()
        # POSIX drops the locks of SQLite on a file when any descriptor of it is closed, so that it
        # is not opened a second time.
        identity = identity_of(path)
        number = find_descriptor(identity)
        if number is None:
            return ""
        place = 0
        while part := os.pread(number, _AT_ONCE, place):
            digest.update(part)
            place += len(part)
        # SQLite may have closed it in another thread, and its number may be of another file.
        return digest.hexdigest() if leads_to(number, identity) else ""
    return ""
