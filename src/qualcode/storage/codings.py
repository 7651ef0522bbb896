"""Rows of codings: added and withdrawn, never edited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select, update

from qualcode.errors import (
    ConflictError,
    DuplicateError,
    InvalidValueError,
    UnknownNameError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Coding, Round, Span
from qualcode.storage.blinding import refuse_handed_in
from qualcode.storage.codebooks import CodeIndex, read_code_index
from qualcode.storage.history import Change
from qualcode.storage.schema import coders, codes, codings, transcripts
from qualcode.storage.study import read_rounds
from qualcode.storage.transcripts import IN_PROJECT, id_of, ids_by_name

_AT_ONCE = 5_000
"""Ids in one statement; the drivers allow about 32,000 values."""

CodingKey = tuple[str, int, int, str, str, str]
"""Transcript, start, end, displayed code, coder and round: unique among active codings."""


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text of a transcript, without its turns.

    Attributes:
        id: Its number in the database.
        text: The text.
        sha256: The hash of the text when it was imported.
    """

    id: int
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CodingContext:
    """What codings are made of and checked against, read once for many codings.

    Attributes:
        texts: The texts of some transcripts, by name.
        codes: The codes of the latest codebook.
        coders: The names of the coders, ``consensus`` included.
        rounds: The rounds of the project.
    """

    texts: Mapping[str, StoredText]
    codes: CodeIndex
    coders: frozenset[str]
    rounds: tuple[Round, ...]


def add(
    change: Change, values: Sequence[Coding], context: CodingContext | None = None
) -> tuple[Coding, ...]:
    """Store new codings, and return them as stored, with id and time.

    Args:
        change: The step that it belongs to.
        values: The codings.
        context: What they are checked against, if it was read in the same transaction.

    Raises:
        ConflictError: Their coder handed in the round that they belong to.
        DuplicateError: An equal coding is stored, or is given twice.
        InvalidValueError: A span lies outside the text, or a quote differs from the text.
        UnknownNameError: a transcript, code, coder or round is unknown, or a code is retired.
    """
    if not values:
        return ()
    context = context or read_context(change.connection, {value.transcript for value in values})
    # Checked where rows are written, so that no caller and no undo can get around it.
    refuse_handed_in(context.rounds, values)
    rows, stored = [], []
    for value in values:
        whole = replace(
            value, id=value.id or change.new_id(), created_at=value.created_at or change.at
        )
        rows.append(_row(whole, context))
        stored.append(whole)
    _refuse_known_ids(change.connection, [value.id for value in stored])
    # The index of the table knows code ids only; codes merged into one are equal as well.
    _refuse_duplicates(change.connection, stored)
    change.connection.execute(insert(codings), rows)
    for value, row in zip(stored, rows, strict=True):
        change.record("coding.add", value.id, after=_described(value, row["code_id"]))
    return tuple(stored)


def read_context(connection: Connection, names: Collection[str]) -> CodingContext:
    """Return what codings of some transcripts are checked against.

    Raises:
        UnknownNameError: There is no transcript with one of these names.
    """
    columns = transcripts.c
    query = select(columns.name, columns.id, columns.text, columns.sha256).where(~columns.removed)
    texts = {
        row.name: StoredText(row.id, row.text, row.sha256)
        for chunk in id_chunks(names)
        for row in connection.execute(query.where(columns.name.in_(chunk)))
    }
    for name in sorted(names):
        if name not in texts:
            raise unknown_name("transcript", name, ids_by_name(connection), IN_PROJECT)
    return CodingContext(
        texts=texts,
        codes=read_code_index(connection),
        coders=frozenset(connection.scalars(select(coders.c.name))),
        rounds=read_rounds(connection),
    )


def _row(value: Coding, context: CodingContext) -> dict[str, Any]:
    stored_text = context.texts[value.transcript]
    _refuse_wrong_quote(value, stored_text.text)
    if value.withdrawn_at is not None:
        raise InvalidValueError(
            Message("Coding '{id}' was withdrawn and cannot be added.", id=value.id)
        )
    if value.coder not in context.coders:
        # The consensus is no person, so it is not proposed in the place of a mistyped name.
        people = context.coders - {CONSENSUS}
        raise unknown_name("coder", value.coder, people, IN_PROJECT)
    round_names = {round_.name for round_ in context.rounds}
    if value.round and value.round not in round_names:
        raise unknown_name("round", value.round, round_names, IN_PROJECT)
    code = context.codes.usable_id_of(value.code)
    if value.codebook_version not in context.codes.versions:
        versions = [str(v) for v in context.codes.versions]
        raise unknown_name("codebook version", str(value.codebook_version), versions, IN_PROJECT)
    return {
        "id": value.id,
        "transcript_id": stored_text.id,
        "start": value.span.start,
        "end": value.span.end,
        "quote": value.quote,
        "code_id": code,
        "coder": value.coder,
        "round": value.round,
        "codebook_version": value.codebook_version,
        "memo": value.memo,
        "origin": value.origin,
        "created_at": value.created_at,
        "withdrawn_at": None,
    }


def _refuse_wrong_quote(value: Coding, text: str) -> None:
    passage = value.span.of(text)
    if value.span.end <= len(text) and passage == value.quote:
        return
    where = Message(
        "'{transcript}' at {start}-{end}",
        transcript=value.transcript,
        start=value.span.start,
        end=value.span.end,
    )
    if value.span.end > len(text):
        raise InvalidValueError(
            Message(
                "A coding of {where} lies outside the text, which has {count_text} characters.",
                where=where,
                count_text=len(text),
            )
        )
    raise InvalidValueError(
        Message(
            "A coding of {where} has the quote '{short}', but the text there is "
            "'{short_2}'. Was it made on another version of the transcript?",
            where=where,
            short=_short(value.quote),
            short_2=_short(passage),
        )
    )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."


def _described(value: Coding, code_id: str) -> dict[str, Any]:
    return {
        "transcript": value.transcript,
        "start": value.span.start,
        "end": value.span.end,
        "quote": value.quote,
        "code": value.code,
        "code_id": code_id,
        "coder": value.coder,
        "round": value.round,
        "memo": value.memo,
        "origin": value.origin,
    }


def id_chunks(ids: Collection[str]) -> Iterable[list[str]]:
    """Yield ids in lists that are short enough for one statement."""
    listed = list(ids)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def _refuse_known_ids(connection: Connection, ids: list[str]) -> None:
    checked: set[str] = set()
    for coding_id in ids:
        if coding_id in checked:
            raise DuplicateError(
                Message("Two of the codings have the id '{coding_id}'.", coding_id=coding_id)
            )
        checked.add(coding_id)
    for chunk in id_chunks(ids):
        known_id = connection.scalar(select(codings.c.id).where(codings.c.id.in_(chunk)).limit(1))
        if known_id is not None:
            raise DuplicateError(
                Message(
                    "The project has a coding with the id '{known_id}' already.", known_id=known_id
                )
            )


def _refuse_duplicates(connection: Connection, values: Sequence[Coding]) -> None:
    active = _active_places(connection, values)
    for value in values:
        key = _key(value)
        if key in active:
            raise DuplicateError(
                Message(
                    "{named} exists already (coding {active}). Withdraw that one first, or "
                    "leave this one out.",
                    named=_named(value),
                    active=active[key],
                )
            )
        active[key] = value.id


def _active_places(connection: Connection, values: Sequence[Coding]) -> dict[CodingKey, str]:
    """Return the ids of active codings in the transcripts and the range of other codings."""
    if not values:
        return {}
    starts = [value.span.start for value in values]
    columns = codings.c
    query = (
        select(
            transcripts.c.name,
            columns.start,
            columns.end,
            codes.c.shown,
            columns.coder,
            columns.round,
            columns.id,
        )
        .select_from(codings)
        .join(transcripts)
        .join(codes)
        .where(
            transcripts.c.name.in_({value.transcript for value in values}),
            # The range keeps the query small when one coding is added to a large project.
            columns.start.between(min(starts), max(starts)),
            columns.withdrawn_at.is_(None),
        )
    )
    return {tuple(row[:-1]): row[-1] for row in connection.execute(query).all()}


def _key(value: Coding) -> CodingKey:
    span = value.span
    return value.transcript, span.start, span.end, value.code, value.coder, value.round


def _named(value: Coding) -> Message:
    place = {"transcript": value.transcript, "start": value.span.start, "end": value.span.end}
    if not value.round:
        return Message(
            "'{code}' by {coder} on '{transcript}' at {start}-{end}",
            code=value.code,
            coder=value.coder,
            **place,
        )
    return Message(
        "'{code}' by {coder} on '{transcript}' at {start}-{end} in round '{round}'",
        code=value.code,
        coder=value.coder,
        round=value.round,
        **place,
    )


def _select(*conditions: Any) -> Select[Any]:
    return (
        select(codings, transcripts.c.name.label("transcript"), codes.c.shown)
        .join(transcripts)
        .join(codes)
        .where(*conditions)
    )


def _coding(row: Any) -> Coding:
    return Coding(
        id=row.id,
        transcript=row.transcript,
        span=Span(row.start, row.end),
        quote=row.quote,
        code=row.shown,
        coder=row.coder,
        round=row.round,
        codebook_version=row.codebook_version,
        memo=row.memo,
        origin=row.origin,
        created_at=row.created_at,
        withdrawn_at=row.withdrawn_at,
    )


def read(
    connection: Connection,
    *,
    transcript: str | None = None,
    coder: str | None = None,
    round: str | None = None,  # noqa: A002
    code: str | None = None,
    include_withdrawn: bool = False,
) -> tuple[Coding, ...]:
    """Return codings, sorted by transcript (order of import), start, end, code, coder, id.

    ``code`` selects codings displayed with that path; for a merged code, its former codings.
    """
    # An import that was undone keeps its rows for redo; until then nobody may see them.
    conditions: list[Any] = [~transcripts.c.removed]
    if not include_withdrawn:
        conditions.append(codings.c.withdrawn_at.is_(None))
    if transcript is not None:
        conditions.append(codings.c.transcript_id == id_of(connection, transcript))
    if coder is not None:
        conditions.append(codings.c.coder == coder)
    if round is not None:
        conditions.append(codings.c.round == round)
    if code is not None:
        code_id = read_code_index(connection).id_of(code)
        # Codings of a merged code are displayed with another path, so its own path needs the id.
        conditions.append(or_(codes.c.shown == code, codes.c.id == code_id))
    rows = connection.execute(_select(*conditions)).all()
    values = [(row.transcript_id, _coding(row)) for row in rows]
    return tuple(value for _, value in sorted(values, key=_order))


def _order(pair: tuple[int, Coding]) -> tuple[Any, ...]:
    number, value = pair
    # Sorted here, because databases order capitals and accents in different ways.
    return number, value.span, value.code, value.coder, value.id


def withdraw(change: Change, ids: Collection[str]) -> None:
    """Withdraw active codings; they stay in the history.

    Raises:
        ConflictError: Their coder handed in the round that they belong to.
        UnknownNameError: There is no active coding with that id.
    """
    active = require_active(change.connection, ids)
    refuse_handed_in(read_rounds(change.connection), [value for value, _ in active])
    for value, code_id in active:
        change.record("coding.withdraw", value.id, before=_described(value, code_id))
    _set_withdrawn(change.connection, [value.id for value, _ in active], change.at)


def require_active(connection: Connection, ids: Collection[str]) -> tuple[tuple[Coding, str], ...]:
    """Return the active codings with some ids, each with the id of its code."""
    coding_by_id: dict[str, tuple[Coding, str]] = {}
    for chunk in id_chunks(ids):
        for row in connection.execute(_select(codings.c.id.in_(chunk))):
            coding_by_id[row.id] = _coding(row), row.code_id
    for coding_id in ids:
        if coding_id not in coding_by_id:
            raise UnknownNameError(
                Message("No coding '{coding_id}' in the project.", coding_id=coding_id)
            )
        if coding_by_id[coding_id][0].withdrawn_at is not None:
            raise UnknownNameError(
                Message("Coding '{coding_id}' was withdrawn before.", coding_id=coding_id)
            )
    # Each coding once: an id that is named twice would be recorded as two withdrawals.
    return tuple(coding_by_id[coding_id] for coding_id in dict.fromkeys(ids))


def _set_withdrawn(connection: Connection, ids: Collection[str], at: datetime | None) -> None:
    for chunk in id_chunks(ids):
        connection.execute(update(codings).where(codings.c.id.in_(chunk)).values(withdrawn_at=at))


def current(connection: Connection, ids: Collection[str]) -> dict[str, Any]:
    """Return the codings that are active."""
    active: dict[str, Any] = {}
    for chunk in id_chunks(ids):
        query = select(codings.c.id).where(
            codings.c.id.in_(chunk), codings.c.withdrawn_at.is_(None)
        )
        active |= dict.fromkeys(connection.scalars(query), True)
    return active


def restore(change: Change, states: Mapping[str, Any]) -> None:
    """Reactivate or withdraw codings.

    Raises:
        ConflictError: An equal coding was made since, its transcript or code is gone, or it
            was handed in.
    """
    refuse_handed_in(read_rounds(change.connection), _of_ids(change.connection, states))
    returning = [coding_id for coding_id, state in states.items() if state is not None]
    withdrawn = [coding_id for coding_id, state in states.items() if state is None]
    _set_withdrawn(change.connection, withdrawn, change.at)
    for chunk in id_chunks(returning):
        query = select(codes.c.path, codes.c.position, transcripts.c.name, transcripts.c.removed)
        query = query.select_from(codings).join(codes).join(transcripts)
        for row in change.connection.execute(query.where(codings.c.id.in_(chunk))):
            if row.removed or row.position is None:
                missing = (
                    Message("transcript '{name}'", name=row.name)
                    if row.removed
                    else Message("code '{path}'", path=row.path)
                )
                raise ConflictError(
                    Message(
                        "A coding cannot come back: {missing} is no longer there.", missing=missing
                    )
                )
    # Withdrawn first: a coding may return to the place of one that leaves in the same step.
    _refuse_occupied(change.connection, returning)
    _set_withdrawn(change.connection, returning, None)


def _of_ids(connection: Connection, ids: Collection[str]) -> list[Coding]:
    return [
        _coding(row)
        for chunk in id_chunks(ids)
        for row in connection.execute(_select(codings.c.id.in_(chunk)))
    ]


def _refuse_occupied(connection: Connection, ids: Collection[str]) -> None:
    returning = _of_ids(connection, ids)
    active = _active_places(connection, returning)
    for value in returning:
        holder = active.get(_key(value))
        # A coding that never left holds its own place, which is no conflict.
        if holder is not None and holder != value.id:
            raise ConflictError(
                Message(
                    "Coding {id} cannot come back: coding {holder} has its place now: "
                    "{named}. Withdraw that one first.",
                    id=value.id,
                    holder=holder,
                    named=_named(value),
                )
            )
