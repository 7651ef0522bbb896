"""Cohen's kappa and its relatives, from the table of labels of two coders.

Tables have shape ``(..., q, q)``: counts of units by the label of the first coder (row) and
of the second (column). Leading axes are codes, transcripts or resamples: every formula here
works on all of them at once. Distances have shape ``(q, q)`` with a zero diagonal.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from qualcode.agreement.arrays import Floats, Integers, mean_of_defined, share
from qualcode.agreement.distance import nominal
from qualcode.agreement.measure import NO_VARIATION, Measure, Sums, one_group
from qualcode.agreement.ratings import EncodedRatings

# --- formulas on tables -----------------------------------------------------------------------


def table_disagreement(table: Floats, distance: Floats) -> tuple[Floats, Floats]:
    """Return observed and expected disagreement (Cohen 1960; weighted, Cohen 1968, p. 215)."""
    if table.shape[-1] == 2:
        return _binary_disagreement(table, distance)
    n = table.sum((-2, -1))
    observed = share((table * distance).sum((-2, -1)), n)
    rows, columns = table.sum(-1), table.sum(-2)
    expected = share(((rows @ distance) * columns).sum(-1), n * n)
    return observed, expected


def _binary_disagreement(table: Floats, distance: Floats) -> tuple[Floats, Floats]:
    """Return the same of 2 x 2 tables: sums over axes of two take ten times as long."""
    neither, only_b, only_a, both = (table[..., i, j] for i in (0, 1) for j in (0, 1))
    n = neither + only_b + only_a + both
    observed = share(only_b * distance[0, 1] + only_a * distance[1, 0], n)
    unlike_b = (neither + only_b) * (only_b + both) * distance[0, 1]
    unlike_a = (only_a + both) * (neither + only_a) * distance[1, 0]
    return observed, share(unlike_b + unlike_a, n * n)


def cohen_kappa(table: Floats, distance: Floats) -> Floats:
    """Return Cohen's kappa, 1 - observed / expected disagreement (Cohen 1960, 1968)."""
    # disagreement, not agreement, so that weighted kappa is the same formula
    observed, expected = table_disagreement(table, distance)
    return 1.0 - share(observed, expected)


def pooled_kappa(table: Floats) -> Floats:
    """Return the pooled kappa of codes on axis -3 (De Vries, Elliott, Kanouse & Teleki 2008).

    Observed and chance agreement are averaged over the codes before kappa is taken, p. 276.
    """
    observed, expected = table_disagreement(table, nominal(table.shape[-1]))
    return 1.0 - share(observed.sum(-1), expected.sum(-1))


def stacked_kappa(table: Floats) -> Floats:
    """Return kappa of the tables of all codes on axis -3 added together."""
    return cohen_kappa(table.sum(-3), nominal(table.shape[-1]))


def mean_kappa(table: Floats) -> Floats:
    """Return the mean over the codes on axis -3 of the kappas that exist."""
    return mean_of_defined(cohen_kappa(table, nominal(table.shape[-1])))


def largest_kappa(table: Floats) -> Floats:
    """Return the largest kappa that the coders' own totals allow (Cohen 1960, p. 42)."""
    n = table.sum((-2, -1))
    rows, columns = table.sum(-1), table.sum(-2)
    # each label can be agreed on no more often than the coder who used it least
    observed = 1.0 - share(np.minimum(rows, columns).sum(-1), n)
    expected = table_disagreement(table, nominal(table.shape[-1]))[1]
    return 1.0 - share(observed, expected)


def kappa_influence(table: Floats, distance: Floats) -> Floats:
    """Return what one unit in each cell contributes to kappa, times n: shape ``(q, q)``.

    The mean of its squares over the units, divided by n, is the large-sample variance of
    Fleiss, Cohen and Everitt 1969 (formula 8, not under the null hypothesis).
    """
    n = table.sum()
    rows, columns = table.sum(-1) / n, table.sum(-2) / n
    observed, expected = table_disagreement(table, distance)
    ratio = observed / expected
    chance = (distance @ columns)[:, None] + (rows @ distance)[None, :] - 2 * expected
    influence: Floats = (ratio * chance - (distance - observed)) / expected
    return influence


# --- measures on ratings ----------------------------------------------------------------------


def count_table(
    labels_a: Integers, labels_b: Integers, q: int, groups: Integers, count: int
) -> Floats:
    """Return per group the table of labels of two coders, over the units that both coded."""
    paired = (labels_a >= 0) & (labels_b >= 0)
    # one number per cell of all tables: a single bincount then fills them
    cell = (groups[paired] * q + labels_a[paired]) * q + labels_b[paired]
    counts: Floats = np.bincount(cell, minlength=count * q * q).astype(float)
    return counts.reshape(count, q, q)


def measure_cohen(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Cohen's kappa, plain or weighted (Cohen 1960, p. 40; 1968, p. 215)."""
    labels_a, labels_b = ratings.labels
    paired = (labels_a >= 0) & (labels_b >= 0)
    units, q = len(labels_a), len(ratings.categories)

    def influence() -> Floats:
        table = count_table(labels_a, labels_b, q, one_group(units), 1)[0]
        per_unit: Floats = kappa_influence(table, distance)[labels_a[paired], labels_b[paired]]
        return per_unit

    # observed agreement is read as a share, so the largest distance counts as 1
    largest = max(distance.max(initial=0.0), 1e-300)
    return Measure(
        units=units,
        counted=int(paired.sum()),
        sums=lambda groups, count: (count_table(labels_a, labels_b, q, groups, count),),
        value=lambda table: cohen_kappa(table, distance),
        observed=lambda table: 1 - table_disagreement(table, distance / largest)[0],
        reason=NO_VARIATION,
        influence=influence,
        large_sample=True,
    )


def measure_light(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Light's kappa: the mean of Cohen's kappa over pairs of coders (Light 1971, p. 371)."""
    pairs = [
        measure_cohen(EncodedRatings((), ratings.labels[[g, h]], ratings.categories), distance)
        for g, h in combinations(range(len(ratings.coders)), 2)
    ]

    def stacked(groups: Integers, count: int) -> Sums:
        return (np.stack([pair.sums(groups, count)[0] for pair in pairs], -3),)

    def influence() -> Floats:
        mean: Floats = np.mean([pair.influence() for pair in pairs if pair.influence], axis=0)
        return mean

    # pairs rest on different units where labels are missing: no influence per unit to average
    complete = bool((ratings.labels >= 0).all())
    return Measure(
        units=ratings.labels.shape[1],
        counted=int((ratings.labelled > 1).sum()),
        sums=stacked,
        value=lambda tables: cohen_kappa(tables, distance).mean(-1),
        observed=lambda tables: 1 - table_disagreement(tables, distance)[0].mean(-1),
        reason="two of the coders gave all units they share the same label, so their kappa "
        "does not exist",
        influence=influence if complete else None,
    )


def measure_largest(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Return the largest kappa that the coders' totals allow (Cohen 1960, p. 42)."""
    cohen = measure_cohen(ratings, distance)
    return Measure(
        cohen.units,
        cohen.counted,
        cohen.sums,
        largest_kappa,
        cohen.observed,
        NO_VARIATION,
        of_agreement=False,
    )
