"""The database of another program, opened so that it does nothing and leaves nothing behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from qualcode.errors import UnreadableFileError
from qualcode.importing.files import read_bytes
from qualcode.messages import Message


def is_database(file: Path) -> bool:
    """Tell whether a file is a database of SQLite.

    Raises:
        UnreadableFileError: it is not there, or cannot be read.
    """
    # SQLite takes an empty file for an empty database, and would report a missing table.
    return read_bytes(file).startswith(b"SQLite format 3\x00")


@contextmanager
def open_database(file: Path) -> Iterator[sqlite3.Connection]:
    """Open a database for reading; rows have names.

    Raises:
        sqlite3.Error: it is damaged, here or inside the block.
    """
    # With immutable, SQLite makes no lock or journal file next to a file that is only read.
    where = f"file:{quote(str(file.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(where, uri=True)) as database:
        # A hostile file may hold views or triggers that call functions.
        database.execute("PRAGMA trusted_schema=OFF")
        database.row_factory = sqlite3.Row
        yield database


def list_tables(
    database: sqlite3.Connection, needed: AbstractSet[str], name: str, program: str
) -> set[str]:
    """Return the names of the tables of a database of another program.

    Args:
        database: The database.
        needed: Tables that each database of the program has.
        name: Name of the file.
        program: Name of the program.

    Raises:
        UnreadableFileError: a table is missing that is needed.
    """
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    tables = {str(row["name"]) for row in database.execute(query)}
    missing = needed - tables
    if missing:
        raise UnreadableFileError(
            Message(
                "'{name}' is a database, but not of {program}: it has no table '{table}'.",
                name=name,
                program=program,
                table=min(missing),
            )
        )
    return tables


def free_path(path: str, paths: Container[str]) -> str:
    """Return the path of a code, followed by a number if it is in use."""
    number, free = 1, path
    while free in paths:
        number += 1
        free = f"{path}_{number}"
    return free


def parse_moment(text: str) -> datetime | None:
    """Return a moment in ISO 8601, in UTC where it names no zone; None if it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
