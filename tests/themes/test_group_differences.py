"""Contrasts between groups, and the exact interval of a difference."""

from math import comb
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.errors import InvalidValueError
from qualcode.themes import exact_interval, summarize_themes


def test_santner_and_snell_1980_section_4_two_of_two() -> None:
    """0 of 2 against 2 of 2, 90%: -1 to .0543 (tail method; section 4 of the paper)."""
    assert exact_interval(0, 2, 2, 2, 0.90) == pytest.approx((-1, 0.0543), abs=5e-5)


@pytest.mark.parametrize(
    ("counts", "level", "limits"),
    [
        ((40, 78, 5, 17), 0.95, (-0.0466, 0.4676)),
        ((27, 57, 3, 3), 0.95, (-0.9057, 0.1197)),
        ((27, 57, 3, 3), 0.99, (-0.9586, 0.2677)),
    ],
)
def test_limits_agree_with_sas_proc_freq(
    counts: tuple[int, int, int, int], level: float, limits: tuple[float, float]
) -> None:
    """SAS PROC FREQ, EXACT RISKDIFF(METHOD=NOSCORE), as reported with the R package tern."""
    assert exact_interval(*counts, level) == pytest.approx(limits, abs=5e-5)


def test_everyone_against_nobody_by_hand() -> None:
    """1 of 1 against 0 of 1: the only table as extreme has probability p1(1 - p2), largest at
    p1 = (1 + d)/2: ((1 + d)/2)^2 = .025, so d = 2 sqrt(.025) - 1 = -.6838.
    """
    assert exact_interval(1, 1, 0, 1) == pytest.approx((2 * 0.025**0.5 - 1, 1), abs=2e-6)


@pytest.mark.slow
def test_large_groups_approach_the_normal_interval() -> None:
    """1,200 of 2,000 against 1,000 of 2,000: .1 plus and minus 1.96 * .01573 = .0308, and a
    little more, as the exact interval is never too narrow.
    """
    lower, upper = exact_interval(1200, 2000, 1000, 2000)
    assert lower == pytest.approx(0.0692, abs=0.002)
    assert upper == pytest.approx(0.1308, abs=0.002)


sizes = st.integers(1, 8)


@pytest.mark.slow
@settings(max_examples=examples(25), deadline=None)
@given(of_1=sizes, of_2=sizes, data=st.data())
def test_the_interval_holds_the_difference_and_turns_with_the_groups(
    of_1: int, of_2: int, data: st.DataObject
) -> None:
    one, other = data.draw(st.integers(0, of_1)), data.draw(st.integers(0, of_2))
    lower, upper = exact_interval(one, of_1, other, of_2)
    assert -1 <= lower <= one / of_1 - other / of_2 <= upper <= 1
    assert exact_interval(other, of_2, one, of_1) == pytest.approx((-upper, -lower), abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize(("of_1", "of_2"), [(6, 4), (5, 5), (9, 2)])
def test_the_interval_covers_at_least_95_percent_of_the_time(of_1: int, of_2: int) -> None:
    """Exact coverage, summed over all tables, on a grid of true shares."""
    intervals = {
        (x, y): exact_interval(x, of_1, y, of_2) for x in range(of_1 + 1) for y in range(of_2 + 1)
    }
    for p in (i / 10 for i in range(11)):
        for q in (i / 10 for i in range(11)):
            covered = sum(
                comb(of_1, x) * p**x * (1 - p) ** (of_1 - x)
                * comb(of_2, y) * q**y * (1 - q) ** (of_2 - y)
                for (x, y), (lower, upper) in intervals.items()
                if lower - 1e-6 <= p - q <= upper + 1e-6
            )  # fmt: skip
            assert covered >= 0.95


@pytest.mark.parametrize("counts", [(3, 2, 0, 1), (0, 0, 1, 2), (-1, 2, 0, 1)])
def test_impossible_counts_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(InvalidValueError, match="cannot be compared"):
        exact_interval(*counts)


def _texts(users: int, professionals: int) -> dict[str, str]:
    marked = {f"U{i}": "R: [much|a/x] talk" for i in range(users)}
    marked |= {f"U{i + users}": "R: much talk" for i in range(10 - users)}
    marked |= {f"P{i}": "R: [much|a/x] talk" for i in range(professionals)}
    return marked | {f"P{i + professionals}": "R: much talk" for i in range(15 - professionals)}


@pytest.mark.parametrize(
    ("users", "professionals", "en"),
    [
        (9, 2, "more often among users (9 of 10) than among professionals (2 of 15)"),
        (1, 14, "more often among professionals (14 of 15) than among users (1 of 10)"),
        (5, 8, "too few cases to tell"),
    ],
)
def test_what_may_be_said_about_a_difference(
    study: Any, book: Any, users: int, professionals: int, en: str
) -> None:
    groups = {
        "users": " ".join(f"U{i}" for i in range(10)),
        "professionals": " ".join(f"P{i}" for i in range(15)),
    }
    made = study(_texts(users, professionals), book("a", "a/x"), **groups)
    (contrast,) = summarize_themes(*made.parts)[0].contrasts
    assert contrast.in_words["en"] == en
    assert contrast.too_few_cases is en.startswith("too few")
    assert contrast.difference == pytest.approx(users / 10 - professionals / 15)


def test_large_groups_that_hardly_differ_show_no_clear_difference(study: Any, book: Any) -> None:
    texts = {f"{g}{i}": f"R: {'[much|a/x]' if i % 2 else 'much'}" for g in "UP" for i in range(80)}
    groups = {g: " ".join(f"{g[0].upper()}{i}" for i in range(80)) for g in ("users", "pros")}
    made = study(texts, book("a", "a/x"), **groups)
    (contrast,) = summarize_themes(*made.parts)[0].contrasts
    assert contrast.in_words["en"] == "no clear difference"


def test_a_group_that_was_not_asked_is_not_compared(study: Any, book: Any) -> None:
    texts = {"U1": "R: [much|a/x]", "P1": "R: much"}
    made = study(texts, book("a", "a/x @ users"), users="U1", professionals="P1")
    (contrast,) = summarize_themes(*made.parts)[0].contrasts
    assert contrast.difference is None
    assert contrast.interval is None
    assert contrast.undefined_because == "not asked of group 'professionals'"


def test_contrasts_come_by_size_with_uncompared_codes_last(study: Any, book: Any) -> None:
    """Differences by hand: x 1/2 - 1/1 = -1/2, y 1 - 0 = 1, z not asked of professionals."""
    texts = {"U1": "R: [one|a/y] [two|a/z] [three|a/x]", "U2": "R: [one|a/y]", "P1": "R: [so|a/x]"}
    codebook = book("a", "a/x", "a/y", "a/z @ users")
    made = study(texts, codebook, users="U1 U2", professionals="P1")
    contrasts = summarize_themes(*made.parts)[0].contrasts
    assert [(c.code, c.difference) for c in contrasts] == [
        ("a/y", 1.0),
        ("a/x", -0.5),
        ("a/z", None),
    ]
