"""Rows of memos: dated notes on anything, added and withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from qualcode.errors import (
    ConflictError,
    DuplicateError,
    InvalidValueError,
    UnknownNameError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import Memo, MemoTarget
from qualcode.storage.codebooks import read_code_index
from qualcode.storage.history import Change, next_number
from qualcode.storage.schema import cases, coders, codes, codings, memos, rounds, turns
from qualcode.storage.transcripts import IN_PROJECT, id_of, ids_by_name


def add(change: Change, memo: Memo) -> Memo:
    """Store a memo, and return it with its id and time.

    Raises:
        DuplicateError: There is a memo with that id.
        UnknownNameError: Its target does not exist.
    """
    connection = change.connection
    stored = replace(memo, id=memo.id or change.new_id(), created_at=memo.created_at or change.at)
    if connection.scalar(select(memos.c.id).where(memos.c.id == stored.id)) is not None:
        raise DuplicateError(
            Message("The project has a memo with the id '{id}' already.", id=stored.id)
        )
    row = {
        "id": stored.id,
        # Two memos of one step have the same time, so their order needs a number.
        "position": next_number(connection, memos.c.position),
        "target_kind": stored.target_kind.value,
        "target": _stored_target(connection, stored.target_kind, stored.target),
        "text": stored.text,
        "author": stored.author,
        "created_at": stored.created_at,
        "withdrawn_at": None,
    }
    connection.execute(insert(memos), row)
    change.record("memo.add", stored.id, after=_described(stored))
    return stored


def _described(memo: Memo) -> dict[str, str]:
    about = {"kind": memo.target_kind.value, "target": memo.target}
    return about | {"text": memo.text, "author": memo.author}


def _stored_target(connection: Connection, kind: MemoTarget, target: str) -> str:
    """Return the key to store; for a code its id, so that the memo follows a renamed code."""
    match kind:
        case MemoTarget.CODE:
            return read_code_index(connection).id_of(target)
        case MemoTarget.PROJECT:
            if target:
                raise InvalidValueError(
                    Message("A memo on the project has no target; got '{target}'.", target=target)
                )
        case MemoTarget.TURN:
            _require_turn(connection, target)
        case MemoTarget.TRANSCRIPT:
            id_of(connection, target)
        case MemoTarget.CODING:
            if connection.scalar(select(codings.c.id).where(codings.c.id == target)) is None:
                raise UnknownNameError(
                    Message("No coding '{target}' in the project.", target=target)
                )
        case _:
            table = {"case": cases, "coder": coders, "round": rounds}[kind.value]
            names = connection.scalars(select(table.c.name)).all()
            if target not in names:
                raise unknown_name(kind.value, target, names, IN_PROJECT)
    return target


def _require_turn(connection: Connection, target: str) -> None:
    # From the right, because the name of a transcript may have the same sign in it.
    name, _, number = target.rpartition("#")
    if not name or not number.isdecimal():
        raise InvalidValueError(
            Message(
                "'{target}' does not name a turn. Write the transcript and the number: 'G01#12'.",
                target=target,
            )
        )
    same_turn = turns.c.transcript_id == id_of(connection, name), turns.c.number == int(number)
    if connection.scalar(select(turns.c.number).where(*same_turn)) is None:
        raise UnknownNameError(
            Message("No turn {number} in transcript '{name}'.", number=number, name=name)
        )


def read(
    connection: Connection, kind: MemoTarget | None = None, target: str | None = None
) -> tuple[Memo, ...]:
    """Return the active memos, oldest first; a memo on a code has its present path."""
    query = (
        select(memos, codes.c.shown)
        .join(codes, (memos.c.target == codes.c.id) & (memos.c.target_kind == "code"), isouter=True)
        .where(memos.c.withdrawn_at.is_(None))
        .order_by(memos.c.position)
    )
    if kind is not None:
        query = query.where(memos.c.target_kind == kind.value)
    # Filtered after reading: the target of a code is a path here and an id in the table.
    memo_values = (_memo(row) for row in connection.execute(query))
    return tuple(memo for memo in memo_values if target is None or memo.target == target)


def _memo(row: Any) -> Memo:
    return Memo(
        id=row.id,
        target_kind=MemoTarget(row.target_kind),
        target=row.target if row.shown is None else row.shown,
        text=row.text,
        author=row.author,
        created_at=row.created_at,
    )


def withdraw(change: Change, memo_id: str) -> None:
    """Withdraw an active memo; it stays in the history.

    Raises:
        UnknownNameError: There is no active memo with that id.
    """
    active = {memo.id: memo for memo in read(change.connection)}
    if memo_id not in active:
        raise UnknownNameError(
            Message("There is no memo '{memo_id}' in the project.", memo_id=memo_id)
        )
    change.record("memo.withdraw", memo_id, before=_described(active[memo_id]))
    _set_withdrawn(change.connection, memo_id, change.at)


def _set_withdrawn(connection: Connection, memo_id: str, at: datetime | None) -> None:
    connection.execute(update(memos).where(memos.c.id == memo_id).values(withdrawn_at=at))


def current(connection: Connection, ids: Collection[str]) -> dict[str, Any]:
    """Return the memos that are active."""
    active = set(connection.scalars(select(memos.c.id).where(memos.c.withdrawn_at.is_(None))))
    return {memo_id: True for memo_id in ids if memo_id in active}


def restore(change: Change, states: Mapping[str, Any]) -> None:
    """Reactivate or withdraw memos."""
    names = ids_by_name(change.connection)
    for memo_id, state in states.items():
        if state is not None:
            _refuse_lost_target(change.connection, memo_id, names)
        _set_withdrawn(change.connection, memo_id, None if state is not None else change.at)


def _refuse_lost_target(
    connection: Connection, memo_id: str, transcripts: Mapping[str, int]
) -> None:
    row = connection.execute(select(memos).where(memos.c.id == memo_id)).one()
    # Functions, because each check is a query and one of them is needed. Codings and codes are
    # absent: their rows stay when they are taken away.
    is_lost = {
        "transcript": lambda: row.target not in transcripts,
        "turn": lambda: row.target.rpartition("#")[0] not in transcripts,
        "case": lambda: not _has_name(connection, cases, row.target),
        "round": lambda: not _has_name(connection, rounds, row.target),
    }.get(row.target_kind)
    if is_lost and is_lost():
        raise ConflictError(
            Message(
                "A memo cannot come back: {target_kind} '{target}' is no longer there.",
                target_kind=row.target_kind,
                target=row.target,
            )
        )


def _has_name(connection: Connection, table: Any, name: str) -> bool:
    return connection.scalar(select(table.c.name).where(table.c.name == name)) is not None
