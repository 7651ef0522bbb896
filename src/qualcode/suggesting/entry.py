"""Suggester 2, entry: the words of a piece of text against the whole entry of each code.

BM25 (Robertson and Zaragoza 2009, Foundations and Trends in Information Retrieval 3(4), p. 360)
with the entries as documents and the distinct telling lemmas of the text as the query. Entries
are not penalised for their length (b = 0): a rich entry is a good entry.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from qualcode.model import Reason
from qualcode.suggesting.book import Book
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.reading import Reading
from qualcode.suggesting.scoring import Lines, mentions, reason_from, sum_rows
from qualcode.suggesting.vocabulary import Vocabulary

_K1 = 0.6
"""Low: an entry that says a word twice says little more than one that says it once."""


class EntrySuggester:
    """Weighs codes by the words that their entries share with the text."""

    name = "entry"
    version = "1"

    def __init__(self, book: Book, vocabulary: Vocabulary) -> None:
        count = len(book.paths)
        holders = Counter(lemma for entry in book.entries for lemma in entry)
        weights = np.zeros((len(vocabulary.columns), count))
        for code, entry in enumerate(book.entries):
            for lemma, times in entry.items():
                rarity = math.log(1 + (count - holders[lemma] + 0.5) / (holders[lemma] + 0.5))
                weights[vocabulary.columns[lemma], code] = (
                    rarity * times * (_K1 + 1) / (times + _K1)
                )
        self._weights = weights
        self._lines: Lines = weights.tolist()

    def score(self, reading: Reading) -> Scores:
        """Return the BM25 score of each code's entry."""
        return sum_rows(reading.words, self._weights, len(reading.segments))

    def reason(self, reading: Reading, row: int, code: int) -> Reason | None:
        """Return the words that text and entry share, with the share each has in the score."""
        found = mentions(reading.words, self._lines, row, code)
        return reason_from(self.name, reading, row, found)
