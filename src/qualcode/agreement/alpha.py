"""Krippendorff's alpha for any number of coders, missing labels allowed.

Written from Krippendorff 2011, "Computing Krippendorff's alpha-reliability", and 2004,
"Content Analysis", 2nd edition, chapter 11. Distances are in ``distance``.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from qualcode.agreement.arrays import Floats, Integers, share
from qualcode.agreement.distance import ordinal
from qualcode.agreement.measure import (
    NO_PAIR,
    NO_VARIATION,
    Measure,
    Sums,
    label_counts,
    one_group,
    pair_distance,
    ratio_measure,
    sum_by_group,
    sum_per_label,
)
from qualcode.agreement.ratings import EncodedRatings

# --- formulas on sums -------------------------------------------------------------------------


def alpha(disagreement: Floats, counts: Floats, distance: Floats) -> Floats:
    """Return 1 - observed / expected disagreement (Krippendorff 2011, p. 1).

    Args:
        disagreement: Coincidences times their distances, summed: shape ``(...)``.
        counts: Pairable values per label, ``(..., q)``.
        distance: Distances between labels, ``(q, q)`` or ``(..., q, q)``.
    """
    # n - 1: values are paired without replacement, which corrects for small samples
    n = counts.sum(-1)
    expected = ((counts[..., None, :] @ distance)[..., 0, :] * counts).sum(-1)
    return 1.0 - share(disagreement * (n - 1.0), expected)


def table_alpha(table: Floats, distance: Floats) -> Floats:
    """Return alpha of two coders from their table of labels, ``(..., q, q)``."""
    # each unit has two values, and each pair counts in both orders
    counts = table.sum(-1) + table.sum(-2)
    return alpha(2.0 * (table * distance).sum((-2, -1)), counts, distance)


# --- measures on ratings ----------------------------------------------------------------------


def measure_alpha(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Krippendorff's alpha (Krippendorff 2011, p. 1) for any distance."""
    ratings, rated = pairable(ratings), int((ratings.labelled > 0).sum())
    labelled = ratings.labelled
    disagreement = pair_distance(ratings, distance) / np.maximum(labelled - 1, 1)

    def sums(groups: Integers, count: int) -> Sums:
        values = label_counts(ratings, np.ones(len(labelled)), groups, count)
        return sum_by_group(disagreement, groups, count), values

    largest = _largest_distance(_label_totals(ratings), distance)
    return alpha_measure(
        ratings,
        rated,
        sums=sums,
        value=lambda total, values: alpha(total, values, distance),
        observed=lambda total, values: 1.0 - share(total / largest, values.sum(-1)),
        influence=lambda: _influence(ratings, distance),
    )


def alpha_measure(
    ratings: EncodedRatings,
    rated: int,
    *,
    sums: Callable[[Integers, int], Sums],
    value: Callable[..., Floats],
    observed: Callable[..., Floats],
    influence: Callable[[], Floats],
) -> Measure:
    """Return alpha by some distance as a measure on the units with two labels or more.

    Args:
        ratings: The pairable ratings.
        rated: Number of units with a label, those with one label included.
        sums: Groups and their number -> what is summed over the units of each group.
        value: The sums -> alpha.
        observed: The sums -> observed agreement.
        influence: Gives the influence of each unit.
    """
    return Measure(
        units=len(ratings.labelled),
        counted=int((ratings.labelled > 1).sum()),
        sums=sums,
        value=value,
        observed=observed,
        reason=NO_VARIATION,
        influence=influence,
        degrees=rated - 1,
    )


def measure_ordinal_alpha(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Krippendorff's ordinal alpha (2011, p. 6): its distances follow from the frequencies.

    So every resample has distances of its own, and whole matrices of coincidences are summed.
    """
    del distance
    ratings, rated = pairable(ratings), int((ratings.labelled > 0).sum())
    labelled = ratings.labelled
    totals = _label_totals(ratings)
    distance = ordinal(totals)

    def sums(groups: Integers, count: int) -> Sums:
        values = label_counts(ratings, np.ones(len(labelled)), groups, count)
        return _coincidences(ratings, groups, count), values

    def value(coincidences: Floats, values: Floats) -> Floats:
        resampled = ordinal(values)
        return alpha((coincidences * resampled).sum((-2, -1)), values, resampled)

    def observed(coincidences: Floats, values: Floats) -> Floats:
        total = (coincidences * distance).sum((-2, -1))
        return 1.0 - share(total / _largest_distance(totals, distance), values.sum(-1))

    return alpha_measure(
        ratings,
        rated,
        sums=sums,
        value=value,
        observed=observed,
        influence=lambda: _influence(ratings, distance),
    )


def measure_pairable_agreement(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Agreement among pairable values, 1 - D_o of alpha (Krippendorff 2011, p. 5)."""
    ratings = pairable(ratings)
    labelled = ratings.labelled
    disagreement = pair_distance(ratings, distance) / np.maximum(labelled - 1, 1)
    return ratio_measure(ratings, (labelled - disagreement, labelled.astype(float)), share, NO_PAIR)


def pairable(ratings: EncodedRatings) -> EncodedRatings:
    """Return the ratings of units with two labels or more; the other units become empty."""
    if (ratings.labelled > 1).all():
        return ratings
    labels = np.where(ratings.labelled > 1, ratings.labels, -1)
    return EncodedRatings(ratings.coders, labels, ratings.categories)


def _label_totals(ratings: EncodedRatings) -> Floats:
    units = ratings.labels.shape[1]
    totals: Floats = label_counts(ratings, np.ones(units), one_group(units), 1)[0]
    return totals


def _largest_distance(totals: Floats, distance: Floats) -> float:
    """Return the largest distance between labels in use."""
    # a category that nobody used cannot be disagreed on
    in_use = totals > 0
    return max(float(distance[np.ix_(in_use, in_use)].max(initial=0.0)), 1e-300)


def _influence(ratings: EncodedRatings, distance: Floats) -> Floats:
    """Return Gwet's linearisation of alpha, the distances held fixed (Gwet 2014, p. 155).

    Only units with two or more labels count, though all that have a label are in the degrees
    of freedom. As in Gwet, alpha's correction for small samples (1 / number of values) is left
    out of the variance.
    """
    counts = _label_totals(ratings)
    return linearise_alpha(ratings, pair_distance(ratings, distance), counts, distance @ counts)


def linearise_alpha(
    ratings: EncodedRatings, unlike: Floats, counts: Floats, to_all: Floats
) -> Floats:
    """Return the same from what was computed of the distances.

    Args:
        ratings: The ratings.
        unlike: Per unit the distances of its ordered pairs of labels, summed.
        counts: How often each label was given.
        to_all: Distances of each label to all labels given, summed.
    """
    # the influence is that of the ratio, distances and marginals taken at their estimates
    labelled = ratings.labelled
    counted = labelled > 1
    per_unit = unlike / np.maximum(labelled - 1, 1)
    n = counts.sum()
    mean = n / counted.sum()
    spread = to_all / n
    expected = float(counts @ spread / n)
    disagreement = float(per_unit.sum() / n)
    by_observed = -(per_unit - disagreement * labelled) / (mean * expected)
    by_chance = (sum_per_label(ratings, spread) - expected * labelled) / mean
    influence = by_observed + 2 * disagreement * by_chance / expected**2
    linearised: Floats = influence[counted]
    return linearised


def _coincidences(ratings: EncodedRatings, groups: Integers, count: int) -> Floats:
    """Return per group the coincidence matrix of labels (Krippendorff 2011, p. 5)."""
    q, labels = len(ratings.categories), ratings.labels
    total = np.zeros(count * q * q)
    weight = 1.0 / np.maximum(ratings.labelled - 1, 1)
    for g, h in combinations(range(len(labels)), 2):
        paired = (labels[g] >= 0) & (labels[h] >= 0)
        ordered = labels[g, paired], labels[h, paired]
        for first, second in (ordered, ordered[::-1]):
            cell = (groups[paired] * q + first) * q + second
            total += np.bincount(cell, weights=weight[paired], minlength=count * q * q)
    return total.reshape(count, q, q)
