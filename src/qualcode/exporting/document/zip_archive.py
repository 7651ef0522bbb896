"""Zip files (docx, xlsx) that come out the same whenever and wherever they are written."""

from __future__ import annotations

import io
import zipfile

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
