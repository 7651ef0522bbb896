"""Cohen 1960, "A coefficient of agreement for nominal scales", Educ Psych Meas 20(1), 37-46."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_table

PAGE_45 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def test_kappa_of_page_45() -> None:
    """200 units: observed .70, kappa .492."""
    found = coefficient("cohen_kappa", from_table(PAGE_45, "123"), categories="123")
    assert found.value == pytest.approx(0.492, abs=0.0005)
    assert found.observed == pytest.approx(0.70)
    assert found.units == 200


def test_largest_kappa_of_page_45() -> None:
    """The totals of the two judges allow .831 at most (p. 43)."""
    found = coefficient("kappa_max", from_table(PAGE_45, "123"), categories="123")
    assert found.value == pytest.approx(0.831, abs=0.0005)
    assert found.standard_error is None


def test_less_than_chance_of_page_37() -> None:
    """Observed .29 where chance gives .35: below zero."""
    table = [[25, 12, 3], [13, 2, 15], [12, 16, 2]]
    found = coefficient("cohen_kappa", from_table(table, "123"), categories="123")
    assert found.observed == pytest.approx(0.29)
    assert found.value == pytest.approx((0.29 - 0.35) / 0.65, abs=0.005)
