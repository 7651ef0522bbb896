"""Memos on codings follow the passage when another coding takes the place of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select, update

from qualcode.model import MemoTarget
from qualcode.storage.codings import id_chunks
from qualcode.storage.history import Change
from qualcode.storage.schema import codings, memos

MOVING = frozenset({"coding.withdraw", "coding.add"})
"""What a step does that moves memos; a key press only adds."""


def follow_recorded(change: Change) -> None:
    """Move memos on the codings that a step withdraws to those that it adds in their place."""
    withdrawn = [row["target"] for row in change.recorded if row["action"] == "coding.withdraw"]
    added = [row["target"] for row in change.recorded if row["action"] == "coding.add"]
    if not withdrawn or not added:
        return
    for memo_id, (old, new) in _moves(change.connection, withdrawn, added).items():
        change.record("memo_target.set", memo_id, before=old, after=new)
        _set_target(change.connection, memo_id, new)


def follow(connection: Connection, withdrawn: Collection[str], returned: Collection[str]) -> None:
    """Move memos likewise, when undo or redo exchanges codings: some were written since."""
    # No event is recorded: a later undo moves these memos back in the same way.
    if withdrawn and returned:
        for memo_id, (_, new) in _moves(connection, withdrawn, returned).items():
            _set_target(connection, memo_id, new)


def _moves(
    connection: Connection, withdrawn: Collection[str], added: Collection[str]
) -> dict[str, tuple[str, str]]:
    """Return the old and the new target of each memo that moves."""
    rows = [
        row
        for chunk in id_chunks(withdrawn)
        for row in connection.execute(
            select(memos.c.id, memos.c.target)
            .where(memos.c.target_kind == MemoTarget.CODING.value, memos.c.target.in_(chunk))
            .where(memos.c.withdrawn_at.is_(None))
        )
    ]
    if not rows:
        return {}
    places = _places(connection, {*(row.target for row in rows), *added})
    # A coding that was added and withdrawn in one step can take no memo.
    candidates = [places[key] for key in added if places[key].withdrawn_at is None]
    moves: dict[str, tuple[str, str]] = {}
    for row in rows:
        old = places[row.target]
        successor = _successor(old, candidates) if old.withdrawn_at is not None else None
        if successor is not None:
            moves[row.id] = (row.target, successor)
    return moves


def _places(connection: Connection, ids: Collection[str]) -> dict[str, Any]:
    return {
        row.id: row
        for chunk in id_chunks(ids)
        for row in connection.execute(select(codings).where(codings.c.id.in_(chunk)))
    }


def _successor(old: Any, candidates: Iterable[Any]) -> str | None:
    """Return the id of the coding that takes the place of another one; None where none does.

    That is the coding of the same coder that shares most with it. After a split it is the part
    with most of the passage; parts of one length: the first.
    """
    ranked = [
        (_overlap(old, new), new.code_id == old.code_id, -new.start, new.id)
        for new in candidates
        if (new.transcript_id, new.coder) == (old.transcript_id, old.coder) and _overlap(old, new)
    ]
    return max(ranked)[-1] if ranked else None


def _overlap(first: Any, second: Any) -> int:
    shared: int = min(first.end, second.end) - max(first.start, second.start)
    return max(0, shared)


def _set_target(connection: Connection, memo_id: str, target: str) -> None:
    connection.execute(update(memos).where(memos.c.id == memo_id).values(target=target))


def current(connection: Connection, ids: Collection[str]) -> dict[str, Any]:
    """Return what each of these memos is about."""
    return {
        row.id: row.target
        for chunk in id_chunks(ids)
        for row in connection.execute(
            select(memos.c.id, memos.c.target).where(memos.c.id.in_(chunk))
        )
    }


def restore(change: Change, states: Mapping[str, Any]) -> None:
    """Set what these memos are about."""
    for memo_id, target in states.items():
        _set_target(change.connection, memo_id, target)
