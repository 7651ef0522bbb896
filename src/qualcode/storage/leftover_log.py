"""The log that a killed program left beside a project file: is it of this file?

SQLite merges a log into whatever file has its name. A synchronising service may have put another
version there meanwhile: the two would be mixed, or the newer one lost, without a word. Each step
leaves a mark in the first page of the file (see ``file_mark``), so the log says with which step
it goes on. Format of the log: https://www.sqlite.org/fileformat2.html#walformat.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from qualcode.errors import QualcodeError, ReplacedProjectError
from qualcode.messages import Message
from qualcode.storage.file_mark import mark_of
from qualcode.storage.open_files import find_descriptor, identity_of

_MARK = slice(60, 64)
_HEADER, _FRAME = 32, 24
_TRIES = 3


def set_aside_foreign_log(path: Path, now: datetime) -> None:
    """Keep a log that goes on with another version of its file, and leave the file as it is.

    Args:
        path: The project file, which nobody in this process has open.
        now: Part of the name under which the log is kept.

    Raises:
        ReplacedProjectError: there was such a log; the file can be opened after this.
    """
    log = Path(f"{path}-wal")
    # What this process has open is watched, and to open the file anew would drop its locks.
    if not _size(log) or find_descriptor(identity_of(path)) is not None:
        return
    goes_on = _goes_on(path, log)
    if goes_on or not _is_foreign(path, log, by_marks=goes_on is False):
        return
    kept = path.with_name(f"{path.name}-log-{now:%Y%m%d-%H%M%S}")
    log.replace(kept)
    Path(f"{path}-shm").unlink(missing_ok=True)
    raise ReplacedProjectError(
        Message(
            "'{path}' was replaced by another version while changes of an interrupted session lay "
            "in a log beside it. Nothing was mixed: the log is kept as '{kept}'. Open the project "
            "again to go on with the version that is there. If you still have the version before "
            "(a backup, a conflict copy), give the log its name with -wal behind it, beside it: "
            "then it holds the changes.",
            path=path,
            kept=kept.name,
        ),
        kept,
    )


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _goes_on(path: Path, log: Path) -> bool | None:
    """Tell whether a log goes on where its file ends; None if the marks do not tell."""
    try:
        with path.open("rb") as file:
            in_file = int.from_bytes(file.read(_MARK.stop)[_MARK])
        in_log = [*_marks_in(log)]
        # Read only: otherwise SQLite merges the log when this connection closes.
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            steps = {
                mark_of(number, at): (number, step)
                for number, step, at in connection.execute("SELECT number, step, at FROM events")
            }
            last = steps.get(in_file)
            if not in_file:
                # An earlier version of the program left no marks.
                return None
            if last is None:
                # What the file holds is not in the history that the log goes on with.
                return False
            # A log that was merged in part holds the last step of the file itself.
            if not in_log or in_file in in_log:
                return True
            if in_log[0] not in steps:
                return None
            (begin,) = connection.execute(
                "SELECT min(number) FROM events WHERE step = ?", (steps[in_log[0]][1],)
            ).fetchone()
            return bool(begin == last[0] + 1)
    except (OSError, sqlite3.Error, UnicodeDecodeError):
        return None


def _marks_in(log: Path) -> Iterator[int]:
    """Yield the marks that the first page has in a log, in order."""
    with log.open("rb") as file:
        header = file.read(_HEADER)
        size, salt = int.from_bytes(header[8:12]), header[16:24]
        # The pages behind those of the present salt are left from before, and count no more.
        while (frame := file.read(_FRAME)) and frame[8:16] == salt:
            page = file.read(size)
            if int.from_bytes(frame[:4]) == 1:
                yield int.from_bytes(page[_MARK])


def _is_foreign(path: Path, log: Path, *, by_marks: bool) -> bool:
    """Tell whether a file is sound by itself, and not with its log, or that by its marks."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".qualcode-") as folder:
        copy = Path(folder) / "copy"
        for _ in range(_TRIES):
            before = _state(path, log)
            try:
                shutil.copy(path, copy)
                shutil.copy(log, f"{copy}-wal")
            except OSError:
                return False
            if _state(path, log) == before:
                break
        else:
            # Somebody works in it at this moment, so the log is of this file.
            return False
        if not by_marks and _is_sound(copy):
            return False
        shutil.copy(path, copy)
        Path(f"{copy}-wal").unlink(missing_ok=True)
        Path(f"{copy}-shm").unlink(missing_ok=True)
        return _is_sound(copy)


def _is_sound(path: Path) -> bool:
    from qualcode.storage.engine import Target
    from qualcode.storage.integrity import check

    engine = Target(path).engine()
    try:
        with engine.connect() as connection:
            return not check(connection)
    except QualcodeError:
        return False
    finally:
        engine.dispose()


def _state(*paths: Path) -> list[tuple[int, int]]:
    return [(path.stat().st_size, path.stat().st_mtime_ns) for path in paths if path.exists()]
