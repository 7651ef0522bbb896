"""The history of a project: each change leaves events, grouped in steps.

Every function that writes takes a :class:`Change`: the connection of its transaction, the
coder and the time. ``undo`` handles undo and redo.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    String,
    bindparam,
    func,
    insert,
    select,
    type_coerce,
    update,
)

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Event
from qualcode.model.team import Right
from qualcode.storage import erasure
from qualcode.storage.file_mark import set_mark
from qualcode.storage.permissions import Guard
from qualcode.storage.schema import events, steps, to_json

DONE = "done"
"""A step in force that can be undone."""
UNDONE = "undone"
"""A step that was undone and can be redone."""
DROPPED = "dropped"
"""A step that was undone and cannot be redone, because its coder did something else."""
FINAL = "final"
"""A step in force that cannot be undone."""

_EVENTS_AT_ONCE = 10_000

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
        actions: What its events did, also those that were rolled back.
        kept: Number and hash of its last event, once they were sent to the database.
        guard: Refuses events that the person may not cause; None refuses nothing.
    """

    connection: Connection
    who: str
    at: datetime
    new_id: NewId
    undoable: bool = False
    recorded: list[dict[str, Any]] = field(default_factory=list)
    actions: set[str] = field(default_factory=set)
    kept: tuple[int, str] | None = None
    guard: Guard | None = None

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

        Raises:
            NotAllowedError: the role of the person does not allow it.
        """
        if self.guard is not None:
            self.guard.refuse_event(action, target, before, after)
        # A step with one event that undo can take back is a step of undo as a whole.
        self.undoable = self.undoable or not final
        self.actions.add(action)
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

    def require(self, right: Right) -> None:
        """Refuse what leaves no event, where the role of the person does not allow it.

        Raises:
            NotAllowedError: it does not.
        """
        if self.guard is not None and self.guard.team.people:
            self.guard.require(right)

    def forget_after(self, count: int) -> None:
        """Drop all but the first ``count`` events, because their changes were rolled back."""
        # The set of actions stays: a text may have been read while the change was there.
        del self.recorded[count:]

    def keep(self) -> None:
        """Write the step and its events, if there are any."""
        if erasure.is_asked(self.connection):
            # Words were taken out of earlier events, which the chain holds too.
            chain_all(self.connection)
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
        chain = self.connection.scalar(select(events.c.chain).where(events.c.number == first - 1))
        for row in rows:
            row["chain"] = chain = chain_of(chain or "", row)
        self.connection.execute(insert(events), rows)
        set_mark(self.connection, rows[-1]["number"], rows[-1]["at"])
        self.kept = rows[-1]["number"], rows[-1]["chain"]


def chain_of(before: str, event: Mapping[str, Any]) -> str:
    """Return the hash of an event and all events before it.

    Args:
        before: The hash of the event before; ``""`` for the first.
        event: Its columns by name.
    """
    # The time as the database keeps it, also where it comes as a value.
    at = event["at"].astimezone(UTC).isoformat(timespec="microseconds")
    values = (event[name] for name in ("who", "action", "target", "before", "after"))
    return _hash_of((before, event["number"], event["step"], at, *values))


def _hash_of(fields: Sequence[Any]) -> str:
    return hashlib.sha256(to_json(fields, "history").encode()).hexdigest()


def chain_all(connection: Connection) -> None:
    """Compute the hashes of all events again, after words were taken out of them."""
    changed = []
    for number, chain, computed in _chains(connection):
        if chain != computed:
            changed.append({"event": number, "hash": computed})
    if changed:
        same_event = events.c.number == bindparam("event")
        connection.execute(
            update(events).where(same_event).values(chain=bindparam("hash")), changed
        )


def broken_chain(connection: Connection) -> int | None:
    """Return the number of the first event that does not follow from those before it."""
    for number, chain, computed in _chains(connection, follow_stored=True):
        if chain != computed:
            return number
    return None


def _chains(
    connection: Connection, *, follow_stored: bool = False
) -> Iterator[tuple[int, str, str]]:
    before = ""
    columns = events.c
    # The time as its text, which the hash is made of: to read it as a time takes half of the time.
    at = type_coerce(columns.at, String)
    values = (columns[name] for name in ("who", "action", "target", "before", "after"))
    query = select(columns.number, columns.step, at, *values, columns.chain)
    for rows in connection.execute(query.order_by(columns.number)).partitions(_EVENTS_AT_ONCE):
        for *fields, chain in rows:
            computed = _hash_of((before, *fields))
            yield fields[0], chain, computed
            before = chain if follow_stored else computed


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


def latest_chain(connection: Connection) -> str:
    """Return the hash of the latest event and all events before it; ``""`` for none."""
    query = select(events.c.chain).order_by(events.c.number.desc()).limit(1)
    return str(connection.scalar(query) or "")


def chain_at(connection: Connection, number: int) -> str:
    """Return the hash of an event and all events before it; ``""`` where there is no such event."""
    return str(connection.scalar(select(events.c.chain).where(events.c.number == number)) or "")


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
