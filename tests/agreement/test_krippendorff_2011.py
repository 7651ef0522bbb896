"""Krippendorff 2011, "Computing Krippendorff's alpha-reliability", University of Pennsylvania.

The same data stand in Content Analysis, 2nd edition 2004, p. 230.
"""

import pytest

from qualcode.agreement import coefficient
from ratings import from_rows

DATA = from_rows("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("alpha_nominal", 0.743),
        ("alpha_ordinal", 0.815),
        ("alpha_interval", 0.849),
        ("alpha_ratio", 0.797),
        ("percent_agreement_pairable", 0.800),
    ],
)
def test_four_observers_with_missing_data(name: str, value: float) -> None:
    """Example C (pages 4 to 6): 12 units, 40 pairable values."""
    found = coefficient(name, DATA, categories=[1, 2, 3, 4, 5])
    assert found.value == pytest.approx(value, abs=0.0005)
    assert found.units == 11


def test_two_observers_and_binary_data() -> None:
    """Example A (page 2): ten units, alpha .095."""
    ratings = from_rows("1100000000", "0110010100")
    found = coefficient("alpha_nominal", ratings, categories=[0, 1])
    assert found.value == pytest.approx(0.095, abs=0.0005)


def test_two_observers_and_nominal_data() -> None:
    """Content Analysis 2004, page 227: twelve units, alpha .734."""
    ratings = {"a": list("aabbbbbccccc"), "b": list("abbbbbcccccc")}
    found = coefficient("alpha_nominal", ratings, categories=list("abc"))
    assert found.value == pytest.approx(0.734, abs=0.0005)


def test_an_unused_category_changes_no_alpha() -> None:
    for name in ("alpha_nominal", "alpha_ordinal"):
        narrow = coefficient(name, DATA, categories=[1, 2, 3, 4, 5])
        wide = coefficient(name, DATA, categories=[0, 1, 2, 3, 4, 5, 6])
        assert narrow == wide
