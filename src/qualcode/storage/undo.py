"""Undoes and redoes steps of one coder, by the states that their events recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, update

from qualcode.errors import ConflictError, UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import Event
from qualcode.storage import (
    codebooks,
    codings,
    decisions,
    memo_targets,
    memos,
    study,
    transcript_removal,
    transcripts,
)
from qualcode.storage.history import DONE, DROPPED, FINAL, UNDONE, Change, event_of
from qualcode.storage.schema import client_edits, events, steps, to_json


@dataclass(frozen=True, slots=True)
class _Kind:
    """Functions that read and restore the states of one kind of row.

    Attributes:
        current: Returns states by key, as JSON values; keys without a row are absent.
        restore: Restores given states; None removes the row.
        fixed: Whether rows never change but only come and go.
    """

    current: Callable[[Connection, Collection[str]], dict[str, Any]]
    restore: Callable[[Change, Mapping[str, Any]], None]
    fixed: bool = False

    def agree(self, first: Any, second: Any) -> bool:
        """Tell whether two states are the same."""
        if self.fixed:
            return (first is None) == (second is None)
        # As text with sorted keys, because a state in the history is JSON and has lists for tuples.
        return to_json(first) == to_json(second)


# In the order of dependence: a coding needs its transcript. Undo goes through it backwards.
_KINDS = {
    "transcript": _Kind(transcript_removal.current, transcript_removal.restore, fixed=True),
    "roles": _Kind(transcripts.current_roles, transcripts.restore_roles),
    "confirmation": _Kind(transcripts.current_confirmations, transcripts.restore_confirmations),
    "language": _Kind(transcripts.current_languages, transcripts.restore_languages),
    "attributes": _Kind(transcripts.current_attributes, transcripts.restore_attributes),
    "codebook": _Kind(codebooks.current, codebooks.restore, fixed=True),
    "guide": _Kind(study.current_guides, study.restore_guides),
    "case": _Kind(study.current_cases, study.restore_cases),
    "design": _Kind(study.current_designs, study.restore_designs),
    "round": _Kind(study.current_rounds, study.restore_rounds),
    "coding": _Kind(codings.current, codings.restore, fixed=True),
    "memo": _Kind(memos.current, memos.restore, fixed=True),
    "memo_target": _Kind(memo_targets.current, memo_targets.restore),
    "decision": _Kind(decisions.current, decisions.restore, fixed=True),
    "chosen": _Kind(decisions.current_chosen, decisions.restore_chosen),
    "excerpt": _Kind(decisions.current_excerpts, decisions.restore_excerpts),
}

_Move = tuple[Any, Any]
"""The state that a row must have now, and its new state."""


def drop_redo(connection: Connection, coder: str) -> None:
    """Drop the steps that a coder could redo, because that coder does something new.

    A transcript whose import was undone is then erased permanently.
    """
    redoable = steps.c.who == coder, steps.c.state == UNDONE
    query = select(events.c.after).join(steps).where(*redoable, events.c.action == "transcript.add")
    for after in connection.scalars(query).all():
        transcript_removal.erase(connection, json.loads(after)["id"])
    connection.execute(update(steps).where(*redoable).values(state=DROPPED))


# A coder undoes these on the coding screen. A new code is not among them: the codebook that the
# browser read would then show a code that the project no longer has.
_BROWSER_KINDS = ("coding", "memo", "memo_target")
_COUNTED = 100


def undo(change: Change, *, browser: bool = False) -> tuple[Event, ...]:
    """Undo the latest step of the change's coder, and return its events.

    Args:
        change: The step that undoes.
        browser: Undo only what the coder did on the coding screen, so that a key pressed there
            never takes back an import.

    Raises:
        ConflictError: someone changed the same things since.
        UndefinedRequestError: there is nothing to undo.
    """
    query = select(func.max(steps.c.number)).where(*_steps_of(change.who, DONE, browser=browser))
    step = change.connection.scalar(query)
    if step is None:
        who = change.who
        raise UndefinedRequestError(
            Message("There is nothing to undo for '{who}'.", who=who)
            if who
            else Message("There is nothing to undo.")
        )
    return _turn(change, step, "undo", UNDONE)


def redo(change: Change, *, browser: bool = False) -> tuple[Event, ...]:
    """Do again what the change's coder undid last, and return its events.

    Args:
        change: The step that does it again.
        browser: Redo only what the coder did on the coding screen.

    Raises:
        ConflictError: someone changed the same things since.
        UndefinedRequestError: there is nothing to redo.
    """
    # Undo goes backwards, so the step undone last is the earliest of those undone.
    query = select(func.min(steps.c.number)).where(*_steps_of(change.who, UNDONE, browser=browser))
    step = change.connection.scalar(query)
    if step is None:
        who = change.who
        raise UndefinedRequestError(
            Message("There is nothing to redo for '{who}'.", who=who)
            if who
            else Message("There is nothing to redo.")
        )
    return _turn(change, step, "redo", DONE)


def next_events(connection: Connection, coder: str) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Return the events that undo would take back, and later ones that it passes over."""
    step = connection.scalar(select(func.max(steps.c.number)).where(*_steps_of(coder, DONE)))
    if step is None:
        return (), ()
    later = select(steps.c.number).where(
        steps.c.who == coder, steps.c.state == FINAL, steps.c.number > step
    )
    passed_over = events.c.step.in_(later), events.c.action.not_in(("undo", "redo"))
    return _events(connection, events.c.step == step), _events(connection, *passed_over)


def last_turned(connection: Connection, coder: str) -> tuple[Event, ...]:
    """Return the events of the step that a coder undid or redid last."""
    query = (
        select(events.c.target)
        .where(events.c.who == coder, events.c.action.in_(("undo", "redo")))
        .order_by(events.c.number.desc())
        .limit(1)
    )
    step = connection.scalar(query)
    return () if step is None else _events(connection, events.c.step == int(step))


def _events(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Event, ...]:
    query = select(events, steps.c.state).join(steps).where(*conditions)
    return tuple(event_of(row) for row in connection.execute(query.order_by(events.c.number)))


def count_browser_steps(connection: Connection, coder: str) -> tuple[int, int]:
    """Return how many steps a coder can undo on the coding screen, and how many redo.

    It counts to 100: asked after every edit, it must not grow with the history.
    """
    undo_count, redo_count = (
        connection.scalar(
            select(func.count()).select_from(
                select(steps.c.number)
                .where(*_steps_of(coder, state, browser=True))
                .order_by(steps.c.number.desc())
                .limit(_COUNTED)
                .subquery()
            )
        )
        or 0
        for state in (DONE, UNDONE)
    )
    return undo_count, redo_count


def _steps_of(coder: str, state: str, *, browser: bool = False) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [steps.c.who == coder, steps.c.state == state]
    if browser:
        other_kinds = [
            events.c.action.startswith(f"{kind}.") for kind in _KINDS.keys() - _BROWSER_KINDS
        ]
        # A browser's edit is noted in the transaction of its step, at the same moment.
        at_browser_edit = events.c.at.in_(select(client_edits.c.at))
        conditions.append(exists().where(events.c.step == steps.c.number, at_browser_edit))
        conditions.append(~exists().where(events.c.step == steps.c.number, or_(*other_kinds)))
    return conditions


def _turn(change: Change, step: int, action: str, state: str) -> tuple[Event, ...]:
    query = select(events, steps.c.state).join(steps).where(events.c.step == step)
    rows = change.connection.execute(query.order_by(events.c.number)).all()
    step_events = tuple(event_of(row) for row in rows)
    backwards = action == "undo"
    _refuse_by_role(change, step_events)
    for name in reversed(_KINDS) if backwards else _KINDS:
        moves = _moves(step_events, name, backwards=backwards)
        if moves:
            _refuse_changed(change, action, step, name, moves)
            _KINDS[name].restore(change, {key: goal for key, (_, goal) in moves.items()})
    _move_later_memos(change.connection, _moves(step_events, "coding", backwards=backwards))
    change.connection.execute(update(steps).where(steps.c.number == step).values(state=state))
    # An undo is no step to undo itself: redo takes it back.
    change.record(action, str(step), final=True)
    return tuple(replace(event, undone=backwards) for event in step_events)


def _refuse_by_role(change: Change, step_events: tuple[Event, ...]) -> None:
    """Refuse to turn what the role of the person does not allow now: it may have changed since."""
    if change.guard is None:
        return
    for event in step_events:
        states = [json.loads(text) if text else None for text in (event.before, event.after)]
        change.guard.refuse_event(event.action, event.target, *states)


def _move_later_memos(connection: Connection, coding_moves: Mapping[str, _Move]) -> None:
    """Keep memos that were written after the step with the passage that they are about."""
    withdrawn = [key for key, (_, goal) in coding_moves.items() if goal is None]
    returned = [key for key, (_, goal) in coding_moves.items() if goal is not None]
    memo_targets.follow(connection, withdrawn, returned)


def _moves(step_events: tuple[Event, ...], kind: str, *, backwards: bool) -> dict[str, _Move]:
    """Return the moves of one kind by key, from the first to the last state in the step."""
    moves: dict[str, _Move] = {}
    for event in reversed(step_events) if backwards else step_events:
        if event.action.partition(".")[0] != kind or not (event.before or event.after):
            continue
        ends = tuple(json.loads(text) if text else None for text in (event.before, event.after))
        start, goal = reversed(ends) if backwards else ends
        # A row may change several times in a step: its first start and its last goal count.
        moves[event.target] = (moves.get(event.target, (start, None))[0], goal)
    return moves


def _refuse_changed(
    change: Change, action: str, step: int, kind: str, moves: Mapping[str, _Move]
) -> None:
    now = _KINDS[kind].current(change.connection, moves.keys())
    named = Message("Step {step}", step=step)
    if change.who:
        named = Message("Step {step} for '{who}'", step=step, who=change.who)
    for key, (start, _) in moves.items():
        if not _KINDS[kind].agree(now.get(key), start):
            event = _later_change(change.connection, step, kind, key)
            raise ConflictError(
                Message(
                    "{step} cannot be undone: {event}. Solve that first.", step=named, event=event
                )
                if action == "undo"
                else Message(
                    "{step} cannot be redone: {event}. Solve that first.", step=named, event=event
                )
            )


def _later_change(connection: Connection, step: int, kind: str, key: str) -> Message:
    """Return that an item was changed since a step, with who did it where that is known."""
    query = (
        select(events.c.step, events.c.who)
        .where(events.c.target == key, events.c.action.startswith(f"{kind}."))
        .where(events.c.step != step)
        .order_by(events.c.number.desc())
        .limit(1)
    )
    change_row = connection.execute(query).one_or_none()
    if change_row is None:
        return Message("{kind} '{key}' was changed since", kind=kind, key=key)
    return (
        Message(
            "{kind} '{key}' was changed since by '{who}' in step {step}",
            kind=kind,
            key=key,
            who=change_row.who,
            step=change_row.step,
        )
        if change_row.who
        else Message(
            "{kind} '{key}' was changed since in step {step}",
            kind=kind,
            key=key,
            step=change_row.step,
        )
    )
