"""Alpha of ratings that are sets of labels: thousands of different sets, compared in blocks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from qualcode.agreement.alpha import alpha_measure, linearise_alpha, pairable
from qualcode.agreement.arrays import Floats, Integers, share
from qualcode.agreement.measure import (
    Measure,
    Sums,
    label_counts,
    one_group,
    sum_by_group,
)
from qualcode.agreement.ratings import EncodedRatings, set_members
from qualcode.agreement.set_alpha import OF_SETS, SetDistances


def measure_sets(name: str) -> Callable[[EncodedRatings, Floats], Measure]:
    """Return Krippendorff's alpha of sets by one of their distances, without a matrix of them.

    Args:
        name: ``alpha_masi`` or ``alpha_jaccard``.
    """
    return lambda ratings, _distance: _measure(name, ratings)


def _measure(name: str, ratings: EncodedRatings) -> Measure:
    ratings, rated = pairable(ratings), int((ratings.labelled > 0).sum())
    labelled, ones = ratings.labelled, np.ones(ratings.labels.shape[1])
    distances = SetDistances(set_members(ratings.categories), {name: OF_SETS[name]})
    per_unit = _unlike(name, ratings, distances)
    # a unit of many coders has many pairs: each value should weigh once, not once per pair
    disagreement = per_unit / np.maximum(labelled - 1, 1)
    totals = label_counts(ratings, ones, one_group(len(ones)), 1)[0]

    def sums(groups: Integers, count: int) -> Sums:
        values = label_counts(ratings, ones, groups, count)
        return sum_by_group(disagreement, groups, count), values

    def value(total: Floats, values: Floats) -> Floats:
        expected = distances.expect(name, values)
        return 1.0 - share(total * (values.sum(-1) - 1.0), expected)

    def observed(total: Floats, values: Floats) -> Floats:
        return 1.0 - share(total / distances.largest(name, totals > 0), values.sum(-1))

    return alpha_measure(
        ratings,
        rated,
        sums=sums,
        value=value,
        observed=observed,
        influence=lambda: linearise_alpha(
            ratings, per_unit, totals, distances.to_all(name, totals)
        ),
    )


def _unlike(name: str, ratings: EncodedRatings, distances: SetDistances) -> Floats:
    """Return per unit the distances of its ordered pairs of sets, summed."""
    labels = ratings.labels
    total = np.zeros(labels.shape[1])
    for g, h in combinations(range(len(labels)), 2):
        # equal sets have distance 0: only the others have to be looked up
        differing = np.nonzero((labels[g] >= 0) & (labels[h] >= 0) & (labels[g] != labels[h]))[0]
        first, second = labels[g, differing], labels[h, differing]
        # each pair comes here once, and alpha counts it in both orders
        total[differing] += 2.0 * distances.between(name, first, second)
    return total
