"""Suggester 7, group: a code that the respondent's group was not asked about is less likely.

``asked_of`` says which groups were asked. Respondents bring a subject up unasked now and then, so
the score is evidence and no rule.
"""

from __future__ import annotations

import numpy as np

from qualcode.model import Code, Codebook, Reason
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.protocol import Scores


class GroupSuggester:
    """Weighs codes by whether the group of the respondent was asked about them.

    Args:
        book: The codebook. A code without ``asked_of`` has that of the nearest code above it.
    """

    name = "group"
    version = "1"

    def __init__(self, book: Book) -> None:
        self._asked = [_groups_of(book.codebook, book.codebook.code(path)) for path in book.paths]
        self._groups = frozenset(group for groups in self._asked for group in groups)

    def score(self, concordance: Concordance) -> Scores:
        """Return -1 for codes that the group of a text was not asked about, else 0."""
        scores = np.zeros((len(concordance.segments), len(self._asked)))
        for row, segment in enumerate(concordance.segments):
            group = segment.group.strip().casefold()
            # a group that the codebook never names says nothing about any code
            if group in self._groups:
                scores[row] = [-float(bool(asked) and group not in asked) for asked in self._asked]
        return scores

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return None: the group never speaks for a code."""
        del concordance, row, code
        return None


def _groups_of(codebook: Codebook, code: Code) -> frozenset[str]:
    groups = code.values("asked_of")
    if not groups and code.parent:
        return _groups_of(codebook, codebook.code(code.parent))
    return frozenset(group.strip().casefold() for group in groups)
