"""Figures of any number of coders that correct observed agreement for chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from qualcode.agreement import chance
from qualcode.agreement.chance import Ratings
from qualcode.agreement.contingency import Floats, share
from qualcode.agreement.family import (
    NO_VARIATION,
    Family,
    Sums,
    agreements,
    label_counts,
    scaled,
    sum_per_label,
    summed,
)
from qualcode.agreement.labels import Encoded, Integers


def rated(encoded: Encoded, distance: Floats) -> Callable[[Integers, int], Sums]:
    """Return what adds up the sums that the figures of ``chance`` are made of."""
    given = encoded.given
    agree = agreements(encoded, distance)

    def sums(groups: Integers, count: int) -> Sums:
        return Ratings(
            summed(agree, groups, count),
            summed((given > 1).astype(float), groups, count),
            label_counts(encoded, 1.0 / np.maximum(given, 1), groups, count),
            summed((given > 0).astype(float), groups, count),
        )

    return sums


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
    distance = scaled(distance)
    sums = rated(encoded, distance)

    def value(*parts: Floats) -> Floats:
        rated = Ratings(*parts)
        return chance.corrected(chance.observed_agreement(rated), chance_of(rated, distance))

    def influence() -> Floats:
        given = encoded.given
        rated = Ratings(*(x[0] for x in sums(np.zeros(len(given), dtype=np.int64), 1)))
        expected = float(chance_of(rated, distance))
        figure = float(value(*rated))
        of_units = float(rated.units / rated.pairable)
        own = agreements(encoded, distance) - expected
        own = np.where(given > 1, of_units * own / (1 - expected), 0.0)
        by_label = slope(rated.shares / rated.units)
        by_chance = sum_per_label(encoded, by_label) / np.maximum(given, 1)
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
        lambda shares: 1.0 - scaled(distance) @ shares,
        NO_VARIATION,
    )


def gwet(encoded: Encoded, distance: Floats) -> Family:
    """Gwet's AC1 (Gwet 2008, p. 34) and AC2 (Gwet 2014, p. 91)."""
    q = len(distance)
    likeness = float((1.0 - scaled(distance)).sum()) / (q * max(q - 1, 1))
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
    sums = rated(encoded, distance)
    given = encoded.given

    def value(*parts: Floats) -> Floats:
        return chance.observed_agreement(Ratings(*parts))

    def influence() -> Floats:
        agree = agreements(encoded, distance)[given > 0] * ((given > 0).sum() / (given > 1).sum())
        centered: Floats = agree - agree.mean()
        return centered

    return Family(
        encoded.labels.shape[1], int((given > 1).sum()), sums, value, value,
        "no unit was coded by two coders", influence, 0.0,
    )  # fmt: skip


def conger(encoded: Encoded, distance: Floats) -> Family:
    """Conger's kappa (Conger 1980, p. 325): chance from each coder's own totals, any number."""
    distance = scaled(distance)
    coders, q = len(encoded.coders), len(encoded.categories)
    pairs = coders * (coders - 1)
    given, agree = encoded.given, agreements(encoded, distance)

    def sums(groups: Integers, count: int) -> Sums:
        own = [
            np.bincount(groups[row >= 0] * q + row[row >= 0], minlength=count * q)
            for row in encoded.labels
        ]
        totals = np.stack(own).reshape(coders, count, q).transpose(1, 0, 2).astype(float)
        pairable = summed((given > 1).astype(float), groups, count)
        return summed(agree, groups, count), pairable, totals

    def value(agreeing: Floats, pairable: Floats, totals: Floats) -> Floats:
        return chance.corrected(share(agreeing, pairable), chance.conger_chance(totals, distance))

    def influence() -> Floats:
        one = tuple(part[0] for part in sums(np.zeros(len(given), dtype=np.int64), 1))
        figure = float(value(*one))
        expected = float(chance.conger_chance(one[2], distance))
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
