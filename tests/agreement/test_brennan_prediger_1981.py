"""Brennan & Prediger 1981, "Coefficient kappa", Educ Psych Meas 41(3), 687-699."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_table


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[50, 0, 0], [10, 10, 10], [20, 0, 0]], 0.27),
        ([[50, 0, 10], [0, 10, 10], [10, 10, 0]], 0.29),
    ],
)
def test_free_and_fixed_totals(table: list[list[int]], kappa: float) -> None:
    """Pages 689 and 691: observed .60 in three categories, .40 with free totals."""
    ratings = from_table(table, "123")
    assert coefficient("cohen_kappa", ratings, categories="123").value == pytest.approx(
        kappa, abs=0.005
    )
    assert coefficient("brennan_prediger", ratings, categories="123").value == pytest.approx(0.40)


def test_an_unused_category_raises_it() -> None:
    """Chance is one in the number of categories declared, used or not."""
    ratings = from_table([[5, 2], [1, 6]], "12")
    two = coefficient("brennan_prediger", ratings, categories="12").value
    three = coefficient("brennan_prediger", ratings, categories="123").value
    assert two is not None
    assert three is not None
    assert three > two
