"""Sums over the words found in each piece of text, shared by the suggesters that count words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from qualcode.model import Reason
from qualcode.suggesting.concordance import Found, Integers, Reading
from qualcode.suggesting.protocol import Scores

Lines = list[list[float]]
"""A table of scores as lists, which are faster to look single values up in."""
_MOST_WORDS = 6
_USUAL = 8
"""Words of the book in a passage of usual length."""
_SPREAD = 1 / 3
"""How much evidence is thinned out by the words it is found among; measured, see benchmarks."""


class Mention(NamedTuple):
    """A word found that speaks for a code: how much, and where it stands in its text."""

    value: float
    start: int
    end: int


def sum_rows(found: Found, table: Scores, rows: int) -> Scores:
    """Return per piece of text the sum of its distinct words' lines of ``table``.

    Args:
        found: The words found.
        table: One line per key, one column per code.
        rows: Number of pieces of text.
    """
    from scipy.sparse import csr_array

    row, key, weight = found.once
    first = np.searchsorted(row, np.arange(rows + 1))
    total: Scores = csr_array((weight, key, first), shape=(rows, len(table))) @ table
    return total


def as_evidence(total: Scores, known: Integers, half: float) -> Scores:
    """Return summed weights as evidence: each further word adds less than the one before.

    Words of one passage are not independent, and a long passage has more that fit by chance; both
    would make a plain sum too sure of itself.

    Args:
        total: Summed weights, one row per piece of text, one column per code.
        known: How many different words of the book each piece of text has.
        half: The sum that counts as one unit of evidence in a logarithm to base 2.
    """
    spread = ((1 + known) / _USUAL) ** -_SPREAD
    return np.log2(1 + total / half) * spread[:, None]


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
