"""Watches the file of an open project: it must keep its name, and be whole by itself.

SQLite writes to the file that it opened, whatever name that file has by now. After a rename, a
deletion or a replacement, work would go where nobody looks for it. So the file under the name is
compared before and after each change, and now and then in between.
"""

from __future__ import annotations

import atexit
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from qualcode.errors import MovedProjectError, ProjectError, QualcodeError
from qualcode.messages import Message
from qualcode.storage import erasure
from qualcode.storage.file_mark import FileMarks
from qualcode.storage.new_file import new_file
from qualcode.storage.open_files import find_open_file, identity_of, read_identity

IDLE_SECONDS = 1.0
"""Time without a change after which the write-ahead log is merged into the file."""

_WAIT_SECONDS = 0.2
_PAUSES = (0.0, 0.02, 0.1)


class FileWatch:
    """The file of one open project, seen by one session.

    Args:
        path: The file; it exists.
        let_go: Closes all other connections of the session.
    """

    def __init__(self, path: Path, let_go: Callable[[], None]) -> None:
        self.path = path.absolute()
        self._let_go = let_go
        self._identity = identity_of(self.path)
        self._error: MovedProjectError | None = None
        self._lock = threading.RLock()
        self._changed_at: float | None = None
        self._erasure_due = False
        self._closed = False
        # Kept open: it leads to the file also after the name is gone. Another way to hold the
        # file, such as open(), would drop the locks of SQLite when it is closed.
        self._connection = connect(self.path, timeout=_WAIT_SECONDS)
        self._connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()
        self._marks = FileMarks(self._connection, self.path, self._identity)
        self._overwritten = False

    def refuse_changed(self) -> None:
        """Refuse to go on if the name does not lead to the open file, or its content is another.

        Raises:
            MovedProjectError: the file was moved, deleted, replaced or overwritten.
            ProjectError: nobody can tell now, because the folder cannot be reached.
        """
        if self._error is None and self._name_leads_here() and self._holds_own_version():
            return
        with self._lock:
            if self._error is None:
                self._error = self._leave()
            raise self._error

    def note_change(self) -> None:
        """Note that a change was committed; refuse it if the name was lost meanwhile.

        Raises:
            MovedProjectError: the file was moved, deleted or replaced.
            ProjectError: nobody can tell now, because the folder cannot be reached.
        """
        self._changed_at = time.monotonic()
        _TENDER.add(self)
        with self._lock, suppress(sqlite3.Error):
            # At once: later, what is read could be of a version that another program wrote.
            if not self._closed:
                self._marks.note_events()
        self.refuse_changed()

    def erase(self) -> None:
        """Erase from the file what was deleted for good, now or as soon as nobody hinders it."""
        self._erasure_due = True
        self._changed_at = time.monotonic()
        _TENDER.add(self)
        self.merge_log()

    def tend(self) -> None:
        """Merge the log into the file if nothing changed for a while, and look at the name."""
        with suppress(ProjectError):
            self.refuse_changed()
        changed_at = self._changed_at
        if changed_at is not None and time.monotonic() - changed_at >= IDLE_SECONDS:
            self.merge_log()

    def merge_log(self) -> None:
        """Write what stands in the write-ahead log into the file, so that it is whole alone."""
        with self._lock:
            if self._closed:
                return
            changed_at = self._changed_at
            if self._merge() and self._changed_at == changed_at:
                self._changed_at = None

    def _merge(self) -> bool:
        if self._overwritten or not self._marks.follow():
            # The log would mix two versions.
            return False
        try:
            if self._erasure_due:
                erasure.erase(self._connection)
                self._erasure_due = False
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error:
            # The disk may be full, or another program reads: it is tried again later.
            return False
        # Seen at once: a version with the mark from before would pass as this one.
        self._marks.follow()
        return not busy

    def copy(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Let ``write`` copy what was saved, also after the file was deleted.

        Raises:
            MovedProjectError: what was saved has a file with a name already.
        """
        with self._lock:
            if self._closed and self._error is not None:
                raise self._error
            write(self._connection)

    def close(self) -> None:
        """Merge the log into the file and let go of it."""
        _TENDER.remove(self)
        with self._lock:
            if self._closed:
                return
            if not self._overwritten and not self._holds_own_version():
                # It closes this, once its last state is safe.
                self._error = self._leave_overwritten()
                return
            self._merge()
            self._closed = True
            # Closed as the last one, it removes the log, unless another program has it open.
            self._connection.close()
            with suppress(OSError):
                if read_identity(self.path) is None:
                    _remove_logs(self.path)

    def _name_leads_here(self) -> bool:
        try:
            return read_identity(self.path) == self._identity
        except OSError as error:
            # A network drive that is away for a moment: the file is perhaps where it was, so
            # that nothing is settled yet.
            raise ProjectError(
                Message(
                    "'{where}' cannot be reached now ({reason}). Nothing is written until it can "
                    "be. Then try again.",
                    where=self.path,
                    reason=error.strerror,
                )
            ) from error

    def _holds_own_version(self) -> bool:
        if self._closed or self._marks.are_unchanged():
            return True
        with self._lock:
            # Asked again: SQLite may just have closed the descriptor that the mark was read from.
            self._overwritten = not any(self._follows_after(pause) for pause in _PAUSES)
        return not self._overwritten

    def _follows_after(self, pause: float) -> bool:
        time.sleep(pause)
        return self._closed or self._marks.follow()

    def _leave(self) -> MovedProjectError:
        if self._overwritten:
            return self._leave_overwritten()
        error = self._settle()
        # Within one program, SQLite would let a connection by the new name share the memory of
        # these, and with it a log of another name.
        self._let_go()
        if error.place is not None:
            self.close()
        return error

    def _settle(self) -> MovedProjectError:
        """Bring what was saved to safety, and return what happened."""
        # First of all: the file then holds everything, and the log under the old name nothing,
        # so that it cannot mix with a file that took the name.
        self._merge()
        open_file = find_open_file(self._identity, self.path.parent)
        if not open_file.has_name and identity_of(self.path) is not None:
            return self._replaced()
        if open_file.has_name:
            return _moved(self.path, open_file.path)
        return MovedProjectError(
            Message(
                "'{where}' was deleted while it was open. Nothing more was written. What was "
                "saved can still be kept in another file, as long as the program runs.",
                where=self.path,
            )
        )

    def _leave_overwritten(self) -> MovedProjectError:
        kept = self._place_to_keep()
        try:
            # SQLite may still have all of it: in the log, which nobody wrote over, and in memory.
            with new_file(kept) as unnamed:
                fill_copy(self._connection, unnamed)
                with closing(sqlite3.connect(unnamed)) as copy:
                    if not self._marks.is_whole(copy):
                        raise sqlite3.DatabaseError
            place: Path | None = kept
        except (sqlite3.Error, QualcodeError):
            place = None
        with suppress(OSError):
            # Empty, so that SQLite cannot merge it into the other version when it lets go.
            os.truncate(f"{self.path}-wal", 0)
        self._let_go()
        self.close()
        return _overwritten(self.path, place)

    def _place_to_keep(self) -> Path:
        moment = f"{datetime.now().astimezone():%Y%m%dT%H%M%S}"
        return self.path.with_name(f"{self.path.stem}.kept-{moment}{self.path.suffix}")

    def _replaced(self) -> MovedProjectError:
        kept = self._place_to_keep()
        try:
            with new_file(kept) as unnamed:
                fill_copy(self._connection, unnamed)
        except (sqlite3.Error, QualcodeError):
            return MovedProjectError(
                Message(
                    "'{where}' was replaced by another file while it was open, perhaps by a "
                    "program that synchronises folders. Nothing more was written. What was saved "
                    "can still be kept in another file, as long as the program runs.",
                    where=self.path,
                )
            )
        return MovedProjectError(
            Message(
                "'{where}' was replaced by another file while it was open, perhaps by a program "
                "that synchronises folders. Nothing more was written. What was saved here is kept "
                "in '{kept}': open that file, or the new one, and compare them.",
                where=self.path,
                kept=kept,
            ),
            place=kept,
        )


def connect(path: Path, *, timeout: float, options: str = "mode=rw") -> sqlite3.Connection:
    """Return a connection to a file that exists; it makes none under a name that was lost."""
    address = f"{path.absolute().as_uri()}?{options}"
    return sqlite3.connect(
        address, uri=True, timeout=timeout, check_same_thread=False, isolation_level=None
    )


def fill_copy(source: sqlite3.Connection, to: Path) -> None:
    """Write what a connection reads to one file, without a write-ahead log of its own."""
    with closing(sqlite3.connect(to, timeout=_WAIT_SECONDS)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _overwritten(path: Path, kept: Path | None) -> MovedProjectError:
    if kept is None:
        return MovedProjectError(
            Message(
                "Another program wrote another version into '{where}' while it was open, perhaps "
                "one that synchronises folders. Nothing more was written. Compare the file with "
                'the latest backup: qualcode backups --project "{where}"',
                where=path,
            )
        )
    return MovedProjectError(
        Message(
            "Another program wrote another version into '{where}' while it was open, perhaps one "
            "that synchronises folders. Nothing more was written. What was saved here is kept in "
            "'{kept}': open that file, or the new version, and compare them.",
            where=path,
            kept=kept,
        ),
        place=kept,
    )


def _moved(path: Path, to: Path | None) -> MovedProjectError:
    if to is None:
        return MovedProjectError(
            Message(
                "'{where}' was moved or renamed while it was open. Nothing more was written; "
                "everything that was saved is in the file. Open it at its new place.",
                where=path,
            )
        )
    return MovedProjectError(
        Message(
            "'{where}' was moved or renamed to '{to}' while it was open. Nothing more was written; "
            "everything that was saved is in the file. Open it at its new place.",
            where=path,
            to=to,
        ),
        place=to,
    )


def _remove_logs(path: Path) -> None:
    # Empty by now; they would belong to the next file of this name.
    log = Path(f"{path}-wal")
    with suppress(OSError):
        if not log.exists() or log.stat().st_size == 0:
            log.unlink(missing_ok=True)
            Path(f"{path}-shm").unlink(missing_ok=True)


class _Tender:
    """One thread that looks after all files in which something was changed."""

    def __init__(self) -> None:
        self._watches: weakref.WeakSet[FileWatch] = weakref.WeakSet()
        self._lock = threading.RLock()
        self._thread: threading.Thread | None = None

    def add(self, watch: FileWatch) -> None:
        """Look after a file from now on."""
        with self._lock:
            self._watches.add(watch)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="file-watch", daemon=True)
                self._thread.start()

    def remove(self, watch: FileWatch) -> None:
        """Look after it no longer."""
        with self._lock:
            self._watches.discard(watch)

    def watches(self) -> list[FileWatch]:
        """Return the files that are looked after."""
        with self._lock:
            return list(self._watches)

    def _run(self) -> None:
        while True:
            time.sleep(IDLE_SECONDS / 2)
            for watch in self.watches():
                watch.tend()
            with self._lock:
                if not self._watches:
                    # Under the lock, so that no file is added to a thread that ends.
                    self._thread = None
                    return


_TENDER = _Tender()


@atexit.register
def merge_all_logs() -> None:
    """Make the file of every project that was changed whole by itself, before the program ends."""
    for watch in _TENDER.watches():
        watch.merge_log()
