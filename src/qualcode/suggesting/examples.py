"""Suggester 4, examples: what this project has coded so far.

Regularised least squares classification (Rifkin and Klautau 2004, Journal of Machine Learning
Research 5, p. 101) on TF-IDF of words, of parts of words and, where an embedding model is in use,
on sentence vectors. Every passage trains all codes at once, and what would be said of an interview
without its own passages follows from the same solution (p. 112), so that the weight of the examples
is fitted to work that they did not see. One more class is "nothing applies".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from qualcode.messages import Message
from qualcode.model import Reason
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.embeddings import Vectors
from qualcode.suggesting.meaning import center
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.solution import Solution
from qualcode.suggesting.texts import CodedPassage
from qualcode.suggesting.word_counts import WordSpace

Features = tuple[Any, NDArray[np.float32] | None]
"""Sparse counts of words and parts of words, and sentence vectors where a model is in use."""

_RIDGE = 1.5
"""Regularisation; measured by interview on the sample, 0.5 and 3 are alike."""
_HALF = 100
"""Passages from which examples count for half of what they say: fewer say little."""
_MOST = 2_000
"""Passages learned from; more would take longer than a second and change little."""
_FLOOR = 0.004
"""Least share of a code, so that a code without examples is held back and not ruled out."""
_REJECTED = -0.3
"""What a rejected suggestion says of its code, where a given code says 1."""


class ExamplesSuggester:
    """Weighs codes by the likeness of a text to what people coded.

    Args:
        paths: Paths of the codes of the book, by column.
        passages: What people coded, and sentences that they read and left uncoded.
        vectors: The embedding model in use.
    """

    name = "examples"

    def __init__(
        self,
        paths: Sequence[str],
        passages: Iterable[CodedPassage],
        vectors: Vectors | None = None,
    ) -> None:
        self._paths = tuple(paths)
        self._vectors = vectors
        known = frozenset(paths)
        listed = [
            passage
            for passage in passages
            # codings of codes that left the book teach nothing about those in it
            if passage.segment.text.strip() and (known & passage.codes or not passage.codes)
        ]
        self._passages = _spread(listed)
        self.count = sum(bool(passage.codes) for passage in self._passages)
        self.solution: Solution | None = self._train() if self.count else None

    @classmethod
    def of_solution(
        cls, paths: Sequence[str], solution: Solution, vectors: Vectors | None = None
    ) -> Self:
        """Return the examples that a kept solution was learned from, without their passages."""
        suggester = cls(paths, (), vectors)
        suggester.solution, suggester.count = solution, solution.coded
        return suggester

    @property
    def version(self) -> str:
        """Changes with the number of examples learned from."""
        return f"3.{self.count}"

    @property
    def share(self) -> float:
        """How much the examples count: 0 without any, near 1 with many."""
        return self.count / (self.count + _HALF)

    def score(self, concordance: Concordance) -> Scores:
        """Return the log of each code's share over an even share, shrunk where examples are few."""
        return self.judge([segment.text for segment in concordance.segments])[0]

    def judge(
        self, texts: Sequence[str], without: Sequence[str] | None = None
    ) -> tuple[Scores, Scores]:
        """Return the scores of texts, and how much each is like what was left uncoded, -1 to 1.

        Args:
            texts: The texts.
            without: Per text the interview whose passages do not count; None where all count.
        """
        classes = self._classes(texts, without)
        shares: Scores = np.maximum(classes[:, :-1], _FLOOR)
        shares = shares / shares.sum(axis=1, keepdims=True)
        scores: Scores = self.share * np.log(shares * len(self._paths))
        nothing = classes[:, -1] - (self.solution.base[-1] if self.solution is not None else 0)
        likeness: Scores = self.share * np.nan_to_num(nothing)
        return np.nan_to_num(scores), likeness

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return that the text is like passages that were given the code."""
        del concordance, row
        return Reason(
            self.name, note=Message("like passages coded '{path}'", path=self._paths[code])
        )

    # --- training ------------------------------------------------------------------------------

    def _train(self) -> Solution:
        texts = [passage.segment.text for passage in self._passages]
        space, entries = WordSpace.of(texts)
        counts = entries.table((len(texts), space.size))
        mean = table = None
        if self._vectors is not None:
            of_texts = self._vectors.of(texts)
            mean = of_texts.mean(axis=0)
            table = center(of_texts, mean)
        target = _targets(self._passages, self._paths)
        base = target.clip(0).mean(axis=0)
        # a rejection speaks about one code and leaves the others where they are
        for row, passage in enumerate(self._passages):
            if passage.rejected and not passage.codes:
                rejected = [self._paths.index(p) for p in passage.rejected if p in self._paths]
                target[row] = base
                target[row, rejected] = _REJECTED
        self._features = (counts, table)
        likeness = _likeness((counts, table), (counts, table))
        # In its place: one more table of all pairs would be the most that suggestions need.
        np.einsum("ii->i", likeness)[:] += _RIDGE
        self._inverse = np.linalg.inv(likeness)
        self._weights: Scores = self._inverse @ (target - base)
        self._interviews = np.array([passage.transcript for passage in self._passages])
        of_vectors = None if table is None else table.T.astype(np.float64) @ self._weights
        of_words = np.asarray(counts.T @ self._weights, dtype=np.float32)
        return Solution(space, of_words, base, mean, of_vectors, self.count)

    def _weights_without(self, interview: str) -> Scores:
        """Return the weights for the other interviews: one of them taken out of the solution."""
        of_interview = np.flatnonzero(self._interviews == interview)
        if not len(of_interview):
            weights: Scores = self._weights
            return weights
        block = self._inverse[np.ix_(of_interview, of_interview)]
        moved = self._inverse[:, of_interview] @ np.linalg.solve(block, self._weights[of_interview])
        weights = self._weights - moved
        weights[of_interview] = 0
        return weights

    # --- scoring -------------------------------------------------------------------------------

    def _classes(self, texts: Sequence[str], without: Sequence[str] | None) -> Scores:
        """Return what is said of each code and, last, of nothing; NaN where no word is known."""
        classes = np.full((len(texts), len(self._paths) + 1), np.nan)
        solution = self.solution
        if solution is None or not texts:
            return classes
        if without is None:
            return solution.classes(texts, self._vectors)
        counts = solution.space.entries(texts).table((len(texts), solution.space.size))
        table = None
        if self._vectors is not None and solution.mean is not None:
            table = center(self._vectors.of(texts), solution.mean)
        likeness = _likeness((counts, table), self._features)
        names = np.array(without)
        for name in np.unique(names):
            rows = names == name
            weights = self._weights_without(str(name))
            classes[rows] = solution.base + likeness[rows] @ weights
        classes[np.asarray(counts.sum(axis=1)).ravel() == 0] = np.nan
        return classes


def _spread(passages: list[CodedPassage]) -> tuple[CodedPassage, ...]:
    """Return at most as many passages as are learned from, evenly over the project."""
    if len(passages) <= _MOST:
        return tuple(passages)
    # coded passages say more than sentences left uncoded
    ordered = sorted(passages, key=lambda passage: not passage.codes)
    coded = sum(bool(passage.codes) for passage in passages)
    # a quarter stays for what was left uncoded: that nothing applies is to be learned too
    most_coded = min(coded, _MOST * 3 // 4)
    places = np.linspace(0, coded - 1, most_coded).astype(int).tolist()
    other_places = np.linspace(
        coded, len(ordered) - 1, min(_MOST - most_coded, len(ordered) - coded)
    )
    return tuple(ordered[place] for place in (*places, *other_places.astype(int).tolist()))


def _targets(passages: Sequence[CodedPassage], paths: Sequence[str]) -> Scores:
    """Return one row per passage: the share of each of its codes, or all of it for nothing."""
    column = {path: number for number, path in enumerate(paths)}
    table = np.zeros((len(passages), len(paths) + 1))
    for row, passage in enumerate(passages):
        columns = [column[path] for path in passage.codes if path in column]
        if columns:
            table[row, columns] = 1 / len(columns)
        elif not passage.rejected:
            table[row, -1] = 1
    return table


def _likeness(one: Features, other: Features) -> Scores:
    likeness: Scores = np.asarray((one[0] @ other[0].T).toarray(), dtype=np.float64)
    if one[1] is not None and other[1] is not None:
        likeness += one[1] @ other[1].T
    return likeness
