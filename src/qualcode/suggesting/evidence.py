"""Evidence in the words of each piece of text, for the suggesters that count words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from qualcode.model import Reason
from qualcode.suggesting.concordance import Concordance, Occurrences
from qualcode.suggesting.lexicon import Integers
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.word_counts import Entries

Lines = list[list[float]]
"""A table of scores as lists: looking up single values is faster than in an array."""
_MOST_WORDS = 6
_USUAL = 8
"""Words of the book in a passage of usual length."""
_SPREAD = 1 / 3
"""Exponent by which other words of the book weaken evidence; measured, see benchmarks."""


class Mention(NamedTuple):
    """A word that speaks for a code: how much, and its place in the text."""

    value: float
    start: int
    end: int


def sum_rows(occurrences: Occurrences, table: Scores, rows: int) -> Scores:
    """Return per piece of text the sum of its distinct words' lines of ``table``.

    Args:
        occurrences: The words of the book in each text.
        table: One line per key, one column per code.
        rows: Number of pieces of text.
    """
    return Entries(*occurrences.distinct).times(table, rows)


def as_evidence(total: Scores, distinct_counts: Integers, half: float) -> Scores:
    """Return summed weights as evidence: each further word adds less than the word before it.

    The words of one passage are not independent, and a long passage has more words that fit by
    chance. A plain sum would be too certain for both reasons.

    Args:
        total: Summed weights, one row per piece of text, one column per code.
        distinct_counts: How many different words of the book each piece of text has.
        half: The sum that counts as one unit of evidence in a logarithm to base 2.
    """
    spread = ((1 + distinct_counts) / _USUAL) ** -_SPREAD
    return np.log2(1 + total / half) * spread[:, None]


def find_mentions(occurrences: Occurrences, table: Lines, row: int, code: int) -> list[Mention]:
    """Return the words of a piece of text that speak for a code, each key once."""
    lines = occurrences.of_row(row)
    mention_of: dict[int, Mention] = {}
    for key, start, end, weight in zip(
        occurrences.key[lines].tolist(),
        occurrences.start[lines].tolist(),
        occurrences.end[lines].tolist(),
        occurrences.weight[lines].tolist(),
        strict=True,
    ):
        value = table[key][code] * weight
        # a word that is repeated counts once, as in the score
        if value > 0 and (key not in mention_of or value > mention_of[key].value):
            mention_of[key] = Mention(value, start, end)
    return list(mention_of.values())


def reason_from(
    suggester: str, concordance: Concordance, row: int, mentions: list[Mention], note: str = ""
) -> Reason | None:
    """Return the reason that cites words, the strongest first, each place once."""
    cited_mentions: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.value, m.start)):
        # a word within a phrase that is cited already adds nothing
        overlaps = any(c.start <= mention.start and mention.end <= c.end for c in cited_mentions)
        if not overlaps and len(cited_mentions) < _MOST_WORDS:
            cited_mentions.append(mention)
    if not cited_mentions:
        return None
    total = sum(mention.value for mention in mentions)
    return Reason(
        suggester=suggester,
        words=tuple(concordance.words_at(row, m.start, m.end) for m in cited_mentions),
        spans=tuple(concordance.span_of(row, m.start, m.end) for m in cited_mentions),
        shares=tuple(round(m.value / total, 3) for m in cited_mentions),
        note=note,
    )
