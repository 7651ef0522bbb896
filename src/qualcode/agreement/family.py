"""What a figure for fixed units is made of: its sums, its value, its linearisation.

A ``Family`` joins checked ratings with one formula. ``sums`` adds up, per group of units,
all that ``value`` needs; ``influence`` is what each unit adds to the figure, times n, of
which the analytic variance is made. The makers of families stand in ``two_coders``,
``any_coders`` and ``alphas``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from qualcode.agreement.contingency import Floats
from qualcode.agreement.labels import Encoded, Integers

Sums = tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """One figure on one set of ratings.

    Attributes:
        units: Number of units given, coded or not.
        counted: Number of units that the figure rests on.
        sums: Group number per unit and number of groups -> sums, each ``(groups, ...)``.
        value: Those sums, any leading axes -> the figure, NaN where it does not exist.
        observed: The same for observed agreement; None where the figure has none.
        reason: Why there is no figure, if there is none.
        influence: What each counted unit adds to the figure, times their number.
        lowest: The smallest value it can have.
        large_sample: Variance by Fleiss, Cohen and Everitt 1969: divisor n x n.
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
    degrees: int | None = None


NO_VARIATION = "all labels are the same, so chance alone would agree as well: nothing varies"


def summed(rows: Floats, groups: Integers, count: int) -> Floats:
    """Return one row per unit summed per group."""
    out = np.zeros((count, *rows.shape[1:]))
    np.add.at(out, groups, rows)
    return out


def scaled(distance: Floats) -> Floats:
    """Return the distance with 1 as its largest."""
    scaled: Floats = distance / max(distance.max(initial=0.0), 1e-300)
    return scaled


def pair_distance(encoded: Encoded, distance: Floats) -> Floats:
    """Return per unit the distances of its ordered pairs of labels, summed."""
    labels = encoded.labels
    apart = np.zeros(labels.shape[1])
    for g, h in combinations(range(len(labels)), 2):
        both = (labels[g] >= 0) & (labels[h] >= 0)
        one, two = labels[g, both], labels[h, both]
        apart[both] += distance[one, two] + distance[two, one]
    return apart


def sum_per_label(encoded: Encoded, numbers: Floats) -> Floats:
    """Return per unit the sum of ``numbers[label]`` over its labels."""
    held = np.append(numbers, 0.0)
    out: Floats = held[encoded.labels].sum(0)
    return out


def label_counts(encoded: Encoded, weights: Floats, groups: Integers, count: int) -> Floats:
    """Return per group the weighted number of times each label was given: ``(count, q)``."""
    q = len(encoded.categories)
    out = np.zeros(count * q)
    for row in encoded.labels:
        held = row >= 0
        out += np.bincount(groups[held] * q + row[held], weights=weights[held], minlength=count * q)
    return out.reshape(count, q)


def agreements(encoded: Encoded, distance: Floats) -> Floats:
    """Return per unit the share of agreeing pairs of coders; 0 where there is no pair."""
    given = encoded.given
    pairs = np.where(given > 1, given * (given - 1), 1)
    return np.where(given > 1, 1.0 - pair_distance(encoded, distance) / pairs, 0.0)


def ratio_of_sums(
    encoded: Encoded,
    parts: tuple[Floats, Floats],
    value: Callable[[Floats, Floats], Floats],
    reason: str,
    lowest: float = 0.0,
) -> Family:
    """Return a ratio of two sums over units, linearised."""
    counted = encoded.given > 1
    above, below = parts

    def influence() -> Floats:
        ratio = above[counted].sum() / below[counted].sum()
        made: Floats = (above - ratio * below)[counted] / below[counted].mean()
        return made

    return Family(
        units=len(counted),
        counted=int(counted.sum()),
        sums=lambda groups, count: tuple(
            summed(np.where(counted, part, 0.0), groups, count) for part in parts
        ),
        value=value,
        observed=None,
        reason=reason,
        influence=influence,
        lowest=lowest,
    )
