"""Fleiss 1971, "Measuring nominal scale agreement among many raters", Psych Bull 76(5), 378."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_rows

PATIENTS = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 "
    "144444 124444 222333 144444 224445 333335 111455 111112 224444 133555 "
    "555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"
)


def test_kappa_of_thirty_patients_and_six_raters() -> None:
    """Page 379 and 380: observed .556, kappa .430."""
    columns = zip(*PATIENTS.split(), strict=True)
    ratings = from_rows(*("".join(column) for column in columns))
    found = coefficient("fleiss_kappa", ratings, categories=[1, 2, 3, 4, 5])
    assert found.observed == pytest.approx(0.5556, abs=0.0005)
    assert found.value == pytest.approx(0.430, abs=0.0005)
