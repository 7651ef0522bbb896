"""Rows of edits made in a browser: the edits that arrived, so that none is applied twice."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, insert, select

from qualcode.storage.history import Change
from qualcode.storage.schema import client_edits


def note(change: Change, client: str, number: int, refused: str) -> None:
    """Record that an edit arrived; ``refused`` is the reason if it was not applied."""
    row = {"client": client, "number": number, "at": change.at, "refused": refused}
    change.connection.execute(insert(client_edits), row)


def receive(change: Change, client: str, number: int) -> bool:
    """Record that an edit arrived; return False if it, or a later one, arrived before."""
    # A browser repeats its edits in order until they are acknowledged: a lower number came before.
    if number <= latest(change.connection, [client]).get(client, 0):
        return False
    note(change, client, number, "")
    return True


def latest(connection: Connection, clients: Collection[str]) -> dict[str, int]:
    """Return the highest number that arrived from each client that sent edits."""
    query = (
        select(client_edits.c.client, func.max(client_edits.c.number).label("number"))
        .where(client_edits.c.client.in_(clients))
        .group_by(client_edits.c.client)
    )
    return {row.client: row.number for row in connection.execute(query)}
