"""Several suggesters as one: a conditional logit over the codes of the book.

The utility of a code is a weighted sum of what each suggester says, and the probability of a
code is its share of the exponentiated utilities (McFadden 1974, in Zarembka, Frontiers in
Econometrics, p. 105). A handful of weights for all codes together: nothing is tied to one
codebook, so they hold for a book that nobody has coded with yet.
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
    """What each suggester counts.

    Attributes:
        of: Weight per suggester's name; one that is not there counts for nothing.
        general: Utility of a code that has codes below it: these are for when no other fits.
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
"""Weights for a project that has few codings of its own."""

FEWEST_CODED = 50
"""Coded passages below which weights are not fitted to them."""

Given = NDArray[np.bool_]
"""One row per passage, one column per code: whether people gave it."""


def fuse(
    scores: Mapping[str, Scores], general: Sequence[bool], weights: Weights = DEFAULT_WEIGHTS
) -> Scores:
    """Return the probability of each code for each piece of text; each row adds up to 1.

    Args:
        scores: Per suggester, one row per piece of text and one column per code.
        general: Per code, whether it has codes below it.
        weights: What each suggester counts.
    """
    utility = np.where(np.asarray(general), weights.general, 0.0)[None, :]
    for name, table in scores.items():
        utility = utility + weights.of.get(name, 0.0) * table
    return _softmax(utility)


def fit_weights(
    scores: Mapping[str, Scores],
    general: Sequence[bool],
    chosen: NDArray[np.int64],
    start: Weights = DEFAULT_WEIGHTS,
    strength: float = 20.0,
) -> Weights:
    """Return the weights that make choices likeliest, held near ``start``.

    The penalised log-likelihood is concave, so Newton's method finds its one top.

    Args:
        scores: Per suggester, one row per choice and one column per code.
        general: Per code, whether it has codes below it.
        chosen: Column of the code that was chosen, one per row.
        start: Weights to begin at and to stay near.
        strength: How many choices the start is worth; more holds the weights nearer to it.

    Returns:
        The fitted weights; a suggester without scores keeps its weight of ``start``.
    """
    names = list(scores)
    features = np.stack([scores[name] for name in names], axis=2)
    offset = np.where(np.asarray(general), start.general, 0.0)[None, :]
    before = np.array([start.of.get(name, 0.0) for name in names])
    # a penalty in units of each weight's own size treats all suggesters alike
    penalty = strength / np.maximum(np.abs(before), 0.05) ** 2 / 4
    weight = before.copy()
    picked = features[np.arange(len(chosen)), chosen]
    for _ in range(50):
        chance = _softmax(features @ weight + offset)
        mean = np.einsum("nc,ncf->nf", chance, features)
        slope = (picked - mean).sum(axis=0) - penalty * (weight - before)
        square = np.einsum("nc,ncf,ncg->fg", chance, features, features)
        curve = square - mean.T @ mean + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weight = np.maximum(weight + step, 0.0)
        if np.abs(step).max() < 1e-8:
            break
    fitted = {name: float(value) for name, value in zip(names, weight, strict=True)}
    of = FrozenMap({**start.of, **fitted})
    return Weights(of, start.general, f"fitted to {len(chosen)} codings")


def codes_given(passages: Sequence[CodedPassage], paths: Sequence[str]) -> Given:
    """Return which codes of a book passages were given."""
    given = [[path in passage.codes for path in paths] for passage in passages]
    return np.array(given, dtype=bool).reshape(len(passages), len(paths))


def are_enough(given: Given) -> bool:
    """Tell whether so many passages have a code of the book that weights are fitted to them."""
    return int(given.any(axis=1).sum()) >= FEWEST_CODED


def weights_for(scores: Mapping[str, Scores], general: Sequence[bool], given: Given) -> Weights:
    """Return weights fitted to what people coded, or the default ones where that is too little.

    Args:
        scores: Per suggester that learns from no codings, one row per passage and one column per
            code; the other suggesters keep their weights.
        general: Per code, whether it has codes below it.
        given: Which codes the passages were given.
    """
    if not are_enough(given):
        return DEFAULT_WEIGHTS
    row, chosen = np.nonzero(given)
    return fit_weights({name: table[row] for name, table in scores.items()}, general, chosen)


def _softmax(utility: Scores) -> Scores:
    raised = np.exp(utility - utility.max(axis=1, keepdims=True))
    chance: Scores = raised / raised.sum(axis=1, keepdims=True)
    return chance
