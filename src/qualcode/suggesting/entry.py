"""Suggester 2, entry: the words of a piece of text against the whole entry of each code.

BM25 (Robertson and Zaragoza 2009, Foundations and Trends in Information Retrieval 3(4), p. 360)
with the entries as documents and the distinct telling lemmas of the text as the query.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from qualcode.model import Reason
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.evidence import Lines, as_evidence, find_mentions, reason_from, sum_rows
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.vocabulary import Vocabulary

_K1 = 0.6
"""Low: an entry that says a word twice says little more than one that says it once."""
_B = 0.75
"""How much a word counts less in an entry of many words; the usual value."""
_HALF = 4.9
"""BM25 score that counts as one unit of evidence, see ``as_evidence``."""


class EntrySuggester:
    """Weighs codes by the words that their entries share with the text."""

    name = "entry"
    version = "2"

    def __init__(self, book: Book, vocabulary: Vocabulary) -> None:
        count = len(book.paths)
        holders = Counter(lemma for entry in book.entries for lemma in entry)
        weights = np.zeros((len(vocabulary.columns), count))
        usual = sum(entry.total() for entry in book.entries) / count or 1
        for code, entry in enumerate(book.entries):
            length_factor = _K1 * (1 - _B + _B * entry.total() / usual)
            for lemma, times in entry.items():
                # the 1 keeps the weight positive, also for a word that most entries have
                rarity = math.log(1 + (count - holders[lemma] + 0.5) / (holders[lemma] + 0.5))
                weight = rarity * times * (_K1 + 1) / (times + length_factor)
                weights[vocabulary.columns[lemma], code] = weight
        self._weights = weights
        self._lines: Lines = weights.tolist()

    def score(self, concordance: Concordance) -> Scores:
        """Return the evidence in the BM25 score of each code's entry."""
        total = sum_rows(concordance.words, self._weights, len(concordance.segments))
        return as_evidence(total, concordance.distinct_counts, _HALF)

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return the words that text and entry share, with the share each has in the score."""
        shared_words = find_mentions(concordance.words, self._lines, row, code)
        return reason_from(self.name, concordance, row, shared_words)
