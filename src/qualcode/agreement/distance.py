"""Distances between labels: matrices with a zero diagonal, shape ``(q, q)``.

Only ratios of distances matter to kappa and alpha. AC2 and Brennan-Prediger take 1 minus a
distance as the weight of partial agreement, so distances by rank end at 1.
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


def rank_pairs(q: int) -> Floats:
    """Return the share of all pairs of ranks that lie between two labels (Gwet 2014, p. 91)."""
    spanned = np.abs(np.subtract.outer(np.arange(q), np.arange(q))) + 1.0
    pairs: Floats = spanned * (spanned - 1) / max(q * (q - 1), 1)
    return pairs


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
    return jaccard_of_sizes(*_sizes(members))


def jaccard_of_sizes(first: Floats, second: Floats, shared: Floats) -> Floats:
    """Return the same from the sizes of two sets and of what they share."""
    union = first + second - shared
    return np.where(union > 0, 1.0 - shared / np.maximum(union, 1.0), 0.0)


def masi(members: Floats) -> Floats:
    """Return 1 - Jaccard x monotonicity of sets (Passonneau 2006, "Measuring agreement...").

    Monotonicity is 1 for equal sets, 2/3 where one set holds the other, 1/3 where they overlap
    otherwise, 0 for disjoint sets; two empty sets do not differ.
    """
    return masi_of_sizes(*_sizes(members))


def masi_of_sizes(first: Floats, second: Floats, shared: Floats) -> Floats:
    """Return the same from the sizes of two sets and of what they share."""
    union = first + second - shared
    # the smaller set lies in the larger one where it is their whole intersection
    subset = shared == np.minimum(first, second)
    monotonicity = np.where(shared == union, 1.0, np.where(subset, 2 / 3, 1 / 3))
    return np.where(union > 0, 1.0 - monotonicity * shared / np.maximum(union, 1.0), 0.0)


def _sizes(members: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the sizes of the sets of each pair, and of what they share."""
    sizes = members.sum(1)
    return sizes[:, None], sizes[None, :], members @ members.T
