"""Fleiss, Cohen & Everitt 1969, Psychological Bulletin 72(5), 323-327: standard errors."""

import numpy as np
import pytest

from qualcode.agreement import coefficient
from ratings import from_table

TABLE = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]


def test_kappa_of_page_326() -> None:
    """200 units: kappa .429."""
    found = coefficient("cohen_kappa", from_table(TABLE, "123"), categories="123")
    assert found.value == pytest.approx(0.429, abs=0.0005)


@pytest.mark.parametrize(
    ("name", "weights"),
    [("cohen_kappa", None), ("cohen_kappa_linear", "linear"), ("cohen_kappa_quadratic", "fc")],
)
@pytest.mark.parametrize("table", [TABLE, [[20, 5, 0], [3, 9, 2], [1, 4, 8]]])
def test_standard_error_and_interval_are_those_of_statsmodels(
    name: str, weights: str | None, table: list[list[int]]
) -> None:
    from statsmodels.stats.inter_rater import cohens_kappa

    """Formula 8 of the paper and its weighted form, with a normal interval."""
    theirs = cohens_kappa(np.array(table), weights=np.arange(3) if weights else None, wt=weights)
    found = coefficient(name, from_table(table, "123"), categories="123")
    assert found.value == pytest.approx(theirs.kappa)
    assert found.standard_error == pytest.approx(theirs.std_kappa)
    assert found.interval == pytest.approx((theirs.kappa_low, theirs.kappa_upp))
