"""Coefficients for any number of coders that share one observed agreement (Gwet 2014).

Percent agreement, Fleiss' kappa, Gwet's AC1 and AC2, Brennan-Prediger. They differ only in
what they call chance. Sums over units feed them, so leading axes may be codes or resamples.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from qualcode.agreement.contingency import Floats, share


class Ratings(NamedTuple):
    """Sums over units of which these coefficients are made.

    Attributes:
        agree: Sum over units with two or more labels of the share of agreeing pairs of
            coders, weighted where labels may half agree.
        pairable: Number of units with two or more labels.
        shares: Sum over units with any label of each label's share in the unit, ``(..., q)``.
        units: Number of units with any label.
    """

    agree: Floats
    pairable: Floats
    shares: Floats
    units: Floats


def from_table(table: Floats, distance: Floats) -> Ratings:
    """Return the sums of two coders from their table of labels, ``(..., q, q)``."""
    units = table.sum((-2, -1))
    agree = units - (table * distance).sum((-2, -1))
    return Ratings(agree, units, (table.sum(-1) + table.sum(-2)) / 2, units)


def observed_agreement(sums: Ratings) -> Floats:
    """Return the mean over units of the share of agreeing pairs (Gwet 2014, p. 87)."""
    return share(sums.agree, sums.pairable)


def fleiss_chance(sums: Ratings, distance: Floats) -> Floats:
    """Return chance agreement from the labels' shares (Scott 1955; Fleiss 1971, p. 379)."""
    shares = share(sums.shares, sums.units[..., None])
    chance: Floats = 1.0 - ((shares @ distance) * shares).sum(-1)
    return chance


def gwet_chance(sums: Ratings, distance: Floats) -> Floats:
    """Return chance agreement of AC1 (Gwet 2008, p. 34) and AC2 (Gwet 2014, p. 91)."""
    shares = share(sums.shares, sums.units[..., None])
    q = len(distance)
    likeness = (1.0 - distance).sum() / (q * (q - 1))
    chance: Floats = likeness * (shares * (1.0 - shares)).sum(-1)
    return chance


def conger_chance(totals: Floats, distance: Floats) -> Floats:
    """Return chance agreement from each coder's own totals (Conger 1980, p. 325).

    Args:
        totals: Units that each coder gave each label, ``(..., coders, q)``.
        distance: Distances between labels, 1 at most.
    """
    coders = totals.shape[-2]
    shares = share(totals, totals.sum(-1)[..., None])
    mean = shares.sum(-2)
    apart = ((mean @ distance) * mean).sum(-1)
    apart = apart - ((shares @ distance) * shares).sum((-2, -1))
    chance: Floats = 1.0 - apart / (coders * (coders - 1))
    return chance


def uniform_chance(sums: Ratings, distance: Floats) -> Floats:
    """Return chance agreement when every label is equally likely (Brennan & Prediger 1981)."""
    return np.full(np.shape(sums.units), (1.0 - distance).mean())


def corrected(observed: Floats, chance: Floats) -> Floats:
    """Return (observed - chance) / (1 - chance), NaN where chance agreement is 1."""
    return share(observed - chance, 1.0 - chance)
