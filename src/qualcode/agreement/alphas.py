"""Krippendorff's alpha on checked ratings, and the agreement among pairable values."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np

from qualcode.agreement import krippendorff, metrics
from qualcode.agreement.contingency import Floats, share
from qualcode.agreement.family import (
    NO_VARIATION,
    Family,
    Sums,
    label_counts,
    pair_distance,
    ratio_of_sums,
    sum_per_label,
    summed,
)
from qualcode.agreement.labels import Encoded, Integers


def _pairable(encoded: Encoded) -> Encoded:
    """Return the ratings of units with two or more labels, the others emptied."""
    labels = np.where(encoded.given > 1, encoded.labels, -1)
    return Encoded(encoded.coders, labels, encoded.categories)


def alpha(encoded: Encoded, distance: Floats) -> Family:
    """Krippendorff's alpha (Krippendorff 2011, p. 1) for any distance."""
    return _alpha(encoded, lambda _: distance)


def ordinal_alpha(encoded: Encoded, distance: Floats) -> Family:
    """Krippendorff's ordinal alpha (2011, p. 6): its distances follow from the frequencies."""
    del distance
    return _alpha(encoded, metrics.ordinal)


def _alpha(encoded: Encoded, distance_of: Callable[[Floats], Floats]) -> Family:
    rated = int((encoded.given > 0).sum())
    encoded = _pairable(encoded)
    given = encoded.given
    whole = label_counts(encoded, np.ones(len(given)), np.zeros(len(given), dtype=np.int64), 1)[0]
    fixed = distance_of is not metrics.ordinal
    distance = distance_of(whole)
    used = whole > 0
    largest = max(distance[np.ix_(used, used)].max(initial=0.0), 1e-300)
    apart = pair_distance(encoded, distance) / np.maximum(given - 1, 1)

    def sums(groups: Integers, count: int) -> Sums:
        values = label_counts(encoded, np.ones(len(given)), groups, count)
        if fixed:
            return summed(apart, groups, count), values
        return _coincidences(encoded, groups, count), values

    def value(first: Floats, values: Floats) -> Floats:
        if fixed:
            return krippendorff.alpha(first, values, distance)
        metric = distance_of(values)
        return krippendorff.alpha((first * metric).sum((-2, -1)), values, metric)

    def observed(first: Floats, values: Floats) -> Floats:
        summed = first if fixed else (first * distance).sum((-2, -1))
        return 1.0 - share(summed / largest, values.sum(-1))

    return Family(
        units=len(given),
        counted=int((given > 1).sum()),
        sums=sums,
        value=value,
        observed=observed,
        reason=NO_VARIATION,
        influence=lambda: _alpha_influence(encoded, distance, apart, whole),
        degrees=rated - 1,
    )


def _alpha_influence(encoded: Encoded, distance: Floats, apart: Floats, counts: Floats) -> Floats:
    """Return Gwet's linearisation of alpha, the distances held fixed (Gwet 2014, p. 155).

    Only units with two or more labels count, though all that have a label are in the degrees
    of freedom. As in Gwet, alpha's correction for small samples (1 / number of values) is left
    out of the variance.
    """
    given = encoded.given
    counted = given > 1
    n = counts.sum()
    mean = n / counted.sum()
    spread = distance @ counts / n
    expected = float(counts @ spread / n)
    disagreement = float(apart.sum() / n)
    by_observed = -(apart - disagreement * given) / (mean * expected)
    by_chance = (sum_per_label(encoded, spread) - expected * given) / mean
    whole = by_observed + 2 * disagreement * by_chance / expected**2
    linearised: Floats = whole[counted]
    return linearised


def _coincidences(encoded: Encoded, groups: Integers, count: int) -> Floats:
    """Return per group the coincidence matrix of labels (Krippendorff 2011, p. 5)."""
    q, labels = len(encoded.categories), encoded.labels
    out = np.zeros(count * q * q)
    weight = 1.0 / np.maximum(encoded.given - 1, 1)
    for g, h in combinations(range(len(labels)), 2):
        both = (labels[g] >= 0) & (labels[h] >= 0)
        for one, two in ((labels[g, both], labels[h, both]), (labels[h, both], labels[g, both])):
            cell = (groups[both] * q + one) * q + two
            out += np.bincount(cell, weights=weight[both], minlength=count * q * q)
    return out.reshape(count, q, q)


def pairable(encoded: Encoded, distance: Floats) -> Family:
    """Agreement among pairable values, 1 - D_o of alpha (Krippendorff 2011, p. 5)."""
    encoded = _pairable(encoded)
    given = encoded.given
    apart = pair_distance(encoded, distance) / np.maximum(given - 1, 1)

    parts = given - apart, given.astype(float)
    return ratio_of_sums(encoded, parts, share, "no unit was coded by two coders")
