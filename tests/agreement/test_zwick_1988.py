"""Zwick 1988, "Another look at interrater agreement", Psychological Bulletin 103(3), 374-378."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_table

TABLES = [
    [[20, 0, 0, 5], [0, 10, 15, 0], [0, 15, 10, 0], [5, 0, 0, 20]],
    [[20, 10, 10, 0], [10, 10, 0, 0], [10, 0, 10, 0], [0, 0, 0, 20]],
    [[20, 5, 5, 10], [0, 10, 5, 5], [0, 5, 10, 5], [0, 0, 0, 20]],
]


@pytest.mark.parametrize(
    ("table", "s", "pi", "kappa"),
    [
        (TABLES[0], 0.467, 0.467, 0.467),
        (TABLES[1], 0.467, 0.444, 0.444),
        (TABLES[2], 0.467, 0.460, 0.474),
    ],
)
def test_chance_differs_between_the_coefficients(
    table: list[list[int]], s: float, pi: float, kappa: float
) -> None:
    """Page 376: all three tables agree on .600 of 100 units."""
    ratings = from_table(table, "ABCD")
    values = [
        coefficient(name, ratings, categories="ABCD").value
        for name in ("percent_agreement", "bennett_s", "scott_pi", "cohen_kappa")
    ]
    assert values == pytest.approx([0.6, s, pi, kappa], abs=0.001)
