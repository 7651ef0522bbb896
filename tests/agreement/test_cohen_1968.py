"""Cohen 1968, "Weighted kappa", Psychological Bulletin 70(4), 213-220."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_table


def test_weighted_kappa_of_page_215() -> None:
    """Disagreement weights 0, 1, 3, 6 on the table of Cohen 1960: weighted kappa .348."""
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    weights = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
    found = coefficient("weighted_kappa", from_table(table, "123"), distance=("123", weights))
    assert found.value == pytest.approx(0.348, abs=0.0005)


def test_the_scale_of_the_weights_does_not_matter() -> None:
    """Twice the weights give the same kappa and the same standard error (p. 216)."""
    ratings = from_table([[8, 4, 1], [1, 4, 1], [2, 6, 12]], "123")
    weights = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
    twice = [[2 * weight for weight in row] for row in weights]
    one = coefficient("weighted_kappa", ratings, distance=("123", weights))
    two = coefficient("weighted_kappa", ratings, distance=("123", twice))
    assert one.value == pytest.approx(two.value)
    assert one.standard_error == pytest.approx(two.standard_error)
