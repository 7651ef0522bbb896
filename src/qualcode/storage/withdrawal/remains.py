"""Searches a project for the words of a participant, in its rows and in the bytes of its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from qualcode.messages import Message
from qualcode.phrases import Phrases
from qualcode.storage.schema import metadata, to_json


def find_remains(
    connection: Connection, path: Path | None, copy: Callable[[], bytes], phrases: Phrases
) -> tuple[str, ...]:
    """Return where a project still holds the words of a person; nothing if it holds none.

    Args:
        connection: Open for reading.
        path: The file of the project, if it is one.
        copy: Returns the bytes of a backup, as it would be made now.
        phrases: The words.
    """
    remains: list[str] = []
    for table in metadata.sorted_tables:
        rows = connection.execute(select(table))
        if any(_holds(value, phrases) for row in rows for value in row):
            remains.append(Message("table '{table}'", table=table.name))
    if path is None:
        return tuple(remains)
    # Rows are not all: a page may keep what no row holds any more. The pages are those of the
    # file and of a backup; the file itself is not opened, which would drop the locks of SQLite.
    if phrases.count_in_bytes(copy()):
        remains.append("the file of the project, and its next backup")
    for suffix in ("-wal", "-journal"):
        log = Path(f"{path}{suffix}")
        if log.exists() and phrases.count_in_bytes(log.read_bytes()):
            remains.append(Message("file '{file}'", file=log.name))
    return tuple(remains)


def _holds(value: Any, phrases: Phrases) -> bool:
    if isinstance(value, bytes):
        return bool(phrases.count_in_bytes(value))
    if isinstance(value, str):
        return bool(phrases.find(value))
    if isinstance(value, list | dict):
        return bool(phrases.find(to_json(value)))
    return False
