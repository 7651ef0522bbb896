"""Uncertainty from interviews: delete-one-interview jackknife, cluster bootstrap, quantiles.

Every figure is a function of sums over interviews (transcripts), so a resample is a row of
weights, and a thousand resamples are one matrix product. Segments of one interview resemble
each other; resampling segments would give intervals that are far too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.contingency import Floats

MANY = 20
"""From this number of interviews on, the interval comes from the bootstrap."""
RESAMPLES = 2000
SEED = 1
MANY_DEGREES = 500
"""Above this, Student's t is a normal with its first correction."""

FLAT = 1e-9
"""A standard error below this is rounding."""
ONE_INTERVIEW = "no interval from one interview"
ONE_HOLDS_IT = "no interval: without one of the interviews the figure does not exist"
NO_DIFFERENCE = (
    "no interval: the interviews do not differ in it, so there is no variation to estimate from"
)

Value = Callable[..., Floats]


def total(weights: Floats, sums: tuple[Floats, ...]) -> tuple[Floats, ...]:
    """Return the weighted totals of per-interview sums.

    Args:
        weights: Shape ``(B, G)``: how often each of ``G`` interviews counts in each sample.
        sums: Arrays of shape ``(G, ...)``; the totals have shape ``(B, ...)``.
    """
    return tuple(
        (weights @ part.reshape(len(part), -1)).reshape(len(weights), *part.shape[1:])
        for part in sums
    )


def overall(sums: tuple[Floats, ...], value: Value) -> Floats:
    """Return the figure of all interviews together."""
    return value(*(part.sum(0) for part in sums))


def jackknife_error(sums: tuple[Floats, ...], value: Value) -> Floats:
    """Return the standard error from leaving out one interview at a time (Tukey 1958).

    NaN where the figure does not exist without one of the interviews.
    """
    count = len(sums[0])
    replicates = value(*total(1.0 - np.eye(count), sums))
    spread = ((replicates - replicates.mean(0)) ** 2).sum(0)
    error: Floats = np.sqrt((count - 1) / count * spread)
    return error


def bootstrap_values(
    sums: tuple[Floats, ...], value: Value, resamples: int = RESAMPLES, seed: int = SEED
) -> Floats:
    """Return the figure in each sample of interviews drawn with replacement, axis 0."""
    count = len(sums[0])
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), resamples)
    return value(*total(drawn.astype(float), sums))


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Standard errors and 95% limits of figures, NaN where they cannot be had.

    Attributes:
        error: Standard errors.
        low: Lower limits.
        high: Upper limits.
        flat: Whether the figure stays the same whichever interview is left out: then there is
            nothing to estimate an error from.
        method: How the limits were found, in words.
        below: Share of the resamples below .667; NaN where there was no resampling.
    """

    error: Floats
    low: Floats
    high: Floats
    flat: NDArray[np.bool_]
    method: str
    below: Floats

    def in_words(self, i: int = 0) -> str:
        """Return where the limits of figure ``i`` come from, or why there are none."""
        if np.isfinite(np.atleast_1d(self.low)[i]):
            return self.method
        if np.atleast_1d(self.flat)[i]:
            return NO_DIFFERENCE
        return self.method if self.method == ONE_INTERVIEW else ONE_HOLDS_IT


def clustered(
    sums: tuple[Floats, ...], value: Value, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Uncertainty:
    """Return the uncertainty of a figure, interviews being what was sampled.

    Below 20 interviews: jackknife standard error and Student's t with G - 1 degrees of
    freedom. From 20 on: percentiles of a bootstrap over interviews (Efron 1979), samples in
    which the figure does not exist left out. Neither where the interviews do not differ.
    """
    count = len(sums[0])
    point = np.asarray(overall(sums, value))
    nothing = np.full(point.shape, np.nan)
    same = np.zeros(point.shape, dtype=bool)
    if count < 2:
        return Uncertainty(nothing, nothing, nothing, same, ONE_INTERVIEW, nothing)
    error = np.asarray(jackknife_error(sums, value))
    same = error < FLAT
    error = np.where(same, np.nan, error)
    if count < MANY:
        half = student_t(count - 1) * error
        method = f"jackknife over {count} interviews, t with {count - 1} degrees of freedom"
        low, high = np.maximum(point - half, -1.0), np.minimum(point + half, 1.0)
        return Uncertainty(error, low, high, same, method, nothing)
    values = np.asarray(bootstrap_values(sums, value, resamples, seed))
    enough = ~same & (np.isfinite(values).mean(0) >= 0.5)
    values = np.where(enough, values, 0.0)
    low, high = np.nanquantile(values, [0.025, 0.975], axis=0)
    enough &= high - low >= FLAT
    defined = np.isfinite(values).sum(0)
    below = np.where(enough, (values < 0.667).sum(0) / np.maximum(defined, 1), np.nan)
    same |= np.isfinite(error) & (high - low < FLAT)
    method = f"bootstrap over {count} interviews, {resamples} samples, seed {seed}"
    low, high = np.where(enough, low, np.nan), np.where(enough, high, np.nan)
    return Uncertainty(error, low, high, same, method, below)


def student_t(degrees: int, probability: float = 0.975) -> float:
    """Return the quantile of Student's t with a whole number of degrees of freedom."""
    if degrees > MANY_DEGREES:
        z = NormalDist().inv_cdf(probability)
        return z + (z**3 + z) / (4 * degrees)
    low, high = 0.0, 1000.0
    for _ in range(80):
        middle = (low + high) / 2
        if _t_below(middle, degrees) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_below(t: float, degrees: int) -> float:
    """Probability below ``t`` (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4, p. 948)."""
    theta = math.atan(t / math.sqrt(degrees))
    odd = degrees % 2
    term = math.cos(theta) if odd else 1.0
    series = term if degrees > 1 else 0.0
    for k in range(3 if odd else 2, degrees, 2):
        term *= math.cos(theta) ** 2 * (k - 1) / k
        series += term
    half = math.sin(theta) * series
    return 0.5 + (theta + half) / math.pi if odd else 0.5 + half / 2
