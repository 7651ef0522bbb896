"""Erases what was deleted for good from the file too: no word of it stays in its free room.

A row that is deleted leaves room in the file, and its words may stay in it and in the log. That
they are still to be erased is a row of the project, so that a program that was killed halfway
does it when the project is opened again.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, delete, insert, select

from qualcode.storage import row_sums
from qualcode.storage.schema import settings

_KEY = "erasure_due"
_INFO = "qualcode_erases"


def ask(connection: Connection) -> None:
    """Ask that deleted words are erased from the file once this transaction is kept."""
    connection.info[_INFO] = True
    # What the owner of a server must do is in docs/confidentiality.md.
    if connection.dialect.name == "sqlite":
        connection.execute(delete(settings).where(settings.c.key == _KEY))
        connection.execute(insert(settings), {"key": _KEY, "value": True})


def is_asked(connection: Connection) -> bool:
    """Tell whether this transaction deletes words for good."""
    return bool(connection.info.get(_INFO))


def take_request(connection: Connection) -> bool:
    """Tell whether the transaction asked for it, and forget the request."""
    return bool(connection.info.pop(_INFO, False))


def is_due(connection: Connection) -> bool:
    """Tell whether a program was stopped between the deletion and the erasure."""
    if connection.dialect.name != "sqlite":
        return False
    return connection.scalar(select(settings.c.key).where(settings.c.key == _KEY)) is not None


def erase(connection: sqlite3.Connection) -> None:
    """Write the file anew without what was deleted.

    Raises:
        sqlite3.Error: another program works in the file, or the disk is full; still due then.
    """
    # The copy that SQLite makes meanwhile must not come to another disk.
    connection.execute("PRAGMA temp_store=MEMORY")
    row_sums.add_function(connection)
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("VACUUM")
    connection.execute(f"DELETE FROM settings WHERE key = '{_KEY}'")
