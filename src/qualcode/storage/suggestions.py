"""Rows of suggestions that were shown to coders, and of those that they rejected.

An accepted suggestion is stored as a coding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, and_, delete, insert, select

from qualcode.errors import unknown_name
from qualcode.model import Exposure, Rejection, Span
from qualcode.model.team import Right
from qualcode.storage.codebooks import read_code_index
from qualcode.storage.history import Change, next_number
from qualcode.storage.schema import codes, exposures, rejections, transcripts
from qualcode.storage.transcripts import IN_PROJECT, ids_by_name


def expose(change: Change, values: Iterable[Exposure]) -> None:
    """Store suggestions that were shown to a coder.

    Raises:
        NotAllowedError: The person does not code in this project.
        UnknownNameError: A transcript is unknown.
    """
    change.require(Right.CODE)
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
    """Return the suggestions that were shown to coders, in the order of time."""
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
    """Store that a coder rejected a suggested code; a repetition changes nothing.

    Raises:
        UnknownNameError: the transcript or code is unknown.
    """
    # The earlier row goes first, so that a repeated rejection leaves one row.
    unreject(change, value)
    names = ids_by_name(change.connection)
    stored = replace(value, rejected_at=value.rejected_at or change.at)
    row = {
        "id": next_number(change.connection, rejections.c.id),
        "coder": value.coder,
        "transcript_id": _transcript_id(names, value.transcript),
        "start": value.span.start,
        "end": value.span.end,
        "code_id": read_code_index(change.connection).id_of(value.code),
        "suggester": value.suggester,
        "rejected_at": stored.rejected_at,
    }
    change.connection.execute(insert(rejections), row)
    return stored


def unreject(change: Change, value: Rejection) -> None:
    """Remove the rejection of a code for a passage, if it is stored."""
    change.require(Right.CODE)
    names = ids_by_name(change.connection)
    same_rejection = and_(
        rejections.c.coder == value.coder,
        rejections.c.transcript_id == _transcript_id(names, value.transcript),
        rejections.c.start == value.span.start,
        rejections.c.end == value.span.end,
        rejections.c.code_id == read_code_index(change.connection).id_of(value.code),
    )
    change.connection.execute(delete(rejections).where(same_rejection))


def read_rejections(connection: Connection) -> tuple[Rejection, ...]:
    """Return the rejections, with the present paths of codes, in the order of time."""
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
