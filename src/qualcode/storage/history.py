"""The history of a project: each change leaves events, grouped in steps.

Every function that writes takes a :class:`Change`: the connection of its transaction, the
coder and the time. ``undo`` handles undo and redo.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Event
from qualcode.storage.schema import events, steps, to_json

DONE = "done"
"""A step in force that can be undone."""
UNDONE = "undone"
"""A step that was undone and can be redone."""
DROPPED = "dropped"
"""A step that was undone and cannot be redone, because its coder did something else."""
FINAL = "final"
"""A step in force that cannot be undone."""

NewId = Callable[[], str]


@dataclass(slots=True)
class Change:
    """One step in progress: several events that share a number and a transaction.

    Attributes:
        connection: Open for writing.
        who: The coder; ``""`` if nobody is named.
        at: The time, in UTC.
        new_id: Source of ids.
        undoable: Whether one of its events can be undone.
    """

    connection: Connection
    who: str
    at: datetime
    new_id: NewId
    undoable: bool = False
    recorded: list[dict[str, Any]] = field(default_factory=list)

    def record(
        self,
        action: str,
        target: str,
        before: Any = None,
        after: Any = None,
        *,
        final: bool = False,
    ) -> None:
        """Record one event; ``before`` and ``after`` are JSON values, None for nothing.

        Undo skips a ``final`` event.
        """
        # A step with one event that undo can take back is a step of undo as a whole.
        self.undoable = self.undoable or not final
        self.recorded.append(
            {
                "at": self.at,
                "who": self.who,
                "action": action,
                "target": target,
                "before": "" if before is None else to_json(before, "history"),
                "after": "" if after is None else to_json(after, "history"),
            }
        )

    def forget_after(self, count: int) -> None:
        """Drop all but the first ``count`` events, because their changes were rolled back."""
        del self.recorded[count:]

    def keep(self) -> None:
        """Write the step and its events, if there are any."""
        # A step without events would be a step of undo that does nothing.
        if not self.recorded:
            return
        number = next_number(self.connection, steps.c.number)
        first = next_number(self.connection, events.c.number)
        state = DONE if self.undoable else FINAL
        self.connection.execute(insert(steps), {"number": number, "who": self.who, "state": state})
        rows = [
            {**row, "number": first + place, "step": number}
            for place, row in enumerate(self.recorded)
        ]
        self.connection.execute(insert(events), rows)


def has_undone(connection: Connection, who: str) -> bool:
    """Tell whether a coder can redo a step."""
    query = select(steps.c.number).where(steps.c.who == who, steps.c.state == UNDONE).limit(1)
    return connection.scalar(query) is not None


def next_number(connection: Connection, column: Any) -> int:
    """Return the number after the highest one in a column, from 1."""
    # Only one writer works at a time, so the next number is free.
    return int(connection.scalar(select(func.coalesce(func.max(column), 0))) or 0) + 1


def read_events(
    connection: Connection, coder: str | None = None, limit: int | None = None
) -> tuple[Event, ...]:
    """Return the events in order; with ``limit`` only the latest ones.

    Raises:
        InvalidValueError: ``limit`` is not positive.
    """
    if limit is not None and limit < 1:
        raise InvalidValueError(
            Message("The number of events to show is {limit}. Give at least 1.", limit=limit)
        )
    query = select(events, steps.c.state).join(steps, steps.c.number == events.c.step)
    if coder is not None:
        query = query.where(events.c.who == coder)
    query = query.order_by(events.c.number.desc()).limit(limit)
    return tuple(event_of(row) for row in reversed(connection.execute(query).all()))


def latest_event(connection: Connection, actions: Collection[str] = ()) -> int:
    """Return the number of the latest event, of some actions only where given; 0 for none."""
    query = select(func.coalesce(func.max(events.c.number), 0))
    if actions:
        query = query.where(events.c.action.in_(actions))
    return int(connection.scalar(query) or 0)


def event_of(row: Row[Any]) -> Event:
    """Return the event of a row of ``events`` with the state of its step."""
    return Event(
        number=row.number,
        step=row.step,
        at=row.at,
        who=row.who,
        action=row.action,
        target=row.target,
        before=row.before,
        after=row.after,
        # A dropped step was undone too; it only cannot be redone any more.
        undone=row.state in {UNDONE, DROPPED},
    )
