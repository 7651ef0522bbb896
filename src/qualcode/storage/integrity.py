"""Checks the integrity of a project: its texts, quotes and codes, and the file itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from qualcode.errors import Problem, QualcodeError
from qualcode.messages import Message
from qualcode.model import SegmentKind, text_hash
from qualcode.storage import codebooks, decisions, history, memos, row_sums, study, suggestions
from qualcode.storage.codings import read as codings_read
from qualcode.storage.schema import (
    codes,
    codings,
    originals,
    project,
    rounds,
    segments,
    settings,
    transcripts,
    turns,
)
from qualcode.storage.transcripts import read_all, read_segments

# Anything may stand in a damaged file, and the check is where this must be told.
_OF_DAMAGE = (
    QualcodeError,
    SQLAlchemyError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)

_ROWS_AT_ONCE = 10_000
_GO_BACK = "Go back to the newest backup."


def check(connection: Connection, *, thorough: bool = True) -> tuple[Problem, ...]:
    """Return a problem for each fault of a project.

    Args:
        connection: Reads the project.
        thorough: Read every value that is stored, and compare every row with its sum. Otherwise
            what takes seconds in a large project is left out.
    """
    parts: list[tuple[str, Callable[[], Iterable[Problem]]]] = [
        (Message("texts"), lambda: _texts(connection)),
        (Message("codings"), lambda: _codings(connection)),
        (Message("history"), lambda: _history(connection)),
    ]
    if connection.dialect.name == "sqlite":
        parts.insert(0, (Message("project file"), lambda: _file(connection)))
        sums = Message("check sums")
        parts.append((sums, lambda: row_sums.check(connection, thorough=thorough)))
    if thorough:
        parts += [(where, partial(_read, connection, read)) for where, read in _READERS.items()]
    return tuple(problem for where, find in parts for problem in _guarded(where, find))


def _guarded(where: str, find: Callable[[], Iterable[Problem]]) -> Iterator[Problem]:
    try:
        yield from find()
    except _OF_DAMAGE as error:
        message = Message("This cannot be read: {error}", error=str(error) or type(error).__name__)
        yield Problem(where, message, _GO_BACK)


def _read(connection: Connection, read: Callable[[Connection], object]) -> tuple[Problem, ...]:
    read(connection)
    return ()


def _segments(connection: Connection) -> None:
    for name in connection.scalars(select(transcripts.c.name).where(~transcripts.c.removed)).all():
        for kind in SegmentKind:
            read_segments(connection, name, kind)


def _events(connection: Connection) -> None:
    for event in history.read_events(connection):
        for state in (event.before, event.after):
            if state:
                json.loads(state)


_READERS: dict[str, Callable[[Connection], object]] = {
    Message("interviews"): read_all,
    Message("segments"): _segments,
    Message("codebooks"): codebooks.read_versions,
    Message("guides"): study.read_guides,
    Message("respondents"): study.read_cases,
    Message("coders"): study.read_coders,
    Message("rounds"): study.read_rounds,
    Message("settings"): lambda connection: connection.execute(select(settings)).all(),
    Message("project"): lambda connection: connection.execute(select(project)).one(),
    Message("codings"): lambda connection: codings_read(connection, include_withdrawn=True),
    Message("memos"): memos.read,
    Message("decisions"): decisions.read,
    Message("chosen quotes"): decisions.read_chosen,
    Message("excerpts"): decisions.read_excerpts,
    Message("suggestions"): suggestions.read_exposures,
    Message("rejected suggestions"): suggestions.read_rejections,
    Message("history"): _events,
}
"""What reads all stored values through the model, by what it is about."""


def _history(connection: Connection) -> Iterator[Problem]:
    number = history.broken_chain(connection)
    if number is not None:
        message = Message(
            "Event {number} does not follow from the events before it: the history was changed "
            "from outside.",
            number=number,
        )
        yield Problem(Message("history"), message, _GO_BACK)


def _file(connection: Connection) -> Iterator[Problem]:
    for (message,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
        if message != "ok":
            yield Problem("project file", str(message), _GO_BACK)
    # SQLite checks keys at each change only if the program that changed the file asked for it.
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        message = Message(
            "Row {row} points at a row of '{parent}' that is not there.", row=row, parent=parent
        )
        yield Problem(Message("table '{table}'", table=table), message, _GO_BACK)


def _texts(connection: Connection) -> Iterator[Problem]:
    # One query per table: a project is checked each time it is opened. Hashed row by row, because
    # the imported files of a study may not fit into memory together.
    files = connection.execute(select(originals.c.transcript_id, originals.c.data))
    hashes = {number: hashlib.sha256(data).hexdigest() for number, data in files}
    ends = {table.name: _find_ends(connection, table) for table in (turns, segments)}
    for row in connection.execute(select(transcripts).where(~transcripts.c.removed)):
        where = Message("transcript '{name}'", name=row.name)
        if text_hash(row.text) != row.sha256:
            yield Problem(where, "The text is not the one that was imported.", _GO_BACK)
        if hashes.get(row.id) != row.original_sha256:
            yield Problem(where, "The stored original is not the imported file.", _GO_BACK)
        for name, end_of in ends.items():
            if end_of.get(row.id, 0) > len(row.text):
                yield Problem(
                    where,
                    Message("There are {name} that end past the text.", name=name),
                    _GO_BACK,
                )


def _find_ends(connection: Connection, table: Table) -> dict[int, int]:
    """Return the end of the last row of a table in each transcript, by its id."""
    columns = table.c
    query = select(columns.transcript_id, func.max(columns.end)).group_by(columns.transcript_id)
    return dict(connection.execute(query).all())


def _codings(connection: Connection) -> Iterator[Problem]:
    # Removed transcripts are included, because their withdrawn codings are still stored.
    query = select(transcripts.c.id, transcripts.c.name, transcripts.c.text)
    texts = {row.id: row for row in connection.execute(query)}
    known_rounds = {"", *connection.scalars(select(rounds.c.name))}
    paths = {row.id: row for row in connection.execute(select(codes))}
    columns = codings.c
    fields = columns.id, columns.transcript_id, columns.start, columns.end, columns.quote
    standing = columns.withdrawn_at.is_(None)
    stored = select(*fields, columns.code_id, columns.round, standing).order_by(columns.id)
    for rows in connection.execute(stored).partitions(_ROWS_AT_ONCE):
        for key, transcript_id, start, end, quote, code_id, round_name, stands in rows:
            transcript = texts.get(transcript_id)
            if transcript is None:
                yield Problem(_of_coding(key), "Its transcript is not there.", _GO_BACK)
            elif transcript.text[start:end] != quote:
                message = Message(
                    "Its quote differs from the text of '{name}' at {start}.",
                    name=transcript.name,
                    start=start,
                )
                yield Problem(_of_coding(key), message, _GO_BACK)
            # A withdrawn coding may refer to a code or round that was taken back since.
            if not stands:
                continue
            code = paths.get(code_id)
            if code is None or code.position is None:
                name = code.path if code else code_id
                message = Message("Its code '{name}' is not in the codebook.", name=name)
                yield Problem(_of_coding(key), message, _GO_BACK)
            if round_name not in known_rounds:
                message = Message("Its round '{round}' is not there.", round=round_name)
                yield Problem(_of_coding(key), message, _GO_BACK)


def _of_coding(key: str) -> Message:
    return Message("coding {id}", id=key)
