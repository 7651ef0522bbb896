"""Krippendorff's alpha and the disagreements (metrics) it takes.

Written from Krippendorff 2011, "Computing Krippendorff's alpha-reliability", and 2004,
"Content Analysis", 2nd edition, chapter 11. Metric sizes cancel: only ratios matter.
"""

from __future__ import annotations

import numpy as np

from qualcode.agreement.contingency import Floats, share


def alpha(disagreement: Floats, counts: Floats, distance: Floats) -> Floats:
    """Return 1 - observed / expected disagreement (Krippendorff 2011, p. 1).

    Args:
        disagreement: Coincidences times their distances, summed: shape ``(...)``.
        counts: Pairable values per label, ``(..., q)``.
        distance: Distances between labels, ``(q, q)`` or ``(..., q, q)``.
    """
    n = counts.sum(-1)
    expected = ((counts[..., None, :] @ distance)[..., 0, :] * counts).sum(-1)
    return 1.0 - share(disagreement * (n - 1.0), expected)


def table_alpha(table: Floats, distance: Floats) -> Floats:
    """Return alpha of two coders from their table of labels, ``(..., q, q)``."""
    counts = table.sum(-1) + table.sum(-2)
    return alpha(2.0 * (table * distance).sum((-2, -1)), counts, distance)


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


def _overlaps(members: Floats) -> tuple[Floats, Floats, Floats]:
    shared = members @ members.T
    sizes = members.sum(1)
    return shared, sizes[:, None] + sizes[None, :] - shared, sizes


def jaccard(members: Floats) -> Floats:
    """Return 1 - |shared| / |union| of sets (Jaccard 1912); two empty sets do not differ.

    Args:
        members: One row per set, one column per label: 1 where the set holds the label.
    """
    shared, union, _ = _overlaps(members)
    return np.where(union > 0, 1.0 - shared / np.maximum(union, 1.0), 0.0)


def masi(members: Floats) -> Floats:
    """Return 1 - Jaccard x monotonicity of sets (Passonneau 2006, "Measuring agreement...").

    Monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap
    otherwise, 0 for disjoint ones; two empty sets do not differ.
    """
    shared, union, sizes = _overlaps(members)
    smaller = np.minimum(sizes[:, None], sizes[None, :])
    held = np.where(shared == smaller, 2 / 3, 1 / 3)
    monotone = np.where(shared == union, 1.0, np.where(shared > 0, held, 0.0))
    distance: Floats = 1.0 - (1.0 - jaccard(members)) * monotone
    return distance
