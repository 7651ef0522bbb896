"""Figures of two coders: Cohen's kappa and its relatives, indices of binary codes."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from qualcode.agreement import contingency
from qualcode.agreement.contingency import Floats, share
from qualcode.agreement.family import NO_VARIATION, Family, Sums, ratio_of_sums
from qualcode.agreement.labels import Encoded, Integers


def count_table(one: Integers, two: Integers, q: int, groups: Integers, count: int) -> Floats:
    """Return per group the table of labels of two coders, units that both coded."""
    both = (one >= 0) & (two >= 0)
    cell = (groups[both] * q + one[both]) * q + two[both]
    counts: Floats = np.bincount(cell, minlength=count * q * q).astype(float)
    return counts.reshape(count, q, q)


def cohen(encoded: Encoded, distance: Floats) -> Family:
    """Cohen's kappa, plain or weighted (Cohen 1960, p. 40; 1968, p. 215)."""
    one, two = encoded.labels
    both = (one >= 0) & (two >= 0)
    q = len(encoded.categories)

    def influence() -> Floats:
        zero = np.zeros(len(one), dtype=np.int64)
        per_cell = contingency.kappa_influence(count_table(one, two, q, zero, 1)[0], distance)
        per_unit: Floats = per_cell[one[both], two[both]]
        return per_unit

    largest = max(distance.max(initial=0.0), 1e-300)
    return Family(
        units=len(one),
        counted=int(both.sum()),
        sums=lambda groups, count: (count_table(one, two, q, groups, count),),
        value=lambda table: contingency.cohen(table, distance),
        observed=lambda table: 1 - contingency.disagreements(table, distance / largest)[0],
        reason=NO_VARIATION,
        influence=influence,
        large_sample=True,
    )


def light(encoded: Encoded, distance: Floats) -> Family:
    """Light's kappa: the mean of Cohen's kappa over pairs of coders (Light 1971, p. 371)."""
    pairs = list(combinations(range(len(encoded.coders)), 2))
    parts = [
        cohen(Encoded((), encoded.labels[[g, h]], encoded.categories), distance) for g, h in pairs
    ]

    def stacked(groups: Integers, count: int) -> Sums:
        return (np.stack([part.sums(groups, count)[0] for part in parts], -3),)

    complete = bool((encoded.labels >= 0).all())

    def influence() -> Floats:
        made: Floats = np.mean([part.influence() for part in parts if part.influence], axis=0)
        return made

    return Family(
        units=encoded.labels.shape[1],
        counted=int((encoded.given > 1).sum()),
        sums=stacked,
        value=lambda tables: contingency.cohen(tables, distance).mean(-1),
        observed=lambda tables: 1 - contingency.disagreements(tables, distance)[0].mean(-1),
        reason="two of the coders gave all units they share the same label, so their kappa "
        "does not exist",
        influence=influence if complete else None,
    )


def kappa_max(encoded: Encoded, distance: Floats) -> Family:
    """The largest kappa that the coders' totals allow (Cohen 1960, p. 42)."""
    plain = cohen(encoded, distance)
    return Family(
        plain.units, plain.counted, plain.sums, contingency.largest_kappa, plain.observed,
        NO_VARIATION,
    )  # fmt: skip


def positive_agreement(encoded: Encoded, distance: Floats) -> Family:
    """Specific agreement on the label present (Cicchetti & Feinstein 1990, p. 554).

    With more coders: agreeing pairs among pairs that hold the label (Fleiss 1981, p. 217).
    """
    return _specific(encoded, 1, distance)


def negative_agreement(encoded: Encoded, distance: Floats) -> Family:
    """Specific agreement on the label absent (Cicchetti & Feinstein 1990, p. 554)."""
    return _specific(encoded, 0, distance)


def _specific(encoded: Encoded, label: int, distance: Floats) -> Family:
    del distance
    held = (encoded.labels == label).sum(0)
    others = np.maximum(encoded.given - 1, 0)
    return ratio_of_sums(
        encoded,
        ((held * (held - 1)).astype(float), (held * others).astype(float)),
        share,
        "no coder gave this label to a unit that others coded",
    )


def prevalence_index(encoded: Encoded, distance: Floats) -> Family:
    """(both present - both absent) / n (Byrt, Bishop & Carlin 1993, p. 425)."""
    del distance
    one, two = encoded.labels
    both = (one >= 0) & (two >= 0)
    return ratio_of_sums(encoded, ((one + two - 1.0), both.astype(float)), share, "", -1.0)


def bias_index(encoded: Encoded, distance: Floats) -> Family:
    """|A only - B only| / n, the same for either order (Byrt, Bishop & Carlin 1993, p. 425).

    The paper's b - c has a sign that turns with the order of the coders; its size is the index.
    """
    del distance
    one, two = encoded.labels
    both = (one >= 0) & (two >= 0)
    return ratio_of_sums(
        encoded,
        ((one - two).astype(float), both.astype(float)),
        lambda apart, units: np.abs(share(apart, units)),
        "",
    )
