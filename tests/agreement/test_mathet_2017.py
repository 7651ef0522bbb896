"""Mathet 2017 (gamma-cat, gamma-k), Computational Linguistics 43(3), 661-681; gamma of a corpus.

The values are computed from the definitions here: all ways to group the units are tried, and all
random continua of a short text are gone through, so that what chance gives is exact.
"""

from functools import cache
from itertools import combinations, product
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.agreement import add_gamma, coefficient, compare_coders, unitizing
from qualcode.model import Coding
from studies import coded, coding_study, interview

Span = tuple[int, int, str]
Group = tuple[Span | None, ...]


def offset(one: Span, two: Span) -> float:
    """Equation 3 of 2015: squared share of the lengths by which both ends lie apart."""
    apart = abs(one[0] - two[0]) + abs(one[1] - two[1])
    return (apart / (one[1] - one[0] + two[1] - two[0])) ** 2


def cost(group: Group) -> float:
    """Mean over the pairs of coders; a missing unit costs 1 with any other."""
    return mean(
        1.0 if one is None or two is None else offset(one, two) + (one[2] != two[2])
        for one, two in combinations(group, 2)
    )


def best(coders: list[list[Span]]) -> tuple[float, list[Group]]:
    """Return the cheapest grouping of all units, found by trying all of them."""
    left = [(place, span) for place, spans in enumerate(coders) for span in spans]
    if not left:
        return 0.0, []
    place, first = left[0]
    cheapest, groups = float("inf"), list[Group]()
    others: list[list[Span | None]] = [
        [None, *spans] if number > place else [None] for number, spans in enumerate(coders)
    ]
    others[place] = [first]
    for group in product(*others):
        rest = [
            [span for span in spans if span is not group[number]]
            for number, spans in enumerate(coders)
        ]
        total, more = best(rest)
        if cost(group) + total < cheapest - 1e-9:
            cheapest, groups = cost(group) + total, [group, *more]
    return cheapest, groups


def weights(groups: list[Group], label: str = "") -> tuple[float, float]:
    """Return the weights of aligned pairs with other codes, and of all aligned pairs."""
    unlike = paired = 0.0
    for group in groups:
        units = [unit for unit in group if unit]
        for one, two in combinations(units, 2):
            if label and label not in (one[2], two[2]):
                continue
            weight = max(0.0, 1 - offset(one, two)) / (len(units) - 1)
            paired += weight
            unlike += weight * (one[2] != two[2])
    return unlike, paired


def random_continua(coders: list[list[Span]], length: int) -> list[list[list[Span]]]:
    """Return all random continua of two coders, each as likely as the others (2015, 5.2)."""
    lengths = [end - start for spans in coders for start, end, _ in spans]
    apart = mean(lengths)
    continua = []
    for first in range(length):
        seconds = [m for m in range(length) if apart <= abs(m - first) <= length - apart]
        for second, one, two in product(seconds, coders, coders):
            moved = [
                [((s + move) % length, (s + move) % length + e - s, c) for s, e, c in spans]
                for move, spans in ((first, one), (second, two))
            ]
            continua.append(moved)
    return continua


TEXT: dict[str, list[Span]] = {"a": [(0, 3, "x"), (5, 9, "y")], "b": [(1, 4, "x"), (5, 8, "x")]}
LENGTH = 10


@cache
def alignments() -> list[tuple[float, list[Group]]]:
    """Return the best alignment of the text, and then of each random continuum: cost and groups."""
    coders = list(TEXT.values())
    continua = [coders, *random_continua(coders, LENGTH)]
    return [(best(c)[0] / mean(map(len, c)), best(c)[1]) for c in continua]


def expected(label: str | None) -> float:
    """Return 1 - observed / expected, from all random continua of the text."""

    def figure(disorder: float, groups: list[Group]) -> float | None:
        if label is None:
            return disorder
        unlike, paired = weights(groups, label)
        return unlike / paired if paired else None

    observed, *chance = [figure(*alignment) for alignment in alignments()]
    assert observed is not None
    return 1 - observed / mean(value for value in chance if value is not None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "label"), [("gamma", None), ("gamma_cat", ""), ("gamma_k", "x"), ("gamma_k", "y")]
)
def test_figures_are_those_of_all_random_continua(name: str, label: str | None) -> None:
    found = unitizing(name, TEXT, length=LENGTH, precision=0.05, label=label or None)
    assert found.value == pytest.approx(expected(label), abs=0.05)


units = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9), st.sampled_from("xyz")), max_size=2
)


@settings(max_examples=examples(30), deadline=None)
@given(units, units, units)
def test_disorder_of_two_texts_is_that_of_their_best_groupings(
    one: list[tuple[int, int, str]],
    two: list[tuple[int, int, str]],
    three: list[tuple[int, int, str]],
) -> None:
    """The costs of both over the units of both; chance and alignment stay within a text."""
    coders = [sorted((s, s + n, c) for s, n, c in own) for own in (one, two, three)]
    other: list[list[Span]] = [[(0, 5, "x")], [(1, 5, "y")], [(0, 6, "x")]]
    spans = {
        name: [*own, *((s + 40, e + 40, c) for s, e, c in more)]
        for name, own, more in zip("abc", coders, other, strict=True)
    }
    found = unitizing("gamma_disorder", spans, length=80, documents=[0, 40])
    count = sum(map(len, coders)) + 3
    total = best(coders)[0] + best(other)[0]
    assert found.value == pytest.approx(total * 3 / count)


@pytest.mark.slow
def test_with_the_same_units_gamma_cat_is_near_alpha() -> None:
    """Forty units of which six got another code: alpha of the pairs of codes (2017)."""
    given = ["xyzz"[i % 4] for i in range(40)]
    other = [{"x": "y", "y": "z", "z": "x"}[c] if i % 7 == 0 else c for i, c in enumerate(given)]
    spans = {
        coder: [(10 * i, 10 * i + 8, code) for i, code in enumerate(codes)]
        for coder, codes in (("a", given), ("b", other))
    }
    alpha = coefficient("alpha_nominal", {"a": given, "b": other}).value
    found = unitizing("gamma_cat", spans, length=400)
    assert found.value == pytest.approx(alpha, abs=0.06)


@pytest.mark.parametrize("label", ["x", "y"])
def test_a_code_that_is_never_aligned_has_no_gamma(label: str) -> None:
    spans = {"a": [(0, 4, "x")], "b": [(60, 64, "y")]}
    found = unitizing("gamma_k", spans, length=100, label=label)
    assert found.undefined_because == "no passage of one coder was aligned with one of another"


@pytest.mark.slow
def test_one_code_leaves_nothing_to_vary() -> None:
    spans = {"a": [(0, 4, "x"), (9, 14, "x")], "b": [(1, 4, "x")]}
    found = unitizing("gamma_cat", spans, length=40)
    assert found.undefined_because is not None
    assert "nothing varies" in found.undefined_because
    assert unitizing("gamma", spans, length=40).value is not None


TEXTS = [
    interview(f"P{number}", "R: it was fun at the end", "I: aha", "R: but not all the day, no")
    for number in range(1, 5)
]


def codings() -> list[Coding]:
    """Anna and Bram mark nearly the same passages; in two interviews one has another code."""
    marked = []
    for place, text in enumerate(TEXTS):
        other = "why/fun" if place % 2 else "why/habit"
        marked += [
            coded(text, "anna", "it was fun", "why/fun"),
            coded(text, "anna", "not all the day", "why/habit"),
            coded(text, "bram", "was fun at", "why/fun"),
            coded(text, "bram", "all the day", other),
        ]
    return marked


@pytest.mark.slow
def test_the_report_has_gamma_of_all_codes_and_of_each() -> None:
    study = coding_study(TEXTS, codings())
    report = add_gamma(compare_coders(study), study)
    figures = {(row.figure.name, row.code): row.figure for row in report.passages}
    names = {("gamma", ""), ("gamma_cat", ""), ("gamma_k", "why/fun"), ("gamma_k", "why/habit")}
    assert names < set(figures)
    gamma = figures["gamma", ""]
    assert gamma.interval is not None
    assert gamma.interval[0] <= (gamma.value or 0) <= gamma.interval[1]
    assert "seed 1" in gamma.detail
    assert report.gamma == gamma


@pytest.mark.slow
def test_a_code_paired_in_two_interviews_has_no_interval() -> None:
    rare = [
        coded(text, coder, "at the end", code)
        for text, codes in zip(TEXTS, (("who/age", "who/age"), ("who/age", "who")), strict=False)
        for coder, code in zip(("anna", "bram"), codes, strict=True)
    ]
    study = coding_study(TEXTS, [*codings(), *rare])
    report = add_gamma(compare_coders(study), study)
    figure = next(
        row.figure
        for row in report.passages
        if (row.figure.name, row.code) == ("gamma_k", "who/age")
    )
    assert figure.value is not None
    assert figure.interval is None
    assert "fewer than three of the interviews" in figure.detail


def test_from_one_interview_the_figures_say_why_they_have_no_interval() -> None:
    study = coding_study(TEXTS[:1], [c for c in codings() if c.transcript == TEXTS[0].name])
    report = add_gamma(compare_coders(study), study)
    details = [row.figure.detail for row in report.passages if "gamma" in row.figure.name]
    assert len(details) == 4
    assert all("no interval from one interview" in detail for detail in details)


@pytest.mark.slow
def test_passages_that_overlap_within_a_coder_have_gamma_though_no_alpha() -> None:
    more = [coded(text, "anna", "fun at the end", "why/habit") for text in TEXTS]
    study = coding_study(TEXTS, [*codings(), *more])
    report = add_gamma(compare_coders(study), study)
    figures = {row.figure.name: row.figure.value for row in report.passages if not row.code}
    assert figures["u_alpha"] is None
    assert figures["gamma"] is not None


def test_a_coder_without_passages_has_no_gamma() -> None:
    study = coding_study(
        TEXTS,
        [coding for coding in codings() if coding.coder == "anna"],
        finished={"bram": {text.name for text in TEXTS}},
    )
    report = add_gamma(compare_coders(study), study)
    assert report.gamma is not None
    assert report.gamma.undefined_because == "coder 'bram' coded nothing"
