"""Questions and their answers: which guide question each answer replies to.

Lemmas come in as a function, so that no language library is needed here.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

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
_BACKCHANNEL_WORDS = 4


def cut_answers(
    transcript: Transcript,
    guide: Guide | None = None,
    tokenize: Tokenizer = simple_words,
) -> tuple[Segment, ...]:
    """Return the answers: an interviewer's question and the turns up to the next question.

    A short interjection of the interviewer without a question mark ("hm-hm") does not begin a
    new answer. Where a guide is given, each answer carries the id of the guide question that
    its question is most like; a follow-up that is like none keeps the question before.

    Args:
        transcript: With confirmed roles; without an interviewer there are no answers.
        guide: The topic guide of this respondent's group.
        tokenize: Gives the lemmas by which questions are compared.
    """
    matcher = QuestionMatcher(guide, tokenize) if guide and guide.questions else None
    answers: list[Segment] = []
    question: str | None = None
    for asked, reply in _exchanges(transcript):
        if matcher:
            words = " ".join(turn.span.of(transcript.text) for turn in asked)
            question = matcher.best(words) or question
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

    def best(self, words: str) -> str | None:
        """Return the id of the nearest question, or None where none is near enough."""
        return self.nearest(words)[1]

    def nearest(self, words: str) -> tuple[float, str | None]:
        """Return the cosine to the nearest question, and its id if that is near enough."""
        asked = self._asked(Counter(self.tokenize(words)))
        scored = [(_cosine(asked, vector), key) for key, vector in self.vectors]
        score, key = max(scored, key=lambda pair: pair[0])
        return score, key if score >= MIN_SCORE else None

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
