"""Suggester 1, terms: the words and phrases that each code lists.

A term of few codes counts more than a term of many, a phrase more than a word. A denial is noted
but does not count: "I do not deal" is still about dealing.
"""

from __future__ import annotations

import math

import numpy as np

from qualcode.model import Reason
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.evidence import (
    Lines,
    Mention,
    as_evidence,
    find_mentions,
    reason_from,
    sum_rows,
)
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.vocabulary import Vocabulary

_PHRASE_BONUS = 0.5
"""What each further word of a phrase adds to its weight, as a share of it."""
_HALF = 2.7
"""Summed weight that counts as one unit of evidence, see ``as_evidence``."""
_DENIAL_REACH = 24
"""Characters before a term within which a word of denial is taken to be about it."""


class TermsSuggester:
    """Weighs codes by those of their terms that occur in a text."""

    name = "terms"
    version = "2"

    def __init__(self, book: Book, vocabulary: Vocabulary) -> None:
        count = len(book.paths)
        of_words = np.zeros((len(vocabulary.columns), count))
        for term in book.terms:
            if len(term.keys) == 1:
                line = vocabulary.columns[term.keys[0]]
                of_words[line, list(term.codes)] = _rarity(len(term.codes), count)
        phrases = vocabulary.phrases
        of_phrases = np.zeros((len(phrases), count))
        for line, phrase in enumerate(phrases):
            # a phrase is chance less often than a word
            bonus = 1 + _PHRASE_BONUS * (len(phrase.keys) - 1)
            weight = _rarity(len(phrase.codes), count) * bonus
            of_phrases[line, list(phrase.codes)] = weight
        self._of_words, self._of_phrases = of_words, of_phrases
        self._word_lines: Lines = of_words.tolist()
        self._phrase_lines: Lines = of_phrases.tolist()

    def score(self, concordance: Concordance) -> Scores:
        """Return the evidence in the distinct terms of each code."""
        rows = len(concordance.segments)
        total = sum_rows(concordance.words, self._of_words, rows)
        total += sum_rows(concordance.phrases, self._of_phrases, rows)
        return as_evidence(total, concordance.distinct_counts, _HALF)

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return the terms that occur, with "denied" where a denial precedes the strongest one."""
        term_mentions = find_mentions(concordance.phrases, self._phrase_lines, row, code)
        term_mentions += find_mentions(concordance.words, self._word_lines, row, code)
        denied = bool(term_mentions) and _is_denied(concordance, row, max(term_mentions))
        return reason_from(self.name, concordance, row, term_mentions, "denied" if denied else "")


def _rarity(holders: int, codes: int) -> float:
    return math.log(1 + codes / holders)


def _is_denied(concordance: Concordance, row: int, mention: Mention) -> bool:
    text = concordance.segments[row].text
    # a denial ends with its clause: "no, I deal" denies nothing
    return any(
        mention.start - _DENIAL_REACH <= place < mention.start
        and not set(",.;!?…") & set(text[place : mention.start])
        for place in concordance.denials[row]
    )
