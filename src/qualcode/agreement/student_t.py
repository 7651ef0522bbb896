"""Quantiles of Student's t, for whole numbers of degrees of freedom.

scipy has them too, but loading it takes longer than a comparison of coders; a test compares both.
"""

from __future__ import annotations

from functools import cache
from math import atan, cos, exp, lgamma, log, pi, sin, sqrt, tan

import numpy as np

from qualcode.agreement.arrays import Floats, Integers
from qualcode.model.comparison import INTERVAL_QUANTILES


def student_t(degrees: int | Integers) -> Floats:
    """Return the quantile of Student's t that ends a 95% interval.

    Args:
        degrees: Degrees of freedom, at least 1; a number or an array.
    """
    numbers = np.asarray(degrees)
    quantiles = [_quantile(int(number)) for number in numbers.ravel()]
    return np.array(quantiles, dtype=np.float64).reshape(numbers.shape)


@cache
def _quantile(degrees: int) -> float:
    """Return the quantile for one number of degrees, by Newton's method.

    It works on the angle whose tangent is t / sqrt(degrees). The share below is concave in the
    angle and the start, a normal quantile, is too small: so the steps come nearer from one side.
    """
    share = 2 * INTERVAL_QUANTILES[1] - 1
    # just below 1.96, the normal quantile: no quantile of t is smaller
    angle = atan(1.95 / sqrt(degrees))
    # logarithms: from about 340 degrees on, the gamma function is too large for a float
    log_height = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) + log(2 / sqrt(pi))
    for _ in range(50):
        slope = exp(log_height + (degrees - 1) * log(cos(angle)))
        step = (share - _share_within(angle, degrees)) / slope
        angle += step
        if abs(step) < 1e-15:
            break
    return sqrt(degrees) * tan(angle)


def _share_within(angle: float, degrees: int) -> float:
    """Return the share of Student's t between -t and t (Abramowitz and Stegun, 26.7.3 and 26.7.4).

    Args:
        angle: The angle whose tangent is t / sqrt(degrees).
        degrees: Degrees of freedom.
    """
    is_odd = degrees % 2
    square = cos(angle) ** 2
    term = cos(angle) if is_odd else 1.0
    # with one degree the series is empty: only the angle counts
    total = term if degrees > 1 else 0.0
    for number in range(2 + is_odd, degrees - 1, 2):
        term *= square * (number - 1) / number
        total += term
    return 2 / pi * (angle + sin(angle) * total) if is_odd else sin(angle) * total
