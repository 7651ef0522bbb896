"""Coefficients per code with their uncertainty, interviews being the sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.agreement.arrays import Floats
from qualcode.agreement.interval_method import DEFAULT_METHOD, IntervalMethod
from qualcode.agreement.resampling import Sums, Value, value_of_all
from qualcode.agreement.uncertainty import Uncertainty, cluster_uncertainty
from qualcode.messages import Message
from qualcode.model import Coefficient

NO_UNITS = "there are no units to compare"


def cluster_coefficients(
    name: str,
    sums: Sums,
    value: Value,
    observed: Floats,
    reasons: Sequence[str],
    *,
    units: int,
    method: IntervalMethod = DEFAULT_METHOD,
    lowest: float = -1.0,
    occurs: Floats | None = None,
) -> list[Coefficient]:
    """Return one coefficient with its uncertainty per code.

    Args:
        name: Name of the coefficient.
        sums: Its sums per interview, ``(interviews, codes, ...)``.
        value: Those sums -> the coefficient of each code.
        observed: Observed agreement, of each code or of all.
        reasons: Per code, why the coefficient does not exist where it does not.
        units: Number of units.
        method: How intervals are found.
        lowest: The smallest value that the coefficient can have.
        occurs: How many units of each interview have each code, ``(interviews, codes)``.
    """
    if units == 0:
        return [Coefficient(name, None, NO_UNITS)] * len(reasons)
    point = np.atleast_1d(value_of_all(sums, value))
    uncertainty = cluster_uncertainty(sums, value, method, lowest=lowest, occurs=occurs)
    return name_coefficients(name, point, uncertainty, observed, reasons, units=units)


def name_coefficients(
    name: str,
    point: Floats,
    uncertainty: Uncertainty,
    observed: Floats,
    reasons: Sequence[str],
    *,
    units: int,
) -> list[Coefficient]:
    """Return coefficients with their uncertainty under their name.

    Args:
        name: Name of the coefficient.
        point: Its value of each code, NaN where it does not exist.
        uncertainty: Its uncertainty.
        observed: Observed agreement, of each code or of all.
        reasons: Per code, why the coefficient does not exist where it does not.
        units: Number of units.
    """
    error, below = np.atleast_1d(uncertainty.error), np.atleast_1d(uncertainty.below)
    observed = np.broadcast_to(observed, point.shape)
    coefficients = []
    for i, (reason, limits) in enumerate(zip(reasons, uncertainty.limits, strict=True)):
        agreed = float(observed[i]) if np.isfinite(observed[i]) else None
        if not np.isfinite(point[i]):
            coefficients.append(Coefficient(name, None, reason, agreed, units=units))
            continue
        detail: str = uncertainty.reasons[i]
        if limits and np.isfinite(below[i]):
            detail = Message(
                "{method}; {share} of the samples below .667",
                method=detail,
                share=f"{below[i]:.0%}",
            )
        coefficients.append(
            Coefficient(
                name,
                float(point[i]),
                observed=agreed,
                standard_error=float(error[i]) if np.isfinite(error[i]) else None,
                interval=limits,
                units=units,
                detail=detail,
            )
        )
    return coefficients
