"""A coefficient on one set of ratings: its sums, its value, its variance.

A ``Measure`` joins checked ratings with one formula. ``sums`` adds up, per group of units,
all that ``value`` needs; ``influence`` is what each unit contributes to the coefficient, times
the number of units: the analytic variance follows from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from qualcode.agreement.arrays import Floats, Integers
from qualcode.agreement.distance import nominal
from qualcode.agreement.ratings import EncodedRatings

Sums = tuple[Floats, ...]

NO_VARIATION = "all labels are the same, so chance alone would agree as well: nothing varies"
ONE_CATEGORY = "only one category is declared"
NO_PAIR = "no unit was coded by two coders"


@dataclass(frozen=True, slots=True)
class Measure:
    """One coefficient on one set of ratings.

    Attributes:
        units: Number of units, coded or not.
        counted: Number of units that the coefficient rests on.
        sums: Group number per unit and number of groups -> sums, each ``(groups, ...)``.
        value: Those sums, any leading axes -> the coefficient, NaN where it does not exist.
        observed: The same for observed agreement; None where the coefficient has none.
        reason: Why the coefficient does not exist, if it does not.
        influence: What each counted unit contributes, times their number.
        lowest: The smallest value it can have.
        large_sample: Variance by Fleiss, Cohen and Everitt 1969: divisor n x n.
        of_agreement: Whether 1 is full agreement of the coders.
        degrees: Degrees of freedom of t; None for one less than the units of ``influence``.
    """

    units: int
    counted: int
    sums: Callable[[Integers, int], Sums]
    value: Callable[..., Floats]
    observed: Callable[..., Floats] | None
    reason: str
    influence: Callable[[], Floats] | None = None
    lowest: float = -1.0
    large_sample: bool = False
    of_agreement: bool = True
    degrees: int | None = None


def one_group(units: int) -> Integers:
    """Return the group numbers that put all units into one group."""
    return np.zeros(units, dtype=np.int64)


def sum_by_group(rows: Floats, groups: Integers, count: int) -> Floats:
    """Return one row per unit summed per group."""
    if rows.ndim == 1:
        # many times faster than adding in place
        return np.bincount(groups, weights=rows, minlength=count).astype(float)
    total = np.zeros((count, *rows.shape[1:]))
    np.add.at(total, groups, rows)
    return total


def scale_to_one(distance: Floats) -> Floats:
    """Return the distances divided by the largest one."""
    # a distance of 0 everywhere (one category) must not divide by zero
    scaled: Floats = distance / max(distance.max(initial=0.0), 1e-300)
    return scaled


def pair_distance(ratings: EncodedRatings, distance: Floats) -> Floats:
    """Return per unit the distances of its ordered pairs of labels, summed."""
    labels = ratings.labels
    counts = ratings.counts if len(labels) > 2 else None
    if counts is not None:
        if np.array_equal(distance, nominal(len(distance))):
            # pairs that are unlike: all of them less those that are alike
            values = counts.sum(1)
            unlike: Floats = values * values - np.einsum("uq,uq->u", counts, counts)
            return unlike
        # a label is at distance 0 of itself, so pairs of a coder with herself add nothing
        paired: Floats = np.einsum("uq,uq->u", counts @ distance, counts)
        return paired
    total = np.zeros(labels.shape[1])
    for g, h in combinations(range(len(labels)), 2):
        paired = (labels[g] >= 0) & (labels[h] >= 0)
        first, second = labels[g, paired], labels[h, paired]
        # both orders: a distance of one's own need not be symmetric
        total[paired] += distance[first, second] + distance[second, first]
    return total


def sum_per_label(ratings: EncodedRatings, numbers: Floats) -> Floats:
    """Return per unit the sum of ``numbers[label]`` over its labels."""
    if len(ratings.labels) > 2 and ratings.counts is not None:
        per_unit: Floats = np.einsum("uq,q->u", ratings.counts, numbers)
        return per_unit
    # a missing label is -1, which reads the zero at the end
    with_missing = np.append(numbers, 0.0)
    total: Floats = with_missing[ratings.labels].sum(0)
    return total


def label_counts(ratings: EncodedRatings, weights: Floats, groups: Integers, count: int) -> Floats:
    """Return per group the weighted number of times each label was given: ``(count, q)``."""
    if count == 1 and len(ratings.labels) > 2 and ratings.counts is not None:
        whole: Floats = np.einsum("u,uq->q", weights, ratings.counts)[None]
        return whole
    q = len(ratings.categories)
    total = np.zeros(count * q)
    for row in ratings.labels:
        rated = row >= 0
        cell = groups[rated] * q + row[rated]
        total += np.bincount(cell, weights=weights[rated], minlength=count * q)
    return total.reshape(count, q)


def pair_agreement(ratings: EncodedRatings, distance: Floats) -> Floats:
    """Return per unit the share of agreeing pairs of coders; 0 where there is no pair."""
    labelled = ratings.labelled
    # ordered pairs, as pair_distance counts them
    pairs = np.where(labelled > 1, labelled * (labelled - 1), 1)
    return np.where(labelled > 1, 1.0 - pair_distance(ratings, distance) / pairs, 0.0)


def ratio_measure(
    ratings: EncodedRatings,
    parts: tuple[Floats, Floats],
    value: Callable[[Floats, Floats], Floats],
    reason: str,
    lowest: float = 0.0,
    *,
    of_agreement: bool = True,
) -> Measure:
    """Return a ratio of two sums over units, with its linearised variance.

    Args:
        ratings: The ratings; units with two labels or more count.
        parts: Numerator and denominator per unit.
        value: Sums of both -> the ratio.
        reason: Why there is no ratio, if there is none.
        lowest: The smallest value it can have.
        of_agreement: Whether 1 is full agreement of the coders.
    """
    counted = ratings.labelled > 1
    numerator, denominator = parts

    def influence() -> Floats:
        # first-order (delta method) residual of a ratio of means
        ratio = numerator[counted].sum() / denominator[counted].sum()
        residual: Floats = (numerator - ratio * denominator)[counted] / denominator[counted].mean()
        return residual

    return Measure(
        units=len(counted),
        counted=int(counted.sum()),
        sums=lambda groups, count: tuple(
            sum_by_group(np.where(counted, part, 0.0), groups, count) for part in parts
        ),
        value=value,
        observed=None,
        reason=reason,
        influence=influence,
        lowest=lowest,
        of_agreement=of_agreement,
    )
