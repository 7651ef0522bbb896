"""Artstein & Poesio 2008, Computational Linguistics 34(4), 555-596."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_table

TWO = from_table([[20, 10], [20, 50]], ["STAT", "IReq"])
THREE = from_table([[46, 0, 0], [6, 32, 6], [0, 0, 10]], ["STAT", "IReq", "Chck"])
DISTANCE = (["STAT", "IReq", "Chck"], [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]])


@pytest.mark.parametrize(
    ("name", "two", "three"),
    [
        ("percent_agreement", 0.7, 0.88),
        ("bennett_s", 0.4, 0.82),
        ("scott_pi", 0.341, 0.7995),
        ("cohen_kappa", 0.348, 0.8013),
    ],
)
def test_coefficients_of_pages_558_and_568(name: str, two: float, three: float) -> None:
    """100 utterances, with two and with three labels."""
    first = coefficient(name, TWO, categories=["STAT", "IReq"])
    second = coefficient(name, THREE, categories=["STAT", "IReq", "Chck"])
    assert first.value == pytest.approx(two, abs=0.0005)
    assert second.value == pytest.approx(three, abs=0.0005)


@pytest.mark.parametrize(("name", "value"), [("alpha_custom", 0.8156), ("weighted_kappa", 0.8163)])
def test_a_distance_of_ones_own(name: str, value: float) -> None:
    """Page 569: Chck is half as far from the others as they are from each other."""
    assert coefficient(name, THREE, distance=DISTANCE).value == pytest.approx(value, abs=0.0001)
