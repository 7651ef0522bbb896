"""Rows of vectors: what was computed of texts, by the hash of what it rests on.

Vectors of an embedding model, lemmas, and what was learned from codings. They can be made again at
any time, so keeping them is no event and no step of undo.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, select

from qualcode.storage.schema import vectors

_AT_ONCE = 500
"""Keys in one query: databases limit their number."""


def read_vectors(connection: Connection, model: str, keys: Collection[str]) -> dict[str, bytes]:
    """Return the vectors that are kept, of those asked for."""
    values: dict[str, bytes] = {}
    ordered = sorted(keys)
    for first in range(0, len(ordered), _AT_ONCE):
        some_keys = ordered[first : first + _AT_ONCE]
        query = select(vectors.c.key, vectors.c.vector).where(
            vectors.c.model == model, vectors.c.key.in_(some_keys)
        )
        values.update((row.key, row.vector) for row in connection.execute(query))
    return values


def keep_vectors(connection: Connection, model: str, values: Mapping[str, bytes]) -> None:
    """Keep vectors; those that are kept already with another value get the new one."""
    kept_values = read_vectors(connection, model, values)
    changed = [key for key, vector in kept_values.items() if vector != values[key]]
    for key in changed:
        row = (vectors.c.model == model) & (vectors.c.key == key)
        connection.execute(delete(vectors).where(row))
    rows = [
        {"model": model, "key": key, "vector": vector}
        for key, vector in values.items()
        if key not in kept_values or key in changed
    ]
    if rows:
        connection.execute(insert(vectors), rows)


def drop_others(connection: Connection, model: str, prefix: str) -> None:
    """Remove what was made under names that begin alike, as it rests on what has changed.

    Args:
        connection: The database.
        model: The name that stays, unless it is ``prefix`` itself.
        prefix: How the names begin.
    """
    # Escaped, because names hold underscores, which stand for any sign in a pattern of SQL.
    query = delete(vectors).where(vectors.c.model.startswith(prefix, autoescape=True))
    connection.execute(query if model == prefix else query.where(vectors.c.model != model))


def forget_vectors(connection: Connection) -> None:
    """Remove all vectors: a vector tells something of a text that may be gone."""
    connection.execute(delete(vectors))
