"""Removes transcripts from a project, by undo or permanently.

After a permanent removal no row holds words of the interview, because respondents may withdraw
consent. The history then still names the transcript, without its content.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from qualcode.errors import ConflictError, UndefinedRequestError
from qualcode.messages import Message
from qualcode.storage import erasure, row_sums
from qualcode.storage.history import DONE, DROPPED, FINAL, UNDONE, Change
from qualcode.storage.schema import (
    case_transcripts,
    codings,
    decisions,
    events,
    memos,
    rounds,
    steps,
    transcripts,
)
from qualcode.storage.study import current_cases
from qualcode.storage.transcripts import id_of, ids_by_name

_ACTIONS = (
    "transcript.add",
    "roles.set",
    "confirmation.set",
    "language.set",
    "attributes.set",
    "segments.replace",
)
"""Actions of events about one transcript, which hold its labels and attributes."""


def current(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return the transcripts that are in the project."""
    ids = ids_by_name(connection)
    return {name: True for name in names if name in ids}


def restore(change: Change, states: Mapping[str, Any]) -> None:
    """Put transcripts back, or remove them so that they can come back.

    Raises:
        ConflictError: A transcript is in use, or an equal one was imported since.
    """
    connection = change.connection
    for name, state in states.items():
        if state is None:
            number = id_of(connection, name)
            _refuse_used(name, _uses(connection, name, number))
        else:
            number = state["id"]
            _refuse_equal(connection, number)
        removed = state is None
        same_transcript = transcripts.c.id == number
        connection.execute(update(transcripts).where(same_transcript).values(removed=removed))


def _uses(connection: Connection, name: str, number: int) -> list[str]:
    # Not how many: they may be of others, in a blind round.
    things = (
        (Message("codings"), codings, codings.c.transcript_id == number),
        (Message("decisions"), decisions, decisions.c.transcript_id == number),
        (Message("memos"), memos, _about_transcript(name)),
    )
    uses = [thing for thing, table, same in things if _is_used(connection, table, same)]
    same_transcript = case_transcripts.c.transcript_id == number
    uses += [
        Message("case '{c}'", c=c)
        for c in connection.scalars(select(case_transcripts.c.case).where(same_transcript))
    ]
    return uses + _rounds_with(connection, name)


def _rounds_with(connection: Connection, name: str) -> list[str]:
    stored_rounds = connection.scalars(select(rounds.c.round))
    return [
        Message("round '{name}'", name=packed["name"])
        for packed in stored_rounds
        if name in packed["transcripts"]
    ]


def _is_used(connection: Connection, table: Any, condition: ColumnElement[bool]) -> bool:
    active = condition, table.c.withdrawn_at.is_(None)
    return connection.scalar(select(table.c.id).where(*active).limit(1)) is not None


def _about_transcript(name: str) -> ColumnElement[bool]:
    turn = and_(
        memos.c.target_kind == "turn", memos.c.target.startswith(f"{name}#", autoescape=True)
    )
    return or_(and_(memos.c.target_kind == "transcript", memos.c.target == name), turn)


def _refuse_used(name: str, uses: list[str]) -> None:
    if uses:
        raise ConflictError(
            Message(
                "Transcript '{name}' cannot be removed: it has {uses}. Withdraw or change "
                "those first.",
                name=name,
                uses=tuple(uses),
            )
        )


def _refuse_equal(connection: Connection, number: int) -> None:
    returning = connection.execute(select(transcripts).where(transcripts.c.id == number)).one()
    columns = transcripts.c
    equal = or_(
        columns.name == returning.name,
        # The same file, imported again under another name since, is the same interview.
        (columns.sha256 == returning.sha256) & (columns.source_file == returning.source_file),
    )
    equal_name = connection.scalar(select(columns.name).where(equal, ~columns.removed))
    if equal_name is not None:
        raise ConflictError(
            Message(
                "Transcript '{name}' cannot come back: '{equal_name}', imported since, equals "
                "it. Remove that one first.",
                name=returning.name,
                equal_name=equal_name,
            )
        )


def remove(change: Change, name: str, *, with_codings: bool = False) -> None:
    """Remove a transcript permanently: its text, its file and its words in the history.

    It is removed from its case too. This cannot be undone.

    Args:
        change: The step.
        name: Name of the transcript.
        with_codings: Whether its codings go too, and it leaves the rounds that name it.

    Raises:
        ConflictError: It has codings, or a round names it.
        UndefinedRequestError: The step holds other changes, which would keep its words.
    """
    if change.recorded:
        raise UndefinedRequestError(
            Message(
                "Removing transcript '{name}' is a step of its own. End the step before it.",
                name=name,
            )
        )
    connection = change.connection
    number = id_of(connection, name)
    if not with_codings:
        is_coded = _is_used(connection, codings, codings.c.transcript_id == number)
        uses = [Message("codings")] if is_coded else []
        _refuse_used(name, [*uses, *_rounds_with(connection, name)])
    same_transcript = case_transcripts.c.transcript_id == number
    linked = connection.scalars(select(case_transcripts.c.case).where(same_transcript)).all()
    # Read before the rows go, because the event of the case shows its old state.
    before = current_cases(connection, linked)
    leave_rounds(connection, {name})
    erase(connection, number)
    for case, state in current_cases(connection, linked).items():
        _finish(connection, (events.c.action == "case.put") & (events.c.target == case))
        change.record("case.put", case, before[case], state, final=True)
    # Final, because the words are gone and nothing could bring them back.
    change.record("transcript.remove", name, final=True)


def leave_rounds(connection: Connection, names: Collection[str]) -> None:
    """Take transcripts out of the rounds that name them; a round of these alone is deleted."""
    for row in connection.execute(select(rounds)).all():
        remaining = [name for name in row.round["transcripts"] if name not in names]
        if len(remaining) == len(row.round["transcripts"]):
            continue
        same_round = rounds.c.name == row.name
        _finish(connection, (events.c.action == "round.put") & (events.c.target == row.name))
        # A round that names no transcript is a round of all of them.
        if remaining or _has_codings_elsewhere(connection, row.name, names):
            values = {"round": row.round | {"transcripts": remaining}}
            connection.execute(update(rounds).where(same_round).values(values))
        else:
            connection.execute(delete(rounds).where(same_round))


def _has_codings_elsewhere(connection: Connection, name: str, names: Collection[str]) -> bool:
    query = select(codings.c.id).join(transcripts).where(codings.c.round == name)
    return connection.scalar(query.where(transcripts.c.name.not_in(names)).limit(1)) is not None


def erase(connection: Connection, number: int, *, new_target: str = "") -> None:
    """Delete a transcript with all rows that refer to it, and blank its words in events.

    Args:
        connection: Open for writing.
        number: Number of the transcript.
        new_target: What its own events name instead of it; they keep its name by default.
    """
    name = connection.scalar(select(transcripts.c.name).where(transcripts.c.id == number)) or ""
    on_it = select(codings.c.id).where(codings.c.transcript_id == number)
    # Memos on its codings may quote the interview too.
    about = or_(_about_transcript(name), memos.c.target.in_(on_it))
    of_it = select(decisions.c.id).where(decisions.c.transcript_id == number)
    decided = [str(decision) for decision in connection.scalars(of_it)]
    own_events = _events_about(connection, name, number)
    if new_target:
        # Blanked first: afterwards they are no longer found by the name.
        _blank(connection, own_events)
        connection.execute(update(events).where(own_events).values(target=new_target))
    _blank(
        connection,
        or_(
            events.c.target.in_(on_it),
            events.c.target.in_(select(memos.c.id).where(about)),
            and_(events.c.action == "decision.add", events.c.target.in_(decided)),
            own_events,
        ),
    )
    # Events are blanked before the rows go, because they are found through these rows.
    connection.execute(delete(memos).where(about))
    for table in (codings, decisions, case_transcripts):
        connection.execute(delete(table).where(table.c.transcript_id == number))
    connection.execute(delete(transcripts).where(transcripts.c.id == number))
    row_sums.renew(connection, number)
    erasure.ask(connection)


def _events_about(connection: Connection, name: str, number: int) -> ColumnElement[bool]:
    """Return the events about this transcript, not those about another with the same name."""
    query = select(events.c.number, events.c.after).where(
        events.c.action == "transcript.add", events.c.target == name
    )
    added = connection.execute(query.order_by(events.c.number)).all()
    # A name can be used again after a removal; the id in the event identifies the import.
    first = next(row.number for row in added if f'"id":{number},' in row.after)
    later = [row.number for row in added if row.number > first]
    conditions = [events.c.target == name, events.c.number >= first]
    conditions.append(events.c.action.in_(_ACTIONS))
    return and_(*conditions, events.c.number < later[0]) if later else and_(*conditions)


def _blank(connection: Connection, condition: ColumnElement[bool]) -> None:
    _finish(connection, condition)
    connection.execute(update(events).where(condition).values(before="", after=""))


def _finish(connection: Connection, condition: ColumnElement[bool]) -> None:
    touched = steps.c.number.in_(select(events.c.step).where(condition))
    # A step without its states cannot be undone or redone any more.
    for old, new in ((DONE, FINAL), (UNDONE, DROPPED)):
        connection.execute(update(steps).where(touched, steps.c.state == old).values(state=new))
