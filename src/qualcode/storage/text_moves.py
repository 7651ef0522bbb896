"""Moves what points into a text when another text takes its place: codings, decisions, suggestions.

Unlike in ``pseudonymization`` a passage may be gone from the new text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from qualcode.model import Original, Span, Transcript
from qualcode.storage import row_sums
from qualcode.storage.codings import id_chunks
from qualcode.storage.history import DONE, DROPPED, FINAL, UNDONE, Change
from qualcode.storage.schema import (
    codings,
    decisions,
    events,
    exposures,
    originals,
    rejections,
    segments,
    speakers,
    steps,
    transcripts,
    turns,
)
from qualcode.storage.transcripts import insert_speech


@dataclass(frozen=True, slots=True)
class TextMove:
    """One text that takes the place of another.

    Attributes:
        id: Number of the transcript in the database.
        transcript: The transcript with the new text.
        shift: Returns the place of a passage in the new text; None if it is gone.
    """

    id: int
    transcript: Transcript
    shift: Callable[[Span], Span | None]


@dataclass(slots=True)
class CodingMoves:
    """What became of the codings of a text.

    Attributes:
        changed: Earlier quote of each coding that covers other words now, by its id.
        gone: Ids of the codings whose passage is gone; their rows are still there.
        merged: Ids of codings that were withdrawn because another of the same coder, code and
            round now covers the same words.
    """

    changed: dict[str, str] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)


def store_text(connection: Connection, move: TextMove, original: Original) -> None:
    """Store the new text with its file, speakers and turns, in the place of the old ones."""
    transcript = move.transcript
    values = {
        "text": transcript.text,
        "sha256": transcript.sha256,
        "original_sha256": original.sha256,
        "source_file": original.file_name,
    }
    connection.execute(update(transcripts).where(transcripts.c.id == move.id).values(values))
    file = {"file_name": original.file_name, "data": original.data}
    same_transcript = originals.c.transcript_id == move.id
    connection.execute(update(originals).where(same_transcript).values(file))
    for table in (turns, speakers):
        connection.execute(delete(table).where(table.c.transcript_id == move.id))
    insert_speech(connection, move.id, transcript)


def move_codings(change: Change, move: TextMove) -> CodingMoves:
    """Move the codings of a text; those that are gone are left to the caller to delete."""
    connection, moves = change.connection, CodingMoves()
    same_transcript = codings.c.transcript_id == move.id
    in_order = select(codings).where(same_transcript).order_by(codings.c.created_at, codings.c.id)
    rows = connection.execute(in_order).all()
    # Moved out of the way first: halfway, two codings could have one place, which is unique.
    away = {"start": -1 - codings.c.start, "end": -1 - codings.c.end}
    connection.execute(update(codings).where(same_transcript).values(away))
    occupied: set[tuple[Any, ...]] = set()
    for row in rows:
        span = move.shift(Span(row.start, row.end))
        if span is None:
            moves.gone.append(row.id)
            continue
        quote = span.of(move.transcript.text)
        values = {"start": span.start, "end": span.end, "quote": quote}
        place = (span, row.code_id, row.coder, row.round)
        # Rows come in order of time, so of two codings that became equal the older one stays.
        if row.withdrawn_at is None and place in occupied:
            values["withdrawn_at"] = change.at
            moves.merged.append(row.id)
        elif row.withdrawn_at is None:
            occupied.add(place)
        if quote != row.quote:
            moves.changed[row.id] = row.quote
        connection.execute(update(codings).where(codings.c.id == row.id).values(values))
    return moves


def move_decisions(connection: Connection, move: TextMove) -> list[str]:
    """Move the passages that decisions agreed on; return the numbers of those that are gone."""
    numbers = []
    query = select(decisions).where(decisions.c.transcript_id == move.id)
    for row in connection.execute(query.where(decisions.c.start.is_not(None))).all():
        span = move.shift(Span(row.start, row.end))
        if span is None:
            numbers.append(str(row.id))
            continue
        same_decision = decisions.c.id == row.id
        values = {"start": span.start, "end": span.end}
        connection.execute(update(decisions).where(same_decision).values(values))
    return numbers


def move_suggestions(connection: Connection, move: TextMove) -> int:
    """Move what was suggested on a text; delete what is gone, and return how much that is."""
    count = 0
    for table in (exposures, rejections):
        for row in connection.execute(select(table).where(table.c.transcript_id == move.id)).all():
            span = move.shift(Span(row.start, row.end))
            same_row = table.c.id == row.id
            if span is None:
                connection.execute(delete(table).where(same_row))
                count += 1
            else:
                values = {"start": span.start, "end": span.end}
                connection.execute(update(table).where(same_row).values(values))
    return count


def move_segments(connection: Connection, move: TextMove) -> None:
    """Move the segments of a text; of several that became one, the first stays."""
    same_transcript = segments.c.transcript_id == move.id
    in_order = (
        select(segments).where(same_transcript).order_by(segments.c.kind, segments.c.position)
    )
    rows = connection.execute(in_order).mappings().all()
    connection.execute(delete(segments).where(same_transcript))
    segment_rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        span = move.shift(Span(row["start"], row["end"]))
        if span is not None:
            values = {**row, "start": span.start, "end": span.end}
            segment_rows.setdefault((row["kind"], span), values)
    if segment_rows:
        connection.execute(insert(segments), list(segment_rows.values()))
    row_sums.renew(connection, move.id)


def delete_codings(connection: Connection, ids: Collection[str]) -> None:
    """Delete codings with their choices and excerpts; their steps can no longer be undone."""
    for chunk in id_chunks(ids):
        finish_steps(connection, events.c.target.in_(chunk))
        connection.execute(delete(codings).where(codings.c.id.in_(chunk)))


def delete_decisions(connection: Connection, numbers: Collection[str]) -> None:
    """Delete decisions; their steps can no longer be undone."""
    for chunk in id_chunks(numbers):
        about = events.c.target.in_(chunk), events.c.action.startswith("decision.")
        finish_steps(connection, *about)
        connection.execute(delete(decisions).where(decisions.c.id.in_(map(int, chunk))))


def finish_steps(connection: Connection, *conditions: ColumnElement[bool]) -> None:
    """Make the steps of some events final: what they would bring back is gone."""
    touched = steps.c.number.in_(select(events.c.step).where(*conditions))
    # A step that was undone could come back by redo, so it is closed, too.
    for old, new in ((DONE, FINAL), (UNDONE, DROPPED)):
        connection.execute(update(steps).where(touched, steps.c.state == old).values(state=new))


def about_transcript(kind: Any, target: Any, name: str) -> ColumnElement[bool]:
    """Return the condition that a memo is about a transcript, or about one of its turns."""
    # Escaped, because an underscore in a name stands for any sign in a pattern of SQL.
    is_turn = (kind == "turn") & target.startswith(f"{name}#", autoescape=True)
    return or_((kind == "transcript") & (target == name), is_turn)
