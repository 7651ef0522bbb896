"""Gwet 2008, British Journal of Mathematical and Statistical Psychology 61(1), 29-48."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_table

HIGH = [[118, 5], [2, 0]]


@pytest.mark.parametrize(
    ("name", "value"),
    [("gwet_ac1", 0.9408), ("cohen_kappa", -0.0234), ("percent_agreement", 0.9440)],
)
def test_the_paradox_of_125_units(name: str, value: float) -> None:
    """The coders agree on 118 of 125 units; kappa falls below zero, AC1 does not (p. 31)."""
    found = coefficient(name, from_table(HIGH, "+-"), categories="+-")
    assert found.value == pytest.approx(value, abs=0.00005)


def test_ac1_changes_with_the_declared_categories() -> None:
    """A third category that nobody used lowers chance agreement."""
    ratings = from_table([[8, 1], [1, 2]], "ab")
    two = coefficient("gwet_ac1", ratings, categories="ab")
    three = coefficient("gwet_ac1", ratings, categories="abc")
    assert two.value is not None
    assert three.value is not None
    assert three.value > two.value


def test_one_category_in_use_of_two_declared_is_full_agreement() -> None:
    """Unlike kappa, AC1 exists without variation as long as a choice was declared."""
    ratings = {"a": ["x"] * 5, "b": ["x"] * 5}
    assert coefficient("gwet_ac1", ratings, categories=["x", "y"]).value == 1
    alone = coefficient("gwet_ac1", ratings, categories=["x"])
    assert alone.undefined_because == "only one category is declared"


def test_ac2_is_ac1_where_all_disagreements_weigh_the_same() -> None:
    """With two categories every order is nominal."""
    ratings = from_table([[8, 1], [4, 2]], "ab")
    values = {
        coefficient(name, ratings, categories="ab").value
        for name in ("gwet_ac1", "gwet_ac2_linear", "gwet_ac2_quadratic")
    }
    assert len(values) == 1
