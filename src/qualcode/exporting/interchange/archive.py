"""Writes files as a folder or as one zip file that comes out the same on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from qualcode.errors import WriteError
from qualcode.exporting.document.zip_archive import settled
from qualcode.exporting.files import make_folder, write_bytes
from qualcode.messages import Message


def write_archive(files: Mapping[str, bytes], path: Path) -> None:
    """Write files into a zip file, or into a folder.

    Args:
        files: Bytes by name, with ``/`` between folders.
        path: A ``.zip`` file; any other name is a folder.

    Raises:
        WriteError: it cannot be written, or the folder holds something already.
    """
    if path.suffix.casefold() == ".zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for name, data in files.items():
                new.writestr(name, data)
        write_bytes(path, settled(out.getvalue()))
        return
    # A file that is left over from before would be an added one.
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WriteError(
            Message("'{path}' is there already. Name a folder that does not exist.", path=path)
        )
    for name, data in files.items():
        make_folder((path / name).parent)
        write_bytes(path / name, data)
