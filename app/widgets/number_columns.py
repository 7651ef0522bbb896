"""Columns of numbers that are written as text: padded, so that a browser sorts them as numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_NUMBER = re.compile(r"-?\d[\d.,\u00a0\u202f]*")


def pad_numbers(rows: Sequence[Mapping[str, Any]], decimal_sign: str) -> list[dict[str, Any]]:
    """Return the rows of a table with the numbers in columns of text aligned by spaces.

    A table sorts text by its characters: "3 of 12" comes after "10 of 12", but " 3 of 12" comes
    before it. What is no number ("·", "–", "<3") is sorted below all numbers.

    Args:
        rows: The table.
        decimal_sign: What stands before the decimals, in the language of the page.
    """
    padded = [dict(row) for row in rows]
    for column in number_columns(rows):
        width = max(len(_whole_part(row[column], decimal_sign)) for row in padded)
        for row in padded:
            whole = _whole_part(row[column], decimal_sign)
            # Without a number: wider than any number, so that a space is compared with a digit.
            row[column] = " " * (width - len(whole)) + row[column]
    return padded


def number_columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the names of the columns of a table whose numbers are written as text."""
    names = []
    for column in dict.fromkeys(name for row in rows for name in row):
        cells = [row.get(column) for row in rows]
        texts = [cell for cell in cells if isinstance(cell, str)]
        if len(texts) == len(cells) and _is_of_numbers(texts):
            names.append(column)
    return names


def _is_of_numbers(cells: Sequence[str]) -> bool:
    """Tell whether cells hold numbers, or signs and words in place of a number."""
    numbers = [cell for cell in cells if _NUMBER.match(cell)]
    # Other words are few: "not asked" in place of a count.
    return bool(numbers) and len({cell for cell in cells if not _NUMBER.match(cell)}) <= 3


def _whole_part(cell: str, decimal_sign: str) -> str:
    """Return the number at the beginning of a cell, without its decimals."""
    match = _NUMBER.match(cell)
    if match is None:
        return ""
    return match.group().rstrip(".,").partition(decimal_sign)[0]
