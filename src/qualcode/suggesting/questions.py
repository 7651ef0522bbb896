"""Suggester 3, question: an answer is likely about what was asked.

The question comes as the id of a guide question, or as the interviewer's words, which are
matched to the guide. It tells in two ways: by the codes that the guide expects, and by its own
words, weighed as those of an answer are. The score is in units of log-likelihood.
"""

from __future__ import annotations

import numpy as np

from qualcode.model import Guide, Question, Reason
from qualcode.segmenting import QuestionMatcher
from qualcode.suggesting.book import Book
from qualcode.suggesting.entry import EntrySuggester
from qualcode.suggesting.protocol import Scores, SegmentText, Words
from qualcode.suggesting.reading import Reading, read_segments
from qualcode.suggesting.vocabulary import Vocabulary

TRUST = 0.6
"""Chance that the code of an answer is one of those its question expects."""
_NEXT = 0.6
"""How much less a code is expected than the one before it in the question's list."""
_ASKED = 0.5
"""What a word of the question counts in score, against what the entry suggester gives it."""


class QuestionSuggester:
    """Weighs codes by what the question leads one to expect.

    Args:
        book: The codebook in lemmas.
        vocabulary: Its words.
        words: The language.
        guide: The topic guide; without one only the words of the question tell.
    """

    name = "question"
    version = "1"

    def __init__(
        self, book: Book, vocabulary: Vocabulary, words: Words, guide: Guide | None = None
    ) -> None:
        questions = guide.questions if guide else ()
        self._expected = {question.id: _lift(question, book.paths) for question in questions}
        self._texts = {q.id: q.text.in_language(words.name) for q in questions}
        self._matcher = QuestionMatcher(guide, words.lemmas) if guide and questions else None
        self._entry = EntrySuggester(book, vocabulary)
        self._vocabulary = vocabulary
        self._words = words
        self._codes = len(book.paths)
        self._matched: dict[str, str | None] = {}
        self._scores: dict[str, Scores] = {}

    def score(self, reading: Reading) -> Scores:
        """Return how much likelier than chance the question makes each code, in logs."""
        asked = [segment.question.strip() for segment in reading.segments]
        self._weigh([question for question in dict.fromkeys(asked) if question])
        nothing = np.zeros(self._codes)
        lines = [self._scores.get(question, nothing) for question in asked]
        return np.stack(lines) if lines else np.zeros((0, self._codes))

    def reason(self, reading: Reading, row: int, code: int) -> Reason | None:
        """Return which question expects the code, or that the question is about it."""
        question = reading.segments[row].question.strip()
        asked = self.question_of(question)
        if asked is not None and self._expected[asked][code] > 0:
            return Reason(self.name, note=f"question {asked} expects it")
        if question in self._scores and self._scores[question][code] > 0:
            return Reason(self.name, note="the question is about it")
        return None

    def question_of(self, question: str) -> str | None:
        """Return the id of the guide question that an id or an interviewer's words stand for."""
        if question in self._expected:
            return question
        if not question or self._matcher is None:
            return None
        if question not in self._matched:
            self._matched[question] = self._matcher.best(question)
        return self._matched[question]

    def _weigh(self, questions: list[str]) -> None:
        """Work out the scores of the questions that are new."""
        new = [question for question in questions if question not in self._scores]
        texts = [SegmentText(q, self._texts.get(q, q)) for q in new]
        spoken = self._entry.score(read_segments(texts, self._vocabulary, self._words))
        for question, line in zip(new, spoken, strict=True):
            asked = self.question_of(question)
            expected = self._expected[asked] if asked is not None else 0.0
            self._scores[question] = expected + _ASKED * line


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
