"""Indices of one label that is present or absent: specific agreement, prevalence, bias.

The ratings are 0 (absent) and 1 (present).
"""

from __future__ import annotations

import numpy as np

from qualcode.agreement.arrays import Floats, share
from qualcode.agreement.measure import Measure, ratio_measure
from qualcode.agreement.ratings import EncodedRatings


def positive_agreement(table: Floats) -> Floats:
    """Return 2a / (2a + b + c) of binary tables (Cicchetti & Feinstein 1990, p. 554)."""
    # units without the code do not count: that both left it out says little about a rare code
    present = 2 * table[..., 1, 1]
    return share(present, present + table[..., 0, 1] + table[..., 1, 0])


def measure_positive_agreement(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Specific agreement on the label present (Cicchetti & Feinstein 1990, p. 554).

    With more coders: agreeing pairs among pairs that hold the label (Fleiss 1981, p. 217).
    """
    return _measure_specific(ratings, 1, distance)


def measure_negative_agreement(ratings: EncodedRatings, distance: Floats) -> Measure:
    """Specific agreement on the label absent (Cicchetti & Feinstein 1990, p. 554)."""
    return _measure_specific(ratings, 0, distance)


def _measure_specific(ratings: EncodedRatings, label: int, distance: Floats) -> Measure:
    del distance
    coders_with = (ratings.labels == label).sum(0)
    # a unit that nobody coded has no pair, not minus one
    other_coders = np.maximum(ratings.labelled - 1, 0)
    parts = (
        (coders_with * (coders_with - 1)).astype(float),
        (coders_with * other_coders).astype(float),
    )
    return ratio_measure(
        ratings, parts, share, "no coder gave this label to a unit that others coded"
    )


def measure_prevalence_index(ratings: EncodedRatings, distance: Floats) -> Measure:
    """(both present - both absent) / n (Byrt, Bishop & Carlin 1993, p. 425)."""
    del distance
    labels_a, labels_b = ratings.labels
    paired = (labels_a >= 0) & (labels_b >= 0)
    # 1 where both gave the label, -1 where neither did, 0 where one did: their sum is a - d
    parts = labels_a + labels_b - 1.0, paired.astype(float)
    return ratio_measure(ratings, parts, share, "", -1.0, of_agreement=False)


def measure_bias_index(ratings: EncodedRatings, distance: Floats) -> Measure:
    """|A only - B only| / n, the same for either order (Byrt, Bishop & Carlin 1993, p. 425).

    The paper's b - c has a sign that turns with the order of the coders; its size is the index.
    """
    del distance
    labels_a, labels_b = ratings.labels
    paired = (labels_a >= 0) & (labels_b >= 0)
    parts = (labels_a - labels_b).astype(float), paired.astype(float)
    return ratio_measure(
        ratings, parts, lambda bias, units: np.abs(share(bias, units)), "", of_agreement=False
    )
