"""Distances between labels: matrices with a zero diagonal, shape ``(q, q)``.

Only ratios of distances matter to kappa and alpha. AC2 and Brennan-Prediger take 1 minus a
distance as the weight of partial agreement, so linear and quadratic distances end at 1.
"""

from __future__ import annotations

import numpy as np

from qualcode.agreement.arrays import Floats, share


def nominal(q: int) -> Floats:
    """Return the distances of ``q`` labels without order: 0 for the same label, else 1."""
    return np.ones((q, q)) - np.eye(q)


BINARY = nominal(2)
"""Of "the unit has the code" and "it does not"."""


def linear(q: int) -> Floats:
    """Return distances by places in the declared order, 1 from end to end (Cicchetti 1971)."""
    places = np.arange(q, dtype=float)
    return np.abs(places[:, None] - places[None, :]) / max(q - 1, 1)


def quadratic(q: int) -> Floats:
    """Return squared distances by places in the declared order (Fleiss & Cohen 1973)."""
    return np.square(linear(q))


def ordinal(counts: Floats) -> Floats:
    """Return ordinal distances from the labels' frequencies (Krippendorff 2011, p. 6).

    The squared number of values between two labels, half of their own frequencies included.
    """
    # half of a label's own frequency on either side: Krippendorff counts both ends by half
    middle = np.cumsum(counts, -1) - counts / 2
    return np.square(middle[..., :, None] - middle[..., None, :])


def interval(values: Floats) -> Floats:
    """Return squared differences (Krippendorff 2011, p. 6)."""
    return np.square(values[:, None] - values[None, :])


def ratio(values: Floats) -> Floats:
    """Return squared relative differences (Krippendorff 2011, p. 6); 0 and 0 do not differ."""
    total = values[:, None] + values[None, :]
    # 0 against 0 is a division by zero, but no difference
    return np.square(np.nan_to_num(share(values[:, None] - values[None, :], total)))


def jaccard(members: Floats) -> Floats:
    """Return 1 - |intersection| / |union| of sets (Jaccard 1912); two empty sets do not differ.

    Args:
        members: One row per set, one column per label: 1 where the set holds the label.
    """
    intersection, union = _overlaps(members)
    return np.where(union > 0, 1.0 - intersection / np.maximum(union, 1.0), 0.0)


def masi(members: Floats) -> Floats:
    """Return 1 - Jaccard x monotonicity of sets (Passonneau 2006, "Measuring agreement...").

    Monotonicity is 1 for equal sets, 2/3 where one set holds the other, 1/3 where they overlap
    otherwise, 0 for disjoint sets; two empty sets do not differ.
    """
    intersection, union = _overlaps(members)
    sizes = members.sum(1)
    # the smaller set lies in the larger one where it is their whole intersection
    subset = intersection == np.minimum(sizes[:, None], sizes[None, :])
    monotonicity = np.where(intersection == union, 1.0, np.where(subset, 2 / 3, 1 / 3))
    return np.where(union > 0, 1.0 - monotonicity * intersection / np.maximum(union, 1.0), 0.0)


def _overlaps(members: Floats) -> tuple[Floats, Floats]:
    """Return the sizes of the intersection and of the union of each pair of sets."""
    intersection = members @ members.T
    sizes = members.sum(1)
    return intersection, sizes[:, None] + sizes[None, :] - intersection
