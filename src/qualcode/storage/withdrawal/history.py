"""Erases a participant from the history: who did what stays, the words and the name do not."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, func, select, update

from qualcode.model.design_keys import SUMMARY
from qualcode.storage.blinding import ASSIGNED
from qualcode.storage.schema import (
    codings,
    decisions,
    events,
    memos,
    to_json,
    transcripts,
)
from qualcode.storage.text_moves import finish_steps
from qualcode.storage.withdrawal.notes import (
    CONFIRMED,
    DISCLOSURE,
    IMPORTED_HISTORY,
    Erasure,
    Rewriter,
    map_strings,
)
from qualcode.storage.withdrawal.typology import DESIGN

_AT_ONCE = 5_000
_OF_TEXTS = frozenset(
    {"transcript", "roles", "attributes", "segments", "text", "language", "confirmation"}
)
_OF_CODINGS = frozenset({"coding", "chosen", "excerpt"})
_SETTINGS = CONFIRMED | {DISCLOSURE, IMPORTED_HISTORY}


def rewrite_history(connection: Connection, rewriter: Rewriter, erasure: Erasure) -> None:
    """Rewrite every event of what was erased."""
    states = _States(connection, erasure)
    blanked: list[int] = []
    for row in connection.execute(select(events)).all():
        target, before, after = states.rewritten(row)
        target = rewriter.text(target)
        before, after = (_rewritten(text, rewriter) for text in (before, after))
        if (target, before, after) == (row.target, row.before, row.after):
            continue
        if not after and not before and (row.before or row.after):
            blanked.append(row.number)
        values = {"target": target, "before": before, "after": after}
        connection.execute(update(events).where(events.c.number == row.number).values(values))
    for start in range(0, len(blanked), _AT_ONCE):
        # A step without its states cannot be undone or redone any more.
        finish_steps(connection, events.c.number.in_(blanked[start : start + _AT_ONCE]))


def count_blank(connection: Connection) -> int:
    """Return the number of events without content."""
    blank = (events.c.before == "") & (events.c.after == "")
    return connection.scalar(select(func.count()).select_from(events).where(blank)) or 0


def _rewritten(text: str, rewriter: Rewriter) -> str:
    if not text:
        return ""
    value = json.loads(text)
    new = rewriter.value(value)
    return text if new == value else to_json(new, "history")


class _States:
    """New states of events, taken from the rows as they are after the withdrawal."""

    def __init__(self, connection: Connection, erasure: Erasure) -> None:
        self._erasure = erasure
        named = select(codings, transcripts.c.name.label("transcript")).join(transcripts)
        self._codings = {row.id: row for row in connection.execute(named)}
        self._decisions = {str(row.id): row for row in connection.execute(select(decisions))}
        self._memos = {row.id: row for row in connection.execute(select(memos))}

    def rewritten(self, row: Any) -> tuple[str, str, str]:
        """Return target, state before and state after of an event."""
        kind, erasure = row.action.partition(".")[0], self._erasure
        if kind == "case" and row.target == erasure.case:
            return erasure.replacement, "", ""
        if kind == "setting" and row.target in _SETTINGS:
            # They list names of cases and transcripts, and are never undone.
            return row.target, "", ""
        if kind == "design" and (row.target == DESIGN or row.target.startswith(ASSIGNED)):
            # They say which type the person is, and list values that only the person had.
            return row.target, "", ""
        if kind == "design" and row.target.startswith(SUMMARY) and self._is_of_person(row):
            return row.target, "", ""
        if kind in _OF_TEXTS and row.target in erasure.changed:
            return row.target, "", _only_number(row)
        return (row.target, *self._states(kind, row))

    def _is_of_person(self, row: Any) -> bool:
        states = (json.loads(text) for text in (row.before, row.after) if text)
        return any(state["case"] == self._erasure.case for state in states)

    def _states(self, kind: str, row: Any) -> tuple[str, str]:
        if kind in _OF_CODINGS:
            return self._of_coding(kind, row)
        if kind == "decision":
            return self._of_decision(row)
        if kind in {"memo", "memo_target"} and row.target not in self._memos:
            return "", ""
        return self._without_names(row)

    def _of_coding(self, kind: str, row: Any) -> tuple[str, str]:
        coding = self._codings.get(row.target)
        if coding is None:
            return "", ""
        if kind != "coding" or coding.transcript not in self._erasure.changed:
            return row.before, row.after
        fields = ("start", "end", "quote", "memo", "origin")
        new = {name: getattr(coding, name) for name in fields}
        before, after = (
            to_json(json.loads(text) | new, "history") if text else ""
            for text in (row.before, row.after)
        )
        return before, after

    def _of_decision(self, row: Any) -> tuple[str, str]:
        decision = self._decisions.get(row.target)
        if decision is None:
            return "", ""
        new: dict[str, Any] = {"reason": decision.reason}
        if decision.start is not None:
            new |= {"start": decision.start, "end": decision.end}
        before, after = (
            to_json(json.loads(text) | new, "history") if text else ""
            for text in (row.before, row.after)
        )
        return before, after

    def _without_names(self, row: Any) -> tuple[str, str]:
        """Return the states of an event that may list a transcript that is gone."""
        removed = self._erasure.removed
        if not removed or row.action.partition(".")[0] not in {"case", "round"}:
            return row.before, row.after
        states = []
        for text in (row.before, row.after):
            value = json.loads(text) if text else None
            new = map_strings(value, lambda s: self._erasure.replacement if s in removed else s)
            states.append(text if new == value else "")
        # Half a state would be undone to something that never was.
        whole = states[0] == row.before and states[1] == row.after
        return (row.before, row.after) if whole else ("", "")


def _only_number(row: Any) -> str:
    """Return the state of an import without labels and hash; ``""`` for any other event."""
    # The number leads from the event to its transcript, whose name may be used again.
    if row.action != "transcript.add" or not row.after:
        return ""
    state = json.loads(row.after)
    return to_json({"id": state["id"], "turns": state["turns"], "speakers": {}}, "history")
