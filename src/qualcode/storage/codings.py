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
from qualcode.model import CONSENSUS, Coding, Span
from qualcode.storage.blinding import refuse_fixed
from qualcode.storage.codebooks import KnownCodes, known_codes
from qualcode.storage.history import Change
from qualcode.storage.schema import coders, codes, codings, rounds, transcripts
from qualcode.storage.transcripts import IN_PROJECT, id_of, ids_by_name, texts

_AT_ONCE = 5_000
"""Ids in one statement; the drivers allow some 32,000 values."""

Place = tuple[str, int, int, str, str, str]
"""Transcript, start, end, shown code, coder and round: what may stand only once."""


@dataclass(frozen=True, slots=True)
class _Known:
    """All that a new coding is checked against, read once for many codings."""

    transcripts: Mapping[str, int]
    texts: Mapping[int, str]
    codes: KnownCodes
    coders: frozenset[str]
    rounds: frozenset[str]


def add(change: Change, values: Sequence[Coding]) -> tuple[Coding, ...]:
    """Store new codings, and return them as stored, with id and time.

    Raises:
        ConflictError: their coder handed in the round they belong to.
        DuplicateError: one stands already, or is given twice.
        InvalidValueError: a span lies outside the text, or a quote is not what stands there.
        UnknownNameError: a transcript, code, coder or round is unknown, or a code is retired.
    """
    if not values:
        return ()
    refuse_fixed(change.connection, values)
    known = _known(change.connection, {value.transcript for value in values})
    rows, stored = [], []
    for value in values:
        whole = replace(
            value, id=value.id or change.new_id(), created_at=value.created_at or change.at
        )
        rows.append(_row(whole, known))
        stored.append(whole)
    _refuse_known_ids(change.connection, [value.id for value in stored])
    _refuse_duplicates(change.connection, stored)
    change.connection.execute(insert(codings), rows)
    for value, row in zip(stored, rows, strict=True):
        change.record("coding.add", value.id, after=_described(value, row["code_id"]))
    return tuple(stored)


def _known(connection: Connection, names: set[str]) -> _Known:
    ids = ids_by_name(connection)
    for name in sorted(names):
        if name not in ids:
            raise unknown_name("transcript", name, ids, IN_PROJECT)
    return _Known(
        transcripts=ids,
        texts=texts(connection, {ids[name] for name in names}),
        codes=known_codes(connection),
        coders=frozenset(connection.scalars(select(coders.c.name))),
        rounds=frozenset(connection.scalars(select(rounds.c.name))),
    )


def _row(value: Coding, known: _Known) -> dict[str, Any]:
    number = known.transcripts[value.transcript]
    _refuse_wrong_quote(value, known.texts[number])
    if value.withdrawn_at is not None:
        raise InvalidValueError(f"Coding '{value.id}' was withdrawn and cannot be added.")
    if value.coder not in known.coders:
        people = known.coders - {CONSENSUS}
        raise unknown_name("coder", value.coder, people, IN_PROJECT)
    if value.round and value.round not in known.rounds:
        raise unknown_name("round", value.round, known.rounds, IN_PROJECT)
    code = known.codes.usable_id_of(value.code)
    if value.codebook_version not in known.codes.versions:
        versions = [str(v) for v in known.codes.versions]
        raise unknown_name("codebook version", str(value.codebook_version), versions, IN_PROJECT)
    return {
        "id": value.id,
        "transcript_id": number,
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
    where = f"'{value.transcript}' at {value.span.start}-{value.span.end}"
    if value.span.end > len(text):
        raise InvalidValueError(
            f"A coding of {where} lies outside the text, which has {len(text)} characters."
        )
    stands = value.span.of(text)
    if stands != value.quote:
        raise InvalidValueError(
            f"A coding of {where} has the quote '{_short(value.quote)}', but the text there is "
            f"'{_short(stands)}'. Was it made on another version of the transcript?"
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


def chunks(ids: Collection[str]) -> Iterable[list[str]]:
    """Yield ids in lists short enough for one statement."""
    listed = list(ids)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def _refuse_known_ids(connection: Connection, ids: list[str]) -> None:
    seen: set[str] = set()
    for coding_id in ids:
        if coding_id in seen:
            raise DuplicateError(f"Two of the codings have the id '{coding_id}'.")
        seen.add(coding_id)
    for some in chunks(ids):
        known = connection.scalar(select(codings.c.id).where(codings.c.id.in_(some)).limit(1))
        if known is not None:
            raise DuplicateError(f"The project has a coding with the id '{known}' already.")


def _refuse_duplicates(connection: Connection, values: Sequence[Coding]) -> None:
    standing = _standing_places(connection, values)
    for value in values:
        place = _place(value)
        if place in standing:
            raise DuplicateError(
                f"{_named(value)} stands already (coding {standing[place]}). "
                "Withdraw that one first, or leave this one out."
            )
        standing[place] = value.id


def _standing_places(connection: Connection, near: Sequence[Coding]) -> dict[Place, str]:
    """Return the ids of standing codings in the transcripts and range of some others."""
    if not near:
        return {}
    starts = [value.span.start for value in near]
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
            transcripts.c.name.in_({value.transcript for value in near}),
            columns.start.between(min(starts), max(starts)),
            columns.withdrawn_at.is_(None),
        )
    )
    return {tuple(row[:-1]): row[-1] for row in connection.execute(query).all()}


def _place(value: Coding) -> Place:
    span = value.span
    return value.transcript, span.start, span.end, value.code, value.coder, value.round


def _named(value: Coding) -> str:
    within = f" in round '{value.round}'" if value.round else ""
    return (
        f"'{value.code}' by {value.coder} on '{value.transcript}' at "
        f"{value.span.start}-{value.span.end}{within}"
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

    ``code`` finds the codings that show that path, and for a merged code those it had.
    """
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
        code_id = known_codes(connection).id_of(code)
        conditions.append(or_(codes.c.shown == code, codes.c.id == code_id))
    rows = connection.execute(_select(*conditions)).all()
    values = [(row.transcript_id, _coding(row)) for row in rows]
    return tuple(value for _, value in sorted(values, key=_order))


def _order(pair: tuple[int, Coding]) -> tuple[Any, ...]:
    number, value = pair
    return number, value.span, value.code, value.coder, value.id


def withdraw(change: Change, ids: Collection[str]) -> None:
    """Withdraw standing codings; they stay in the history.

    Raises:
        ConflictError: their coder handed in the round they belong to.
        UnknownNameError: there is no standing coding of that id.
    """
    found = require_standing(change.connection, ids)
    refuse_fixed(change.connection, [value for value, _ in found])
    for value, code_id in found:
        change.record("coding.withdraw", value.id, before=_described(value, code_id))
    _set_withdrawn(change.connection, [value.id for value, _ in found], change.at)


def require_standing(
    connection: Connection, ids: Collection[str]
) -> tuple[tuple[Coding, str], ...]:
    """Return the standing codings of some ids, each with the id of its code."""
    found: dict[str, tuple[Coding, str]] = {}
    for some in chunks(ids):
        for row in connection.execute(_select(codings.c.id.in_(some))):
            found[row.id] = _coding(row), row.code_id
    for coding_id in ids:
        if coding_id not in found:
            raise UnknownNameError(f"No coding '{coding_id}' in the project.")
        if found[coding_id][0].withdrawn_at is not None:
            raise UnknownNameError(f"Coding '{coding_id}' was withdrawn and no longer stands.")
    return tuple(found[coding_id] for coding_id in dict.fromkeys(ids))


def _set_withdrawn(connection: Connection, ids: Collection[str], at: datetime | None) -> None:
    for some in chunks(ids):
        connection.execute(update(codings).where(codings.c.id.in_(some)).values(withdrawn_at=at))


def current(connection: Connection, ids: Collection[str]) -> dict[str, Any]:
    """Return which of the codings stand."""
    standing: dict[str, Any] = {}
    for some in chunks(ids):
        query = select(codings.c.id).where(codings.c.id.in_(some), codings.c.withdrawn_at.is_(None))
        standing |= dict.fromkeys(connection.scalars(query), True)
    return standing


def restore(change: Change, states: Mapping[str, Any]) -> None:
    """Let codings stand again, or no longer.

    Raises:
        ConflictError: an equal coding was made since, what it stands on is gone, or it was
            handed in.
    """
    refuse_fixed(change.connection, _of_ids(change.connection, states))
    back = [coding_id for coding_id, state in states.items() if state is not None]
    gone = [coding_id for coding_id, state in states.items() if state is None]
    _set_withdrawn(change.connection, gone, change.at)
    for some in chunks(back):
        query = select(codes.c.path, codes.c.position, transcripts.c.name, transcripts.c.removed)
        query = query.select_from(codings).join(codes).join(transcripts)
        for row in change.connection.execute(query.where(codings.c.id.in_(some))):
            if row.removed or row.position is None:
                what = f"transcript '{row.name}'" if row.removed else f"code '{row.path}'"
                raise ConflictError(f"A coding cannot come back: {what} is no longer there.")
    _refuse_taken_places(change.connection, back)
    _set_withdrawn(change.connection, back, None)


def _of_ids(connection: Connection, ids: Collection[str]) -> list[Coding]:
    return [
        _coding(row)
        for some in chunks(ids)
        for row in connection.execute(_select(codings.c.id.in_(some)))
    ]


def _refuse_taken_places(connection: Connection, ids: Collection[str]) -> None:
    returning = _of_ids(connection, ids)
    standing = _standing_places(connection, returning)
    for value in returning:
        other = standing.get(_place(value))
        if other is not None and other != value.id:
            raise ConflictError(
                f"Coding {value.id} cannot come back: coding {other} now stands in its place, "
                f"{_named(value)}. Withdraw that one first."
            )
