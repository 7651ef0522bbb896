"""Conger's kappa: chance agreement from each coder's own totals (Conger 1980)."""

from __future__ import annotations

import numpy as np

from qualcode.agreement.arrays import Floats, Integers, share
from qualcode.agreement.fleiss_family import correct_for_chance
from qualcode.agreement.measure import (
    NO_VARIATION,
    Measure,
    Sums,
    one_group,
    pair_agreement,
    scale_to_one,
    sum_by_group,
)
from qualcode.agreement.ratings import EncodedRatings


def conger_chance(totals: Floats, distance: Floats) -> Floats:
    """Return chance agreement from each coder's own totals (Conger 1980, p. 325).

    Args:
        totals: Units that each coder gave each label, ``(..., coders, q)``.
        distance: Distances between labels, 1 at most.
    """
    coders = totals.shape[-2]
    shares = share(totals, totals.sum(-1)[..., None])
    mean = shares.sum(-2)
    expected = ((mean @ distance) * mean).sum(-1)
    # a coder is paired with the others only
    expected = expected - ((shares @ distance) * shares).sum((-2, -1))
    chance: Floats = 1.0 - expected / (coders * (coders - 1))
    return chance


def measure_conger(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Conger's kappa (Conger 1980, p. 325): chance from each coder's own totals, any number."""
    distance = scale_to_one(distance)
    coders, q = len(ratings.coders), len(ratings.categories)
    labelled, agree = ratings.labelled, pair_agreement(ratings, distance)

    def sums(groups: Integers, count: int) -> Sums:
        per_coder = [
            np.bincount(groups[row >= 0] * q + row[row >= 0], minlength=count * q)
            for row in ratings.labels
        ]
        totals = np.stack(per_coder).reshape(coders, count, q).transpose(1, 0, 2).astype(float)
        pairable = sum_by_group((labelled > 1).astype(float), groups, count)
        return sum_by_group(agree, groups, count), pairable, totals

    def value(agreeing: Floats, pairable: Floats, totals: Floats) -> Floats:
        return correct_for_chance(share(agreeing, pairable), conger_chance(totals, distance))

    def influence() -> Floats:
        total = tuple(part[0] for part in sums(one_group(len(labelled)), 1))
        coefficient, totals = float(value(*total)), total[2]
        chance = float(conger_chance(totals, distance))
        rated = labelled > 0
        of_units = rated.sum() / (labelled > 1).sum()
        by_observed = np.where(labelled > 1, of_units * (agree - chance) / (1 - chance), 0.0)
        shares = totals / totals.sum(1, keepdims=True)
        # a coder's label is expected to meet the labels of all other coders
        other_shares = (shares.sum(0) - shares) @ distance / (coders * (coders - 1))
        by_chance = np.zeros(len(labelled))
        for g, row in enumerate(ratings.labels):
            coded = row >= 0
            spread = other_shares[g][row[coded]] - shares[g] @ other_shares[g]
            # each coder's shares rest on the units that this coder coded
            by_chance[coded] -= spread * rated.sum() / coded.sum()
        per_unit = by_observed - coefficient - 2 * (1 - coefficient) * by_chance / (1 - chance)
        return per_unit[rated]

    return Measure(
        units=ratings.labels.shape[1],
        counted=int((labelled > 1).sum()),
        sums=sums,
        value=value,
        observed=lambda agreeing, pairable, _: share(agreeing, pairable),
        reason=NO_VARIATION,
        influence=influence,
    )
