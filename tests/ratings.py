"""Small notation for ratings: a table of two coders, or one string per coder."""

from __future__ import annotations

from collections.abc import Sequence


def from_table(table: Sequence[Sequence[int]], labels: Sequence[object]) -> dict[str, list[object]]:
    """Return the ratings of two coders with these counts (rows are the first coder)."""
    cells = [(r, c, n) for r, row in enumerate(table) for c, n in enumerate(row)]
    return {
        "a": [labels[r] for r, _, n in cells for _ in range(n)],
        "b": [labels[c] for _, c, n in cells for _ in range(n)],
    }


def from_rows(*rows: str) -> dict[str, list[int | None]]:
    """Return the ratings of coders written as digits, ``.`` for a unit not coded."""
    return {
        name: [None if label == "." else int(label) for label in row.replace(" ", "")]
        for name, row in zip("abcdefg", rows, strict=False)
    }
