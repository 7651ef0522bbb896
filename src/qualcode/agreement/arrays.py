"""Arrays that the coefficients compute with, and division where the whole may be zero."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

ZERO = 1e-12
"""A total below this is zero but for rounding."""


def share(part: Floats, whole: Floats) -> Floats:
    """Return ``part / whole``, NaN where ``whole`` is zero.

    NaN marks a figure that does not exist; it becomes a reason in words before anyone reads it.
    """
    # a totals array may have more axes than its parts (resamples, codes)
    part, whole = np.broadcast_arrays(part, whole)
    ratio = np.full(whole.shape, np.nan)
    # numpy would warn of a division by zero, and give infinity
    np.divide(part, whole, out=ratio, where=np.abs(whole) > ZERO)
    return ratio


def mean_of_defined(figures: Floats) -> Floats:
    """Return the mean over the last axis of the figures that exist, NaN where none does."""
    defined = np.isfinite(figures)
    return share(np.where(defined, figures, 0.0).sum(-1), defined.sum(-1).astype(float))
