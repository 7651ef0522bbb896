"""The project files of a folder."""

from __future__ import annotations

import re
from pathlib import Path

# What the migration to a newer schema leaves next to the project: see ``storage/database``.
_BEFORE_MIGRATION = re.compile(r"\.schema\d+-\d{8}T\d{6}$")
_PASSWORD = re.compile(r"^(\w[\w+.-]*://[^/:@]*):.*@(?=[^@]*$)")
_IN_QUERY = re.compile(r"([?&][^=&]*pass[^=&]*=)[^&]*", re.IGNORECASE)


def list_projects(folder: Path) -> list[Path]:
    """Return the project files in a folder, without the copies made before a migration.

    Such a copy is a project of an older version. With it in the list, every command would ask
    which of the two is meant from the day that somebody installed a new version.
    """
    files = sorted(folder.glob("*.qualcode"))
    return [file for file in files if not _BEFORE_MIGRATION.search(file.stem)]


def has_password(target: str) -> bool:
    """Tell whether the address of a server holds a password, which others can read then."""
    return hide_password(target) != target


def hide_password(target: str) -> str:
    """Return the name of a project as it may be shown: the address of a server without password."""
    # The password may hold any sign, so it ends at the last @ before the host.
    return _IN_QUERY.sub(r"\1***", _PASSWORD.sub(r"\1:***@", target))
