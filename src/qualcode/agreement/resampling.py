"""Coefficients without one interview, without two, and in samples of interviews.

Every coefficient is a function of sums over interviews (transcripts), so leaving some out, or
drawing a thousand samples, is arithmetic on sums: no unit is counted again.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from qualcode.agreement.arrays import Floats
from qualcode.model.comparison import RESAMPLES, SEED

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


def leave_two_out(sums: Sums, value: Value) -> Floats:
    """Return, without each interview, the mean of a figure without one more of them, axis 0.

    Args:
        sums: Sums per interview, of three interviews or more.
        value: Those sums -> one figure.
    """
    count = len(sums[0])
    totals = [part.sum(0) for part in sums]
    added = np.zeros(count)
    for i in range(count - 1):
        # a row for every later interview: all pairs at once would fill the memory
        without = value(
            *(total - part[i] - part[i + 1 :] for total, part in zip(totals, sums, strict=True))
        )
        added[i] += without.sum()
        added[i + 1 :] += without
    means: Floats = added / (count - 1)
    return means
