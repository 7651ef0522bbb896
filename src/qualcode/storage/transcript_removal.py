"""Taking transcripts out of a project: back and forth by undo, or for good.

For good means that no row keeps words of the interview: respondents may withdraw consent. The
history then still says that a transcript was there, but not what stood in it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from qualcode.errors import ConflictError, UndefinedRequestError
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


def current(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return which of the transcripts are there."""
    standing = ids_by_name(connection)
    return {name: True for name in names if name in standing}


def restore(change: Change, states: Mapping[str, Any]) -> None:
    """Put transcripts back, or take them out so that they can come back.

    Raises:
        ConflictError: something hangs on one, or an equal one was imported since.
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
        own = transcripts.c.id == number
        connection.execute(update(transcripts).where(own).values(removed=removed))


def _uses(connection: Connection, name: str, number: int) -> list[str]:
    uses = [
        f"{_count(connection, codings, codings.c.transcript_id == number)} codings",
        f"{_count(connection, decisions, decisions.c.transcript_id == number)} decisions",
        f"{_count(connection, memos, _about_transcript(name))} memos",
    ]
    own = case_transcripts.c.transcript_id == number
    uses += [f"case '{c}'" for c in connection.scalars(select(case_transcripts.c.case).where(own))]
    return [use for use in uses if not use.startswith("0 ")] + _rounds_with(connection, name)


def _rounds_with(connection: Connection, name: str) -> list[str]:
    found = connection.scalars(select(rounds.c.round))
    return [f"round '{packed['name']}'" for packed in found if name in packed["transcripts"]]


def _count(connection: Connection, table: Any, own: ColumnElement[bool]) -> int:
    standing = own, table.c.withdrawn_at.is_(None)
    return connection.scalar(select(func.count()).select_from(table).where(*standing)) or 0


def _about_transcript(name: str) -> ColumnElement[bool]:
    turn = and_(
        memos.c.target_kind == "turn", memos.c.target.startswith(f"{name}#", autoescape=True)
    )
    return or_(and_(memos.c.target_kind == "transcript", memos.c.target == name), turn)


def _refuse_used(name: str, uses: list[str]) -> None:
    if uses:
        raise ConflictError(
            f"Transcript '{name}' cannot be removed: it has {', '.join(uses)}. "
            "Withdraw or change those first."
        )


def _refuse_equal(connection: Connection, number: int) -> None:
    own = connection.execute(select(transcripts).where(transcripts.c.id == number)).one()
    columns = transcripts.c
    equal = or_(
        columns.name == own.name,
        columns.sha256 == own.sha256,
        columns.original_sha256 == own.original_sha256,
    )
    other = connection.scalar(select(columns.name).where(equal, ~columns.removed))
    if other is not None:
        raise ConflictError(
            f"Transcript '{own.name}' cannot come back: '{other}', imported since, equals it. "
            "Remove that one first."
        )


def remove(change: Change, name: str) -> None:
    """Remove a transcript for good: its text, its file, and what history quotes from it.

    Its case forgets it. This cannot be undone.

    Raises:
        ConflictError: codings stand on it, or a round names it.
        UndefinedRequestError: the step holds other changes, which would keep its words.
    """
    if change.recorded:
        raise UndefinedRequestError(
            f"Removing transcript '{name}' is a step of its own. End the step before it."
        )
    connection = change.connection
    number = id_of(connection, name)
    codings_there = _count(connection, codings, codings.c.transcript_id == number)
    uses = [f"{codings_there} codings"] if codings_there else []
    _refuse_used(name, uses + _rounds_with(connection, name))
    own = case_transcripts.c.transcript_id == number
    linked = connection.scalars(select(case_transcripts.c.case).where(own)).all()
    before = current_cases(connection, linked)
    erase(connection, number)
    for case, state in current_cases(connection, linked).items():
        _finish(connection, (events.c.action == "case.put") & (events.c.target == case))
        change.record("case.put", case, before[case], state, final=True)
    change.record("transcript.remove", name, final=True)


def erase(connection: Connection, number: int) -> None:
    """Delete a transcript with all that hangs on it, and blank what events quote from it."""
    name = connection.scalar(select(transcripts.c.name).where(transcripts.c.id == number)) or ""
    on_it = select(codings.c.id).where(codings.c.transcript_id == number)
    about = or_(_about_transcript(name), memos.c.target.in_(on_it))
    of_it = select(decisions.c.id).where(decisions.c.transcript_id == number)
    decided = [str(decision) for decision in connection.scalars(of_it)]
    _blank(
        connection,
        or_(
            events.c.target.in_(on_it),
            events.c.target.in_(select(memos.c.id).where(about)),
            and_(events.c.action == "decision.add", events.c.target.in_(decided)),
            _told_about(connection, name, number),
        ),
    )
    connection.execute(delete(memos).where(about))
    for table in (codings, decisions, case_transcripts):
        connection.execute(delete(table).where(table.c.transcript_id == number))
    connection.execute(delete(transcripts).where(transcripts.c.id == number))


def _told_about(connection: Connection, name: str, number: int) -> ColumnElement[bool]:
    """Return which events tell of this transcript, and not of another that had its name."""
    query = select(events.c.number, events.c.after).where(
        events.c.action == "transcript.add", events.c.target == name
    )
    added = connection.execute(query.order_by(events.c.number)).all()
    first = next(row.number for row in added if f'"id":{number},' in row.after)
    later = [row.number for row in added if row.number > first]
    told = [events.c.target == name, events.c.number >= first]
    told.append(events.c.action.in_(("transcript.add", "roles.set", "segments.replace")))
    return and_(*told, events.c.number < later[0]) if later else and_(*told)


def _blank(connection: Connection, which: ColumnElement[bool]) -> None:
    _finish(connection, which)
    connection.execute(update(events).where(which).values(before="", after=""))


def _finish(connection: Connection, which: ColumnElement[bool]) -> None:
    touched = steps.c.number.in_(select(events.c.step).where(which))
    for old, new in ((DONE, FINAL), (UNDONE, DROPPED)):
        connection.execute(update(steps).where(touched, steps.c.state == old).values(state=new))
