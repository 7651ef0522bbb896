"""Uncertainty of coefficients: interviews are the sample, not units.

Units of one interview resemble each other; resampling units would give intervals that are far
too narrow. ``resampling`` leaves interviews out.

Intervals are found in one way at every number of interviews, from a jackknife. Percentiles of a
bootstrap are there for who asks for them: they cover too little, and those of a mean of rare
codes hardly anything (``benchmarks/interval_coverage.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from qualcode.agreement.arrays import Booleans, Floats, Integers
from qualcode.agreement.interval_method import DEFAULT_METHOD, IntervalMethod, describe_method
from qualcode.agreement.resampling import (
    Sums,
    Value,
    bootstrap_values,
    jackknife_error,
    leave_one_out,
    value_of_all,
)
from qualcode.agreement.student_t import student_t
from qualcode.messages import Message
from qualcode.model.comparison import BOOTSTRAP, INTERVAL_QUANTILES, TENTATIVE

FLAT = 1e-9
"""A standard error below this is rounding."""
ONE_SIDED_ERROR = 0.05
"""How often the exact limit of a figure without disagreement may lie above the true figure."""
ONE_INTERVIEW = Message("no interval from one interview")
FEWEST = 3
"""From fewer interviews that count, intervals cover less than 90%."""
FEWEST_UNITS = 4
"""Of a code on fewer units, coders who mostly agree often have none in common: intervals miss."""
FEW_UNITS = Message("no interval: the code was given to fewer than four units")
FEW_INTERVIEWS = Message(
    "no interval: fewer than three of the interviews have something to agree on"
)
LAST_INTERVIEW = Message("no interval: without one of the interviews the figure does not exist")
NO_DIFFERENCE = Message(
    "no interval: the interviews do not differ in it, so there is no variation to estimate from"
)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Standard errors and 95% limits of coefficients, NaN where there are none.

    Attributes:
        error: Standard errors.
        low: Lower limits.
        high: Upper limits.
        reasons: How the limits of each coefficient were found, or why there are none.
        below: Share of the resamples below the tentative limit; NaN without resampling.
    """

    error: Floats
    low: Floats
    high: Floats
    reasons: tuple[Message, ...]
    below: Floats

    @property
    def limits(self) -> list[tuple[float, float] | None]:
        """The limits of each coefficient; None where there are none."""
        pairs = zip(np.atleast_1d(self.low), np.atleast_1d(self.high), strict=True)
        return [(float(low), float(high)) if np.isfinite(low) else None for low, high in pairs]


def cluster_uncertainty(
    sums: Sums,
    value: Value,
    method: IntervalMethod = DEFAULT_METHOD,
    *,
    lowest: float = -1.0,
    of_agreement: bool = True,
    occurs: Floats | None = None,
) -> Uncertainty:
    """Return the uncertainty of coefficients with interviews as the sample.

    From the jackknife: its standard error and Student's t, on the scale of Fisher's z (atanh), on
    which limits stay between the smallest value and 1. Degrees of freedom are at most the
    interviews that count, less one: an interview without the code hardly moves the figure, so
    says little of its spread. With fewer than three that count, or fewer than four units that
    have the code, there are no limits. From the bootstrap: percentiles (Efron 1979), samples in
    which the coefficient does not exist left out. Where the coders never disagreed, neither has
    anything to estimate from: there the lower limit is exact (see :func:`exact_limit`).

    Args:
        sums: Sums per interview.
        value: Those sums -> the coefficients.
        method: How the limits are found.
        lowest: The smallest value that the coefficients can have.
        of_agreement: Whether 1 is full agreement, so that the exact limit applies.
        occurs: How many units of each interview have the code, ``(interviews, ...)``: such
            interviews count besides those that have the coefficient by themselves.
    """
    count = len(sums[0])
    point = np.asarray(value_of_all(sums, value))
    if count < 2:
        return without_limits(point, ONE_INTERVIEW)
    error = jackknife_error(leave_one_out(sums, value))
    # an error of zero would claim certainty where there is nothing to estimate it from
    flat = error < FLAT
    error = np.where(flat, np.nan, error)
    below = np.full(point.shape, np.nan)
    by_itself = np.isfinite(value(*sums))
    counting = (by_itself if occurs is None else by_itself | (occurs > 0)).sum(0)
    degrees = degrees_of_freedom(counting, occurs)
    rare = _is_too_rare(by_itself, occurs)
    if method.name == BOOTSTRAP:
        low, high, below = _percentiles(sums, value, method, flat)
    else:
        low, high = _fisher_limits(point, error, np.where(counting < FEWEST, 0, degrees), lowest)
        low, high = np.where(rare, np.nan, low), np.where(rare, np.nan, high)
    each = zip(*map(np.atleast_1d, (flat, low, error, counting, degrees, rare)), strict=True)
    reasons = tuple(
        _missing_limits_reason(is_flat, spread, number, is_rare)
        if is_flat or not np.isfinite(limit)
        else describe_method(method, count, int(free))
        for is_flat, limit, spread, number, free, is_rare in each
    )
    uncertainty = Uncertainty(error, low, high, reasons, below)
    return _with_exact_limits(uncertainty, by_itself, point) if of_agreement else uncertainty


def _missing_limits_reason(is_flat: bool, spread: float, counting: int, is_rare: bool) -> Message:
    """Return why a coefficient has no limits.

    Args:
        is_flat: Whether the interviews do not differ in it.
        spread: Its standard error; NaN where there is none.
        counting: Number of interviews that count.
        is_rare: Whether it rests on a code that too few units have.
    """
    if is_flat:
        return NO_DIFFERENCE
    if not np.isfinite(spread):
        return LAST_INTERVIEW
    return FEW_UNITS if is_rare and counting >= FEWEST else FEW_INTERVIEWS


def degrees_of_freedom(counting: Integers, occurs: Floats | None) -> Integers:
    """Return degrees of freedom: interviews that count less one, fewer where few hold the code.

    Where a few interviews hold most of a code, only those tell of its spread: there are at most
    twice as many degrees as the effective number of interviews (Kish 1965).
    """
    degrees = np.maximum(counting - 1, 1)
    if occurs is None or not np.isfinite(occurs).all():
        return degrees
    effective = effective_number(occurs)
    limited: Integers = np.where(
        effective > 0, np.minimum(degrees, np.maximum(2.0 * effective, 1.0)), degrees
    ).astype(np.int64)
    return limited


def effective_number(occurs: Floats) -> Floats:
    """Return as how many equal interviews those that have a code count (Kish 1965).

    Args:
        occurs: How many units of each interview have each code, ``(interviews, ...)``.
    """
    effective: Floats = occurs.sum(0) ** 2 / np.maximum((occurs**2).sum(0), 1.0)
    return effective


def _is_too_rare(by_itself: Booleans, occurs: Floats | None) -> Booleans:
    """Return which coefficients rest on a code that too few units have."""
    if occurs is None:
        return np.zeros(by_itself.shape[1:], dtype=bool)
    # AC1 exists in interviews without the code too: it does not rest on those that have it
    rests_on_code = ~(by_itself & (occurs == 0)).any(0)
    rare: Booleans = rests_on_code & (occurs.sum(0) < FEWEST_UNITS)
    return rare


def without_limits(point: Floats, reason: Message) -> Uncertainty:
    """Return no uncertainty for coefficients, each with the reason."""
    missing = np.full(point.shape, np.nan)
    return Uncertainty(missing, missing, missing, (reason,) * point.size, missing)


def _fisher_limits(
    point: Floats, error: Floats, degrees: Integers, lowest: float
) -> tuple[Floats, Floats]:
    """Return the limits of t on the scale of Fisher's z, for values between ``lowest`` and 1.

    None without degrees of freedom.
    """
    quantile = np.where(degrees > 0, student_t(np.maximum(degrees, 1)), np.nan)
    width = 1.0 - lowest
    scaled = 2.0 * (point - lowest) / width - 1.0
    # the scale has no room for a figure at one of its ends: there the limits are plain
    at_end = np.abs(scaled) > 1.0 - FLAT
    inner = np.where(at_end, 0.0, scaled)
    half = quantile * error * (2.0 / width) / (1.0 - inner**2)
    low, high = (
        lowest + width * (np.tanh(np.arctanh(inner) + end) + 1.0) / 2.0 for end in (-half, half)
    )
    plain = quantile * error
    low = np.where(at_end, np.maximum(point - plain, lowest), low)
    return low, np.where(at_end, np.minimum(point + plain, 1.0), high)


def _percentiles(
    sums: Sums, value: Value, method: IntervalMethod, flat: Booleans
) -> tuple[Floats, Floats, Floats]:
    """Return percentile limits, where half of the samples have a value, and the share below."""
    values = np.asarray(bootstrap_values(sums, value, method.resamples, method.seed))
    enough = ~flat & (np.isfinite(values).mean(0) >= 0.5)
    values = np.where(enough, values, 0.0)
    # samples without a value (no interview with the code was drawn) say nothing of it
    low, high = np.nanquantile(values, INTERVAL_QUANTILES, axis=0)
    enough &= high - low >= FLAT
    defined = np.maximum(np.isfinite(values).sum(0), 1)
    below = np.where(enough, (values < TENTATIVE).sum(0) / defined, np.nan)
    return np.where(enough, low, np.nan), np.where(enough, high, np.nan), below


def exact_limit(interviews: Floats) -> Floats:
    """Return the exact one-sided 95% lower limit of a share that was 1 in some interviews.

    With full agreement in each of n interviews, the share of all such interviews in which the
    coders fully agree is at least .05 ** (1 / n) (Clopper & Pearson 1934). Interviews with less
    than full agreement have some, so this is a lower limit of the coefficient too.
    """
    limit: Floats = ONE_SIDED_ERROR ** (1.0 / np.maximum(interviews, 1))
    return np.where(interviews > 0, limit, np.nan)


def _with_exact_limits(uncertainty: Uncertainty, by_itself: Booleans, point: Floats) -> Uncertainty:
    """Return the uncertainty with exact limits where the coders never disagreed."""
    # an interview without the code has no coefficient, and says nothing of agreement on it
    interviews = np.atleast_1d(by_itself.sum(0))
    exact = (np.atleast_1d(point) > 1.0 - FLAT) & (interviews > 0)
    # an error is a spread that was seen, and other figures than agreement may be 1 with one
    exact &= ~np.isfinite(np.atleast_1d(uncertainty.error))
    reasons = tuple(
        _exact_words(int(number)) if is_exact else reason
        for number, is_exact, reason in zip(interviews, exact, uncertainty.reasons, strict=True)
    )
    exact = exact.reshape(point.shape)
    limit = exact_limit(interviews.astype(float)).reshape(point.shape)
    return replace(
        uncertainty,
        low=np.where(exact, limit, uncertainty.low),
        high=np.where(exact, 1.0, uncertainty.high),
        reasons=reasons,
    )


def _exact_words(interviews: int) -> Message:
    return Message.counted(
        "no disagreement in the {count} interview that has something to agree on: exact one-sided "
        "lower limit (Clopper-Pearson)",
        "no disagreement in the {count} interviews that have something to agree on: exact "
        "one-sided lower limit (Clopper-Pearson)",
        interviews,
    )
