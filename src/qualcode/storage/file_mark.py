"""Marks in the first page of a project file: which change the file itself holds so far.

A program may write another version into an open file: the file keeps its name and identity, but
SQLite, which has pages in memory, would mix the two versions. So each step leaves a mark, and the
mark in the file must be one that SQLite has shown. It is the free number that SQLite's header
offers (``user_version``, bytes 60 to 63; https://www.sqlite.org/fileformat2.html).
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from qualcode.storage.open_files import Identity, find_descriptor, leads_to

_OFFSET, _LENGTH = 60, 4
_REMEMBERED = 200
"""Events before the opening of a file whose marks it may still get, when a log is merged late."""
# POSIX drops all locks of a program on a file when it closes any descriptor of it.
_LOSES_LOCKS = os.name == "posix"


def mark_of(number: int, at: str) -> int:
    """Return the mark of an event, 1 to 2^31 - 1.

    Args:
        number: Number of the event.
        at: Its time as the database keeps it, in microseconds: two versions that went apart have
            an event of the same number, but not of the same moment.
    """
    digest = hashlib.sha256(f"{number} {at}".encode()).digest()
    return int.from_bytes(digest[:_LENGTH]) % (2**31 - 1) + 1


def set_mark(connection: Connection, number: int, at: datetime) -> None:
    """Leave the mark of a step's last event, in the transaction of the step."""
    if connection.dialect.name == "sqlite":
        stored = at.astimezone(UTC).isoformat(timespec="microseconds")
        connection.exec_driver_sql(f"PRAGMA user_version = {mark_of(number, stored)}")


class FileMarks:
    """The marks that one open file may have.

    Args:
        connection: Reads the project, and writes nothing to it.
        path: The file.
        identity: Which file it is.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, identity: Identity | None
    ) -> None:
        self._connection = connection
        self._path = path
        self._identity = identity
        self._descriptor: int | None = None
        self._version = -1
        self._number = 0
        self._latest = 0
        self._known: dict[int, int] = {}
        self._mark = 0
        self._mark = self._read()
        with suppress(sqlite3.Error):
            self.note_events()
        self._accept(self._mark)

    def are_unchanged(self) -> bool:
        """Tell whether the file has the mark that it had."""
        return self._read() == self._mark

    def note_events(self) -> None:
        """Learn the marks of the events that SQLite shows since it was asked last.

        Raises:
            sqlite3.Error: they cannot be read now.
        """
        # Unchanged as long as no connection wrote: what is read now may be of another version.
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return
        # All that came since: one step of another program may have thousands of events, and until
        # it is merged the file has the mark of the step before it.
        most = -1 if self._number else _REMEMBERED
        rows = self._connection.execute(
            "SELECT number, at FROM events WHERE number > ? ORDER BY number DESC LIMIT ?",
            (self._number, most),
        ).fetchall()
        self._version = version
        self._known |= {mark_of(number, at): number for number, at in rows}
        if rows:
            self._number, self._latest = rows[0][0], mark_of(*rows[0])

    def follow(self) -> bool:
        """Tell whether the file holds what SQLite wrote to it, and no other version."""
        mark = self._read()
        if mark == self._mark:
            return True
        try:
            # Another program may have made a change and merged it into the file.
            self.note_events()
        except sqlite3.OperationalError:
            # Busy. Of another version, SQLite says that the database is malformed.
            return True
        except sqlite3.DatabaseError:
            return False
        if mark not in self._known:
            return False
        self._accept(mark)
        return True

    def is_whole(self, copy: sqlite3.Connection) -> bool:
        """Tell whether a copy has all events that SQLite has shown here, and is sound."""
        try:
            row = copy.execute(
                "SELECT number, at FROM events ORDER BY number DESC LIMIT 1"
            ).fetchone()
            (sound,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.Error:
            return False
        return sound == "ok" and row is not None and mark_of(*row) == self._latest

    def _accept(self, mark: int) -> None:
        self._mark = mark
        number = self._known.get(mark, 0)
        # Once the file holds this, an older mark is of an older version.
        self._known = {
            event_mark: place for event_mark, place in self._known.items() if place >= number
        }

    def _read(self) -> int:
        if self._descriptor is None or not leads_to(self._descriptor, self._identity):
            self._descriptor = find_descriptor(self._identity)
        try:
            if self._descriptor is not None:
                # Not opened anew: closing it again would drop the locks of SQLite on the file.
                return int.from_bytes(os.pread(self._descriptor, _LENGTH, _OFFSET))
            if _LOSES_LOCKS:
                return self._mark
            with self._path.open("rb") as file:
                file.seek(_OFFSET)
                return int.from_bytes(file.read(_LENGTH))
        except OSError:
            # A share that is away for a moment shows no other version, nor does a descriptor that
            # SQLite closed in another thread.
            return self._mark
