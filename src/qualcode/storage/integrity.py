"""Checks the integrity of a project: its texts, quotes and codes, and the file itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, select

from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.model import text_hash
from qualcode.storage.schema import codes, codings, originals, rounds, segments, transcripts, turns

_GO_BACK = "Go back to the newest backup."


def check(connection: Connection) -> tuple[Problem, ...]:
    """Return a problem for each fault of a project."""
    return (
        *(_file(connection) if connection.dialect.name == "sqlite" else ()),
        *_texts(connection),
        *_codings(connection),
    )


def _file(connection: Connection) -> Iterator[Problem]:
    for (message,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
        if message != "ok":
            yield Problem("project file", str(message), _GO_BACK)
    # SQLite checks keys at each change only if the program that changed the file asked for it.
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        message = Message(
            "Row {row} points at a row of '{parent}' that is not there.", row=row, parent=parent
        )
        yield Problem(Message("table '{table}'", table=table), message, _GO_BACK)


def _texts(connection: Connection) -> Iterator[Problem]:
    for row in connection.execute(select(transcripts).where(~transcripts.c.removed)):
        where = Message("transcript '{name}'", name=row.name)
        if text_hash(row.text) != row.sha256:
            yield Problem(where, "The text is not the one that was imported.", _GO_BACK)
        same_transcript = originals.c.transcript_id == row.id
        data = connection.scalar(select(originals.c.data).where(same_transcript))
        if data is None or hashlib.sha256(data).hexdigest() != row.original_sha256:
            yield Problem(where, "The stored original is not the imported file.", _GO_BACK)
        for table in (turns, segments):
            past = table.c.transcript_id == row.id, table.c.end > len(row.text)
            if connection.execute(select(table.c.end).where(*past).limit(1)).first():
                yield Problem(
                    where,
                    Message("There are {name} that end past the text.", name=table.name),
                    _GO_BACK,
                )


def _codings(connection: Connection) -> Iterator[Problem]:
    # Removed transcripts are included, because their withdrawn codings are still stored.
    texts = {row.id: row for row in connection.execute(select(transcripts))}
    known_rounds = {"", *connection.scalars(select(rounds.c.name))}
    paths = {row.id: row for row in connection.execute(select(codes))}
    for row in connection.execute(select(codings).order_by(codings.c.id)):
        where = Message("coding {id}", id=row.id)
        transcript = texts.get(row.transcript_id)
        if transcript is None:
            yield Problem(where, "Its transcript is not there.", _GO_BACK)
        elif transcript.text[row.start : row.end] != row.quote:
            message = Message(
                "Its quote is not what stands in '{name}' at {start}.",
                name=transcript.name,
                start=row.start,
            )
            yield Problem(where, message, _GO_BACK)
        # A withdrawn coding may refer to a code or round that was taken back since.
        if row.withdrawn_at is None:
            code = paths.get(row.code_id)
            if code is None or code.position is None:
                name = code.path if code else row.code_id
                yield Problem(
                    where, Message("Its code '{name}' is not in the codebook.", name=name), _GO_BACK
                )
            if row.round not in known_rounds:
                yield Problem(
                    where, Message("Its round '{round}' is not there.", round=row.round), _GO_BACK
                )
