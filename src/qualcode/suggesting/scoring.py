"""Sums over the words found in each piece of text, shared by the suggesters that count words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Reason
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.reading import Found, Integers, Reading

Lines = list[list[float]]
"""A table of scores as lists, which are faster to look single values up in."""
_MOST_WORDS = 6


class Mention(NamedTuple):
    """A word found that speaks for a code: how much, and where it stands in its text."""

    value: float
    start: int
    end: int


def distinct(found: Found) -> tuple[Integers, Integers, NDArray[np.float64]]:
    """Return each word of each piece of text once: its row, its key, its highest weight."""
    if not len(found.row):
        return found.row, found.key, found.weight
    order = np.lexsort((-found.weight, found.key, found.row))
    row, key, weight = found.row[order], found.key[order], found.weight[order]
    first = np.append(True, (np.diff(row) != 0) | (np.diff(key) != 0))
    return row[first], key[first], weight[first]


def sum_rows(found: Found, table: Scores, rows: int) -> Scores:
    """Return per piece of text the sum of its distinct words' lines of ``table``.

    Args:
        found: The words found.
        table: One line per key, one column per code.
        rows: Number of pieces of text.
    """
    total = np.zeros((rows, table.shape[1]))
    row, key, weight = distinct(found)
    if len(row):
        starts = np.flatnonzero(np.append(True, np.diff(row) != 0))
        total[row[starts]] = np.add.reduceat(table[key] * weight[:, None], starts, axis=0)
    return total


def mentions(found: Found, table: Lines, row: int, code: int) -> list[Mention]:
    """Return the words of a piece of text that speak for a code, each key once."""
    lines = found.of_row(row)
    best: dict[int, Mention] = {}
    for key, start, end, weight in zip(
        found.key[lines].tolist(),
        found.start[lines].tolist(),
        found.end[lines].tolist(),
        found.weight[lines].tolist(),
        strict=True,
    ):
        value = table[key][code] * weight
        if value > 0 and (key not in best or value > best[key].value):
            best[key] = Mention(value, start, end)
    return list(best.values())


def reason_from(
    suggester: str, reading: Reading, row: int, found: list[Mention], note: str = ""
) -> Reason | None:
    """Return the reason that consists of words, most telling first, each place once."""
    chosen: list[Mention] = []
    for mention in sorted(found, key=lambda m: (-m.value, m.start)):
        inside = any(c.start <= mention.start and mention.end <= c.end for c in chosen)
        if not inside and len(chosen) < _MOST_WORDS:
            chosen.append(mention)
    if not chosen:
        return None
    total = sum(mention.value for mention in found)
    return Reason(
        suggester=suggester,
        words=tuple(reading.words_at(row, m.start, m.end) for m in chosen),
        spans=tuple(reading.span_of(row, m.start, m.end) for m in chosen),
        shares=tuple(round(m.value / total, 3) for m in chosen),
        note=note,
    )
