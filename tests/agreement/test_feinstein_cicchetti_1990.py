"""Feinstein & Cicchetti 1990 and Cicchetti & Feinstein 1990, J Clin Epidemiol 43(6), 543-558."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_table

EVEN, RARE = [[40, 9], [6, 45]], [[80, 10], [5, 5]]


@pytest.mark.parametrize(
    ("table", "kappa", "positive", "negative"), [(EVEN, 0.70, 0.84, 0.86), (RARE, 0.32, 0.91, 0.40)]
)
def test_the_first_paradox(
    table: list[list[int]], kappa: float, positive: float, negative: float
) -> None:
    """Pages 544 and 554: both tables agree on 85%, kappa is .70 and .32; what differs."""
    ratings = from_table(table, "yn")
    values = [
        coefficient(name, ratings, categories="yn", positive="y").value
        for name in (
            "percent_agreement",
            "cohen_kappa",
            "positive_agreement",
            "negative_agreement",
        )
    ]
    assert values == pytest.approx([0.85, kappa, positive, negative], abs=0.005)
