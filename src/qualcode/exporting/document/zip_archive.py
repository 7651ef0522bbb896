"""Zip files (docx, xlsx) that come out the same whenever and wherever they are written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

ArchiveEntry = tuple[str, int, Iterable[bytes]]
"""Name, size in bytes or somewhat more, and content in parts."""

# The first date that a zip file can hold.
_STAMP = (1980, 1, 1, 0, 0, 0)
# What zipfile writes on Linux and macOS; on Windows it is another number.
_UNIX = 3


def settled(data: bytes) -> bytes:
    """Return the zip file with sorted entries and without the time and system of writing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.create_system = _UNIX
            # Permissions differ by machine too.
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def settled_archive(entries: Iterable[ArchiveEntry]) -> bytes:
    """Return what :func:`settled` would, of entries that are never in memory together."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, size, parts in sorted(entries, key=lambda entry: entry[0]):
            large = size * 1.05 > zipfile.ZIP64_LIMIT
            with archive.open(name, "w", force_zip64=large) as file:
                for part in parts:
                    file.write(part)
            archive.getinfo(name).create_system = _UNIX
    return out.getvalue()
