"""Krippendorff 2004, "Content analysis", 2nd edition, chapter 11."""

import pytest

from qualcode.agreement import coefficient
from ratings import from_table


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[12, 9, 9], [9, 14, 9], [9, 9, 20]], 0.186),
        ([[12, 18, 18], [0, 14, 18], [0, 0, 20]], 0.258),
    ],
)
def test_kappa_rewards_coders_who_differ_in_their_totals(
    table: list[list[int]], kappa: float
) -> None:
    """Page 246: the same agreement and the same totals together; S .190, pi .186 for both."""
    ratings = from_table(table, "abc")
    values = [
        coefficient(name, ratings, categories="abc").value
        for name in ("percent_agreement", "bennett_s", "scott_pi", "cohen_kappa")
    ]
    assert values == pytest.approx([0.46, 0.19, 0.186, kappa], abs=0.001)
