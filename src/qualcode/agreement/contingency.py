"""Figures of two coders from their table of labels: Cohen's kappa and what bears on it.

Tables have shape ``(..., q, q)``: counts of units by the label of the first coder (row) and
of the second (column). Leading axes are codes, transcripts or resamples: every function here
works on all of them at once. Disagreement matrices have shape ``(q, q)``, zero diagonal.
An undefined figure is NaN here and becomes a reason in words before anyone sees it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def share(part: Floats, whole: Floats) -> Floats:
    """Return ``part / whole``, NaN where ``whole`` is zero."""
    part, whole = np.broadcast_arrays(part, whole)
    out = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=out, where=np.abs(whole) > 1e-12)
    return out


def nominal(q: int) -> Floats:
    """Return the disagreement of ``q`` labels without order: 0 for the same, else 1."""
    return np.ones((q, q)) - np.eye(q)


def disagreements(table: Floats, distance: Floats) -> tuple[Floats, Floats]:
    """Return observed and expected disagreement (Cohen 1960; weighted, Cohen 1968, p. 215)."""
    n = table.sum((-2, -1))
    observed = share((table * distance).sum((-2, -1)), n)
    rows, columns = table.sum(-1), table.sum(-2)
    expected = share(((rows @ distance) * columns).sum(-1), n * n)
    return observed, expected


def cohen(table: Floats, distance: Floats) -> Floats:
    """Return Cohen's kappa, 1 - observed / expected disagreement (Cohen 1960, 1968)."""
    observed, expected = disagreements(table, distance)
    return 1.0 - share(observed, expected)


def pooled_kappa(table: Floats) -> Floats:
    """Return the pooled kappa of codes on axis -3 (De Vries, Elliott, Kanouse & Teleki 2008).

    Observed and chance agreement are averaged over the codes before kappa is taken, p. 276.
    """
    observed, expected = disagreements(table, nominal(table.shape[-1]))
    return 1.0 - share(observed.sum(-1), expected.sum(-1))


def stacked_kappa(table: Floats) -> Floats:
    """Return kappa of the tables of all codes on axis -3 laid on one pile."""
    return cohen(table.sum(-3), nominal(table.shape[-1]))


def mean_kappa(table: Floats) -> Floats:
    """Return the mean over the codes on axis -3 of those kappas that are defined."""
    kappas = cohen(table, nominal(table.shape[-1]))
    defined = np.isfinite(kappas)
    return share(np.where(defined, kappas, 0.0).sum(-1), defined.sum(-1).astype(float))


def largest_kappa(table: Floats) -> Floats:
    """Return the largest kappa that the coders' own totals allow (Cohen 1960, p. 42)."""
    n = table.sum((-2, -1))
    rows, columns = table.sum(-1), table.sum(-2)
    observed = 1.0 - share(np.minimum(rows, columns).sum(-1), n)
    expected = disagreements(table, nominal(table.shape[-1]))[1]
    return 1.0 - share(observed, expected)


def kappa_influence(table: Floats, distance: Floats) -> Floats:
    """Return what one unit in each cell adds to kappa, times n: shape ``(q, q)``.

    The mean of its squares over the units, divided by n, is the large-sample variance of
    Fleiss, Cohen and Everitt 1969 (formula 8, not under the null hypothesis).
    """
    n = table.sum()
    rows, columns = table.sum(-1) / n, table.sum(-2) / n
    observed, expected = disagreements(table, distance)
    ratio = observed / expected
    chance = (distance @ columns)[:, None] + (rows @ distance)[None, :] - 2 * expected
    influence: Floats = (ratio * chance - (distance - observed)) / expected
    return influence
