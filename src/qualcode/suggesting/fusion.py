"""Several suggesters as one: a conditional logit over the codes of the book.

The utility of a code is a weighted sum of what each suggester says, and the probability of a
code is its share of the exponentiated utilities (McFadden 1974, in Zarembka, Frontiers in
Econometrics, p. 105). A handful of weights for all codes together: nothing is tied to one
codebook, so they hold for a new book without codings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from qualcode.model import FrozenMap
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.texts import CodedPassage


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each suggester.

    Attributes:
        of: Weight by name of the suggester; a suggester without a weight counts for nothing.
        general: Utility of a code that has codes below it: coders use it when no other code fits.
        source: How the weights were obtained.
    """

    of: FrozenMap[str, float] = field(default_factory=FrozenMap)
    general: float = -1.0
    source: str = ""


DEFAULT_WEIGHTS = Weights(
    of=FrozenMap({"terms": 1.45, "entry": 2.95, "question": 0.6, "examples": 0.3, "meaning": 6.0}),
    general=-1.0,
    source=(
        "terms and entry by maximum likelihood on 138 invented quotes, easy and hard; question "
        "and examples on the codings of the sample interviews; meaning reasoned"
    ),
)
"""Weights for a project with few codings."""

FEWEST_CODED = 50
"""Coded passages below which weights are not fitted to them."""

CodeMatrix = NDArray[np.bool_]
"""One row per passage, one column per code: whether a coder gave the passage that code."""


def fuse(
    scores: Mapping[str, Scores], general: Sequence[bool], weights: Weights = DEFAULT_WEIGHTS
) -> Scores:
    """Return the probability of each code for each piece of text; each row adds up to 1.

    Args:
        scores: Per suggester, one row per piece of text and one column per code.
        general: Per code, whether it has codes below it.
        weights: The weight of each suggester.
    """
    utility = np.where(np.asarray(general), weights.general, 0.0)[None, :]
    for name, table in scores.items():
        utility = utility + weights.of.get(name, 0.0) * table
    return _softmax(utility)


def fit_weights(
    scores: Mapping[str, Scores],
    general: Sequence[bool],
    columns: NDArray[np.int64],
    start: Weights = DEFAULT_WEIGHTS,
    strength: float = 20.0,
) -> Weights:
    """Return the weights that make choices likeliest, with a penalty for leaving ``start``.

    The penalised log-likelihood is concave, so Newton's method finds its only maximum.

    Args:
        scores: Per suggester, one row per choice and one column per code.
        general: Per code, whether it has codes below it.
        columns: Column of the code that was chosen, one per row.
        start: Weights to begin at and to stay near.
        strength: How many choices the start counts for; a higher number keeps weights nearer.

    Returns:
        The fitted weights; a suggester without scores keeps its weight of ``start``.
    """
    names = list(scores)
    features = np.stack([scores[name] for name in names], axis=2)
    offset = np.where(np.asarray(general), start.general, 0.0)[None, :]
    start_weight = np.array([start.of.get(name, 0.0) for name in names])
    # suggesters score on different scales: a penalty relative to each weight treats all alike
    penalty = strength / np.maximum(np.abs(start_weight), 0.05) ** 2 / 4
    weight = start_weight.copy()
    features_of_choice = features[np.arange(len(columns)), columns]
    # Newton's method needs few steps; the bound only ends a search that does not converge
    for _ in range(50):
        chance = _softmax(features @ weight + offset)
        mean = np.einsum("nc,ncf->nf", chance, features)
        slope = (features_of_choice - mean).sum(axis=0) - penalty * (weight - start_weight)
        square = np.einsum("nc,ncf,ncg->fg", chance, features, features)
        curve = square - mean.T @ mean + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        # a negative weight would count a reason for a code as a reason against it
        weight = np.maximum(weight + step, 0.0)
        if np.abs(step).max() < 1e-8:
            break
    weight_of = {name: float(value) for name, value in zip(names, weight, strict=True)}
    of = FrozenMap({**start.of, **weight_of})
    return Weights(of, start.general, f"fitted to {len(columns)} codings")


def code_matrix(passages: Sequence[CodedPassage], paths: Sequence[str]) -> CodeMatrix:
    """Return which codes of a book each passage has."""
    matrix = [[path in passage.codes for path in paths] for passage in passages]
    return np.array(matrix, dtype=bool).reshape(len(passages), len(paths))


def are_enough(matrix: CodeMatrix) -> bool:
    """Return whether enough passages have a code of the book to fit weights to them."""
    return int(matrix.any(axis=1).sum()) >= FEWEST_CODED


def weights_for(
    scores: Mapping[str, Scores], general: Sequence[bool], matrix: CodeMatrix
) -> Weights:
    """Return weights fitted to what people coded, or the default ones where that is too little.

    Args:
        scores: Per suggester that learns from no codings, one row per passage and one column per
            code; the other suggesters keep their weights.
        general: Per code, whether it has codes below it.
        matrix: Which codes each passage has.
    """
    if not are_enough(matrix):
        return DEFAULT_WEIGHTS
    row, columns = np.nonzero(matrix)
    return fit_weights({name: table[row] for name, table in scores.items()}, general, columns)


def _softmax(utility: Scores) -> Scores:
    # subtracting the largest utility changes no share and keeps exp from overflow
    exponentials = np.exp(utility - utility.max(axis=1, keepdims=True))
    chance: Scores = exponentials / exponentials.sum(axis=1, keepdims=True)
    return chance
