"""Suggester 3, question: an answer is likely about what was asked.

The question comes as the id of a guide question, or as the interviewer's words, which are
matched to the guide. It tells in two ways: by the codes that the guide expects, and by its own
words, weighed as those of an answer are. The score is in units of log-likelihood.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from qualcode.model import Guide, Question, Reason
from qualcode.segmenting import QuestionMatcher
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Reading, read_segments
from qualcode.suggesting.entry import EntrySuggester
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.texts import SegmentText, Words
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
        guides: The topic guides; without any only the words of the question tell.
    """

    name = "question"
    version = "1"

    def __init__(
        self, book: Book, vocabulary: Vocabulary, words: Words, guides: Iterable[Guide] = ()
    ) -> None:
        self._words = words
        self._vocabulary = vocabulary
        self._codes = len(book.paths)
        self._entry = EntrySuggester(book, vocabulary)
        self._expected: dict[str, Scores] = {}
        self._texts: dict[str, str] = {}
        self._matchers: list[QuestionMatcher] = []
        for guide in guides:
            self._take_in(guide, book.paths)
        self._matched: dict[str, str | None] = {}
        self._scores: dict[tuple[str, str], Scores] = {}

    def _take_in(self, guide: Guide, paths: tuple[str, ...]) -> None:
        for question in guide.questions:
            self._expected[question.id] = _lift(question, paths)
            self._texts[question.id] = question.text.in_language(self._words.name)
        if guide.questions:
            self._matchers.append(QuestionMatcher(guide, self._words.keys))

    def score(self, reading: Reading) -> Scores:
        """Return how much likelier than chance the question makes each code, in logs."""
        keys = [_key(segment) for segment in reading.segments]
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        self._weigh([key for key in places if any(key)])
        nothing = np.zeros(self._codes)
        lines = np.array([self._scores.get(key, nothing) for key in places])
        rows = np.array([places[key] for key in keys], dtype=np.int64)
        return lines.reshape(-1, self._codes)[rows]

    def reason(self, reading: Reading, row: int, code: int) -> Reason | None:
        """Return which question expects the code, or that the question is about it."""
        key = _key(reading.segments[row])
        asked = self.question_of(key[0])
        if asked is not None and self._expected[asked][code] > 0:
            return Reason(self.name, note=f"question {asked} expects it")
        if key in self._scores and self._scores[key][code] > 0:
            return Reason(self.name, note="the question is about it")
        return None

    def question_of(self, question: str) -> str | None:
        """Return the id of the guide question that an id or an interviewer's words stand for."""
        if question in self._expected:
            return question
        if not question:
            return None
        if question not in self._matched:
            found = [matcher.nearest(question) for matcher in self._matchers]
            near = [(score, key) for score, key in found if key is not None]
            self._matched[question] = max(near)[1] if near else None
        return self._matched[question]

    def _weigh(self, keys: list[tuple[str, str]]) -> None:
        """Work out the scores of the questions that are new."""
        new = [key for key in keys if key not in self._scores]
        spoken = [asked or self._texts.get(question, question) for question, asked in new]
        texts = [SegmentText(str(number), text) for number, text in enumerate(spoken)]
        scores = self._entry.score(read_segments(texts, self._vocabulary, self._words))
        for key, line in zip(new, scores, strict=True):
            question = self.question_of(key[0])
            expected = self._expected[question] if question is not None else 0.0
            self._scores[key] = expected + _ASKED * line


def _key(segment: SegmentText) -> tuple[str, str]:
    return segment.question.strip(), segment.asked.strip()


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
