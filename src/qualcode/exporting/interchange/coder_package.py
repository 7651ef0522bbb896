"""A coder's work as a file: json, the same bytes for the same work."""

from __future__ import annotations

from pathlib import Path

from qualcode.exporting.document.json_writer import json_bytes
from qualcode.exporting.files import write_bytes
from qualcode.model.coder_package import PACKAGE_FORMAT, CoderPackage
from qualcode.model.json_values import to_json_value


def write_work(work: CoderPackage, path: Path) -> None:
    """Write a coder's work to a file, whatever its suffix.

    Raises:
        WriteError: the file cannot be written.
    """
    write_bytes(Path(path), json_bytes({"format": PACKAGE_FORMAT, **to_json_value(work)}))
