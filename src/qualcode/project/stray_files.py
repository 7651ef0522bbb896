"""Files around a project that may still hold words which were erased in it."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from qualcode.phrases import Phrases

_COPIES = frozenset({".qualcode", ".qdpx", ".sealed"})
# A project may lie in a large folder, and a receipt must not wait for all of it.
_MOST_FILES = 2_000
_LARGEST = 50_000_000
_DEEPEST = 2
_TAG = re.compile(rb"<[^>]*>")
_BREAK = re.compile(rb"</w:p>|</p>|</text:p>|<w:br/>|<w:tab/>|</t>|</si>")


def find_files_with(
    project: Path | None, hashes: Collection[str], phrases: Phrases
) -> tuple[Path, ...]:
    """Return files in the folder of a project, and in its subfolders, to delete by hand.

    Copies of a project are always among them: some cannot be read, as a backup with a passphrase.

    Args:
        project: The file of the project; None if it is no file.
        hashes: The sha256 of texts, which work files name, and of imported files.
        phrases: The words.
    """
    if project is None:
        return ()
    project_files = {project.name + suffix for suffix in ("", "-wal", "-shm", "-journal")}
    folder = project.resolve().parent
    return tuple(
        file
        for number, file in enumerate(_files(folder, _DEEPEST))
        if number < _MOST_FILES
        and not (file.parent == folder and file.name in project_files)
        and (file.suffix in _COPIES or _holds(file, hashes, phrases))
    )


def _files(folder: Path, deeper: int) -> Iterator[Path]:
    # A folder that may not be read holds nothing that this program wrote.
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path.is_file():
                yield path
            elif deeper and path.is_dir() and not path.name.startswith("."):
                yield from _files(path, deeper - 1)


def _holds(file: Path, hashes: Collection[str], phrases: Phrases) -> bool:
    try:
        if file.stat().st_size > _LARGEST:
            return False
        data = file.read_bytes()
    except OSError:
        return False
    if hashlib.sha256(data).hexdigest() in hashes:
        return True
    if any(value.encode() in data for value in hashes):
        return True
    return any(phrases.count_in_bytes(part) for part in (data, *_members(file)))


def _members(file: Path) -> Iterator[bytes]:
    """Yield the texts inside a document of Word, Excel or OpenDocument."""
    if not zipfile.is_zipfile(file):
        return
    with suppress(zipfile.BadZipFile, OSError, RuntimeError), zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if member.filename.endswith(".xml") and member.file_size <= _LARGEST:
                # Word cuts sentences into many elements. Ends of paragraphs become spaces first, or
                # the words around them would be one.
                yield _TAG.sub(b"", _BREAK.sub(b" ", archive.read(member)))
