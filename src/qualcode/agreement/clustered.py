"""Figures with the uncertainty that interviews give them, one per code at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from qualcode.agreement import resampling
from qualcode.agreement.contingency import Floats
from qualcode.agreement.resampling import Uncertainty
from qualcode.model import Coefficient

_SHARES = {"positive_agreement", "negative_agreement", "percent_agreement", "dice", "holsti"}
"""Figures that cannot be below 0, so neither can their intervals."""
NO_UNITS = "there are no units to compare"


def coefficients(
    name: str,
    sums: tuple[Floats, ...],
    value: Callable[..., Floats],
    observed: Floats,
    reasons: Sequence[str],
    *,
    units: int,
    resamples: int,
    seed: int,
) -> list[Coefficient]:
    """Return one clustered figure per reason (what to say where it does not exist)."""
    if units == 0:
        return [Coefficient(name, None, NO_UNITS)] * len(reasons)
    point = np.atleast_1d(resampling.overall(sums, value))
    unsure = resampling.clustered(sums, value, resamples=resamples, seed=seed)
    error, low, high = (np.atleast_1d(x) for x in (unsure.error, unsure.low, unsure.high))
    if name in _SHARES:
        low = np.maximum(low, 0.0)
    observed = np.broadcast_to(observed, point.shape)
    made = []
    for i, reason in enumerate(reasons):
        exists = bool(np.isfinite(point[i]))
        sure = exists and bool(np.isfinite(low[i]))
        made.append(
            Coefficient(
                name,
                float(point[i]) if exists else None,
                None if exists else reason,
                float(observed[i]) if np.isfinite(observed[i]) else None,
                float(error[i]) if exists and np.isfinite(error[i]) else None,
                (float(low[i]), float(high[i])) if sure else None,
                units,
                _detail(unsure, i, sure=sure) if exists else "",
            )
        )
    return made


def _detail(unsure: Uncertainty, i: int, *, sure: bool) -> str:
    if sure:
        below = float(np.atleast_1d(unsure.below)[i])
        share = f"; {below:.0%} of the samples below .667" if np.isfinite(below) else ""
        return unsure.method + share
    return unsure.in_words(i)
