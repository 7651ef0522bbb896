"""Rows of decisions on disagreements, and of the quotes that the author chose to print."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model import Choice, Decision, Span
from qualcode.storage.codebooks import CodeIndex, read_code_index
from qualcode.storage.codings import id_chunks, require_active
from qualcode.storage.history import Change, next_number
from qualcode.storage.schema import chosen, codes, codings, decisions, excerpts, transcripts
from qualcode.storage.transcripts import IN_PROJECT, ids_by_name, texts


def add(change: Change, values: Iterable[Decision]) -> tuple[Decision, ...]:
    """Store decisions, and return them with their times; the latest one counts.

    Raises:
        InvalidValueError: An agreed span lies outside the text.
        UnknownNameError: A transcript or code is unknown, or the code is retired.
    """
    connection = change.connection
    stored = tuple(replace(v, decided_at=v.decided_at or change.at) for v in values)
    names = ids_by_name(connection)
    for value in stored:
        if value.transcript not in names:
            raise unknown_name("transcript", value.transcript, names, IN_PROJECT)
    lengths = {
        number: len(text)
        for number, text in texts(connection, {names[v.transcript] for v in stored}).items()
    }
    code_index = read_code_index(connection)
    first = next_number(connection, decisions.c.id)
    for number, value in enumerate(stored, first):
        row = _row(value, names[value.transcript], code_index, lengths)
        connection.execute(insert(decisions), {"id": number, **row})
        change.record("decision.add", str(number), after=_described(value))
    return stored


def _row(
    value: Decision, transcript_id: int, code_index: CodeIndex, lengths: Mapping[int, int]
) -> dict[str, Any]:
    if value.span and value.span.end > lengths[transcript_id]:
        raise InvalidValueError(
            Message(
                "The decision on '{disagreement}' ends at {end}, but transcript '{transcript}' "
                "has {lengths} characters.",
                disagreement=value.disagreement,
                end=value.span.end,
                transcript=value.transcript,
                lengths=lengths[transcript_id],
            )
        )
    return {
        "disagreement": value.disagreement,
        "choice": value.choice.value,
        "by": value.by,
        "transcript_id": transcript_id,
        "reason": value.reason,
        "start": value.span.start if value.span else None,
        "end": value.span.end if value.span else None,
        "code_id": code_index.usable_id_of(value.code) if value.code else None,
        "decided_at": value.decided_at,
        "withdrawn_at": None,
    }


def _described(value: Decision) -> dict[str, Any]:
    described: dict[str, Any] = {
        "disagreement": value.disagreement,
        "choice": value.choice.value,
        "by": value.by,
        "reason": value.reason,
    }
    if value.span:
        described |= {"start": value.span.start, "end": value.span.end, "code": value.code}
    return described


def read(connection: Connection) -> tuple[Decision, ...]:
    """Return the decision in force on each disagreement, in the order of decision."""
    query = (
        select(decisions, transcripts.c.name, codes.c.shown)
        .join(transcripts)
        # Most decisions name no code of their own, and an inner join would lose them.
        .join(codes, isouter=True)
        .where(decisions.c.withdrawn_at.is_(None), ~transcripts.c.removed)
        .order_by(decisions.c.id)
    )
    latest: dict[str, Decision] = {}
    for row in connection.execute(query):
        # A revised decision moves to the end: dictionaries keep the place of the first insertion.
        latest.pop(row.disagreement, None)
        latest[row.disagreement] = _decision(row)
    return tuple(latest.values())


def _decision(row: Any) -> Decision:
    return Decision(
        disagreement=row.disagreement,
        choice=Choice(row.choice),
        by=row.by,
        transcript=row.name,
        reason=row.reason,
        span=None if row.start is None else Span(row.start, row.end),
        code=row.shown or "",
        decided_at=row.decided_at,
    )


def current(connection: Connection, numbers: Collection[str]) -> dict[str, Any]:
    """Return the decisions that were not taken back."""
    query = select(decisions.c.id).where(decisions.c.withdrawn_at.is_(None))
    active = {str(number) for number in connection.scalars(query)}
    return {number: True for number in numbers if number in active}


def restore(change: Change, states: Mapping[str, Any]) -> None:
    """Reactivate or withdraw decisions."""
    for number, state in states.items():
        at = None if state is not None else change.at
        same_decision = decisions.c.id == int(number)
        change.connection.execute(update(decisions).where(same_decision).values(withdrawn_at=at))


def choose(change: Change, ids: Collection[str], *, is_chosen: bool) -> None:
    """Mark codings as chosen for publication, or remove the mark.

    Raises:
        UnknownNameError: One of them is not active.
    """
    require_active(change.connection, ids)
    before = current_chosen(change.connection, ids)
    state = True if is_chosen else None
    changed = {i: state for i in dict.fromkeys(ids) if before.get(i) != state}
    for coding_id in changed:
        change.record("chosen.set", coding_id, before.get(coding_id), state)
    restore_chosen(change, changed)


def read_chosen(connection: Connection) -> frozenset[str]:
    """Return the ids of the active codings that are chosen for publication."""
    query = select(chosen.c.coding_id).join(codings).where(codings.c.withdrawn_at.is_(None))
    return frozenset(connection.scalars(query))


def current_chosen(connection: Connection, ids: Collection[str]) -> dict[str, Any]:
    """Return the codings that are chosen."""
    marked = set(connection.scalars(select(chosen.c.coding_id)))
    return {coding_id: True for coding_id in ids if coding_id in marked}


def restore_chosen(change: Change, states: Mapping[str, Any]) -> None:
    """Mark codings as chosen, or remove the mark."""
    for chunk in id_chunks(states):
        # Deleted first, so that a mark that is set twice leaves one row.
        change.connection.execute(delete(chosen).where(chosen.c.coding_id.in_(chunk)))
    rows = [{"coding_id": i} for i, state in states.items() if state is not None]
    if rows:
        change.connection.execute(insert(chosen), rows)


def set_excerpt(change: Change, coding_id: str, text: str | None) -> None:
    """Store the text to print for a coding; None prints its whole quote.

    Raises:
        InvalidValueError: The text is empty.
        UnknownNameError: The coding is not active.
    """
    if text is not None and not text.strip():
        raise InvalidValueError("The text to print is empty. Give None to print the whole quote.")
    require_active(change.connection, (coding_id,))
    before = read_excerpts(change.connection).get(coding_id)
    # The same text again is no change, and must not become a step of undo.
    if before != text:
        change.record("excerpt.set", coding_id, before, text)
        restore_excerpts(change, {coding_id: text})


def read_excerpts(connection: Connection) -> dict[str, str]:
    """Return the texts to print by id of an active coding."""
    query = select(excerpts).join(codings).where(codings.c.withdrawn_at.is_(None))
    return {row.coding_id: row.text for row in connection.execute(query)}


def current_excerpts(connection: Connection, ids: Collection[str]) -> dict[str, Any]:
    """Return the texts to print of some codings."""
    rows = connection.execute(select(excerpts))
    return {row.coding_id: row.text for row in rows if row.coding_id in ids}


def restore_excerpts(change: Change, states: Mapping[str, Any]) -> None:
    """Restore texts to print; None removes a text."""
    for coding_id, text in states.items():
        same_coding = excerpts.c.coding_id == coding_id
        change.connection.execute(delete(excerpts).where(same_coding))
        if text is not None:
            change.connection.execute(insert(excerpts), {"coding_id": coding_id, "text": text})
