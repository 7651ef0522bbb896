"""Uncertainty of coefficients: interviews are the sample, not units.

Every coefficient is a function of sums over interviews (transcripts), so leaving one out, or
drawing a thousand samples, is one matrix product. Units of one interview resemble each other;
resampling units would give intervals that are far too narrow.

Intervals are found in one way at every number of interviews, from a jackknife. Percentiles of a
bootstrap are there for who asks for them: they cover too little, and those of a mean of rare
codes hardly anything (``benchmarks/interval_coverage.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from qualcode.agreement.arrays import Booleans, Floats, Integers, mean_of_defined
from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Coefficient
from qualcode.model.comparison import (
    BOOTSTRAP,
    INTERVAL_QUANTILES,
    JACKKNIFE,
    RESAMPLES,
    SEED,
    TENTATIVE,
)

FLAT = 1e-9
"""A standard error below this is rounding."""
ONE_SIDED_ERROR = 0.05
"""How often the exact limit of a figure without disagreement may lie above the true figure."""
VANISHING = 0.1
"""A mean has no interval where more than this share of its codes depends on one interview."""
NO_UNITS = "there are no units to compare"
ONE_INTERVIEW = Message("no interval from one interview")
FEWEST = 3
"""From fewer interviews that count, intervals cover less than 90%."""
FEW_INTERVIEWS = Message(
    "no interval: fewer than three of the interviews have something to agree on"
)
LAST_INTERVIEW = Message("no interval: without one of the interviews the figure does not exist")
OTHER_CODES = Message(
    "no interval: more than one in ten of its codes occurs in a single interview, so without that "
    "interview this would be the mean of other codes"
)
NO_DIFFERENCE = Message(
    "no interval: the interviews do not differ in it, so there is no variation to estimate from"
)

Value = Callable[..., Floats]
Sums = tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class IntervalMethod:
    """How intervals are found.

    Attributes:
        name: ``jackknife`` or ``bootstrap``.
        resamples: Number of samples of the bootstrap.
        seed: Seed of the bootstrap.

    Raises:
        InvalidValueError: another name.
    """

    name: str = JACKKNIFE
    resamples: int = RESAMPLES
    seed: int = SEED

    def __post_init__(self) -> None:
        if self.name not in (JACKKNIFE, BOOTSTRAP):
            raise InvalidValueError(
                Message(
                    "'{name}' is not a way to find intervals: use 'jackknife' or 'bootstrap'.",
                    name=self.name,
                )
            )


DEFAULT_METHOD = IntervalMethod()


def total_sums(weights: Floats, sums: Sums) -> Sums:
    """Return the weighted totals of sums per interview.

    Args:
        weights: Shape ``(B, G)``: how often each of ``G`` interviews counts in each sample.
        sums: Arrays of shape ``(G, ...)``; the totals have shape ``(B, ...)``.
    """
    return tuple(
        (weights @ part.reshape(len(part), -1)).reshape(len(weights), *part.shape[1:])
        for part in sums
    )


def value_of_all(sums: Sums, value: Value) -> Floats:
    """Return the coefficient of all interviews together."""
    return value(*(part.sum(0) for part in sums))


def leave_one_out(sums: Sums, value: Value) -> Floats:
    """Return the coefficient without each of the interviews in turn, axis 0."""
    # row i counts every interview once but interview i
    return value(*total_sums(1.0 - np.eye(len(sums[0])), sums))


def jackknife_error(replicates: Floats) -> Floats:
    """Return the standard error of the values without each interview (Tukey 1958).

    NaN where the coefficient does not exist without one of the interviews.
    """
    count = len(replicates)
    spread = ((replicates - replicates.mean(0)) ** 2).sum(0)
    # replicates share all interviews but one: their spread is far smaller than that of samples
    error: Floats = np.sqrt((count - 1) / count * spread)
    return error


def bootstrap_values(
    sums: Sums, value: Value, resamples: int = RESAMPLES, seed: int = SEED
) -> Floats:
    """Return the coefficient in each sample of interviews drawn with replacement, axis 0."""
    count = len(sums[0])
    # how often each interview is drawn: a sample is a row of counts, not a list
    samples = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), resamples)
    return value(*total_sums(samples.astype(float), sums))


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
    occurs: Booleans | None = None,
) -> Uncertainty:
    """Return the uncertainty of coefficients with interviews as the sample.

    From the jackknife: its standard error and Student's t, on the scale of Fisher's z (atanh), on
    which limits stay between the smallest value and 1. Degrees of freedom are the interviews that
    count, less one: an interview without the code hardly moves the figure, so says little of its
    spread. With fewer than three that count there are no limits. From the
    bootstrap: percentiles (Efron 1979), samples in which the coefficient does not exist left
    out. Where the coders never disagreed, neither has anything to estimate from: there the lower
    limit is exact (see :func:`exact_limit`).

    Args:
        sums: Sums per interview.
        value: Those sums -> the coefficients.
        method: How the limits are found.
        lowest: The smallest value that the coefficients can have.
        of_agreement: Whether 1 is full agreement, so that the exact limit applies.
        occurs: Interviews that count besides those that have the coefficient by themselves,
            ``(interviews, ...)``.
    """
    count = len(sums[0])
    point = np.asarray(value_of_all(sums, value))
    if count < 2:
        return _without_limits(point, ONE_INTERVIEW)
    error = jackknife_error(leave_one_out(sums, value))
    # an error of zero would claim certainty where there is nothing to estimate it from
    flat = error < FLAT
    error = np.where(flat, np.nan, error)
    below = np.full(point.shape, np.nan)
    by_itself = np.isfinite(value(*sums))
    counting = (by_itself if occurs is None else by_itself | occurs).sum(0)
    if method.name == BOOTSTRAP:
        low, high, below = _percentiles(sums, value, method, flat)
    else:
        low, high = _fisher_limits(point, error, counting, lowest)
    each = zip(*map(np.atleast_1d, (flat, low, error, counting)), strict=True)
    reasons = tuple(
        NO_DIFFERENCE
        if is_flat
        else _words(method, count, int(number))
        if np.isfinite(limit)
        else FEW_INTERVIEWS
        if np.isfinite(spread)
        else LAST_INTERVIEW
        for is_flat, limit, spread, number in each
    )
    uncertainty = Uncertainty(error, low, high, reasons, below)
    return _with_exact_limits(uncertainty, by_itself, point) if of_agreement else uncertainty


def mean_uncertainty(
    sums: Sums, value: Value, method: IntervalMethod = DEFAULT_METHOD
) -> Uncertainty:
    """Return the uncertainty of the mean over codes of a coefficient.

    A code that few units have gives a coefficient that is too low or too high on average, and a
    mean over codes adds these errors up instead of averaging them out. So the limits stand
    around the mean less its bias as the jackknife estimates it (Quenouille 1956).

    Args:
        sums: Sums per interview.
        value: Those sums -> the coefficient of each code, codes on the last axis.
        method: How the limits are found.
    """

    def mean(*parts: Floats) -> Floats:
        return mean_of_defined(value(*parts))

    count = len(sums[0])
    if method.name == BOOTSTRAP or count < FEWEST:
        return cluster_uncertainty(sums, mean, method)
    of_codes, without = value_of_all(sums, value), leave_one_out(sums, value)
    point, replicates = mean_of_defined(of_codes), mean_of_defined(without)
    error = jackknife_error(replicates)
    if not error >= FLAT:
        return cluster_uncertainty(sums, mean, method)
    defined = np.isfinite(of_codes)
    vanishing = (defined & ~np.isfinite(without).all(0)).sum() / defined.sum()
    if vanishing > VANISHING:
        return _without_limits(point, OTHER_CODES)
    corrected = count * point - (count - 1) * replicates.mean(0)
    half = student_t(count - 1) * error
    # the figure itself always lies in its interval, however large the bias
    low = np.maximum(np.minimum(corrected - half, point), -1.0)
    high = np.minimum(np.maximum(corrected + half, point), 1.0)
    words = Message("{method}, corrected for bias", method=_words(method, count, count))
    return Uncertainty(error, low, high, (words,), np.full_like(point, np.nan))


def _without_limits(point: Floats, reason: Message) -> Uncertainty:
    missing = np.full(point.shape, np.nan)
    return Uncertainty(missing, missing, missing, (reason,) * point.size, missing)


def _words(method: IntervalMethod, count: int, counting: int) -> Message:
    """Return how limits are found, in words.

    Args:
        method: How they are found.
        count: Number of interviews.
        counting: Number of those that count.
    """
    if method.name == BOOTSTRAP:
        return Message(
            "bootstrap over {count} interviews, {resamples} samples, seed {seed}",
            count=count,
            resamples=method.resamples,
            seed=method.seed,
        )
    return Message.counted(
        "jackknife over {interviews} interviews, t with {count} degree of freedom",
        "jackknife over {interviews} interviews, t with {count} degrees of freedom",
        counting - 1,
        interviews=count,
    )


def _fisher_limits(
    point: Floats, error: Floats, counting: Integers, lowest: float
) -> tuple[Floats, Floats]:
    """Return the limits of t on the scale of Fisher's z, for values between ``lowest`` and 1."""
    quantile = np.where(counting < FEWEST, np.nan, student_t(np.maximum(counting - 1, 1)))
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


def student_t(degrees: int | Integers) -> Floats:
    """Return the quantile of Student's t that ends a 95% interval."""
    # Imported here: scipy takes a tenth of a second, which every command would wait for.
    from scipy.special import stdtrit

    quantile: Floats = stdtrit(degrees, INTERVAL_QUANTILES[1])
    return quantile


def normal_quantile() -> float:
    """Return the quantile of the normal distribution that ends a 95% interval."""
    return NormalDist().inv_cdf(INTERVAL_QUANTILES[1])


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
    occurs: Booleans | None = None,
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
        occurs: Interviews in which each code occurs, ``(interviews, codes)``.
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
