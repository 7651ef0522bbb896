"""Suggester 3, question: an answer is likely about what was asked.

The question comes as the id of a guide question, or as the interviewer's words, which are
matched to the guide. It counts in two ways: by the codes that the guide expects, and by its own
words, which are scored as the words of an answer are. The score is in units of log-likelihood.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from qualcode.messages import Message
from qualcode.model import Guide, Question, Reason
from qualcode.segmenting import QuestionMatcher
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Concordance, build_concordance
from qualcode.suggesting.entry import EntrySuggester
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.texts import SegmentText, Words
from qualcode.suggesting.vocabulary import Vocabulary

TRUST = 0.6
"""Chance that the code of an answer is one of those its question expects."""
_NEXT = 0.6
"""Weight of each further code in the question's list, relative to the code before it."""
_QUESTION_SHARE = 0.5
"""Weight of a word in the question, relative to the same word in an answer."""


class QuestionSuggester:
    """Weighs codes by what the question leads one to expect.

    Args:
        book: The codebook in lemmas.
        vocabulary: Its words.
        words: The language.
        guides: The topic guides; without a guide only the words of the question count.
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
        self._expectations: dict[str, Scores] = {}
        self._texts: dict[str, str] = {}
        self._matchers: list[QuestionMatcher] = []
        for guide in guides:
            self._take_in(guide, book.paths)
        # one question is asked in many interviews, and every sentence of an answer repeats it
        self._matches: dict[str, str | None] = {}
        self._scores: dict[tuple[str, str], Scores] = {}

    def _take_in(self, guide: Guide, paths: tuple[str, ...]) -> None:
        for question in guide.questions:
            self._expectations[question.id] = _lift(question, paths)
            self._texts[question.id] = question.text.in_language(self._words.name)
        if guide.questions:
            self._matchers.append(QuestionMatcher(guide, self._words.keys, self._words.name))

    def score(self, concordance: Concordance) -> Scores:
        """Return how much likelier than chance the question makes each code, in logs."""
        keys = [_key(segment) for segment in concordance.segments]
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        self._weigh([key for key in places if any(key)])
        zeros = np.zeros(self._codes)
        lines = np.array([self._scores.get(key, zeros) for key in places])
        rows = np.array([places[key] for key in keys], dtype=np.int64)
        return lines.reshape(-1, self._codes)[rows]

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return which question expects the code, or that the question is about it."""
        key = _key(concordance.segments[row])
        question = self.question_of(key[0])
        if question is not None and self._expectations[question][code] > 0:
            return Reason(
                self.name, note=Message("question {question} expects it", question=question)
            )
        if key in self._scores and self._scores[key][code] > 0:
            return Reason(self.name, note="the question is about it")
        return None

    def question_of(self, question: str) -> str | None:
        """Return the id of the guide question for an id or for the words of an interviewer."""
        if question in self._expectations:
            return question
        if not question:
            return None
        if question not in self._matches:
            # a text that is no id is the interviewer's words
            candidates = [matcher.nearest(question) for matcher in self._matchers]
            matches = [(score, key) for score, key in candidates if key is not None]
            self._matches[question] = max(matches)[1] if matches else None
        return self._matches[question]

    def _weigh(self, keys: list[tuple[str, str]]) -> None:
        """Compute the scores of the questions that have none yet."""
        new = [key for key in keys if key not in self._scores]
        utterances = [words or self._texts.get(question, question) for question, words in new]
        texts = [SegmentText(str(number), text) for number, text in enumerate(utterances)]
        scores = self._entry.score(build_concordance(texts, self._vocabulary, self._words))
        for key, line in zip(new, scores, strict=True):
            question = self.question_of(key[0])
            expectation = self._expectations[question] if question is not None else 0.0
            self._scores[key] = expectation + _QUESTION_SHARE * line


def _key(segment: SegmentText) -> tuple[str, str]:
    return segment.question.strip(), segment.question_text.strip()


def _lift(question: Question, paths: tuple[str, ...]) -> Scores:
    """Return the log-lift of each code; zeros where the question expects no code of the book."""
    base_rate = np.full(len(paths), 1 / len(paths))
    expectation = np.zeros(len(paths))
    weight = 1.0
    for path in question.codes:
        below = [i for i, p in enumerate(paths) if p == path or p.startswith(path + "/")]
        for column in below:
            # a theme that is expected shares its chance among its codes
            expectation[column] += weight / len(below)
        # a code that the book no longer has takes no place in the list
        weight *= _NEXT if below else 1
    if not expectation.any():
        return np.zeros(len(paths))
    # the share of chance keeps the logarithm finite for codes that the question does not expect
    chances = TRUST * expectation / expectation.sum() + (1 - TRUST) * base_rate
    lift: Scores = np.log(chances / base_rate)
    return lift
