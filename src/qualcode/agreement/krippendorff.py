"""Krippendorff's alpha from sums over units, for any number of coders, missing allowed.

Written from Krippendorff 2011, "Computing Krippendorff's alpha-reliability", and 2004,
"Content Analysis", 2nd edition, chapter 11. The distances stand in ``metrics``.
"""

from __future__ import annotations

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
