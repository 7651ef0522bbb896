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
"""Cosine at which a question of the guide is as likely as that the one before is followed up."""
_BACK = 0.05
"""What going back in the guide costs, in cosine."""
_FAR = 0.12
"""What it costs to pass over the whole guide, in cosine; less for a part of it."""
_BACKCHANNEL_WORDS = 4
_THANKS = frozenset("dank bedankt thank thanks danke merci".split())


def cut_answers(
    transcript: Transcript,
    guide: Guide | None = None,
    tokenize: Tokenizer = simple_words,
) -> tuple[Segment, ...]:
    """Return the answers: an interviewer's question and the turns up to the next question.

    A short interjection of the interviewer without a question mark ("hm-hm") does not begin a
    new answer. Where a guide is given, each answer carries the id of the guide question that
    its question is most like, given that questions mostly come in the order of the guide; a
    follow-up that is like none keeps the question before. What is said before the first question
    of the guide and after the interviewer's thanks has none.

    Args:
        transcript: With confirmed roles; without an interviewer there are no answers.
        guide: The topic guide of this respondent's group.
        tokenize: Gives the lemmas by which questions are compared.
    """
    exchanges = tuple(_exchanges(transcript))
    questions: Sequence[str | None] = [None] * len(exchanges)
    if guide and guide.questions:
        spoken = [
            " ".join(turn.span.of(transcript.text) for turn in asked) for asked, _ in exchanges
        ]
        questions = QuestionMatcher(guide, tokenize).in_order(spoken)
    answers: list[Segment] = []
    for (asked, reply), question in zip(exchanges, questions, strict=True):
        turns = (*asked, *reply)
        span = Span(turns[0].span.start, turns[-1].span.end)
        numbers = tuple(turn.number for turn in turns)
        answers.append(Segment(transcript.name, SegmentKind.ANSWER, span, numbers, question))
    return tuple(answers)


def _exchanges(transcript: Transcript) -> Iterable[tuple[list[Turn], list[Turn]]]:
    """Yield each run of interviewer's turns with the turns that reply to it."""
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    asked: list[Turn] = []
    reply: list[Turn] = []
    for turn in transcript.turns:
        is_question = roles[turn.speaker] is Role.INTERVIEWER and not (
            reply and _is_backchannel(turn.span.of(transcript.text))
        )
        if is_question and reply:
            yield asked, reply
            asked, reply = [turn], []
        elif is_question:
            asked.append(turn)
        elif asked:
            reply.append(turn)
    if asked and reply:
        yield asked, reply


def _is_backchannel(words: str) -> bool:
    return "?" not in words and len(simple_words(words)) <= _BACKCHANNEL_WORDS


class QuestionMatcher:
    """Finds the guide question that an interviewer's words are most like."""

    def __init__(self, guide: Guide, tokenize: Tokenizer) -> None:
        self.tokenize = tokenize
        entries = [(q.id, Counter(tokenize(_question_words(q)))) for q in guide.questions]
        seen = Counter(word for _, words in entries for word in words)
        # rarer words tell questions apart; words of half the guide tell nothing
        self.weights = {w: math.log((len(entries) + 1) / n) for w, n in seen.items()}
        self.vectors = [(key, self._vector(words)) for key, words in entries]

    def nearest(self, words: str) -> tuple[float, str | None]:
        """Return the cosine to the nearest question, and its id if that is near enough."""
        scores = self._scores(words)
        best = max(range(len(scores)), key=scores.__getitem__)
        return scores[best], self.vectors[best][0] if scores[best] >= MIN_SCORE else None

    def in_order(self, spoken: Sequence[str]) -> tuple[str | None, ...]:
        """Return the id of the question that each of an interviewer's utterances belongs to.

        The likeliest course through the guide (Viterbi 1967, IEEE Transactions on Information
        Theory 13(2), p. 260): each utterance may put a question, follow up the one before, or
        come before the first.

        Args:
            spoken: What the interviewer said, in order.
        """
        if not spoken:
            return ()
        course = _likeliest_course(np.array([self._scores(words) for words in spoken]))
        ids = [key for key, _ in self.vectors]
        found = [ids[place] if place < len(ids) else None for place in course]
        said = [set(simple_words(words)) for words in spoken]
        if len(said) > 1 and said[-1] & _THANKS:
            found[-1] = None
        return tuple(found)

    def _scores(self, words: str) -> list[float]:
        asked = self._asked(Counter(self.tokenize(words)))
        return [_cosine(asked, vector) for _, vector in self.vectors]

    def _asked(self, words: Counter[str]) -> dict[str, float]:
        """Return the interviewer's words as a vector; those the guide lacks speak against it."""
        other = 0.5 * math.log(len(self.vectors) + 1)
        vector = {w: self.weights.get(w, other) * (1 + math.log(n)) for w, n in words.items()}
        length = math.sqrt(sum(v * v for v in vector.values()))
        return {w: v / length for w, v in vector.items()} if length else {}

    def _vector(self, words: Counter[str]) -> dict[str, float]:
        vector = {
            w: self.weights[w] * (1 + math.log(n)) for w, n in words.items() if self.weights.get(w)
        }
        length = math.sqrt(sum(v * v for v in vector.values()))
        return {w: v / length for w, v in vector.items()} if length else {}


def _question_words(question: Question) -> str:
    return " ".join((question.text.in_language("nl"), *question.terms))


def _cosine(one: dict[str, float], two: dict[str, float]) -> float:
    return sum(value * two[word] for word, value in one.items() if word in two)


def _likeliest_course(scores: NDArray[np.float64]) -> list[int]:
    """Return the place in the guide of each utterance; one past the last place: not yet begun.

    Args:
        scores: Cosines, one row per utterance, one column per question in the order of the guide.
    """
    gain = scores - _ORDER_SCORE
    count = gain.shape[1]
    place = np.arange(count)
    step = place[None, :] - place[:, None]
    # what going from one question (row) to another (column) costs
    cost = _FAR * np.abs(step - (step > 0)) / count + _BACK * (step < 0)
    begin = _FAR * place / count
    np.fill_diagonal(cost, 0)
    total = np.append(gain[0] - begin, 0.0)
    before: list[NDArray[np.int64]] = []
    for line in gain[1:]:
        ways = total[:count, None] - cost + line[None, :]
        # a follow-up need not be like its question
        np.fill_diagonal(ways, total[:count] + np.maximum(line, 0))
        ways = np.vstack((ways, total[count] - begin + line))
        chosen = np.append(ways.argmax(axis=0), count)
        before.append(chosen)
        total = np.append(ways.max(axis=0), total[count])
    course = [int(total.argmax())]
    for chosen in reversed(before):
        course.append(int(chosen[course[-1]]))
    return course[::-1]
