"""Undo and redo of one coder's steps, by the states that their events recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from qualcode.errors import ConflictError, UndefinedRequestError
from qualcode.model import Event
from qualcode.storage import codebooks, codings, decisions, memos, removing, study, transcripts
from qualcode.storage.history import DONE, DROPPED, UNDONE, Change, event_of
from qualcode.storage.schema import events, steps, to_json


@dataclass(frozen=True, slots=True)
class _Kind:
    """How things of one kind are looked up and put in another state.

    Attributes:
        current: States by key, as JSON values; absent keys are not there.
        restore: Brings things to given states; None takes a thing away.
        fixed: Things that never change, only come and go.
    """

    current: Callable[[Connection, Collection[str]], dict[str, Any]]
    restore: Callable[[Change, Mapping[str, Any]], None]
    fixed: bool = False

    def agree(self, one: Any, two: Any) -> bool:
        """Tell whether two states are the same."""
        if self.fixed:
            return (one is None) == (two is None)
        return to_json(one) == to_json(two)


# In the order in which they rest on each other: undo goes through it backwards.
_KINDS = {
    "transcript": _Kind(removing.current, removing.restore, fixed=True),
    "roles": _Kind(transcripts.current_roles, transcripts.restore_roles),
    "codebook": _Kind(codebooks.current, codebooks.restore, fixed=True),
    "guide": _Kind(study.current_guides, study.restore_guides),
    "case": _Kind(study.current_cases, study.restore_cases),
    "round": _Kind(study.current_rounds, study.restore_rounds),
    "coding": _Kind(codings.current, codings.restore, fixed=True),
    "memo": _Kind(memos.current, memos.restore, fixed=True),
    "decision": _Kind(decisions.current, decisions.restore, fixed=True),
    "chosen": _Kind(decisions.current_chosen, decisions.restore_chosen),
    "excerpt": _Kind(decisions.current_excerpts, decisions.restore_excerpts),
}

_Move = tuple[Any, Any]
"""The state that a thing must have now, and the one it gets."""


def drop_redo(connection: Connection, who: str) -> None:
    """Forget what a coder could have redone, because that coder does something new.

    A transcript whose import was undone is then erased for good.
    """
    own = steps.c.who == who, steps.c.state == UNDONE
    query = select(events.c.after).join(steps).where(*own, events.c.action == "transcript.add")
    for after in connection.scalars(query).all():
        removing.erase(connection, json.loads(after)["id"])
    connection.execute(update(steps).where(*own).values(state=DROPPED))


def undo(change: Change, transcript: str | None = None) -> tuple[Event, ...]:
    """Undo the latest step of the change's coder, and return its events.

    Args:
        change: The step that undoing is.
        transcript: Undo the latest step in which this transcript was coded or got a memo.

    Raises:
        ConflictError: someone changed the same things since.
        UndefinedRequestError: there is nothing to undo.
    """
    step = step_to_undo(change.connection, change.who, transcript)
    if step is None:
        raise UndefinedRequestError(f"There is nothing to undo{_of(change.who)}.")
    return _turn(change, step, "undo", UNDONE)


def redo(change: Change, transcript: str | None = None) -> tuple[Event, ...]:
    """Do again what the change's coder undid last, and return its events.

    Args:
        change: The step that redoing is.
        transcript: Redo what was undone last of this transcript.

    Raises:
        ConflictError: someone changed the same things since.
        UndefinedRequestError: there is nothing to redo.
    """
    step = step_to_redo(change.connection, change.who, transcript)
    if step is None:
        raise UndefinedRequestError(f"There is nothing to redo{_of(change.who)}.")
    return _turn(change, step, "redo", DONE)


def step_to_undo(connection: Connection, who: str, transcript: str | None) -> int | None:
    """Return the number of a coder's latest step, on one transcript where given; or None."""
    own = steps.c.who == who, steps.c.state == DONE
    if transcript is None:
        number: int | None = connection.scalar(select(func.max(steps.c.number)).where(*own))
        return number
    query = select(steps.c.number).where(*own).order_by(steps.c.number.desc())
    return _first_about(connection, query, transcript)


def step_to_redo(connection: Connection, who: str, transcript: str | None) -> int | None:
    """Return the number of the step that a coder undid last, see :func:`step_to_undo`."""
    own = steps.c.who == who, steps.c.state == UNDONE
    if transcript is None:
        number: int | None = connection.scalar(select(func.min(steps.c.number)).where(*own))
        return number
    query = select(steps.c.number).where(*own).order_by(steps.c.number)
    return _first_about(connection, query, transcript)


def _first_about(connection: Connection, numbers: Select[Any], transcript: str) -> int | None:
    # One step after the other: a coder's latest step is nearly always on the text on screen.
    candidates: Sequence[int] = connection.scalars(numbers).all()
    for number in candidates:
        rows = connection.execute(select(events).where(events.c.step == number)).all()
        if _is_coding_of(connection, [row._mapping for row in rows], transcript):  # noqa: SLF001
            return number
    return None


def _is_coding_of(
    connection: Connection, rows: Sequence[Mapping[Any, Any]], transcript: str
) -> bool:
    """Tell whether a step holds codings and memos of a transcript and nothing else to undo."""
    about: set[str | None] = set()
    for row in rows:
        kind = row["action"].partition(".")[0]
        if kind in _KINDS:
            state = json.loads(row["after"] or row["before"] or "{}")
            about.add(_transcript_of(connection, kind, state))
    return about == {transcript}


def _transcript_of(connection: Connection, kind: str, state: Mapping[str, Any]) -> str | None:
    if kind == "coding":
        return str(state["transcript"])
    if kind == "memo":
        return memos.transcript_of(connection, state["kind"], state["target"])
    return None


def _of(who: str) -> str:
    return f" for '{who}'" if who else ""


def _turn(change: Change, step: int, action: str, state: str) -> tuple[Event, ...]:
    query = select(events, steps.c.state).join(steps).where(events.c.step == step)
    rows = change.connection.execute(query.order_by(events.c.number)).all()
    made = tuple(event_of(row) for row in rows)
    backwards = action == "undo"
    for name in reversed(_KINDS) if backwards else _KINDS:
        moves = _moves(made, name, backwards=backwards)
        if moves:
            _refuse_changed(change, action, step, name, moves)
            _KINDS[name].restore(change, {key: goal for key, (_, goal) in moves.items()})
    change.connection.execute(update(steps).where(steps.c.number == step).values(state=state))
    change.record(action, str(step), final=True)
    return tuple(replace(event, undone=backwards) for event in made)


def _moves(made: tuple[Event, ...], kind: str, *, backwards: bool) -> dict[str, _Move]:
    """Return by key where things of one kind must be and go, over all events of the step."""
    moves: dict[str, _Move] = {}
    for event in reversed(made) if backwards else made:
        if event.action.partition(".")[0] != kind or not (event.before or event.after):
            continue
        ends = tuple(json.loads(text) if text else None for text in (event.before, event.after))
        start, goal = reversed(ends) if backwards else ends
        moves[event.target] = (moves.get(event.target, (start, None))[0], goal)
    return moves


def _refuse_changed(
    change: Change, action: str, step: int, kind: str, moves: Mapping[str, _Move]
) -> None:
    now = _KINDS[kind].current(change.connection, moves.keys())
    done = "undone" if action == "undo" else "redone"
    for key, (start, _) in moves.items():
        if not _KINDS[kind].agree(now.get(key), start):
            raise ConflictError(
                f"Step {step}{_of(change.who)} cannot be {done}: {kind} '{key}' was changed "
                f"since{_by_whom(change.connection, step, kind, key)}. Settle that first."
            )


def _by_whom(connection: Connection, step: int, kind: str, key: str) -> str:
    query = (
        select(events.c.step, events.c.who)
        .where(events.c.target == key, events.c.action.startswith(f"{kind}."))
        .where(events.c.step != step)
        .order_by(events.c.number.desc())
        .limit(1)
    )
    other = connection.execute(query).one_or_none()
    if other is None:
        return ""
    return f" by '{other.who}' in step {other.step}" if other.who else f" in step {other.step}"
