"""The projects opened recently on this machine, in a file of the user's settings."""

from __future__ import annotations

import json
import os
from pathlib import Path


def _recent_file() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".config") / "qualcode" / "recent.json"


def recent_projects() -> tuple[str, ...]:
    """Return the recent projects that still exist, the latest first."""
    try:
        paths = json.loads(_recent_file().read_text(encoding="utf-8"))
    # A damaged list is no reason to stop: it is only a convenience.
    except (OSError, ValueError):
        return ()
    return tuple(path for path in paths if isinstance(path, str) and Path(path).is_file())


def remember_project(path: str) -> None:
    """Put a project first in the list of recent projects."""
    # The address of a database can hold a password, which must not be written to a file.
    if "://" in path:
        return
    whole = str(Path(path).resolve())
    paths = [whole, *(recent_path for recent_path in recent_projects() if recent_path != whole)][:8]
    try:
        _recent_file().parent.mkdir(parents=True, exist_ok=True)
        _recent_file().write_text(json.dumps(paths), encoding="utf-8")
    except OSError:
        # Where nothing may be written there is no list, and all else works.
        return
