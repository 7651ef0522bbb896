"""Uncertainty of a mean over codes: around the mean less its bias, or a reason for no limits."""

from __future__ import annotations

import numpy as np

from qualcode.agreement.arrays import Floats, mean_of_defined
from qualcode.agreement.interval_method import DEFAULT_METHOD, IntervalMethod, describe_method
from qualcode.agreement.resampling import (
    Sums,
    Value,
    jackknife_error,
    leave_one_out,
    leave_two_out,
    value_of_all,
)
from qualcode.agreement.student_t import student_t
from qualcode.agreement.uncertainty import (
    FEW_INTERVIEWS,
    FEWEST,
    FEWEST_UNITS,
    FLAT,
    NO_DIFFERENCE,
    ONE_INTERVIEW,
    Uncertainty,
    cluster_uncertainty,
    degrees_of_freedom,
    without_limits,
)
from qualcode.messages import Message
from qualcode.model.comparison import BOOTSTRAP

VANISHING = 0.1
"""A mean has no interval where more than this share of its codes depends on one interview."""
OTHER_CODES = Message(
    "no interval: more than one in ten of its codes occurs in a single interview, so without that "
    "interview this would be the mean of other codes"
)
FEW_CODES = 5
"""Of a mean of fewer codes, each weighs so much that each must have enough units."""
RARE_AMONG_FEW = Message(
    "no interval: it is a mean of fewer than five codes, and one of them was given to fewer than "
    "four units or in fewer than three interviews"
)
ALL_AGREE = Message(
    "no interval: the coders never disagreed on these codes; the limits of each code say how much "
    "that tells"
)


def mean_uncertainty(
    sums: Sums,
    value: Value,
    method: IntervalMethod = DEFAULT_METHOD,
    *,
    occurs: Floats | None = None,
) -> Uncertainty:
    """Return the uncertainty of the mean over codes of a coefficient.

    A code that few units have gives a coefficient that is too low or too high on average, and a
    mean over codes adds these errors up instead of averaging them out. So the limits stand
    around the mean less its bias as the jackknife estimates it (Quenouille 1956). That estimate
    is uncertain itself: on the side to which it moves the mean, the error is the geometric mean
    of that of the mean and that of the corrected mean, from a second jackknife.

    Args:
        sums: Sums per interview.
        value: Those sums -> the coefficient of each code, codes on the last axis.
        method: How the limits are found.
        occurs: How many units of each interview have each code, ``(interviews, codes)``.
    """

    def mean(*parts: Floats) -> Floats:
        return mean_of_defined(value(*parts))

    count = len(sums[0])
    of_codes = value_of_all(sums, value)
    point = mean_of_defined(of_codes)
    if count < 2:
        return without_limits(point, ONE_INTERVIEW)
    without = leave_one_out(sums, value)
    reason = _why_mean_has_none(of_codes, without, occurs)
    if reason:
        return without_limits(point, reason)
    if method.name == BOOTSTRAP:
        return cluster_uncertainty(sums, mean, method, of_agreement=False)
    replicates = mean_of_defined(without)
    pairs = leave_two_out(sums, mean)
    if not np.isfinite(pairs).all():
        return without_limits(point, OTHER_CODES)
    degrees = _degrees_of_mean(count, occurs)
    low, high = _corrected_limits(point, replicates, pairs, degrees)
    words = Message("{method}, corrected for bias", method=describe_method(method, count, degrees))
    missing = np.full_like(point, np.nan)
    return Uncertainty(jackknife_error(replicates), low, high, (words,), missing)


def _why_mean_has_none(of_codes: Floats, without: Floats, occurs: Floats | None) -> Message | None:
    """Return why the mean of these coefficients has no interval; None where it has one."""
    defined = np.isfinite(of_codes)
    if not defined.any() or len(without) < FEWEST:
        return FEW_INTERVIEWS
    # the exact limit of a single code would say nothing of the others
    if (of_codes[defined] > 1.0 - FLAT).all():
        return ALL_AGREE
    vanishing = (defined & ~np.isfinite(without).all(0)).sum() / defined.sum()
    if vanishing > VANISHING:
        return OTHER_CODES
    if defined.sum() < FEW_CODES and occurs is not None:
        units, interviews = occurs[:, defined].sum(0), (occurs[:, defined] > 0).sum(0)
        if (units < FEWEST_UNITS).any() or (interviews < FEWEST).any():
            return RARE_AMONG_FEW
    if not jackknife_error(mean_of_defined(without)) >= FLAT:
        return NO_DIFFERENCE
    return None


def _degrees_of_mean(count: int, occurs: Floats | None) -> int:
    """Return degrees of freedom of a mean: fewer where few interviews hold most of the codes."""
    if occurs is None:
        return count - 1
    of_interviews = occurs.sum(-1)
    return int(degrees_of_freedom(np.asarray((of_interviews > 0).sum()), of_interviews))


def _corrected_limits(
    point: Floats, replicates: Floats, pairs: Floats, degrees: int
) -> tuple[Floats, Floats]:
    """Return the limits of a mean around the mean less its bias.

    Args:
        point: The mean.
        replicates: The mean without each interview.
        pairs: Without each interview, the mean of the means without one more.
        degrees: Degrees of freedom.
    """
    count, error = len(replicates), jackknife_error(replicates)
    corrected = count * point - (count - 1) * replicates.mean(0)
    corrected_without = (count - 1) * replicates - (count - 2) * pairs
    wider = np.sqrt(error * np.maximum(jackknife_error(corrected_without), error))
    quantile = student_t(degrees)
    half_low = quantile * np.where(corrected < point, wider, error)
    half_high = quantile * np.where(corrected > point, wider, error)
    # the figure itself always lies in its interval, however large the bias
    low = np.maximum(np.minimum(corrected - half_low, point), -1.0)
    return low, np.minimum(np.maximum(corrected + half_high, point), 1.0)
