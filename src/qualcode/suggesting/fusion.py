"""Several suggesters as one: a conditional logit over the codes of the book.

The utility of a code is a weighted sum of what each suggester says, and the probability of a
code is its share of the exponentiated utilities (McFadden 1974, in Zarembka, Frontiers in
Econometrics, p. 105). A handful of weights for all codes together: nothing is tied to one
codebook, so they hold for a new book without codings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    of=FrozenMap(
        {
            "terms": 1.0,
            "entry": 2.1,
            "question": 0.45,
            "group": 2.0,
            "context": 0.4,
            "examples": 0.7,
            "language_model": 1.5,
        }
    ),
    general=-1.0,
    source=(
        "terms and entry by maximum likelihood on invented quotes, x 0.7; group by how often "
        "groups of the sample speak of what only others were asked; question, context and "
        "examples on the codings of the sample interviews; language_model by guess"
    ),
)
"""Weights for a project with few codings, from words alone."""

WEIGHTS_WITH_MEANING = Weights(
    of=FrozenMap(
        {
            **DEFAULT_WEIGHTS.of,
            "terms": 0.8,
            "entry": 2.1,
            "related": 1.45,
            "meaning": 6.7,
        }
    ),
    general=-1.0,
    source=(
        "terms, entry, related and meaning by maximum likelihood on invented quotes, with half "
        "or all of the terms of the codebook removed, x 0.8; the others as without meaning"
    ),
)
"""Likewise where an embedding model is in use: its evidence overlaps with that of the words."""

FEWEST_CODED = 50
"""Coded passages below which weights are not fitted to them."""

_STRENGTH = 600.0
"""Codings that the proportions of the default weights count for: with a rich codebook, weights that
were fitted to one to ten interviews ranked worse than the default ones in all but this."""

_GUESSED = frozenset({"language_model"})
"""Suggesters whose default weight rests on no measurement."""
_STRENGTH_OF_GUESS = 20.0
"""Codings that such a weight counts for."""

CodeMatrix = NDArray[np.bool_]
"""One row per passage, one column per code: whether a coder gave the passage that code."""


def fuse(
    scores: Mapping[str, Scores], general: Sequence[bool], weights: Weights = DEFAULT_WEIGHTS
) -> Scores:
    """Return the probability of each code, given that some code applies; rows add up to 1.

    Args:
        scores: Per suggester, one row per piece of text and one column per code.
        general: Per code, whether it has codes below it.
        weights: The weight of each suggester.
    """
    return shares_of(utilities(scores, general, weights))


def utilities(
    scores: Mapping[str, Scores], general: Sequence[bool], weights: Weights = DEFAULT_WEIGHTS
) -> Scores:
    """Return the utility of each code for each piece of text: its weighted evidence."""
    utility = np.where(np.asarray(general), weights.general, 0.0)[None, :]
    for name, table in scores.items():
        utility = utility + weights.of.get(name, 0.0) * table
    return utility


def fit_scale(
    scores: Mapping[str, Scores],
    general: Sequence[bool],
    columns: NDArray[np.int64],
    start: Weights = DEFAULT_WEIGHTS,
    strength: float = 20.0,
) -> Weights:
    """Return the same weights, all larger or smaller, so that choices are likeliest.

    How sure suggestions are depends on how far speech is from the codebook, so it differs between
    projects; few codings tell it. They tell less about each suggester.

    Args:
        scores: Per suggester, one row per choice and one column per code.
        general: Per code, whether it has codes below it.
        columns: Column of the code that was chosen, one per row.
        start: The weights.
        strength: How many choices the present scale counts for.
    """
    # that coders rarely use a general code is no evidence of the text: it keeps its size
    unscaled = Weights(start.of, 0.0)
    evidence = utilities(scores, general, unscaled)
    offset = np.where(np.asarray(general), start.general, 0.0)[None, :]
    of_choice = evidence[np.arange(len(columns)), columns]
    scale = 1.0
    for _ in range(50):
        chance = shares_of(scale * evidence + offset)
        mean = (chance * evidence).sum(axis=1)
        spread = (chance * evidence**2).sum(axis=1) - mean**2
        slope = float((of_choice - mean).sum()) - strength * (scale - 1)
        step = slope / (float(spread.sum()) + strength)
        # a scale below 0 would turn the order of the codes round
        scale = max(scale + step, 0.1)
        if abs(step) < 1e-8:
            break
    of = FrozenMap({name: weight * scale for name, weight in start.of.items()})
    return Weights(of, start.general, start.source)


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
    of_guess = min(strength, _STRENGTH_OF_GUESS)
    strengths = np.array([of_guess if name in _GUESSED else strength for name in names])
    penalty = strengths / np.maximum(np.abs(start_weight), 0.05) ** 2 / 4
    weight = start_weight.copy()
    features_of_choice = features[np.arange(len(columns)), columns]
    # Newton's method needs few steps; the bound only ends a search that does not converge
    for _ in range(50):
        chance = shares_of(features @ weight + offset)
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


def default_weights(names: Iterable[str]) -> Weights:
    """Return the default weights for suggesters of these names."""
    return WEIGHTS_WITH_MEANING if "meaning" in names else DEFAULT_WEIGHTS


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
    start = default_weights(scores)
    if not are_enough(matrix):
        return start
    row, columns = np.nonzero(matrix)
    of_rows = {name: table[row] for name, table in scores.items()}
    scaled = fit_scale(of_rows, general, columns, start)
    return fit_weights(of_rows, general, columns, scaled, _STRENGTH)


def shares_of(utility: Scores) -> Scores:
    """Return the share of each code in the exponentiated utilities of its row."""
    # subtracting the largest utility changes no share and keeps exp from overflow
    exponentials = np.exp(utility - utility.max(axis=1, keepdims=True))
    chance: Scores = exponentials / exponentials.sum(axis=1, keepdims=True)
    return chance
