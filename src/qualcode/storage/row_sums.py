"""Check sums of all rows of a project file: a row that changed, came or went by itself is found.

Triggers keep them, so that no code that writes can forget one. Only the rows of large tables, which
are written many at a time, are summed in groups by who writes them. A database on a server has
check sums of its own (``initdb --data-checksums``).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    insert,
    literal_column,
    select,
)

from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.storage.schema import metadata, row_sums, vectors

# Two of them fit into an integer of SQLite.
MASK = 2**61 - 1
"""The bits of a sum."""
GROUPED = {"turns": ("transcript_id",), "segments": ("transcript_id", "kind")}
"""Tables whose rows share a sum, with the columns of its key."""
_FUNCTION = "qualcode_row_sum"
KEY_MARK = "\x1f"
"""Stands between the columns of a key; no column holds it."""
_AFTER_MARK = chr(ord(KEY_MARK) + 1)
_NO_KEY = "-"


def add_function(connection: sqlite3.Connection) -> None:
    """Teach a connection the check sum of a row, which the triggers ask for."""
    # Its result depends on nothing but the values.
    connection.create_function(_FUNCTION, -1, row_sum, deterministic=True)


def row_sum(*values: object) -> int:
    """Return the check sum of the values of a row, each with its type."""
    digest = hashlib.blake2b(digest_size=8)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        # With its length, so that no letter can move to the next column unseen.
        digest.update(f"{type(value).__name__}{len(data)}:".encode())
        digest.update(data)
    return int.from_bytes(digest.digest(), "big") & MASK


def tables() -> tuple[Table, ...]:
    """Return the tables whose rows have sums."""
    return tuple(table for table in metadata.sorted_tables if table is not row_sums)


def key_columns(table: Table) -> tuple[str, ...]:
    """Return the columns that tell for which sum a row counts."""
    return GROUPED.get(table.name) or tuple(column.name for column in table.primary_key.columns)


def install(connection: Connection) -> None:
    """Make the triggers anew for the present columns, and sum all rows, after a migration."""
    if connection.dialect.name != "sqlite":
        return
    remove_triggers(connection)
    connection.exec_driver_sql("DELETE FROM row_sums")
    renew(connection)
    for table in tables():
        if table.name in GROUPED:
            continue
        for name, statement in _triggers(table):
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {statement}")
        added = _adding(table.name, f'"{table.name}"', _key(table, ""), _sum(table, ""))
        connection.exec_driver_sql(added)


def renew(connection: Connection, transcript: int | None = None, kind: str = "") -> None:
    """Sum the rows of the large tables again, after they were written.

    Args:
        connection: Open for writing.
        transcript: Number of the transcript whose rows were written; None for all.
        kind: Only its segments of this kind were written; ``""`` for all that it has.
    """
    if connection.dialect.name != "sqlite":
        return
    for table in tables():
        if table.name not in GROUPED or (kind and table.name != "segments"):
            continue
        conditions = [table.c.transcript_id == transcript] if transcript is not None else []
        conditions += [table.c.kind == kind] if kind else []
        key = KEY_MARK.join(filter(None, ("" if transcript is None else str(transcript), kind)))
        # A group begins with its transcript, and a number ends where the mark stands: from it on to
        # the next sign, as a range, because SQLite looks for no beginning of a text in an index.
        names = row_sums.c.row_key >= key, row_sums.c.row_key < key + _AFTER_MARK
        of_table = row_sums.c.table_name == table.name
        connection.execute(delete(row_sums).where(of_table, *(names if key else ())))
        rows = [
            {"table_name": table.name, "row_key": group, "sum": value}
            for group, value in _sums(connection, table, conditions).items()
        ]
        if rows:
            connection.execute(insert(row_sums), rows)


def remove_triggers(connection: Connection) -> None:
    """Remove the triggers, so that a migration can make tables anew."""
    if connection.dialect.name != "sqlite":
        return
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'row_sum_%'"
    for (name,) in connection.exec_driver_sql(query).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _triggers(table: Table) -> Iterator[tuple[str, str]]:
    added = _adding(table.name, "", _key(table, "NEW."), _sum(table, "NEW."))
    removed = _removing(table, "OLD.")
    yield f"row_sum_{table.name}_insert", f'AFTER INSERT ON "{table.name}" BEGIN {added}; END'
    yield f"row_sum_{table.name}_delete", f'AFTER DELETE ON "{table.name}" BEGIN {removed} END'
    yield (
        f"row_sum_{table.name}_update",
        f'AFTER UPDATE ON "{table.name}" BEGIN {removed} {added}; END',
    )


def _adding(name: str, source: str, key: str, value: str) -> str:
    # "WHERE true" tells SQLite's parser that ON does not belong to a join.
    rows = f"FROM {source} WHERE true" if source else "WHERE true"
    return (
        f"INSERT INTO row_sums (table_name, row_key, sum) SELECT '{name}', {key}, {value} {rows} "
        f"ON CONFLICT (table_name, row_key) DO UPDATE SET sum = (sum + excluded.sum) & {MASK}"
    )


def _removing(table: Table, row: str) -> str:
    place = f"table_name = '{table.name}' AND row_key = {_key(table, row)}"
    value = f"(sum + {MASK + 1} - {_sum(table, row)}) & {MASK}"
    return (
        f"UPDATE row_sums SET sum = {value} WHERE {place}; "
        f"DELETE FROM row_sums WHERE {place} AND sum = 0;"
    )


def _key(table: Table, row: str) -> str:
    # A column may hold any character but this one, which separates nothing else.
    columns = (f'{row}"{name}"' for name in key_columns(table))
    return " || char(31) || ".join(f"CAST({column} AS TEXT)" for column in columns)


def _sum(table: Table, row: str) -> str:
    columns = ", ".join(f'{row}"{column.name}"' for column in table.columns)
    return f"{_FUNCTION}('{table.name}', {columns})"


def state_of_tables(connection: Connection, names: Sequence[str]) -> str:
    """Return what changes when a row of some tables changes, comes or goes.

    Returns:
        A hash of their check sums; ``""`` on a server, which has none.
    """
    if connection.dialect.name != "sqlite":
        return ""
    query = (
        select(row_sums.c.table_name, row_sums.c.row_key, row_sums.c.sum)
        .where(row_sums.c.table_name.in_(names))
        .order_by(row_sums.c.table_name, row_sums.c.row_key)
    )
    digest = hashlib.sha256()
    for row in connection.execute(query):
        digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def check(connection: Connection, *, thorough: bool) -> Iterator[Problem]:
    """Yield a problem for each row, or group of rows, that differs from its sum.

    Args:
        connection: Reads a file.
        thorough: Also the large tables, which take seconds in a large project.
    """
    for table in tables():
        if (table.name in GROUPED or table is vectors) and not thorough:
            continue
        yield from check_table(connection, table)


def check_table(connection: Connection, table: Table) -> Iterator[Problem]:
    """Yield a problem for each row of a table that differs from its sum."""
    query = select(row_sums.c.row_key, row_sums.c.sum).where(row_sums.c.table_name == table.name)
    stored: dict[Any, int] = {row[0]: row[1] for row in connection.execute(query)}
    for key, value in _sums(connection, table).items():
        if stored.pop(key, None) != value:
            yield _problem(table, key, Message("It is not as it was stored."))
    for key in stored:
        yield _problem(table, key, Message("It was stored, and is not there."))


def _sums(
    connection: Connection, table: Table, conditions: Sequence[ColumnElement[bool]] = ()
) -> dict[Any, int]:
    sums: dict[Any, int] = {}
    columns: tuple[Any, ...] = literal_column(_key(table, "")), literal_column(_sum(table, ""))
    query = select(*columns).select_from(table).where(*conditions)
    for key, value in connection.execute(query):
        sums[key] = (sums.get(key, 0) + value) & MASK
    return sums


def _problem(table: Table, key: object, message: str) -> Problem:
    parts: Sequence[str] = str(_NO_KEY if key is None else key).split(KEY_MARK)
    where = Message("table '{table}', row {row}", table=table.name, row=" ".join(parts))
    return Problem(where, message, "Go back to the newest backup.")
