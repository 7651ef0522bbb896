"""Rows of suggestions: which a coder was shown, and which were rejected.

A suggestion that is accepted is a coding, and kept as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, and_, delete, insert, select

from qualcode.errors import unknown_name
from qualcode.model import Exposure, Rejection, Span
from qualcode.storage.codebooks import known_codes
from qualcode.storage.history import Change, next_number
from qualcode.storage.schema import codes, exposures, rejections, transcripts
from qualcode.storage.transcripts import IN_PROJECT, ids_by_name


def expose(change: Change, values: Iterable[Exposure]) -> None:
    """Store what a coder was shown.

    Raises:
        UnknownNameError: a transcript is unknown.
    """
    names = ids_by_name(change.connection)
    first = next_number(change.connection, exposures.c.id)
    rows = [
        {
            "id": number,
            "coder": value.coder,
            "transcript_id": _transcript_id(names, value.transcript),
            "start": value.span.start,
            "end": value.span.end,
            "codes": list(value.codes),
            "suggester": value.suggester,
            "shown_at": value.shown_at or change.at,
        }
        for number, value in enumerate(values, first)
    ]
    if rows:
        change.connection.execute(insert(exposures), rows)


def read_exposures(connection: Connection) -> tuple[Exposure, ...]:
    """Return what coders were shown, in the order of time."""
    query = (
        select(exposures, transcripts.c.name)
        .join(transcripts, transcripts.c.id == exposures.c.transcript_id)
        .where(~transcripts.c.removed)
        .order_by(exposures.c.id)
    )
    return tuple(
        Exposure(
            row.coder,
            row.name,
            Span(row.start, row.end),
            tuple(row.codes),
            row.suggester,
            row.shown_at,
        )
        for row in connection.execute(query)
    )


def reject(change: Change, value: Rejection) -> Rejection:
    """Store that a coder rejected a suggested code; once more is the same.

    Raises:
        UnknownNameError: the transcript or code is unknown.
    """
    unreject(change, value)
    names = ids_by_name(change.connection)
    stored = replace(value, rejected_at=value.rejected_at or change.at)
    row = {
        "id": next_number(change.connection, rejections.c.id),
        "coder": value.coder,
        "transcript_id": _transcript_id(names, value.transcript),
        "start": value.span.start,
        "end": value.span.end,
        "code_id": known_codes(change.connection).id_of(value.code),
        "suggester": value.suggester,
        "rejected_at": stored.rejected_at,
    }
    change.connection.execute(insert(rejections), row)
    return stored


def unreject(change: Change, value: Rejection) -> None:
    """Forget that a coder rejected a code for a piece of text, where that was stored."""
    names = ids_by_name(change.connection)
    same = and_(
        rejections.c.coder == value.coder,
        rejections.c.transcript_id == _transcript_id(names, value.transcript),
        rejections.c.start == value.span.start,
        rejections.c.end == value.span.end,
        rejections.c.code_id == known_codes(change.connection).id_of(value.code),
    )
    change.connection.execute(delete(rejections).where(same))


def read_rejections(connection: Connection) -> tuple[Rejection, ...]:
    """Return what was rejected, with the codes' paths now, in the order of time."""
    query = (
        select(rejections, transcripts.c.name, codes.c.path)
        .join(transcripts, transcripts.c.id == rejections.c.transcript_id)
        .join(codes, codes.c.id == rejections.c.code_id)
        .where(~transcripts.c.removed)
        .order_by(rejections.c.id)
    )
    return tuple(
        Rejection(
            row.coder,
            row.name,
            Span(row.start, row.end),
            row.path,
            row.suggester,
            row.rejected_at,
        )
        for row in connection.execute(query)
    )


def _transcript_id(names: dict[str, int], name: str) -> int:
    if name not in names:
        raise unknown_name("transcript", name, names, IN_PROJECT)
    return names[name]
