"""Coefficients for any number of coders that share one observed agreement (Gwet 2014).

Percent agreement, Fleiss' kappa, Gwet's AC1 and AC2, Brennan-Prediger. They
differ only in what they take for agreement by chance. They are computed from sums over units,
so leading axes may be codes or resamples.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from qualcode.agreement.arrays import Floats, Integers, share
from qualcode.agreement.measure import (
    NO_PAIR,
    NO_VARIATION,
    ONE_CATEGORY,
    Measure,
    label_counts,
    one_group,
    pair_agreement,
    scale_to_one,
    sum_by_group,
    sum_per_label,
)
from qualcode.agreement.ratings import EncodedRatings

# --- formulas on sums -------------------------------------------------------------------------


class AgreementSums(NamedTuple):
    """Sums over units from which these coefficients are computed.

    Attributes:
        agree: Sum over units with two or more labels of the share of agreeing pairs of
            coders, weighted where labels may agree in part.
        pairable: Number of units with two or more labels.
        shares: Sum over units with any label of each label's share in the unit, ``(..., q)``.
        units: Number of units with any label.
    """

    agree: Floats
    pairable: Floats
    shares: Floats
    units: Floats


def table_sums(table: Floats, distance: Floats) -> AgreementSums:
    """Return the sums of two coders from their table of labels, ``(..., q, q)``."""
    units = table.sum((-2, -1))
    agree = units - (table * distance).sum((-2, -1))
    return AgreementSums(agree, units, (table.sum(-1) + table.sum(-2)) / 2, units)


def observed_agreement(sums: AgreementSums) -> Floats:
    """Return the mean over units of the share of agreeing pairs (Gwet 2014, p. 87)."""
    return share(sums.agree, sums.pairable)


def fleiss_chance(sums: AgreementSums, distance: Floats) -> Floats:
    """Return chance agreement from the labels' shares (Scott 1955; Fleiss 1971, p. 379)."""
    shares = share(sums.shares, sums.units[..., None])
    chance: Floats = 1.0 - ((shares @ distance) * shares).sum(-1)
    return chance


def gwet_chance(sums: AgreementSums, distance: Floats) -> Floats:
    """Return chance agreement of AC1 (Gwet 2008, p. 34) and AC2 (Gwet 2014, p. 91)."""
    shares = share(sums.shares, sums.units[..., None])
    q = len(distance)
    # 1 / q for AC1; the weights of agreement in part raise it for AC2
    likeness = (1.0 - distance).sum() / (q * (q - 1))
    chance: Floats = likeness * (shares * (1.0 - shares)).sum(-1)
    return chance


def uniform_chance(sums: AgreementSums, distance: Floats) -> Floats:
    """Return chance agreement when every label is equally likely (Brennan & Prediger 1981)."""
    # the same for every resample: it depends on the categories alone
    return np.full(np.shape(sums.units), (1.0 - distance).mean())


def correct_for_chance(observed: Floats, chance: Floats) -> Floats:
    """Return (observed - chance) / (1 - chance), NaN where chance agreement is 1."""
    return share(observed - chance, 1.0 - chance)


def fleiss_kappa(sums: AgreementSums, distance: Floats) -> Floats:
    """Return Fleiss' kappa (Fleiss 1971, p. 379)."""
    return correct_for_chance(observed_agreement(sums), fleiss_chance(sums, distance))


def gwet_ac(sums: AgreementSums, distance: Floats) -> Floats:
    """Return Gwet's AC1 (Gwet 2008, p. 34) or AC2 (Gwet 2014, p. 91)."""
    return correct_for_chance(observed_agreement(sums), gwet_chance(sums, distance))


# --- measures on ratings ----------------------------------------------------------------------


def measure_fleiss(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Fleiss' kappa (Fleiss 1971, p. 379), with two coders Scott's pi (Scott 1955, p. 323)."""
    scaled = scale_to_one(distance)
    return _measure_corrected(
        ratings, scaled, fleiss_chance, lambda shares: 1.0 - scaled @ shares, NO_VARIATION
    )


def measure_gwet(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Gwet's AC1 (Gwet 2008, p. 34) and AC2 (Gwet 2014, p. 91)."""
    scaled, q = scale_to_one(distance), len(distance)
    likeness = float((1.0 - scaled).sum()) / (q * max(q - 1, 1))
    return _measure_corrected(
        ratings, scaled, gwet_chance, lambda shares: likeness * (1.0 - shares), ONE_CATEGORY
    )


def measure_uniform(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Brennan-Prediger (1981, p. 692); S (Bennett et al. 1954); Randolph 2005; PABAK."""
    return _measure_corrected(
        ratings, scale_to_one(distance), uniform_chance, np.zeros_like, ONE_CATEGORY
    )


def _measure_corrected(
    ratings: EncodedRatings,
    distance: Floats,
    chance_of: Callable[[AgreementSums, Floats], Floats],
    slope: Callable[[Floats], Floats],
    reason: str,
) -> Measure:
    """Return (observed - chance) / (1 - chance) with Gwet's linearised variance.

    ``slope`` takes the shares of the labels and gives what a label adds to chance agreement:
    the chance of a unit is the mean of that over its labels (Gwet 2014, section 5.3).
    """
    sums = _agreement_sums(ratings, distance)

    def value(*parts: Floats) -> Floats:
        total = AgreementSums(*parts)
        return correct_for_chance(observed_agreement(total), chance_of(total, distance))

    def influence() -> Floats:
        labelled = ratings.labelled
        total = AgreementSums(*(part[0] for part in sums(one_group(len(labelled)), 1)))
        chance = float(chance_of(total, distance))
        coefficient = float(value(*total))
        # units with one label count in chance agreement, not in observed agreement
        of_units = float(total.units / total.pairable)
        excess = pair_agreement(ratings, distance) - chance
        by_observed = np.where(labelled > 1, of_units * excess / (1 - chance), 0.0)
        by_label = slope(total.shares / total.units)
        # a unit moves chance agreement by how its labels differ from the mean
        by_chance = sum_per_label(ratings, by_label) / np.maximum(labelled, 1)
        by_chance -= float(total.shares @ by_label / total.units)
        per_unit = by_observed - coefficient - 2 * (1 - coefficient) * by_chance / (1 - chance)
        return per_unit[labelled > 0]

    return Measure(
        units=ratings.labels.shape[1],
        counted=int((ratings.labelled > 1).sum()),
        sums=sums,
        value=value,
        observed=lambda *parts: observed_agreement(AgreementSums(*parts)),
        reason=reason,
        influence=influence,
    )


def _agreement_sums(
    ratings: EncodedRatings, distance: Floats
) -> Callable[[Integers, int], AgreementSums]:
    """Return the function that adds up the sums of these coefficients per group of units."""
    labelled = ratings.labelled
    agree = pair_agreement(ratings, distance)

    def sums(groups: Integers, count: int) -> AgreementSums:
        return AgreementSums(
            sum_by_group(agree, groups, count),
            sum_by_group((labelled > 1).astype(float), groups, count),
            label_counts(ratings, 1.0 / np.maximum(labelled, 1), groups, count),
            sum_by_group((labelled > 0).astype(float), groups, count),
        )

    return sums


def measure_percent(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Percent agreement: the mean over units of the share of agreeing pairs of coders."""
    labelled = ratings.labelled

    def value(*parts: Floats) -> Floats:
        return observed_agreement(AgreementSums(*parts))

    def influence() -> Floats:
        of_units = (labelled > 0).sum() / (labelled > 1).sum()
        agree = pair_agreement(ratings, distance)[labelled > 0] * of_units
        centered: Floats = agree - agree.mean()
        return centered

    return Measure(
        units=ratings.labels.shape[1],
        counted=int((labelled > 1).sum()),
        sums=_agreement_sums(ratings, distance),
        value=value,
        observed=value,
        reason=NO_PAIR,
        influence=influence,
        lowest=0.0,
    )
