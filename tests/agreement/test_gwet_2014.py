"""Gwet 2014, "Handbook of inter-rater reliability", 4th edition: figures with missing ratings.

The four raters of chapter 2 (also worked by Gwet in the overview of 2019, section "raw
ratings") and the two abstractors of the same overview. Standard errors are those of
the linearised variance, chapter 5.
"""

import pytest

from qualcode.agreement import coefficient
from ratings import from_rows, from_table

RATERS = from_rows("123321412...", "1233224125..", ".33323422513", "12332441251.")


@pytest.mark.parametrize(
    ("name", "value", "error", "low"),
    [
        ("percent_agreement", 0.81818, 0.12561, 0.542),
        ("gwet_ac1", 0.77544, 0.14295, 0.461),
        ("fleiss_kappa", 0.76117, 0.15302, 0.424),
        ("conger_kappa", 0.76282, 0.14917, 0.435),
        ("brennan_prediger", 0.77273, 0.14472, 0.454),
    ],
)
def test_four_raters_with_missing_ratings(
    name: str, value: float, error: float, low: float
) -> None:
    """12 subjects, 41 ratings in 5 categories; t interval with 11 degrees of freedom."""
    found = coefficient(name, RATERS, categories=[1, 2, 3, 4, 5])
    assert found.value == pytest.approx(value, abs=0.000005)
    assert found.standard_error == pytest.approx(error, abs=0.000005)
    assert found.interval is not None
    assert found.interval == pytest.approx((low, 1.0), abs=0.0005)


def test_alpha_of_the_four_raters() -> None:
    found = coefficient("alpha_nominal", RATERS, categories=[1, 2, 3, 4, 5])
    assert found.value == pytest.approx(0.74342, abs=0.000005)
    assert found.standard_error == pytest.approx(0.14548, abs=0.000005)
    assert found.interval == pytest.approx((0.423, 1.0), abs=0.0005)  # 11 degrees of freedom


SIX = (
    "333333 111444 122224 444444 111333 002222 222244 002223 003333 444444 033333 013333 111222 "
    "033333 113334"
).split()


@pytest.mark.parametrize(
    ("name", "value", "error", "limits"),
    [
        ("gwet_ac1", 0.4448007, 0.08418757, (0.264, 0.625)),
        ("fleiss_kappa", 0.4139265, 0.08119291, (0.240, 0.588)),
        ("brennan_prediger", 0.4388889, 0.08312142, (0.261, 0.617)),
    ],
)
def test_six_raters_of_fifteen_patients(
    name: str, value: float, error: float, limits: tuple[float, float]
) -> None:
    """The overview's table of six psychiatrists, five diagnoses."""
    ratings = {f"rater {i}": [int(unit[i]) for unit in SIX] for i in range(6)}
    found = coefficient(name, ratings, categories=[0, 1, 2, 3, 4])
    assert found.value == pytest.approx(value, abs=5e-8)
    assert found.standard_error == pytest.approx(error, abs=5e-8)
    assert found.interval == pytest.approx(limits, abs=0.0005)


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("cohen_kappa", 0.7964094, 0.05891072),
        ("scott_pi", 0.7962397, 0.05905473),
        ("gwet_ac1", 0.8493305, 0.04321747),
        ("brennan_prediger", 0.835, 0.04693346),
        ("percent_agreement", 0.89, 0.03128898),
    ],
)
def test_two_abstractors(name: str, value: float, error: float) -> None:
    """100 pregnancies. Gwet divides by n x n here; by n(n - 1) the others are .5% wider."""
    table = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
    found = coefficient(name, from_table(table, "EAN"), categories="EAN")
    assert found.value == pytest.approx(value, abs=5e-8)
    wider = 1.0 if name == "cohen_kappa" else (100 / 99) ** 0.5
    assert found.standard_error == pytest.approx(error * wider, rel=1e-6)
