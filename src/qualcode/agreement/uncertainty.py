"""Uncertainty of coefficients: interviews are the sample, not units.

Every coefficient is a function of sums over interviews (transcripts), so a resample is a row
of weights, and a thousand resamples are one matrix product. Units of one interview resemble
each other; resampling units would give intervals that are far too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from qualcode.agreement.arrays import Booleans, Floats
from qualcode.messages import Message
from qualcode.model import Coefficient
from qualcode.model.comparison import (
    BOOTSTRAP_INTERVIEWS,
    INTERVAL_QUANTILES,
    RESAMPLES,
    SEED,
    TENTATIVE,
)

FLAT = 1e-9
"""A standard error below this is rounding."""
NO_UNITS = "there are no units to compare"
ONE_INTERVIEW = "no interval from one interview"
LAST_INTERVIEW = "no interval: without one of the interviews the figure does not exist"
NO_DIFFERENCE = (
    "no interval: the interviews do not differ in it, so there is no variation to estimate from"
)

Value = Callable[..., Floats]
Sums = tuple[Floats, ...]


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


def jackknife_error(sums: Sums, value: Value) -> Floats:
    """Return the standard error from leaving out one interview at a time (Tukey 1958).

    NaN where the coefficient does not exist without one of the interviews.
    """
    count = len(sums[0])
    # row i counts every interview once but interview i
    replicates = value(*total_sums(1.0 - np.eye(count), sums))
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
        flat: Whether the coefficient stays the same whichever interview is left out: then
            there is no variation to estimate an error from.
        method: How the limits were found, in words.
        below: Share of the resamples below the tentative limit; NaN without resampling.
    """

    error: Floats
    low: Floats
    high: Floats
    flat: Booleans
    method: str
    below: Floats

    def explain(self, i: int = 0) -> str:
        """Return how the limits of coefficient ``i`` were found, or why there are none."""
        if np.isfinite(np.atleast_1d(self.low)[i]):
            return self.method
        if np.atleast_1d(self.flat)[i]:
            return NO_DIFFERENCE
        return self.method if self.method == ONE_INTERVIEW else LAST_INTERVIEW


def cluster_uncertainty(
    sums: Sums, value: Value, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Uncertainty:
    """Return the uncertainty of a coefficient with interviews as the sample.

    Below 20 interviews: jackknife standard error and Student's t with G - 1 degrees of
    freedom. From 20 on: percentiles of a bootstrap over interviews (Efron 1979), samples in
    which the coefficient does not exist left out. Neither where the interviews do not differ.
    """
    count = len(sums[0])
    point = np.asarray(value_of_all(sums, value))
    missing = np.full(point.shape, np.nan)
    if count < 2:
        flat = np.zeros(point.shape, dtype=bool)
        return Uncertainty(missing, missing, missing, flat, ONE_INTERVIEW, missing)
    error = np.asarray(jackknife_error(sums, value))
    # an error of zero would claim certainty where there is nothing to estimate it from
    flat = error < FLAT
    error = np.where(flat, np.nan, error)
    # percentiles of few interviews cover far less than 95%: 51 to 80% was measured at 4
    if count < BOOTSTRAP_INTERVIEWS:
        half = student_t(count - 1) * error
        method = Message(
            "jackknife over {count} interviews, t with {count_2} degrees of freedom",
            count=count,
            count_2=count - 1,
        )
        low, high = np.maximum(point - half, -1.0), np.minimum(point + half, 1.0)
        return Uncertainty(error, low, high, flat, method, missing)
    values = np.asarray(bootstrap_values(sums, value, resamples, seed))
    method = Message(
        "bootstrap over {count} interviews, {resamples} samples, seed {seed}",
        count=count,
        resamples=resamples,
        seed=seed,
    )
    return _bootstrap_limits(values, error, flat, method)


def _bootstrap_limits(values: Floats, error: Floats, flat: Booleans, method: str) -> Uncertainty:
    """Return the percentile limits, where at least half of the samples have a value."""
    enough = ~flat & (np.isfinite(values).mean(0) >= 0.5)
    values = np.where(enough, values, 0.0)
    # samples without a value (no interview with the code was drawn) say nothing of it
    low, high = np.nanquantile(values, INTERVAL_QUANTILES, axis=0)
    enough &= high - low >= FLAT
    defined = np.isfinite(values).sum(0)
    below = np.where(enough, (values < TENTATIVE).sum(0) / np.maximum(defined, 1), np.nan)
    flat |= np.isfinite(error) & (high - low < FLAT)
    low, high = np.where(enough, low, np.nan), np.where(enough, high, np.nan)
    return Uncertainty(error, low, high, flat, method, below)


def student_t(degrees: int) -> float:
    """Return the quantile of Student's t that ends a 95% interval."""
    # scipy has it too, but its import takes longer than the comparison of two coders.
    quantile, step = normal_quantile(), 1.0
    scale = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)
    scale -= math.log(degrees * math.pi) / 2
    # Newton's method rises to it from the normal quantile, which is always smaller.
    while step > 1e-12:
        power = (degrees + 1) / 2 * math.log1p(quantile**2 / degrees)
        step = (INTERVAL_QUANTILES[1] - _student_below(quantile, degrees)) / math.exp(scale - power)
        quantile += step
    return quantile


def _student_below(t: float, degrees: int) -> float:
    """Return the probability below ``t`` (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4, p. 948)."""
    angle, odd = math.atan(t / math.sqrt(degrees)), degrees % 2
    k = np.arange(3 if odd else 2, degrees, 2)
    series = 1 + float(np.cumprod(math.cos(angle) ** 2 * (k - 1) / k).sum())
    if not odd:
        return 0.5 + math.sin(angle) * series / 2
    series *= math.cos(angle) if degrees > 1 else 0
    return 0.5 + (angle + math.sin(angle) * series) / math.pi


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
    resamples: int,
    seed: int,
    lowest: float = -1.0,
) -> list[Coefficient]:
    """Return one coefficient with its uncertainty per code.

    Args:
        name: Name of the coefficient.
        sums: Its sums per interview, ``(interviews, codes, ...)``.
        value: Those sums -> the coefficient of each code.
        observed: Observed agreement, of each code or of all.
        reasons: Per code, why the coefficient does not exist where it does not.
        units: Number of units.
        resamples: Number of bootstrap samples, from 20 interviews on.
        seed: Seed of the bootstrap.
        lowest: The smallest value that the coefficient can have.
    """
    if units == 0:
        return [Coefficient(name, None, NO_UNITS)] * len(reasons)
    point = np.atleast_1d(value_of_all(sums, value))
    uncertainty = cluster_uncertainty(sums, value, resamples=resamples, seed=seed)
    error, low, high, below = (
        np.atleast_1d(part)
        for part in (uncertainty.error, uncertainty.low, uncertainty.high, uncertainty.below)
    )
    # an interval of a share that went below 0 would puzzle its reader
    low = np.maximum(low, lowest)
    observed = np.broadcast_to(observed, point.shape)
    coefficients = []
    for i, reason in enumerate(reasons):
        agreed = float(observed[i]) if np.isfinite(observed[i]) else None
        if not np.isfinite(point[i]):
            coefficients.append(Coefficient(name, None, reason, agreed, units=units))
            continue
        detail = uncertainty.explain(i)
        if np.isfinite(low[i]) and np.isfinite(below[i]):
            detail += Message("; {below} of the samples below .667", below=f"{below[i]:.0%}")
        coefficients.append(
            Coefficient(
                name,
                float(point[i]),
                observed=agreed,
                standard_error=float(error[i]) if np.isfinite(error[i]) else None,
                interval=(float(low[i]), float(high[i])) if np.isfinite(low[i]) else None,
                units=units,
                detail=detail,
            )
        )
    return coefficients
