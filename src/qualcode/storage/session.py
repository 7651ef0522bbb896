"""Session on one project: creates, opens and closes it, and groups changes in steps."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from sqlalchemy import Connection, Engine, insert, select, update

from qualcode.errors import (
    InvalidValueError,
    Problem,
    ProjectError,
    UndefinedRequestError,
    UnreachableServerError,
)
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Event
from qualcode.storage import (
    browser_edits,
    erasure,
    history,
    integrity,
    memo_targets,
    row_sums,
    undo,
)
from qualcode.storage.database import (
    copy_errors,
    copy_file,
    create_database,
    open_database,
    open_to_copy,
    refuse_backup,
    schema_number,
)
from qualcode.storage.db_errors import uncertain
from qualcode.storage.engine import Target, reading, writing
from qualcode.storage.file_watch import FileWatch, fill_copy
from qualcode.storage.history import Change, NewId
from qualcode.storage.new_file import new_file
from qualcode.storage.permissions import Guard
from qualcode.storage.schema import coders, project, steps
from qualcode.storage.verified_files import VerifiedFiles, hash_of_file

Now = Callable[[], datetime]
ClientEdit = tuple[str, int]
"""Name of a browser, and the number of one of its edits."""


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """Name, language, schema number and time of creation of a project."""

    name: str
    language: str
    schema: int
    created_at: datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _uuid() -> str:
    return uuid4().hex


class ProjectSession:
    """An open project in its database; see :meth:`create` and :meth:`open`.

    Every method that changes something takes ``who``, the acting coder, or ``""``, and
    leaves events. Methods that return values read one state of the project.

    Args:
        target: Place of the project.
        engine: Its open database.
        now: The clock, in UTC.
        new_id: Source of ids.
    """

    def __init__(self, target: Target, engine: Engine, now: Now, new_id: NewId) -> None:
        self._target = target
        self._engine = engine
        self._now = now
        self._new_id = new_id
        # Pages of the app share a session; a step belongs to the thread that began it.
        self._local = threading.local()
        if target.path is not None and not target.read_only:
            target.watch = FileWatch(target.path, engine.dispose)

    @classmethod
    def create(
        cls,
        target: Path | str,
        *,
        name: str,
        language: str = "nl",
        who: str = "",
        now: Now = _utc_now,
        new_id: NewId = _uuid,
    ) -> Self:
        """Create a project in a file, or in an empty database given by URL.

        Raises:
            DuplicateError: The file or the tables exist already.
            InvalidValueError: The project has no name.
            ProjectError: It cannot be created there.
        """
        if not name.strip():
            raise InvalidValueError("A project needs a name.")
        place = Target(target)

        def fill(connection: Connection) -> None:
            at = now()
            row = {"id": 1, "name": name, "language": language, "created_at": at}
            connection.execute(insert(project), row)
            # Codings of the consensus need a coder to refer to, like all others.
            connection.execute(insert(coders), {"name": CONSENSUS, "position": 0})
            change = Change(connection, who, at, new_id)
            after = {"name": name, "language": language}
            change.record("project.create", name, after=after, final=True)
            change.keep()

        return cls(place, create_database(place, fill), now, new_id)

    @classmethod
    def open(cls, target: Path | str, *, now: Now = _utc_now, new_id: NewId = _uuid) -> Self:
        """Open a project; one with an older schema is copied first, then migrated.

        Raises:
            NotAProjectError: The file or database is something else.
            ProjectTooNewError: A newer version of qualcode made it.
            ProjectError: It is missing, locked, damaged or may not be written.
        """
        place = Target(target)
        session = cls(place, open_database(place, now()), now, new_id)
        if place.watch is not None:
            with session._read(for_all=True) as connection:
                is_due = erasure.is_due(connection)
            if is_due:
                place.watch.erase()
        return session

    def close(self) -> None:
        """Close the project; a file is then one single file again."""
        self._engine.dispose()
        if self._target.watch is not None:
            self._target.watch.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def step(self, who: str = "") -> Iterator[None]:
        """Make all changes inside it one step: kept all or not at all, undone together."""
        with self._change(who):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read everything inside it from one state of the project, in one transaction.

        Raises:
            RuntimeError: something is changed inside it.
        """
        if self._snapshot_connection is not None:
            yield
            return
        with self._read(for_all=True) as connection:
            self._local.snapshot, self._local.admitted = connection, set()
            try:
                yield
            finally:
                self._local.snapshot = self._local.admitted = None

    @property
    def _snapshot_connection(self) -> Connection | None:
        connection: Connection | None = getattr(self._local, "snapshot", None)
        return connection

    @property
    def in_step(self) -> bool:
        """Whether this thread is inside a step: what it changed is not kept yet."""
        return getattr(self._local, "change", None) is not None

    def _recorded_in_step(self, actions: Collection[str]) -> bool:
        change: Change | None = getattr(self._local, "change", None)
        return change is not None and not change.actions.isdisjoint(actions)

    def _refuse_in_snapshot(self) -> None:
        # What was read before the change would no longer hold for the rest of the snapshot.
        if self._snapshot_connection is not None:
            raise RuntimeError("A snapshot only reads: change the project after it.")

    @contextmanager
    def _change(self, coder: str) -> Iterator[Change]:
        self._refuse_in_snapshot()
        active: Change | None = getattr(self._local, "change", None)
        if active is not None:
            with _part_of(active, coder):
                yield active
            return
        with self._transaction(coder) as change:
            yield change
            # Here, so that no verb that replaces codings can lose a memo.
            if change.actions >= memo_targets.MOVING:
                memo_targets.follow_recorded(change)
            if change.recorded and history.has_undone(change.connection, coder):
                # Redo after another change would bring back states that this change builds on.
                undo.drop_redo(change.connection, coder)

    @contextmanager
    def _transaction(self, coder: str) -> Iterator[Change]:
        self._refuse_in_snapshot()
        self._target.refuse_read_only()
        self._target.refuse_changed()
        change: Change | None = None
        try:
            with writing(self._engine) as connection:
                change = Change(connection, coder, self._now(), self._new_id)
                change.guard = self._guard(connection)
                self._local.change, self._local.admitted = change, set()
                try:
                    yield change
                finally:
                    self._local.change = self._local.admitted = None
                change.keep()
                erases = erasure.take_request(connection)
        except UnreachableServerError as error:
            # The server may have kept the change, and only its answer was lost.
            if change is None or not self._was_kept(change, error):
                raise
            erases = False
        if self._target.watch is not None:
            # Once more: a file that lost its name since has the change, but nobody would find it.
            self._target.watch.note_change()
            if erases:
                self._target.watch.erase()

    def _was_kept(self, change: Change, error: UnreachableServerError) -> bool:
        """Look up whether the server kept a step whose end it did not answer.

        Raises:
            UncertainChangeError: it cannot be asked.
        """
        if change.kept is None:
            return False
        number, chain = change.kept
        try:
            # As a writer: the lock is free once the server has ended the step, either way.
            with writing(self._engine) as connection:
                return history.chain_at(connection, number) == chain
        except ProjectError:
            raise uncertain(self._target.where) from error

    def _turn(
        self, coder: str, turn: Callable[..., tuple[Event, ...]], edit: ClientEdit | None
    ) -> tuple[Event, ...]:
        if getattr(self._local, "change", None) is not None:
            raise UndefinedRequestError("A step cannot hold an undo or redo. End the step first.")
        with self._transaction(coder) as change:
            if edit is not None:
                client, number = edit
                # Asked inside the transaction, as a page may send the same undo twice.
                if not browser_edits.receive(change, client, number):
                    return ()
            return turn(change, browser=edit is not None)

    def _guard(self, connection: Connection) -> Guard | None:  # noqa: ARG002 - Store uses it
        """Return what refuses by role; None where nobody in particular acts."""
        return None

    def _admit(self, connection: Connection) -> None:
        """Refuse who is not on the list of people."""
        guard, known = self._guard(connection), getattr(self._local, "admitted", None)
        if guard is not None:
            guard.refuse_stranger()
            if known is not None:
                known.add(guard.name)

    @contextmanager
    def _read(self, *, for_all: bool = False) -> Iterator[Connection]:
        """Yield a connection to read with.

        Args:
            for_all: Whether also those may read this who are not on the list of people.
        """
        active: Change | None = getattr(self._local, "change", None)
        current = active.connection if active is not None else self._snapshot_connection
        if current is not None:
            if not for_all:
                self._admit(current)
            yield current
            return
        self._target.refuse_changed()
        with reading(self._engine) as connection:
            if not for_all:
                self._admit(connection)
            yield connection

    def info(self) -> ProjectInfo:
        """Return name, language, schema and time of creation of the project."""
        with self._read(for_all=True) as connection:
            row = connection.execute(select(project)).one()
            schema = schema_number(connection, self._target)
        return ProjectInfo(row.name, row.language, schema, row.created_at)

    def events(self, who: str | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """Return the events in order; with ``limit`` only the latest ones."""
        with self._read() as connection:
            return history.read_events(connection, who, limit)

    def backup(self, to: Path) -> None:
        """Copy the project to a path that does not exist, also while others work in it.

        Raises:
            DuplicateError: something is there already.
            UndefinedRequestError: the project is in PostgreSQL.
        """
        if self._target.path is None:
            raise refuse_backup(self._target)
        watch, to = self._target.watch, Path(to)
        if watch is None:
            copy_file(self._target.path, to)
            return
        # What is open is copied, also where the file lost its name since.
        with new_file(to) as path, copy_errors(to):
            watch.copy(lambda connection: fill_copy(connection, path))

    def backup_bytes(self) -> bytes:
        """Return a copy of the project file, as it would be on disk, without writing one.

        Raises:
            UndefinedRequestError: the project is in PostgreSQL.
        """
        if self._target.path is None:
            raise refuse_backup(self._target)
        with copy_errors(self._target.path), closing(sqlite3.connect(":memory:")) as copy:
            if self._target.watch is not None:
                self._target.watch.copy(lambda connection: connection.backup(copy))
            else:
                with closing(open_to_copy(self._target.path)) as source:
                    source.backup(copy)
            return copy.serialize()

    @property
    def path(self) -> Path | None:
        """The file of the project; None if it is in memory or on a server."""
        return self._target.path

    def undo(self, who: str = "", *, edit: ClientEdit | None = None) -> tuple[Event, ...]:
        """Undo the latest step of a coder that can be undone, and return its events.

        Args:
            who: The coder.
            edit: The browser's edit that asks for it. Only what was coded or noted on the coding
                screen is then undone, and an edit that arrived before does nothing.

        Raises:
            ConflictError: someone changed the same things since.
            UndefinedRequestError: there is nothing to undo.
        """
        return self._turn(who, undo.undo, edit)

    def redo(self, who: str = "", *, edit: ClientEdit | None = None) -> tuple[Event, ...]:
        """Do again what a coder undid last, and return its events.

        A new change by the coder clears what could be redone.

        Args:
            who: The coder.
            edit: The browser's edit that asks for it, as for :meth:`undo`.

        Raises:
            ConflictError: someone changed the same things since.
            UndefinedRequestError: there is nothing to redo.
        """
        return self._turn(who, undo.redo, edit)

    def count_browser_steps(self, coder: str) -> tuple[int, int]:
        """Return how many steps a coder can undo on the coding screen, and how many redo."""
        with self._read() as connection:
            return undo.count_browser_steps(connection, coder)

    def next_undo(self, who: str) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
        """Return the events that undo would take back, and later ones that it passes over."""
        with self._read() as connection:
            return undo.next_events(connection, who)

    def last_turned(self, who: str) -> tuple[Event, ...]:
        """Return the events of the step that a coder undid or redid last."""
        with self._read() as connection:
            return undo.last_turned(connection, who)

    def note_rescue(self, lost: int) -> None:
        """Record that this project was saved from a harmed file that lost some rows.

        No earlier step can be undone: what it would bring back may be lost.
        """
        with self._change("") as change:
            for before, after in ((history.DONE, history.FINAL), (history.UNDONE, history.DROPPED)):
                rows = update(steps).where(steps.c.state == before)
                change.connection.execute(rows.values(state=after))
            history.chain_all(change.connection)
            row_sums.renew(change.connection)
            change.record("project.rescue", "", after={"lost": lost}, final=True)

    def check(self, *, thorough: bool = True) -> tuple[Problem, ...]:
        """Return a problem for each fault in what is stored, and in the file itself.

        Args:
            thorough: Read everything; otherwise without what takes seconds in a large project.
        """
        with self._read(for_all=True) as connection:
            return integrity.check(connection, thorough=thorough)

    def verify(self, verified: VerifiedFiles) -> tuple[Problem, ...]:
        """Return a problem for each fault that is looked for when a project is opened.

        Args:
            verified: Files in which none was found; the same bytes are not verified again.
        """
        with self._read(for_all=True) as connection:
            path = self._target.path
            if path is None:
                return integrity.check(connection, thorough=False)
            # From its first query on SQLite reads one state: where all of it is in the file and
            # nothing in the log, no program that works with SQLite writes to the file until then.
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
            digest = hash_of_file(path)
            if digest and digest in verified:
                return ()
            problems = integrity.check(connection, thorough=False)
            # Hashed again: another program may have changed the file while it was verified.
            if digest and not problems and hash_of_file(path) == digest:
                verified.add(digest)
            return problems


@contextmanager
def _part_of(active: Change, who: str) -> Iterator[None]:
    # Undo goes by coder: a step of two people could be undone by one of them.
    if who != active.who:
        raise InvalidValueError(
            Message(
                "A step of '{who}' cannot hold a change by '{who_2}'. Make two steps.",
                who=active.who,
                who_2=who,
            )
        )
    with ExitStack() as on_failure:
        on_failure.callback(active.forget_after, len(active.recorded))
        # A savepoint: a failed part is rolled back alone, so the step can go on after an error.
        with active.connection.begin_nested():
            yield
        on_failure.pop_all()
