"""Questions and their answers: which guide question each answer replies to.

Lemmas come in as a function, so that no language library is needed here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from qualcode.model import (
    Guide,
    Question,
    Role,
    Segment,
    SegmentKind,
    Span,
    Transcript,
    Turn,
)

Tokenizer = Callable[[str], Sequence[str]]
"""Text to its words or lemmas, in order."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def simple_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case: the plainest tokenizer."""
    return tuple(match.group().lower() for match in _WORD.finditer(text))


MIN_SCORE = 0.22
"""Least cosine between an interviewer's words and a guide question to call it a match."""
_ORDER_SCORE = 0.2
"""Cosine at which a new question of the guide is as likely as a follow-up of the last one."""
_BACK = 0.05
"""Cost of going back in the guide, in cosine."""
_FAR = 0.12
"""Cost of skipping the whole guide, in cosine; proportionally less for a part of it."""
_BACKCHANNEL_WORDS = 4
"""Longest interjection ("hm-hm, ja") in words that is no question."""
_THANKS = frozenset("dank bedankt thank thanks danke merci".split())


def cut_answers(
    transcript: Transcript,
    guide: Guide | None = None,
    tokenize: Tokenizer = simple_words,
) -> tuple[Segment, ...]:
    """Return the answers: an interviewer's question and the turns up to the next question.

    A short interjection of the interviewer without a question mark ("hm-hm") does not begin a
    new answer. With a guide, each answer gets the id of the guide question that is most similar
    to the interviewer's question; questions mostly come in the order of the guide. A follow-up
    that is similar to no question keeps the id of the question before it. Turns before the first
    question of the guide and after the interviewer's thanks have none.

    Args:
        transcript: With confirmed roles; without an interviewer there are no answers.
        guide: The topic guide of this respondent's group.
        tokenize: Gives the lemmas by which questions are compared.
    """
    exchanges = tuple(_exchanges(transcript))
    questions: Sequence[str | None] = [None] * len(exchanges)
    if guide and guide.questions:
        utterances = [
            " ".join(turn.span.of(transcript.text) for turn in question_turns)
            for question_turns, _ in exchanges
        ]
        matcher = QuestionMatcher(guide, tokenize, transcript.language)
        questions = matcher.in_order(utterances)
    answers: list[Segment] = []
    for (question_turns, reply), question in zip(exchanges, questions, strict=True):
        turns = (*question_turns, *reply)
        span = Span(turns[0].span.start, turns[-1].span.end)
        numbers = tuple(turn.number for turn in turns)
        answers.append(Segment(transcript.name, SegmentKind.ANSWER, span, numbers, question))
    return tuple(answers)


def _exchanges(transcript: Transcript) -> Iterable[tuple[list[Turn], list[Turn]]]:
    """Yield each run of an interviewer's turns with the turns that reply to it."""
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    question_turns: list[Turn] = []
    reply: list[Turn] = []
    for turn in transcript.turns:
        # Before anything was answered, even a short turn opens the talk.
        is_question = roles[turn.speaker] is Role.INTERVIEWER and not (
            reply and _is_backchannel(turn.span.of(transcript.text))
        )
        if is_question and reply:
            yield question_turns, reply
            question_turns, reply = [turn], []
        elif is_question:
            question_turns.append(turn)
        elif question_turns:
            reply.append(turn)
    if question_turns and reply:
        yield question_turns, reply


def _is_backchannel(words: str) -> bool:
    return "?" not in words and len(simple_words(words)) <= _BACKCHANNEL_WORDS


class QuestionMatcher:
    """Finds the question of a guide that is most similar to an interviewer's words."""

    def __init__(self, guide: Guide, tokenize: Tokenizer, language: str = "nl") -> None:
        self.tokenize = tokenize
        entries = [(q.id, Counter(tokenize(_question_words(q, language)))) for q in guide.questions]
        frequency = Counter(word for _, words in entries for word in words)
        # a word of one question identifies it; a word of every question has almost no weight
        self.weights = {w: math.log((len(entries) + 1) / n) for w, n in frequency.items()}
        self.vectors = [(key, self._vector(words)) for key, words in entries]

    def nearest(self, words: str) -> tuple[float, str | None]:
        """Return the cosine to the nearest question, and its id if that is near enough."""
        scores = self._scores(words)
        nearest = max(range(len(scores)), key=scores.__getitem__)
        return scores[nearest], self.vectors[nearest][0] if scores[nearest] >= MIN_SCORE else None

    def in_order(self, utterances: Sequence[str]) -> tuple[str | None, ...]:
        """Return the id of the question that each of an interviewer's utterances belongs to.

        The likeliest course through the guide (Viterbi 1967, IEEE Transactions on Information
        Theory 13(2), p. 260): each utterance may put a question, follow up the one before, or
        come before the first.

        Args:
            utterances: The interviewer's turns or runs of turns, in order.
        """
        if not utterances:
            return ()
        course = _likeliest_course(np.array([self._scores(words) for words in utterances]))
        ids = [key for key, _ in self.vectors]
        questions = [ids[place] if place < len(ids) else None for place in course]
        # "thank you" ends the interview: what follows replies to no question
        if len(utterances) > 1 and {*simple_words(utterances[-1])} & _THANKS:
            questions[-1] = None
        return tuple(questions)

    def _scores(self, words: str) -> list[float]:
        utterance = self._question_vector(Counter(self.tokenize(words)))
        return [_cosine(utterance, vector) for _, vector in self.vectors]

    def _question_vector(self, words: Counter[str]) -> dict[str, float]:
        """Return an interviewer's words as a vector; words of no question lower the cosine."""
        absent_weight = 0.5 * math.log(len(self.vectors) + 1)
        vector = {
            w: self.weights.get(w, absent_weight) * (1 + math.log(n)) for w, n in words.items()
        }
        length = math.sqrt(sum(v * v for v in vector.values()))
        return {w: v / length for w, v in vector.items()} if length else {}

    def _vector(self, words: Counter[str]) -> dict[str, float]:
        vector = {
            w: self.weights[w] * (1 + math.log(n)) for w, n in words.items() if self.weights.get(w)
        }
        length = math.sqrt(sum(v * v for v in vector.values()))
        return {w: v / length for w, v in vector.items()} if length else {}


def _question_words(question: Question, language: str) -> str:
    return " ".join((question.text.in_language(language), *question.terms))


def _cosine(vector: dict[str, float], other_vector: dict[str, float]) -> float:
    return sum(value * other_vector[word] for word, value in vector.items() if word in other_vector)


def _likeliest_course(scores: NDArray[np.float64]) -> list[int]:
    """Return the place in the guide of each utterance; one past the last place: not yet begun.

    Args:
        scores: Cosines, one row per utterance, one column per question in the order of the guide.
    """
    gain = scores - _ORDER_SCORE
    count = gain.shape[1]
    place = np.arange(count)
    step = place[None, :] - place[:, None]
    # cost of going from one question (row) to another (column); the next question costs nothing
    cost = _FAR * np.abs(step - (step > 0)) / count + _BACK * (step < 0)
    start_cost = _FAR * place / count
    np.fill_diagonal(cost, 0)
    total = np.append(gain[0] - start_cost, 0.0)
    origins: list[NDArray[np.int64]] = []
    for line in gain[1:]:
        ways = total[:count, None] - cost + line[None, :]
        # a follow-up need not be similar to its question
        np.fill_diagonal(ways, total[:count] + np.maximum(line, 0))
        ways = np.vstack((ways, total[count] - start_cost + line))
        origin = np.append(ways.argmax(axis=0), count)
        origins.append(origin)
        total = np.append(ways.max(axis=0), total[count])
    course = [int(total.argmax())]
    for origin in reversed(origins):
        course.append(int(origin[course[-1]]))
    return course[::-1]
