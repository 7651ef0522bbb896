"""The store of one project: values of the model in and out, SQL nowhere else.

Composes the functions of this package, each subject in its own module, in transactions: one
call is one step of the history, and all of it is kept or nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import Connection, Engine, insert, select

from qualcode.errors import InvalidValueError
from qualcode.model import (
    CONSENSUS,
    Case,
    Codebook,
    Coding,
    Event,
    Guide,
    Original,
    Role,
    Round,
    Segment,
    SegmentKind,
    Transcript,
)
from qualcode.storage import codebooks, codings, history, study, transcripts
from qualcode.storage.codebooks import CodebookVersion
from qualcode.storage.engine import Target, reading, writing
from qualcode.storage.history import Change, NewId
from qualcode.storage.opening import (
    close_database,
    copy_file,
    create_database,
    open_database,
    refuse_backup,
    schema_number,
)
from qualcode.storage.schema import coders, project

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """What a project is: its name, language, schema number and when it was made."""

    name: str
    language: str
    schema: int
    created_at: datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _uuid() -> str:
    return uuid4().hex


class Store:
    """One project in its database; made by :meth:`create` or :meth:`open`.

    Every method that changes something takes ``who``: the coder who does it, or ``""``.
    Each leaves events; methods that return values read one state of the project.

    Args:
        target: Where the project is.
        engine: Its open database.
        now: The clock, in UTC.
        new_id: Source of ids.
    """

    def __init__(self, target: Target, engine: Engine, now: Now, new_id: NewId) -> None:
        self._target = target
        self._engine = engine
        self._now = now
        self._new_id = new_id
        self._local = threading.local()

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
        """Make a new project in a file, or in an empty database given by URL.

        Raises:
            DuplicateError: there is something already.
            InvalidValueError: the project has no name.
            ProjectError: it cannot be made there.
        """
        if not name.strip():
            raise InvalidValueError("A project needs a name.")
        place = Target(target)

        def fill(connection: Connection) -> None:
            at = now()
            row = {"id": 1, "name": name, "language": language, "created_at": at}
            connection.execute(insert(project), row)
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
            NotAProjectError: there is something else.
            ProjectTooNewError: a newer version of qualcode made it.
            ProjectError: it is missing, locked, damaged or may not be written.
        """
        place = Target(target)
        return cls(place, open_database(place, now()), now, new_id)

    def close(self) -> None:
        """Close the project; a file is then one single file again."""
        close_database(self._engine, self._target)

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
        """Make all changes inside it one step: kept together or not at all, undone at once."""
        with self._change(who):
            yield

    @contextmanager
    def _change(self, who: str) -> Iterator[Change]:
        active: Change | None = getattr(self._local, "change", None)
        if active is not None:
            with _part_of(active, who):
                yield active
            return
        with writing(self._engine) as connection:
            change = Change(connection, who, self._now(), self._new_id)
            self._local.change = change
            try:
                yield change
            finally:
                self._local.change = None
            if change.recorded:
                history.drop_redo(connection, who)
                change.keep()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        active: Change | None = getattr(self._local, "change", None)
        if active is not None:
            yield active.connection
            return
        with reading(self._engine) as connection:
            yield connection

    def info(self) -> ProjectInfo:
        """Return what the project is."""
        with self._read() as connection:
            row = connection.execute(select(project)).one()
            schema = schema_number(connection, self._target)
        return ProjectInfo(row.name, row.language, schema, row.created_at)

    def setting(self, key: str, default: Any = None) -> Any:
        """Return the JSON value of a setting, or ``default`` where it was never set."""
        with self._read() as connection:
            return study.read_setting(connection, key, default)

    def set_setting(self, key: str, value: Any, who: str = "") -> None:
        """Store a setting: any value that JSON has."""
        with self._change(who) as change:
            study.set_setting(change, key, value)

    def add_transcript(self, transcript: Transcript, original: Original, who: str = "") -> None:
        """Store a transcript with the file it came from.

        Raises:
            DuplicateError: its name, text or file is there already.
        """
        with self._change(who) as change:
            transcripts.add(change, transcript, original)

    def transcripts(self) -> tuple[Transcript, ...]:
        """Return all transcripts, in the order of import."""
        with self._read() as connection:
            return transcripts.read_all(connection)

    def transcript(self, name: str) -> Transcript:
        """Return one transcript by its name."""
        with self._read() as connection:
            return transcripts.read_one(connection, name)

    def original(self, name: str) -> Original:
        """Return the file that a transcript was read from."""
        with self._read() as connection:
            return transcripts.read_original(connection, name)

    def set_roles(self, name: str, roles: Mapping[str, Role], who: str = "") -> None:
        """Say what the speakers of a transcript are; labels not named keep their role."""
        with self._change(who) as change:
            transcripts.set_roles(change, name, roles)

    def replace_segments(
        self, transcript: str, kind: SegmentKind, segments: Iterable[Segment], who: str = ""
    ) -> None:
        """Store the segments of one kind of a transcript, in the place of those there were."""
        with self._change(who) as change:
            transcripts.replace_segments(change, transcript, kind, segments)

    def segments(
        self, transcript: str | None = None, kind: SegmentKind | None = None
    ) -> tuple[Segment, ...]:
        """Return segments by transcript, kind and place."""
        with self._read() as connection:
            return transcripts.read_segments(connection, transcript, kind)

    def put_cases(self, cases: Iterable[Case], who: str = "") -> None:
        """Store cases, each in the place of the one of its name; other cases stay."""
        with self._change(who) as change:
            study.put_cases(change, cases)

    def cases(self) -> tuple[Case, ...]:
        """Return the cases, in the order they were added."""
        with self._read() as connection:
            return study.read_cases(connection)

    def save_codebook(self, codebook: Codebook, who: str = "", note: str = "") -> Codebook:
        """Store the next version, and return it with its number and the ids of its codes.

        Raises:
            ConflictError: it leaves out a code that has codings.
            InvalidValueError: two codes have one id, or a merged code leads nowhere.
        """
        with self._change(who) as change:
            return codebooks.save(change, codebook, note)

    def codebook(self, version: int | None = None) -> Codebook | None:
        """Return one version, the latest by default; None if there is no codebook yet."""
        with self._read() as connection:
            return codebooks.read(connection, version)

    def codebook_versions(self) -> tuple[CodebookVersion, ...]:
        """Return when, by whom and why each version was stored, the first one first."""
        with self._read() as connection:
            return codebooks.read_versions(connection)

    def put_guide(self, guide: Guide, who: str = "") -> None:
        """Store a guide, in the place of the one of its name."""
        with self._change(who) as change:
            study.put_guide(change, guide)

    def guides(self) -> tuple[Guide, ...]:
        """Return the guides, in the order they were added."""
        with self._read() as connection:
            return study.read_guides(connection)

    def add_coder(self, name: str, who: str = "") -> None:
        """Store the name of a coder; a known one changes nothing."""
        with self._change(who) as change:
            study.add_coder(change, name)

    def coders(self) -> tuple[str, ...]:
        """Return the people who code, in the order they joined; ``consensus`` is not one."""
        with self._read() as connection:
            return study.read_coders(connection)

    def put_round(self, value: Round, who: str = "") -> None:
        """Store a round, in the place of the one of its name."""
        with self._change(who) as change:
            study.put_round(change, value)

    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds, in the order they were added."""
        with self._read() as connection:
            return study.read_rounds(connection)

    def add_codings(self, values: Sequence[Coding], who: str = "") -> tuple[Coding, ...]:
        """Store new codings as one step, and return them with their ids and times.

        Raises:
            DuplicateError: one stands already, or is given twice.
            InvalidValueError: a span lies outside the text, or a quote is not what stands there.
            UnknownNameError: a transcript, code, coder or round is unknown, or a code retired.
        """
        with self._change(who) as change:
            return codings.add(change, values)

    def withdraw_codings(self, ids: Collection[str], who: str = "") -> None:
        """Withdraw standing codings; they stay in the history."""
        with self._change(who) as change:
            codings.withdraw(change, ids)

    def codings(
        self,
        *,
        transcript: str | None = None,
        coder: str | None = None,
        round: str | None = None,  # noqa: A002
        code: str | None = None,
        include_withdrawn: bool = False,
    ) -> tuple[Coding, ...]:
        """Return codings, sorted by transcript (order of import), start, end, code, coder, id.

        Each comes with its code's path in the latest codebook; a merged code's codings with the
        path it was merged into. ``code`` finds the codings that show that path.
        """
        with self._read() as connection:
            return codings.read(
                connection,
                transcript=transcript,
                coder=coder,
                round=round,
                code=code,
                include_withdrawn=include_withdrawn,
            )

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
        copy_file(self._target.path, Path(to))


@contextmanager
def _part_of(active: Change, who: str) -> Iterator[None]:
    if who != active.who:
        raise InvalidValueError(
            f"A step of '{active.who}' cannot hold a change by '{who}'. Make two steps."
        )
    before = len(active.recorded)
    try:
        with active.connection.begin_nested():
            yield
    except BaseException:
        del active.recorded[before:]
        raise
