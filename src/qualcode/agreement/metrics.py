"""How far labels lie apart: distance matrices with zero diagonal, shape ``(q, q)``.

Only ratios of distances matter to kappa and alpha. AC2 and Brennan-Prediger take 1 minus a
distance as the weight of half agreement, so linear and quadratic distances end at 1.
"""

from __future__ import annotations

import numpy as np

from qualcode.agreement.contingency import Floats, nominal, share

__all__ = ["interval", "jaccard", "linear", "masi", "nominal", "ordinal", "quadratic", "ratio"]


def linear(q: int) -> Floats:
    """Return distances by places in the declared order, 1 from end to end (Cicchetti 1971)."""
    places = np.arange(q, dtype=float)
    return np.abs(places[:, None] - places[None, :]) / max(q - 1, 1)


def quadratic(q: int) -> Floats:
    """Return squared distances by places in the declared order (Fleiss & Cohen 1973)."""
    return np.square(linear(q))


def ordinal(counts: Floats) -> Floats:
    """Return ordinal distances from the labels' frequencies (Krippendorff 2011, p. 6).

    The squared number of values that lie between two labels, half of their own included.
    """
    middle = np.cumsum(counts, -1) - counts / 2
    return np.square(middle[..., :, None] - middle[..., None, :])


def interval(values: Floats) -> Floats:
    """Return squared differences (Krippendorff 2011, p. 6)."""
    return np.square(values[:, None] - values[None, :])


def ratio(values: Floats) -> Floats:
    """Return squared relative differences (Krippendorff 2011, p. 6); 0 and 0 do not differ."""
    both = values[:, None] + values[None, :]
    return np.square(np.nan_to_num(share(values[:, None] - values[None, :], both)))


def _overlaps(members: Floats) -> tuple[Floats, Floats]:
    """Return how many labels pairs of sets share, and how many they have together."""
    shared = members @ members.T
    sizes = members.sum(1)
    return shared, sizes[:, None] + sizes[None, :] - shared


def jaccard(members: Floats) -> Floats:
    """Return 1 - |shared| / |union| of sets (Jaccard 1912); two empty sets do not differ.

    Args:
        members: One row per set, one column per label: 1 where the set holds the label.
    """
    shared, union = _overlaps(members)
    return np.where(union > 0, 1.0 - shared / np.maximum(union, 1.0), 0.0)


def masi(members: Floats) -> Floats:
    """Return 1 - Jaccard x monotonicity of sets (Passonneau 2006, "Measuring agreement...").

    Monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap
    otherwise, 0 for disjoint ones; two empty sets do not differ.
    """
    shared, union = _overlaps(members)
    sizes = members.sum(1)
    held = np.where(shared == np.minimum(sizes[:, None], sizes[None, :]), 2 / 3, 1 / 3)
    monotone = np.where(shared == union, 1.0, held)
    return np.where(union > 0, 1.0 - monotone * shared / np.maximum(union, 1.0), 0.0)
