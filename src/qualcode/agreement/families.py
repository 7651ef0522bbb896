"""What each figure for fixed units is made of: its sums, its value, its linearisation.

A ``Family`` joins checked ratings with one formula. ``sums`` adds up, per group of units,
all that ``value`` needs; ``influence`` is what each unit adds to the figure, times n, of
which the analytic variance is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from qualcode.agreement import chance, contingency, krippendorff, metrics
from qualcode.agreement.chance import Ratings
from qualcode.agreement.contingency import Floats, share
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


NO_VARIATION = "all labels are the same, so chance alone would agree as well: nothing varies"


def _summed(rows: Floats, groups: Integers, count: int) -> Floats:
    out = np.zeros((count, *rows.shape[1:]))
    np.add.at(out, groups, rows)
    return out


def _table(one: Integers, two: Integers, q: int, groups: Integers, count: int) -> Floats:
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
        per_cell = contingency.kappa_influence(_table(one, two, q, zero, 1)[0], distance)
        per_unit: Floats = per_cell[one[both], two[both]]
        return per_unit

    largest = max(distance.max(initial=0.0), 1e-300)
    return Family(
        units=len(one),
        counted=int(both.sum()),
        sums=lambda groups, count: (_table(one, two, q, groups, count),),
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


def _pair_distance(encoded: Encoded, distance: Floats) -> Floats:
    """Return per unit the distances of its ordered pairs of labels, summed."""
    labels = encoded.labels
    apart = np.zeros(labels.shape[1])
    for g, h in combinations(range(len(labels)), 2):
        both = (labels[g] >= 0) & (labels[h] >= 0)
        one, two = labels[g, both], labels[h, both]
        apart[both] += distance[one, two] + distance[two, one]
    return apart


def _per_label(encoded: Encoded, numbers: Floats) -> Floats:
    """Return per unit the sum of ``numbers[label]`` over its labels."""
    held = np.append(numbers, 0.0)
    out: Floats = held[encoded.labels].sum(0)
    return out


def _label_counts(encoded: Encoded, weights: Floats, groups: Integers, count: int) -> Floats:
    """Return per group the weighted number of times each label was given: ``(count, q)``."""
    q = len(encoded.categories)
    out = np.zeros(count * q)
    for row in encoded.labels:
        held = row >= 0
        out += np.bincount(groups[held] * q + row[held], weights=weights[held], minlength=count * q)
    return out.reshape(count, q)


def _agreements(encoded: Encoded, distance: Floats) -> Floats:
    """Return per unit the share of agreeing pairs of coders; 0 where there is no pair."""
    given = encoded.given
    pairs = np.where(given > 1, given * (given - 1), 1)
    return np.where(given > 1, 1.0 - _pair_distance(encoded, distance) / pairs, 0.0)


def _rated(encoded: Encoded, distance: Floats) -> Callable[[Integers, int], Sums]:
    given = encoded.given
    agree = _agreements(encoded, distance)

    def sums(groups: Integers, count: int) -> Sums:
        return Ratings(
            _summed(agree, groups, count),
            _summed((given > 1).astype(float), groups, count),
            _label_counts(encoded, 1.0 / np.maximum(given, 1), groups, count),
            _summed((given > 0).astype(float), groups, count),
        )

    return sums


def _scaled(distance: Floats) -> Floats:
    scaled: Floats = distance / max(distance.max(initial=0.0), 1e-300)
    return scaled


def _corrected(
    encoded: Encoded,
    distance: Floats,
    chance_of: Callable[[Ratings, Floats], Floats],
    slope: Callable[[Floats], Floats],
    reason: str,
) -> Family:
    """Return a figure (observed - chance) / (1 - chance) with Gwet's linearised variance.

    ``slope`` takes the shares of the labels and gives what a label adds to chance agreement:
    the chance of a unit is the mean of that over its labels (Gwet 2014, section 5.3).
    """
    distance = _scaled(distance)
    sums = _rated(encoded, distance)

    def value(*parts: Floats) -> Floats:
        rated = Ratings(*parts)
        return chance.corrected(chance.observed_agreement(rated), chance_of(rated, distance))

    def influence() -> Floats:
        given = encoded.given
        rated = Ratings(*(x[0] for x in sums(np.zeros(len(given), dtype=np.int64), 1)))
        expected = float(chance_of(rated, distance))
        figure = float(value(*rated))
        of_units = float(rated.units / rated.pairable)
        own = _agreements(encoded, distance) - expected
        own = np.where(given > 1, of_units * own / (1 - expected), 0.0)
        by_label = slope(rated.shares / rated.units)
        by_chance = _per_label(encoded, by_label) / np.maximum(given, 1)
        by_chance -= float(rated.shares @ by_label / rated.units)
        whole = own - figure - 2 * (1 - figure) * by_chance / (1 - expected)
        return whole[given > 0]

    return Family(
        units=encoded.labels.shape[1],
        counted=int((encoded.given > 1).sum()),
        sums=sums,
        value=value,
        observed=lambda *parts: chance.observed_agreement(Ratings(*parts)),
        reason=reason,
        influence=influence,
    )


def fleiss(encoded: Encoded, distance: Floats) -> Family:
    """Fleiss' kappa (Fleiss 1971, p. 379), with two coders Scott's pi (Scott 1955, p. 323)."""
    return _corrected(
        encoded,
        distance,
        chance.fleiss_chance,
        lambda shares: 1.0 - _scaled(distance) @ shares,
        NO_VARIATION,
    )


def gwet(encoded: Encoded, distance: Floats) -> Family:
    """Gwet's AC1 (Gwet 2008, p. 34) and AC2 (Gwet 2014, p. 91)."""
    q = len(distance)
    likeness = float((1.0 - _scaled(distance)).sum()) / (q * max(q - 1, 1))
    return _corrected(
        encoded,
        distance,
        chance.gwet_chance,
        lambda shares: likeness * (1.0 - shares),
        "only one category is declared",
    )


def uniform(encoded: Encoded, distance: Floats) -> Family:
    """Brennan-Prediger (1981, p. 692); S (Bennett et al. 1954); Randolph 2005; PABAK."""
    return _corrected(
        encoded,
        distance,
        chance.uniform_chance,
        np.zeros_like,
        "only one category is declared",
    )


def percent(encoded: Encoded, distance: Floats) -> Family:
    """Percent agreement: the mean over units of the share of agreeing pairs of coders."""
    sums = _rated(encoded, distance)
    given = encoded.given

    def value(*parts: Floats) -> Floats:
        return chance.observed_agreement(Ratings(*parts))

    def influence() -> Floats:
        agree = _agreements(encoded, distance)[given > 0] * ((given > 0).sum() / (given > 1).sum())
        centered: Floats = agree - agree.mean()
        return centered

    return Family(
        encoded.labels.shape[1], int((given > 1).sum()), sums, value, value,
        "no unit was coded by two coders", influence, 0.0,
    )  # fmt: skip


def conger(encoded: Encoded, distance: Floats) -> Family:
    """Conger's kappa (Conger 1980, p. 325): chance from each coder's own totals, any number."""
    distance = _scaled(distance)
    coders, q = len(encoded.coders), len(encoded.categories)
    pairs = coders * (coders - 1)
    given, agree = encoded.given, _agreements(encoded, distance)

    def sums(groups: Integers, count: int) -> Sums:
        own = [
            np.bincount(groups[row >= 0] * q + row[row >= 0], minlength=count * q)
            for row in encoded.labels
        ]
        totals = np.stack(own).reshape(coders, count, q).transpose(1, 0, 2).astype(float)
        pairable = _summed((given > 1).astype(float), groups, count)
        return _summed(agree, groups, count), pairable, totals

    def chance_of(totals: Floats) -> Floats:
        shares = share(totals, totals.sum(-1)[..., None])
        mean = shares.sum(-2)
        apart = ((mean @ distance) * mean).sum(-1)
        apart = apart - ((shares @ distance) * shares).sum((-2, -1))
        chances: Floats = 1.0 - apart / pairs
        return chances

    def value(agreeing: Floats, pairable: Floats, totals: Floats) -> Floats:
        return chance.corrected(share(agreeing, pairable), chance_of(totals))

    def influence() -> Floats:
        one = tuple(part[0] for part in sums(np.zeros(len(given), dtype=np.int64), 1))
        figure, expected = float(value(*one)), float(chance_of(one[2]))
        rated = given > 0
        of_units = rated.sum() / (given > 1).sum()
        own = np.where(given > 1, of_units * (agree - expected) / (1 - expected), 0.0)
        shares = one[2] / one[2].sum(1, keepdims=True)
        others = (shares.sum(0) - shares) @ distance / pairs
        by_chance = np.zeros(len(given))
        for g, row in enumerate(encoded.labels):
            held = row >= 0
            spread = others[g][row[held]] - shares[g] @ others[g]
            by_chance[held] -= spread * rated.sum() / held.sum()
        whole = own - figure - 2 * (1 - figure) * by_chance / (1 - expected)
        return whole[rated]

    return Family(
        encoded.labels.shape[1], int((given > 1).sum()), sums, value,
        lambda agreeing, pairable, _: share(agreeing, pairable), NO_VARIATION, influence,
    )  # fmt: skip


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
    encoded = _pairable(encoded)
    given = encoded.given
    whole = _label_counts(encoded, np.ones(len(given)), np.zeros(len(given), dtype=np.int64), 1)[0]
    fixed = distance_of is not metrics.ordinal
    distance = distance_of(whole)
    used = whole > 0
    largest = max(distance[np.ix_(used, used)].max(initial=0.0), 1e-300)
    apart = _pair_distance(encoded, distance) / np.maximum(given - 1, 1)

    def sums(groups: Integers, count: int) -> Sums:
        values = _label_counts(encoded, np.ones(len(given)), groups, count)
        if fixed:
            return _summed(apart, groups, count), values
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
    )


def _alpha_influence(encoded: Encoded, distance: Floats, apart: Floats, counts: Floats) -> Floats:
    """Return Gwet's linearisation of alpha, the distances held fixed (Gwet 2014, p. 155).

    Only units with two or more labels count. As in Gwet, alpha's correction for small samples
    (1 / number of values) is left out of the variance.
    """
    given = encoded.given
    counted = given > 1
    n = counts.sum()
    mean = n / counted.sum()
    spread = distance @ counts / n
    expected = float(counts @ spread / n)
    disagreement = float(apart.sum() / n)
    by_observed = -(apart - disagreement * given) / (mean * expected)
    by_chance = (_per_label(encoded, spread) - expected * given) / mean
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
    apart = _pair_distance(encoded, distance) / np.maximum(given - 1, 1)

    parts = given - apart, given.astype(float)
    return _ratio(encoded, parts, share, "no unit was coded by two coders")


def _ratio(
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
            _summed(np.where(counted, part, 0.0), groups, count) for part in parts
        ),
        value=value,
        observed=None,
        reason=reason,
        influence=influence,
        lowest=lowest,
    )


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
    return _ratio(
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
    return _ratio(encoded, ((one + two - 1.0), both.astype(float)), share, "", -1.0)


def bias_index(encoded: Encoded, distance: Floats) -> Family:
    """|A only - B only| / n, the same for either order (Byrt, Bishop & Carlin 1993, p. 425)."""
    del distance
    one, two = encoded.labels
    both = (one >= 0) & (two >= 0)
    return _ratio(
        encoded,
        ((one - two).astype(float), both.astype(float)),
        lambda apart, units: np.abs(share(apart, units)),
        "",
    )
