"""The projects opened recently on this machine, in a file of the user's settings."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project that was opened on this machine.

    Attributes:
        path: Its file.
        title: Name of the study; the name of the file where it is not known.
        opened_at: When it was opened last, in UTC; None where it is not known.
    """

    path: str
    title: str
    opened_at: datetime | None = None


def settings_folder() -> Path:
    """Return the folder for what the app keeps of this person."""
    base = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return (Path(base) if base else Path.home() / ".config") / "qualcode"


def _recent_file() -> Path:
    return settings_folder() / "recent.json"


def recent_studies() -> tuple[RecentProject, ...]:
    """Return the recent projects that still exist, the latest first."""
    try:
        entries = json.loads(_recent_file().read_text(encoding="utf-8"))
    # A damaged list is no reason to stop: it is only a convenience.
    except (OSError, ValueError):
        return ()
    studies = [_read_entry(entry) for entry in entries] if isinstance(entries, list) else []
    return tuple(study for study in studies if study and Path(study.path).is_file())


def _read_entry(entry: Any) -> RecentProject | None:
    # Older versions kept the path alone.
    if isinstance(entry, str):
        return RecentProject(entry, Path(entry).stem)
    if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
        return None
    path = entry["path"]
    try:
        opened_at = datetime.fromisoformat(str(entry.get("opened_at")))
    except ValueError:
        opened_at = None
    return RecentProject(path, str(entry.get("title") or Path(path).stem), opened_at)


def recent_projects() -> tuple[str, ...]:
    """Return the paths of the recent projects that still exist, the latest first."""
    return tuple(study.path for study in recent_studies())


def remember_project(path: str, title: str = "") -> None:
    """Put a project first in the list of recent projects."""
    # The address of a database can hold a password, which must not be written to a file.
    if "://" in path:
        return
    whole = str(Path(path).resolve())
    latest = RecentProject(whole, title or Path(whole).stem, datetime.now(UTC))
    studies = [latest, *(study for study in recent_studies() if study.path != whole)][:8]
    entries = [
        {
            "path": study.path,
            "title": study.title,
            "opened_at": study.opened_at.isoformat(timespec="seconds") if study.opened_at else "",
        }
        for study in studies
    ]
    try:
        _recent_file().parent.mkdir(parents=True, exist_ok=True)
        _recent_file().write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    except OSError:
        # Where nothing may be written there is no list, and all else works.
        return
