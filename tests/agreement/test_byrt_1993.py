"""Byrt, Bishop & Carlin 1993, "Bias, prevalence and kappa", J Clin Epidemiol 46(5), 423-429."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.agreement import coefficient
from ratings import from_table

counts = st.integers(0, 40)


def index(name: str, table: list[list[int]]) -> float:
    found = coefficient(name, from_table(table, "yn"), categories="yn", positive="y")
    assert found.value is not None
    return found.value


@given(counts, counts, counts, counts)
def test_kappa_follows_from_the_three_indices(a: int, b: int, c: int, d: int) -> None:
    """Page 426: kappa = (PABAK - PI^2 + BI^2) / (1 - PI^2 + BI^2)."""
    table = [[a, b], [c, d]]
    kappa = coefficient("cohen_kappa", from_table(table, "yn"), categories="yn")
    if kappa.value is not None:
        pi, bi = index("prevalence_index", table), index("bias_index", table)
        pabak = index("pabak", table)
        assert kappa.value == pytest.approx((pabak - pi**2 + bi**2) / (1 - pi**2 + bi**2))


def test_indices_of_a_table() -> None:
    """Definitions of page 425 by hand: (a - d)/n, |b - c|/n, 2 x observed - 1."""
    table = [[80, 10], [5, 5]]
    assert index("prevalence_index", table) == pytest.approx(0.75)
    assert index("bias_index", table) == pytest.approx(0.05)
    assert index("pabak", table) == pytest.approx(0.70)


def test_the_bias_index_is_the_same_in_either_order_of_the_coders() -> None:
    """The size of (b - c)/n."""
    assert index("bias_index", [[45, 15], [25, 15]]) == pytest.approx(0.10)
    assert index("bias_index", [[45, 25], [15, 15]]) == pytest.approx(0.10)


def test_the_prevalence_index_is_below_zero_where_the_label_is_rare() -> None:
    assert index("prevalence_index", [[5, 10], [5, 80]]) == pytest.approx(-0.75)
