"""Conger 1980, Psych Bull 88(2), 322-328; Light 1971, Psych Bull 76(5), 365-377."""

from itertools import combinations

import pytest

from qualcode.agreement import coefficient
from ratings import from_rows, from_table

RATINGS = from_rows("1123312213", "1122312313", "1223212213")


def test_conger_with_two_coders_is_cohen() -> None:
    """Page 325: the exact kappa of many raters is Cohen's for two."""
    ratings = from_table([[8, 2, 1], [3, 9, 0], [2, 2, 5]], "abc")
    conger = coefficient("conger_kappa", ratings, categories="abc")
    cohen = coefficient("cohen_kappa", ratings, categories="abc")
    assert conger.value == pytest.approx(cohen.value)


def test_light_is_the_mean_over_pairs() -> None:
    """Page 371."""
    pairs = [
        coefficient("cohen_kappa", {g: RATINGS[g], h: RATINGS[h]}, categories=[1, 2, 3]).value
        for g, h in combinations(RATINGS, 2)
    ]
    light = coefficient("light_kappa", RATINGS, categories=[1, 2, 3])
    assert light.value == pytest.approx(sum(v for v in pairs if v is not None) / 3)
    assert light.standard_error is not None


def test_light_does_not_exist_where_a_pair_has_no_kappa() -> None:
    ratings = from_rows("1111", "1111", "1212")
    found = coefficient("light_kappa", ratings, categories=[1, 2])
    assert found.value is None
    assert "two of the coders" in str(found.undefined_because)
