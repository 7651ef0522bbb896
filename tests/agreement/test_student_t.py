"""Quantiles of Student's t are those of scipy and of the tables."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import stdtrit

from qualcode.agreement.student_t import student_t


def test_quantiles_are_those_of_scipy() -> None:
    degrees = np.array([*range(1, 120), 365, 1000, 20_000])
    np.testing.assert_allclose(student_t(degrees), stdtrit(degrees, 0.975), rtol=1e-11)


@pytest.mark.parametrize(
    ("degrees", "quantile"),
    # Two of them have a closed form; two are from the table in Gosset's manner of most textbooks.
    [
        (1, math.tan(0.475 * math.pi)),
        (2, 0.95 * math.sqrt(2 / (1 - 0.95**2))),
        (9, 2.262),
        (30, 2.042),
    ],
)
def test_quantiles_are_known(degrees: int, quantile: float) -> None:
    assert float(student_t(degrees)) == pytest.approx(quantile, abs=5e-4, rel=1e-12)


def test_an_array_keeps_its_shape() -> None:
    assert student_t(np.array([[3, 4], [5, 6]])).shape == (2, 2)
