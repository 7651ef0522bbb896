"""Copies a whole project to another place: from a file to a server, and back.

Everything that was ever stored comes along: what was withdrawn, the history and what undo needs.
Only what the program computes again, such as vectors, stays behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Table, func, insert, select

from qualcode.errors import ProjectError
from qualcode.messages import Message
from qualcode.storage import row_sums
from qualcode.storage.database import create_database, open_database
from qualcode.storage.engine import Target, reading
from qualcode.storage.file_mark import set_mark
from qualcode.storage.schema import codings, events, transcripts, vectors

_ROWS_AT_ONCE = 1000


def transfer(source: Path | str, to: Path | str) -> dict[str, int]:
    """Copy a project to a place where there is none, and compare every row.

    Args:
        source: The project: a file, or the URL of a database.
        to: A file that does not exist, or the URL of an empty database.

    Returns:
        How many ``transcripts`` and ``codings`` there are.

    Raises:
        DuplicateError: there is a project at the new place.
        ProjectError: a place cannot be read or written, or a row came out different; nothing is
            left at the new place then.
    """
    old_place, new_place = Target(source), Target(to)
    engine = open_database(old_place, datetime.now(UTC))
    try:
        # One state of the project, whoever works in it meanwhile.
        with reading(engine) as old:
            create_database(new_place, lambda new: _fill(old, new, new_place)).dispose()
            return {
                "transcripts": _count(old, transcripts, ~transcripts.c.removed),
                "codings": _count(old, codings, codings.c.withdrawn_at.is_(None)),
            }
    finally:
        engine.dispose()


def _count(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(condition)) or 0


def _tables() -> list[Table]:
    # Sorted, so that what a row refers to is there before it. The sums are of one file only.
    return [table for table in row_sums.tables() if table is not vectors]


def _fill(old: Connection, new: Connection, place: Target) -> None:
    for table in _tables():
        for rows in old.execute(select(table)).mappings().partitions(_ROWS_AT_ONCE):
            new.execute(insert(table), [dict(row) for row in rows])
    row_sums.renew(new)
    latest = select(events.c.number, events.c.at).order_by(events.c.number.desc()).limit(1)
    set_mark(new, *new.execute(latest).one())
    different = [table.name for table in _tables() if _sum_of(old, table) != _sum_of(new, table)]
    if different:
        raise ProjectError(
            Message(
                "The copy in '{where}' came out different ({tables}), so it was not kept.",
                where=place.where,
                tables=", ".join(different),
            )
        )


def _sum_of(connection: Connection, table: Table) -> tuple[int, int]:
    """Return the number of rows and the sum of their check sums, which has no order."""
    count = total = 0
    for values in _values(connection, table):
        count, total = count + 1, (total + row_sums.row_sum(*values)) & row_sums.MASK
    return count, total


def _values(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    for rows in connection.execute(select(table)).partitions(_ROWS_AT_ONCE):
        yield from (tuple(row) for row in rows)
