"""Suggester 3, question: an answer is likely about the codes that its question expects.

The question comes as the id of a guide question, or as the interviewer's words, which are
matched to the guide. The score is how much likelier than chance the question makes a code.
"""

from __future__ import annotations

import numpy as np

from qualcode.model import Guide, Question, Reason
from qualcode.segmenting import QuestionMatcher
from qualcode.suggesting.book import Book
from qualcode.suggesting.protocol import Scores, Words
from qualcode.suggesting.reading import Reading

TRUST = 0.6
"""Chance that the code of an answer is one of those its question expects."""
_NEXT = 0.6
"""How much less a code is expected than the one before it in the question's list."""


class QuestionSuggester:
    """Weighs codes by what the question leads one to expect."""

    name = "question"
    version = "1"

    def __init__(self, book: Book, guide: Guide, words: Words) -> None:
        self._codes = len(book.paths)
        self._expected = {question.id: _lift(question, book.paths) for question in guide.questions}
        self._matcher = QuestionMatcher(guide, words.lemmas) if guide.questions else None
        self._matched: dict[str, str | None] = {}

    def score(self, reading: Reading) -> Scores:
        """Return the log of how much likelier than chance each code is."""
        scores = np.zeros((len(reading.segments), self._codes))
        for row, segment in enumerate(reading.segments):
            asked = self.question_of(segment.question)
            if asked is not None:
                scores[row] = self._expected[asked]
        return scores

    def reason(self, reading: Reading, row: int, code: int) -> Reason | None:
        """Return which question expects the code."""
        asked = self.question_of(reading.segments[row].question)
        if asked is None or self._expected[asked][code] <= 0:
            return None
        return Reason(self.name, note=f"question {asked} expects it")

    def question_of(self, question: str) -> str | None:
        """Return the id of the guide question that an id or an interviewer's words stand for."""
        if not question.strip() or self._matcher is None:
            return None
        if question in self._expected:
            return question
        if question not in self._matched:
            self._matched[question] = self._matcher.best(question)
        return self._matched[question]


def _lift(question: Question, paths: tuple[str, ...]) -> Scores:
    """Return the log-lift of each code; zeros where the question expects no code of the book."""
    chance = np.full(len(paths), 1 / len(paths))
    expected = np.zeros(len(paths))
    weight = 1.0
    for path in question.codes:
        below = [i for i, p in enumerate(paths) if p == path or p.startswith(path + "/")]
        for column in below:
            # a theme that is expected shares its chance among its codes
            expected[column] += weight / len(below)
        weight *= _NEXT if below else 1
    if not expected.any():
        return np.zeros(len(paths))
    mixed = TRUST * expected / expected.sum() + (1 - TRUST) * chance
    lift: Scores = np.log(mixed / chance)
    return lift
