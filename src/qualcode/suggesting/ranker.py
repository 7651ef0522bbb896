"""Rank every code of a book for pieces of text, with reasons.

Owns how suggesters are combined and which suggestions a coder sees. The project keeps who saw
which suggestions and makes codings of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from qualcode.errors import InvalidTableError, Problem
from qualcode.messages import Message
from qualcode.model import Codebook, Guide, Reason, Span, Suggestion
from qualcode.suggesting.book import Book, read_book
from qualcode.suggesting.concordance import Concordance, Integers, build_concordance
from qualcode.suggesting.entry import EntrySuggester
from qualcode.suggesting.fusion import (
    DEFAULT_WEIGHTS,
    Weights,
    are_enough,
    code_matrix,
    fuse,
    weights_for,
)
from qualcode.suggesting.protocol import Scores, Suggester
from qualcode.suggesting.questions import QuestionSuggester
from qualcode.suggesting.terms import TermsSuggester
from qualcode.suggesting.texts import CodedPassage, SegmentText, Words
from qualcode.suggesting.vocabulary import Vocabulary

VERSION = "2"
"""Version of the fused suggestions; changes when the same input would give other ones."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The codes of a book ranked for pieces of text.

    Attributes:
        concordance: The pieces of text and the words of the book in them.
        paths: Paths of the codes, by column.
        probabilities: One row per piece of text, one column per code; rows add up to 1.
        order: Columns of the codes per piece of text, best first.
        scores: Scores by suggester, in the shape of ``probabilities``.
        suggesters: The suggesters, in order.
    """

    concordance: Concordance
    paths: tuple[str, ...]
    probabilities: Scores
    order: Integers
    scores: Mapping[str, Scores]
    suggesters: tuple[Suggester, ...]

    def of(
        self,
        row: int,
        limit: int | None = None,
        floor: float = 0.0,
        *,
        leave_out: Collection[str] = (),
        with_reason: bool = False,
    ) -> tuple[Suggestion, ...]:
        """Return the suggestions for one piece of text, best first.

        Args:
            row: Which piece of text.
            limit: How many at most; None for every code.
            floor: Least probability.
            leave_out: Paths of codes not to suggest: the coder rejected them for this text.
            with_reason: Leave out codes without a reason.
        """
        line = self.probabilities[row]
        suggestions: list[Suggestion] = []
        for code in self.order[row].tolist():
            if line[code] < floor or len(suggestions) == limit:
                break
            if self.paths[code] in leave_out or (with_reason and not self._speaks(row, code)):
                continue
            suggestions.append(self._suggestion(row, code))
        return tuple(suggestions)

    def all(self, limit: int | None = None, floor: float = 0.0) -> Iterator[tuple[Suggestion, ...]]:
        """Yield the suggestions of each piece of text, in order."""
        for row in range(len(self.concordance.segments)):
            yield self.of(row, limit, floor)

    def _speaks(self, row: int, code: int) -> bool:
        return any(table[row, code] > 0 for table in self.scores.values())

    def _suggestion(self, row: int, code: int) -> Suggestion:
        reasons = tuple(
            reason
            for suggester in self.suggesters
            if self.scores[suggester.name][row, code] > 0
            and (reason := suggester.reason(self.concordance, row, code)) is not None
        )
        return Suggestion(
            segment=self.concordance.segments[row].id,
            code=self.paths[code],
            # the sum of a row may exceed 1 by rounding
            probability=min(1.0, float(self.probabilities[row, code])),
            span=self._support(row, reasons),
            reasons=reasons,
            version=VERSION,
        )

    def _support(self, row: int, reasons: tuple[Reason, ...]) -> Span | None:
        """Return the sentence that holds most of the reasons, else the whole text."""
        segment = self.concordance.segments[row]
        if not segment.text:
            return None
        places = [span.start - segment.start for reason in reasons for span in reason.spans]
        # reasons without words, such as the question, are about the whole text
        if not places:
            return Span(segment.start, segment.start + len(segment.text))
        start, end = self.concordance.sentences.around(row, places)
        return self.concordance.span_of(row, start, start + len(segment.text[start:end].rstrip()))


class Ranker:
    """Ranks the codes of a codebook for any text.

    Attributes:
        book: The codebook in lemmas; its ``problems`` name the codes with an empty entry.
        vocabulary: Its words.
        suggesters: The suggesters in use, in order.
        weights: The weight of each suggester.
    """

    def __init__(
        self,
        codebook: Codebook,
        words: Words,
        guides: Iterable[Guide] = (),
        further_suggesters: Sequence[Suggester] = (),
        weights: Weights = DEFAULT_WEIGHTS,
    ) -> None:
        self.book: Book = read_book(codebook, words)
        self.weights = weights
        self._words = words
        self.vocabulary = Vocabulary(self.book, words)
        suggesters: tuple[Suggester, ...] = (
            TermsSuggester(self.book, self.vocabulary),
            EntrySuggester(self.book, self.vocabulary),
            QuestionSuggester(self.book, self.vocabulary, words, guides),
        )
        self.suggesters: tuple[Suggester, ...] = (*suggesters, *further_suggesters)

    def with_suggesters(self, *suggesters: Suggester) -> Self:
        """Return this ranker with further suggesters, without reading the book again."""
        ranker = copy(self)
        ranker.suggesters = (*self.suggesters, *suggesters)
        return ranker

    def fit_to(self, passages: Sequence[CodedPassage]) -> Self:
        """Return this ranker with weights fitted to coded passages.

        Few passages keep the weights near the default ones; too few leave the default ones.
        """
        matrix = code_matrix(passages, self.book.paths)
        ranker = copy(self)
        # without a fit nothing is read: a trained model needs seconds for what a coder coded
        if not are_enough(matrix):
            ranker.weights = DEFAULT_WEIGHTS
            return ranker
        concordance = self.read([passage.segment for passage in passages])
        scores = {suggester.name: suggester.score(concordance) for suggester in self.suggesters}
        ranker.weights = weights_for(scores, self.book.general, matrix)
        return ranker

    def lexical_keys(self, text: str) -> tuple[str, ...]:
        """Return the keys of the words of a text that are not function words."""
        return self._words.lexical_keys(text)

    def read(self, segments: Sequence[SegmentText]) -> Concordance:
        """Return the words of the book that occur in pieces of text."""
        return build_concordance(segments, self.vocabulary, self._words)

    def rank(self, segments: Sequence[SegmentText]) -> Ranking:
        """Return every code ranked for each piece of text."""
        concordance = self.read(segments)
        scores = {suggester.name: suggester.score(concordance) for suggester in self.suggesters}
        chances = fuse(scores, self.book.general, self.weights)
        # stable: codes with the same probability keep the order of the codebook
        order = np.argsort(-chances, axis=1, kind="stable")
        return Ranking(concordance, self.book.paths, chances, order, scores, self.suggesters)


def rank_segments(
    codebook: Codebook,
    words: Words,
    segments: Iterable[Mapping[str, Any]],
    guide: Guide | None = None,
) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """Return suggestions outside a project, as plain data to be written line by line.

    Args:
        codebook: The codebook.
        words: The language of the texts.
        segments: Each with ``id``, ``text`` and, where known, ``question``: the id of a guide
            question, or what the interviewer said.
        guide: The topic guide.

    Returns:
        Per segment ``{"id", "suggestions": [{"code", "theme", "probability", "because"}]}`` with
        every code of the book, best first; and the problems of the codebook's entries.

    Raises:
        InvalidTableError: a segment without id or text; the text names its number.
        UndefinedRequestError: the codebook has no codes.
    """
    ranker = Ranker(codebook, words, [guide] if guide else [])
    texts = [_segment_text(number, item) for number, item in enumerate(segments, 1)]
    ranking = ranker.rank(texts)
    lines = [
        {"id": item.id, "suggestions": [_as_row(s) for s in suggestions]}
        for item, suggestions in zip(texts, ranking.all(), strict=True)
    ]
    return lines, ranker.book.problems


def _as_row(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "code": suggestion.code,
        "theme": suggestion.theme,
        "probability": round(suggestion.probability, 4),
        "because": list(suggestion.because),
    }


def _segment_text(number: int, item: Mapping[str, Any]) -> SegmentText:
    if not isinstance(item, Mapping):
        raise InvalidTableError(
            Message("Segment {number} is not an object with 'id' and 'text'.", number=number)
        )
    for field in ("id", "text"):
        if field not in item:
            raise InvalidTableError(
                Message(
                    "Segment {number} has no '{field}'. A line holds 'id', 'text' and, where "
                    "known, 'question'.",
                    number=number,
                    field=field,
                )
            )
    text, question = item["text"], item.get("question") or ""
    if not isinstance(text, str) or not isinstance(question, str):
        raise InvalidTableError(
            Message("Segment {number} has a text or question that is not a text.", number=number)
        )
    return SegmentText(str(item["id"]), text, question)
