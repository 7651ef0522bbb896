"""Suggester 8, language model: what a model on the researcher's machine said of each passage.

It reads the answers that were kept and asks nothing itself: asking takes minutes to hours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.messages import Message
from qualcode.model import LanguageModel, Reason
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.language_models.answers import Answers, Verdict, verdict_key
from qualcode.suggesting.language_models.prompts import describe_codes
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.texts import SegmentText

NAME = "language_model"


class LanguageModelSuggester:
    """Weighs codes by the kept answers of a language model.

    Args:
        book: The codebook.
        language: Language of the transcripts.
        model: The model.
        answers: Its answers.
    """

    name = NAME

    def __init__(self, book: Book, language: str, model: LanguageModel, answers: Answers) -> None:
        self.version = model.description
        self.model = model
        entries = describe_codes(book.codebook, language)
        self._entries = [entries[path] for path in book.paths]
        self._answers = answers

    def score(self, concordance: Concordance) -> Scores:
        """Return 1 for the one code that the model gave a text, less where it gave several."""
        scores = np.zeros((len(concordance.segments), len(self._entries)))
        for row, line in enumerate(self._verdicts(concordance.segments)):
            is_given = np.array([bool(verdict and verdict.places) for verdict in line])
            if is_given.any():
                # A model that gives many codes to one text says less with each of them.
                scores[row, is_given] = is_given.sum() ** -0.5
        return scores

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return the words that the model gave, which stand literally in the text."""
        (line,) = self._verdicts(concordance.segments[row : row + 1])
        verdict = line[code]
        if verdict is None or not verdict.places:
            return None
        return Reason(
            self.name,
            words=tuple(concordance.words_at(row, *place) for place in verdict.places),
            spans=tuple(concordance.span_of(row, *place) for place in verdict.places),
            note=Message("says {model}", model=self.model.name),
        )

    def count_judged(self, segments: Sequence[SegmentText]) -> int:
        """Return of how many texts the model has judged every code."""
        return sum(None not in line for line in self._verdicts(segments))

    def _verdicts(self, segments: Sequence[SegmentText]) -> list[list[Verdict | None]]:
        keys = [[verdict_key(entry, segment) for entry in self._entries] for segment in segments]
        verdicts = self._answers.find({key for line in keys for key in line})
        return [[verdicts.get(key) for key in line] for line in keys]
