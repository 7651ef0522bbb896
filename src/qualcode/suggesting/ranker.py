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
from threadpoolctl import threadpool_limits

from qualcode.errors import InvalidTableError, Problem
from qualcode.messages import Message
from qualcode.model import Codebook, Guide, Reason, Span, Suggestion
from qualcode.suggesting.book import Book, read_book
from qualcode.suggesting.concordance import Concordance, build_concordance
from qualcode.suggesting.embeddings import Embedder, Vectors
from qualcode.suggesting.entry import EntrySuggester
from qualcode.suggesting.fusion import Weights, default_weights
from qualcode.suggesting.gate import Chances, text_features
from qualcode.suggesting.groups import GroupSuggester
from qualcode.suggesting.language_models.suggester import NAME as LANGUAGE_MODEL
from qualcode.suggesting.learning import (
    Evidence,
    Judgement,
    choose_fitted,
    learn,
    with_context,
)
from qualcode.suggesting.lexicon import Integers
from qualcode.suggesting.meaning import MeaningSuggester
from qualcode.suggesting.protocol import Scores, Suggester
from qualcode.suggesting.questions import QuestionSuggester
from qualcode.suggesting.related import RelatedWordsSuggester
from qualcode.suggesting.terms import TermsSuggester
from qualcode.suggesting.texts import CodedPassage, SegmentText, Words
from qualcode.suggesting.vocabulary import Vocabulary

VERSION = "5"
"""Version of the fused suggestions; changes when the same input would give other ones."""
_LEAST = 0.15
"""Utility that a suggester must add for its reason to be told: each text is a little nearer to half
of the codes than to the others."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The codes of a book ranked for pieces of text.

    Attributes:
        concordance: The pieces of text and the words of the book in them.
        paths: Paths of the codes, by column.
        probabilities: One row per piece of text, one column per code; a row adds up to the
            probability that some code applies.
        applies: That probability, per piece of text.
        order: Columns of the codes per piece of text, best first.
        contributions: What each suggester adds to the utility, in the shape of
            ``probabilities``.
        suggesters: The suggesters, in order.
    """

    concordance: Concordance
    paths: tuple[str, ...]
    probabilities: Scores
    applies: Chances
    order: Integers
    contributions: Mapping[str, Scores]
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
        return any(
            self.contributions[suggester.name][row, code] >= _LEAST for suggester in self.suggesters
        )

    def _suggestion(self, row: int, code: int) -> Suggestion:
        reasons = tuple(
            reason
            for suggester in self.suggesters
            if self.contributions[suggester.name][row, code] >= _LEAST
            and (reason := suggester.reason(self.concordance, row, code)) is not None
        )
        return Suggestion(
            segment=self.concordance.segments[row].id,
            code=self.paths[code],
            # the sum of a row may exceed 1 by rounding
            probability=min(1.0, float(self.probabilities[row, code])),
            span=self._support(row, reasons),
            reasons=reasons,
            version=self._version(reasons),
        )

    def _version(self, reasons: tuple[Reason, ...]) -> str:
        """Return the version, with the language model where it speaks for the suggestion."""
        speaking = {reason.suggester for reason in reasons}
        models = [
            suggester.version
            for suggester in self.suggesters
            if suggester.name == LANGUAGE_MODEL and suggester.name in speaking
        ]
        return " with ".join((VERSION, *models))

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
        vectors: The embedding model in use; None for words alone.
        judgement: How evidence becomes probabilities; :meth:`learn` changes it.
    """

    def __init__(
        self,
        codebook: Codebook,
        words: Words,
        guides: Iterable[Guide] = (),
        further_suggesters: Sequence[Suggester] = (),
        weights: Weights | None = None,
        *,
        vectors: Vectors | None = None,
    ) -> None:
        self.book: Book = read_book(codebook, words)
        self.vectors = vectors
        self._words = words
        self.vocabulary = Vocabulary(self.book, words)
        suggesters: tuple[Suggester, ...] = (
            TermsSuggester(self.book, self.vocabulary),
            EntrySuggester(self.book, self.vocabulary),
            QuestionSuggester(self.book, self.vocabulary, words, guides),
            GroupSuggester(self.book),
        )
        if vectors is not None:
            suggesters = (
                *suggesters,
                MeaningSuggester(self.book, vectors, words.name),
                RelatedWordsSuggester(self.book, vectors, words),
            )
        self.suggesters: tuple[Suggester, ...] = (*suggesters, *further_suggesters)
        names = [suggester.name for suggester in self.suggesters]
        self.judgement = Judgement(weights or default_weights(names))

    def with_suggesters(self, *suggesters: Suggester) -> Self:
        """Return this ranker with further suggesters, without reading the book again."""
        ranker = copy(self)
        ranker.suggesters = (*self.suggesters, *suggesters)
        return ranker

    def learn(self, passages: Sequence[CodedPassage]) -> Self:
        """Return this ranker with what can be learned from coded passages.

        Few passages keep weights and gate near the default ones; too few leave them as they are.
        """
        ranker = copy(self)
        if passages:
            fitted = choose_fitted(passages)
            evidence = self.weigh([passage.segment for passage in fitted])
            ranker.judgement = learn(passages, fitted, evidence, self.book, self.vectors)
        return ranker

    def taught(self, judgement: Judgement) -> Self:
        """Return this ranker with a judgement that it learned before."""
        ranker = copy(self)
        ranker.judgement = judgement
        return ranker

    @property
    def language(self) -> str:
        """The language of the texts."""
        return self._words.name

    @property
    def weights(self) -> Weights:
        """The weight of each suggester."""
        return self.judgement.weights

    def weigh(
        self, segments: Sequence[SegmentText], concordance: Concordance | None = None
    ) -> Evidence:
        """Return what the suggesters say of pieces of text.

        Args:
            segments: The pieces.
            concordance: The same, as :meth:`read` gives it; read where it is not given.
        """
        concordance = self.read(segments) if concordance is None else concordance
        # Threads that wait for each other cost more than they save on tables of this size.
        with threadpool_limits(limits=1, user_api="blas"):
            scores = {suggester.name: suggester.score(concordance) for suggester in self.suggesters}
        return Evidence(with_context(scores, segments), text_features(segments, self._words))

    def lexical_keys(self, text: str) -> tuple[str, ...]:
        """Return the keys of the words of a text that are not function words."""
        return self._words.lexical_keys(text)

    def read(self, segments: Sequence[SegmentText]) -> Concordance:
        """Return the words of the book that occur in pieces of text."""
        return build_concordance(segments, self.vocabulary, self._words)

    def rank(self, segments: Sequence[SegmentText]) -> Ranking:
        """Return every code ranked for each piece of text."""
        concordance = self.read(segments)
        evidence = self.weigh(segments, concordance)
        judgement, scores, suggesters = self.judgement, dict(evidence.scores), self.suggesters
        said = None
        if judgement.examples is not None:
            said = judgement.examples.judge([segment.text for segment in segments])
            scores[judgement.examples.name] = said[0]
            suggesters = (*suggesters, judgement.examples)
        chances, applies = judgement.probabilities(evidence, self.book.general, said)
        # stable: codes with the same probability keep the order of the codebook
        order = np.argsort(-chances, axis=1, kind="stable")
        contributions = {
            name: judgement.weights.of.get(name, 0.0) * table for name, table in scores.items()
        }
        return Ranking(
            concordance, self.book.paths, chances, applies, order, contributions, suggesters
        )


def rank_segments(
    codebook: Codebook,
    words: Words,
    segments: Iterable[Mapping[str, Any]],
    guide: Guide | None = None,
    embedder: Embedder | None = None,
) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """Return suggestions outside a project, as plain data to be written line by line.

    Args:
        codebook: The codebook.
        words: The language of the texts.
        segments: Each with ``id``, ``text`` and, where known, ``question``: the id of a guide
            question, or what the interviewer said; and ``group``, that of the respondent.
        guide: The topic guide.
        embedder: The embedding model; None for words alone.

    Returns:
        Per segment ``{"id", "suggestions": [{"code", "theme", "probability", "because"}]}`` with
        every code of the book, best first; and the problems of the codebook's entries.

    Raises:
        InvalidTableError: a segment without id or text; the text names its number.
        UndefinedRequestError: the codebook has no codes.
    """
    vectors = Vectors(embedder) if embedder is not None else None
    ranker = Ranker(codebook, words, [guide] if guide else [], vectors=vectors)
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
                    "known, 'question' and 'group'.",
                    number=number,
                    field=field,
                )
            )
    text, question, group = item["text"], item.get("question") or "", item.get("group") or ""
    if not all(isinstance(value, str) for value in (text, question, group)):
        raise InvalidTableError(
            Message(
                "Segment {number} has a text, question or group that is not a text.",
                number=number,
            )
        )
    return SegmentText(str(item["id"]), text, question, group=group)
