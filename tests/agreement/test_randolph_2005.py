"""Randolph 2005, "Free-marginal multirater kappa", Joensuu Symposium."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_rows


@pytest.mark.parametrize(
    ("ratings", "fixed"),
    [(from_rows("1100", "1100", "1010"), 0.33), (from_rows("1111", "1111", "1001"), -0.2)],
)
def test_free_totals_are_not_misled_by_prevalence(
    ratings: dict[str, list[int | None]], fixed: float
) -> None:
    """Page 17: the same agreement; Fleiss' kappa drops, the free-marginal one stays .33."""
    free = coefficient("randolph_kappa", ratings, categories=[0, 1])
    fleiss = coefficient("fleiss_kappa", ratings, categories=[0, 1])
    assert free.value == pytest.approx(1 / 3)
    assert fleiss.value == pytest.approx(fixed, abs=0.005)
