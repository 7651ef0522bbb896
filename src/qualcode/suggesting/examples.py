"""Suggester 4, examples: what this project has coded so far.

One regularised logistic regression per code, on TF-IDF of words and of parts of words. Training
takes seconds for 5,000 codings; an accepted or rejected suggestion updates the regression without
a new training. A code with few examples gets no score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.messages import Message
from qualcode.model import Reason
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.texts import CodedPassage

if TYPE_CHECKING:
    from sklearn.linear_model import SGDClassifier

FEWEST = 3
"""Examples that a code needs to get a score."""
_LOWEST, _HIGHEST = -2.0, 4.0
"""Bounds of the log-lift, so that this suggester never decides alone."""
_PENALTY = 1e-4
"""Strength of the L2 penalty, as scikit-learn has it by default."""


class ExamplesSuggester:
    """Weighs codes by the likeness of a text to their examples.

    Args:
        paths: Paths of the codes of the book, by column.
        passages: What people coded.
    """

    name = "examples"

    def __init__(self, paths: Sequence[str], passages: Iterable[CodedPassage]) -> None:
        self._paths = tuple(paths)
        self._learned = 0
        self._models: dict[str, SGDClassifier] = {}
        self._base: dict[str, float] = {}
        self._vectorizer: Any = None
        examples = [
            passage for passage in passages if passage.segment.text.strip() and passage.codes
        ]
        if examples:
            self._train(examples)

    @property
    def version(self) -> str:
        """Changes with the number of examples learned from."""
        return f"1.{self._learned}"

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes with enough examples for a score."""
        return tuple(path for path in self._paths if path in self._models)

    def learn(self, text: str, code: str, *, accepted: bool) -> None:
        """Learn from one suggestion that was accepted or rejected."""
        model = self._models.get(code)
        if model is not None:
            model.partial_fit(self._vectorizer.transform([text]), [int(accepted)])
        self._learned += 1

    def score(self, concordance: Concordance) -> Scores:
        """Return the log-odds of each code, minus those of its share among the examples."""
        scores = np.zeros((len(concordance.segments), len(self._paths)))
        if not self._models or not concordance.segments:
            return scores
        table = self._vectorizer.transform([segment.text for segment in concordance.segments])
        for column, path in enumerate(self._paths):
            model = self._models.get(path)
            if model is not None:
                lift = model.decision_function(table) - self._base[path]
                scores[:, column] = np.clip(lift, _LOWEST, _HIGHEST)
        # a text without a word of the examples would get the intercept of each model as its score
        scores[np.asarray(table.sum(axis=1)).ravel() == 0] = 0
        return scores

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return that the text is like passages that were given the code."""
        del concordance, row
        return Reason(
            self.name, note=Message("like passages coded '{path}'", path=self._paths[code])
        )

    def _train(self, examples: list[CodedPassage]) -> None:
        self._vectorizer = _vectorizer()
        table = self._vectorizer.fit_transform([example.segment.text for example in examples])
        holders: dict[str, list[int]] = defaultdict(list)
        for row, example in enumerate(examples):
            for path in example.codes:
                holders[path].append(row)
        for path in self._paths:
            rows = holders.get(path, [])
            # a code that every example has leaves no examples without it to learn from
            if FEWEST <= len(rows) < len(examples):
                labels = np.zeros(len(examples), dtype=np.int64)
                labels[rows] = 1
                self._models[path] = _classifier().fit(table, labels)
                share = len(rows) / len(examples)
                self._base[path] = float(np.log(share / (1 - share)))
        self._learned = len(examples)


def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    # parts of words find compounds and misspellings that no word list has
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return FeatureUnion([("words", words), ("pieces", pieces)])


def _classifier() -> SGDClassifier:
    from sklearn.linear_model import SGDClassifier

    # weights averaged over all steps depend less on which examples come last
    return SGDClassifier(
        loss="log_loss", alpha=_PENALTY, max_iter=50, tol=1e-3, average=True, random_state=0
    )
