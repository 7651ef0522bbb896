"""Problems of a table as a table of their own, to work through."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qualcode import exporting


def write_problems(
    rows: Iterable[tuple[int | None, str]], path: Path, *, decimal_comma: bool
) -> None:
    """Write what is wrong in the rows of a table, as csv or xlsx.

    Args:
        rows: The number of each row, as spreadsheets count them, and what is wrong in it.
        path: Where to write: .csv or .xlsx.
        decimal_comma: Whether a csv file has decimal commas and semicolons.

    Raises:
        UnsupportedFormatError: the suffix is neither.
        WriteError: the file cannot be written.
    """
    keys = ("row", "problem")
    exporting.write_rows("problems", keys, rows, path, decimal_comma=decimal_comma)
