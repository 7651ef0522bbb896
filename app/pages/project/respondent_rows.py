"""The table of respondents as it was drawn and as it was edited, merged with what is stored now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

STORED = "_stored"
"""Column, not shown, with the name of the stored respondent that a row is of."""
PROPOSED = "_proposed"
"""Column, not shown: whether nobody stored this respondent yet."""
HIDDEN = (STORED, PROPOSED)

Row = Mapping[str, str]
Cells = dict[str, str]
"""Values by the place of a cell: respondent, interview and column."""


def edited_rows(
    drawn_rows: Sequence[Row], changes: Mapping[str, Any]
) -> list[dict[str, str] | None]:
    """Return the rows of a table as they were edited; None for one that was taken out.

    Args:
        drawn_rows: The rows as they were drawn.
        changes: What Streamlit keeps of a table that is edited: ``edited_rows``, ``added_rows`` and
            ``deleted_rows``.
    """
    cells: Mapping[int, Mapping[str, Any]] = changes.get("edited_rows", {})
    rows: list[dict[str, str] | None] = [
        _as_texts({**row, **cells.get(place, {})}) for place, row in enumerate(drawn_rows)
    ]
    for place in changes.get("deleted_rows", ()):
        rows[place] = None
    return [*rows, *(_as_texts(row) for row in changes.get("added_rows", ()))]


def _as_texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(value or "").strip() for key, value in row.items()}


def cells_of(rows: Sequence[Row]) -> Cells:
    """Return the values of rows by the place of each cell."""
    return {
        place_of(row, column): row[column] or ""
        for row in rows
        for column in row
        if column not in HIDDEN
    }


def place_of(row: Row, column: str) -> str:
    """Return the place of a cell, by what its row was of when it was drawn."""
    return "\x1f".join((row.get(STORED, ""), row.get("transcript") or "", column))


def changed_cells(drawn_rows: Sequence[Row], edited: Sequence[Row | None]) -> Cells:
    """Return the values of all cells that were drawn and not taken out, as they are edited."""
    return {
        place_of(before, column): (after or {}).get(column, "")
        for before, after in zip(drawn_rows, edited, strict=False)
        if after is not None
        for column in after
        if column not in HIDDEN
    }


def merged_rows(
    drawn_rows: Sequence[Row],
    edited: Sequence[Row | None],
    stored: Sequence[Row],
    cells: Mapping[str, Any],
) -> list[dict[str, str]]:
    """Return the rows to store.

    Args:
        drawn_rows: The rows as they were drawn.
        edited: The same rows as they were edited, then the added ones.
        stored: The rows as they are stored now.
        cells: The value of each cell that was drawn, after it was merged.
    """
    kept = {_key(row): row for row in stored}
    rows: list[dict[str, str]] = []
    for before, after in zip(drawn_rows, edited, strict=False):
        is_stored = kept.pop(_key(before), None)
        if after is None:
            continue
        columns = [column for column in after if column not in HIDDEN]
        values = {column: cells.get(place_of(before, column)) for column in columns}
        # What a colleague removed comes back only if somebody chose that.
        is_chosen = any(value is not None for value in values.values())
        if is_stored is not None or before.get(PROPOSED) or is_chosen:
            new = {c: after[c] if value is None else value for c, value in values.items()}
            rows.append({**(is_stored or {STORED: before.get(STORED, "")}), **new})
    # What somebody else added since.
    rows.extend(dict(row) for row in kept.values())
    rows.extend(dict(row) for row in edited[len(drawn_rows) :] if row)
    return [row for row in rows if row.get("case")]


def _key(row: Row) -> tuple[str, str]:
    return row.get(STORED, ""), row.get("transcript") or ""
