"""Backups that the program makes by itself: checked, and thinned out with time.

There is one a day, and one before each step that nothing brings back.

They lie in a folder of the person, away from the project: who loses the one folder keeps the other.
`QUALCODE_BACKUPS` names another folder, or `off`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import DamagedProjectError, ProjectError, QualcodeError
from qualcode.exporting.files import make_folder, write_bytes
from qualcode.messages import Message
from qualcode.project.data_folder import data_folder

if TYPE_CHECKING:
    from qualcode.project.project import Project

VARIABLE = "QUALCODE_BACKUPS"
_OFF = "off"
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
_TIME = "%Y-%m-%dT%H%M%S"
_MOST_OF_STEPS = 20
_UNDO_REACHES = timedelta(hours=1)

REASONS = {
    "withdrawal": Message("before a participant was erased"),
    "names": Message("before names were replaced"),
    "transcript": Message("before an interview was removed or corrected"),
    "consensus": Message("before decisions were replaced"),
    "codebook": Message("before another codebook was read"),
}
"""The steps before which a backup is made, in words."""

_UNDOABLE = frozenset({"consensus", "codebook"})
_ERASING = frozenset({"withdrawal", "names"})

_untold: dict[Path, list[Backup]] = {}


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and checked.

    Attributes:
        path: The file.
        made_at: When, in UTC.
        revision: Number of the latest event in it.
        problems: How many problems its check found; 0 for a sound project.
        reason: The step that it was made before, of :data:`REASONS`; ``""`` for that of a day.
        state: The hash of all that was done until then; ``""`` in a note of an earlier version.
    """

    path: Path
    made_at: datetime
    revision: int
    problems: int
    reason: str = ""
    state: str = ""


def backup_folder(project: Project) -> Path | None:
    """Return the folder of the backups of a project; None if none are made."""
    base = _base_folder()
    if base is None or project.history.path is None:
        return None
    return base / re.sub(r"[^\w.@-]", "_", project.info.key)


def _base_folder() -> Path | None:
    chosen = os.environ.get(VARIABLE, "")
    if chosen.casefold() == _OFF:
        return None
    return Path(chosen).expanduser() if chosen else data_folder() / "backups"


def list_backups(project: Project) -> tuple[Backup, ...]:
    """Return the backups that were made of a project, newest first."""
    folder = backup_folder(project)
    notes = folder.glob("*.json") if folder and folder.is_dir() else ()
    backups = (backup for note in notes if (backup := _read(note)) is not None)
    return tuple(sorted(backups, key=lambda backup: backup.made_at, reverse=True))


def find_backups_of(file: Path) -> tuple[Backup, ...]:
    """Return the backups of a project file, newest first, also where it cannot be opened."""
    from qualcode.project.project import Project

    with suppress(QualcodeError), Project.open(file, verify=False) as project:
        backups = list_backups(project)
        if backups:
            return backups
    base, place = _base_folder(), str(file.absolute())
    backups_there = (
        backup
        for note in (base.glob("*/*.json") if base and base.is_dir() else ())
        if _told(note).get("path") == place and (backup := _read(note)) is not None
    )
    return tuple(sorted(backups_there, key=lambda backup: backup.made_at, reverse=True))


def _told(note: Path) -> dict[str, object]:
    with suppress(OSError, ValueError):
        note_values = json.loads(note.read_text(encoding="utf-8"))
        if isinstance(note_values, dict):
            return note_values
    return {}


def _read(note: Path) -> Backup | None:
    # The note is read and not the backup: to open one takes long, and it may be damaged.
    path = note.with_suffix(".qualcode")
    # Somebody may have deleted the file, or written another note there.
    with suppress(OSError, ValueError, KeyError, TypeError):
        if path.is_file():
            note_values = json.loads(note.read_text(encoding="utf-8"))
            made_at = datetime.fromisoformat(note_values["made_at"])
            return Backup(
                path,
                made_at,
                int(note_values["revision"]),
                int(note_values["problems"]),
                str(note_values.get("reason", "")),
                str(note_values.get("state", "")),
            )
    return None


def back_up_daily(project: Project, now: datetime | None = None) -> Backup | None:
    """Make the backup of this day, if there is none yet and something changed since the last.

    Returns:
        The backup, checked; None if none was due.

    Raises:
        QualcodeError: it could not be written.
    """
    folder, moment = backup_folder(project), now or datetime.now(UTC)
    if folder is None:
        return None
    daily = [backup for backup in list_backups(project) if not backup.reason]
    state = project.history.state()
    if daily and (
        daily[0].made_at.astimezone().date() == moment.astimezone().date()
        or daily[0].state == state
    ):
        return None
    return _make(project, folder, moment)


def back_up_before(project: Project, reason: str, now: datetime | None = None) -> Backup | None:
    """Make a backup before a step that nothing brings back, or one that replaces much.

    Args:
        project: The project.
        reason: The step, of :data:`REASONS`.
        now: The time; of the clock by default.

    Returns:
        The backup, checked; None if none are made, or if one of this state is there.

    Raises:
        ProjectError: it cannot be written: the step should not be made.
        DamagedProjectError: the project is damaged.
    """
    folder, moment = backup_folder(project), now or datetime.now(UTC)
    if folder is None:
        return None
    state = project.history.state()
    if any(_is_enough(backup, state, reason, moment) for backup in list_backups(project)):
        return None
    try:
        backup = _make(project, folder, moment, reason)
    except QualcodeError as error:
        raise ProjectError(
            Message(
                "Nothing was changed, because no backup could be made first ({reason}). Make room, "
                "or let QUALCODE_BACKUPS name another folder, or 'off'.",
                reason=str(error),
            )
        ) from error
    if backup.problems:
        raise DamagedProjectError(
            Message(
                "Nothing was changed, because the project is damaged: the backup that was made "
                "first has problems ({file}). Go back to an earlier one, or save what is whole: "
                "qualcode rescue",
                file=backup.path,
            )
        )
    _untold.setdefault(folder, []).append(backup)
    return backup


def _is_enough(backup: Backup, state: str, reason: str, moment: datetime) -> bool:
    if backup.problems:
        return False
    # Undo takes back what came since, as far as nothing was erased.
    is_near = reason in _UNDOABLE and timedelta(0) <= moment - backup.made_at < _UNDO_REACHES
    # A copy of the project has its folder too, and may have come as far in another way.
    return backup.state == state or (is_near and backup.reason == reason)


def take_untold_backups(project: Project) -> tuple[Message, ...]:
    """Return, once, a sentence for each backup that was made before a step."""
    folder = backup_folder(project) if _untold else None
    return describe_backups(_untold.pop(folder, []) if folder is not None else [])


def take_all_untold_backups() -> tuple[Message, ...]:
    """Return, once, a sentence for each backup that was made before a step of any project."""
    backups = [backup for backups_of_one in _untold.values() for backup in backups_of_one]
    _untold.clear()
    return describe_backups(backups)


def describe_backups(backups: Iterable[Backup]) -> tuple[Message, ...]:
    """Return a sentence for each backup that was made before a step."""
    return tuple(
        Message(
            "A backup was made and checked first: {file} It still holds what was taken out. Delete "
            "it when you are sure of the result.",
            file=backup.path,
        )
        if backup.reason in _ERASING
        else Message("A backup was made and checked first: {file}", file=backup.path)
        for backup in backups
    )


def _make(project: Project, folder: Path, moment: datetime, reason: str = "") -> Backup:
    make_folder(folder)
    path = _free_path(folder, moment)
    # Before the copy is made: what comes in between should not count as kept.
    revision, state = project.history.revision(), project.history.state()
    # Whoever opens the project: these copies are for the safety of all, and stay on the machine.
    project._store.backup(path)  # noqa: SLF001 - the verb asks for the right to take a copy along
    backup = Backup(path, moment, revision, len(check_file(path)), reason, state)
    note_values = {
        "made_at": moment.isoformat(),
        "revision": revision,
        "state": state,
        "problems": backup.problems,
        "reason": reason,
        # So that it is found also where the project itself cannot be read any more.
        "path": str(project.history.path.absolute()) if project.history.path else "",
    }
    write_bytes(path.with_suffix(".json"), json.dumps(note_values).encode())
    _thin_out(list_backups(project), moment)
    return backup


def _free_path(folder: Path, moment: datetime) -> Path:
    """Return a path in the order of time, also for two backups in one second."""
    stem = f"{moment.astimezone(UTC):{_TIME}}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    return next(path for name in names if not (path := folder / f"{name}.qualcode").exists())


def check_file(path: Path) -> tuple[str, ...]:
    """Open a project file and read all of it; return its problems as sentences."""
    from qualcode.project.project import Project

    try:
        with Project.open(path, verify=False) as copy:
            return tuple(map(str, copy.history.check()))
    except QualcodeError as error:
        return (str(error),)


def kept(backups: Iterable[Backup], now: datetime) -> set[Path]:
    """Return the backups to keep: the last of each of 7 days, 4 weeks and 12 months.

    Sound ones only count; the newest one is kept whatever its check found. Those before a step are
    kept besides: the latest 20 for 7 days.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    keep = {backup.path for backup in newest_first[:1]}
    # A damaged copy must not push out the last one that is whole.
    sound = [backup for backup in newest_first if not backup.problems]
    steps = [backup for backup in sound if backup.reason][:_MOST_OF_STEPS]
    daily = [backup for backup in sound if not backup.reason]
    keep |= {b.path for b in steps if now - b.made_at <= timedelta(days=_DAYS)}
    spans = (
        ("%Y-%j", timedelta(days=_DAYS)),
        ("%G-%V", timedelta(weeks=_WEEKS)),
        ("%Y-%m", timedelta(days=31 * _MONTHS)),
    )
    for form, longest in spans:
        seen: set[str] = set()
        for backup in daily:
            period = backup.made_at.strftime(form)
            if period in seen or now - backup.made_at > longest:
                continue
            seen.add(period)
            keep.add(backup.path)
    return keep


def _thin_out(backups: tuple[Backup, ...], now: datetime) -> None:
    keep = kept(backups, now)
    for backup in backups:
        if backup.path not in keep:
            with suppress(OSError):
                # First the file: a note without one is passed over, and a file without a note would
                # stay for good.
                backup.path.unlink()
                backup.path.with_suffix(".json").unlink(missing_ok=True)
