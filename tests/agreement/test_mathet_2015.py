"""Mathet, Widlöcher & Métivier 2015 (gamma), Computational Linguistics 41(3), 437-479."""

from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.agreement import unitizing
from qualcode.agreement.alignment import Units, Weights, dissimilarity
from qualcode.agreement.gamma import _units as units_of

Spans = dict[str, list[tuple[int, int, str]]]

PEOPLE: Spans = {
    "Alex": [
        (2, 9, "1"),
        (11, 17, "2"),
        (24, 30, "5"),
        (32, 36, "6"),
        (36, 44, "6"),
        (44, 60, "7"),
    ],
    "Paul": [(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    "Suzan": [
        (2, 9, "1"),
        (11, 17, "4"),
        (21, 27, "5"),
        (32, 36, "6"),
        (36, 40, "6"),
        (40, 44, "6"),
    ],
}


def test_disorder_of_alex_paul_and_suzan() -> None:
    """The example annotated text: disorder .96 with position weighing three times the label."""
    found = unitizing("gamma_disorder", PEOPLE, length=60, alpha=3, beta=1)
    assert found.value == pytest.approx(0.96, abs=0.005)


@pytest.mark.slow
def test_gamma_of_alex_paul_and_suzan() -> None:
    """About .45; the expected disorder is sampled, so a band."""
    found = unitizing("gamma", PEOPLE, length=60, alpha=3, beta=1)
    assert found.value == pytest.approx(0.46, abs=0.03)
    assert "random continua, seed 1" in found.detail


def test_three_coders_by_hand() -> None:
    """Two groups of three units each; the mean over pairs, over two units a coder."""
    spans: Spans = {
        "a": [(1, 5, "a"), (10, 14, "b")],
        "b": [(2, 6, "a"), (11, 15, "b")],
        "c": [(1, 4, "a"), (9, 14, "c")],
    }
    first = (2**2 / 8**2 + 1 / 7**2 + 3**2 / 7**2) / 3
    second = (2**2 / 8**2 + 1 + 1 / 9**2 + 1 + 3**2 / 9**2) / 3
    found = unitizing("gamma_disorder", spans, length=60)
    assert found.value == pytest.approx((first + second) / 2)


def test_weights_may_be_whole_numbers() -> None:
    """(0.08 + 1 + 1) / 3 for the pair that agrees, 1 for the unit alone, over 1 unit a coder."""
    spans: Spans = {"a": [(12, 18, "y")], "b": [(9, 12, "x")], "c": [(9, 11, "x")]}
    for one in (1, 1.0):
        found = unitizing("gamma_disorder", spans, length=20, alpha=2, beta=one, delta_empty=one)
        assert found.value == pytest.approx(2.08 / 3 + 1)


def test_identical_coders_have_no_disorder() -> None:
    own = [(0, 4, "x"), (2, 9, "y"), (12, 15, "x")]
    spans: Spans = {"a": own, "b": list(own)}
    assert unitizing("gamma_disorder", spans, length=40).value == pytest.approx(0)
    assert unitizing("gamma", spans, length=40).value == pytest.approx(1)


def test_units_may_overlap_within_a_coder() -> None:
    spans: Spans = {"a": [(0, 8, "x"), (4, 12, "y")], "b": [(0, 8, "x")]}
    assert unitizing("gamma_disorder", spans, length=20).value == pytest.approx(1 / 1.5)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_figure() -> None:
    one, two = (unitizing("gamma", PEOPLE, length=60, seed=7, precision=0.1) for _ in range(2))
    assert one == two


units = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from("xy")), min_size=1, max_size=4
)


def lowest(spans: Spans, weights: Weights) -> float:
    """Best pairing of two coders by trying all of them."""
    one, two = units_of(spans, {"x": 0, "y": 1})
    apart = dissimilarity(one, two, weights)
    if len(one) > len(two):
        apart = apart.T
    rows, columns = apart.shape
    best = min(
        sum(min(0.0, apart[r, c] - 2) for r, c in enumerate(chosen))
        for chosen in permutations(range(columns), rows)
    )
    total: float = (rows + columns + float(best)) * 2 / (rows + columns)
    return total


@settings(max_examples=examples(100), deadline=None)
@given(units, units)
def test_the_alignment_is_the_best_of_all(
    one: list[tuple[int, int, str]], two: list[tuple[int, int, str]]
) -> None:
    spans: Spans = {
        "a": [(s, s + n, c) for s, n, c in one],
        "b": [(s, s + n, c) for s, n, c in two],
    }
    found = unitizing("gamma_disorder", spans, length=50)
    assert found.value == pytest.approx(lowest(spans, Weights()))


@pytest.mark.slow
@settings(max_examples=examples(30), deadline=None)
@given(units, units)
def test_a_third_coder_like_the_first_is_aligned_with_it(
    one: list[tuple[int, int, str]], two: list[tuple[int, int, str]]
) -> None:
    """Groups of three are searched exactly: the order of the coders changes nothing."""
    first = [(s, s + n, c) for s, n, c in one]
    second = [(s, s + n, c) for s, n, c in two]
    values = {
        round(float(unitizing("gamma_disorder", spans, length=50).value or 0), 9)
        for spans in (
            {"a": first, "b": second, "c": first},
            {"b": second, "a": first, "c": first},
            {"c": first, "a": first, "b": second},
        )
    }
    assert len(values) == 1


few = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9), st.sampled_from("xy")), min_size=1, max_size=2
)


def lowest_of_all(coders: list[Units], left: list[tuple[int, int]]) -> float:
    """Cheapest grouping of the units left, by trying all groups that hold the first of them."""
    if not left:
        return 0.0
    first, others = left[0], left[1:]
    best = float("inf")
    for size in range(len(coders)):
        for chosen in combinations(others, size):
            group = dict((first, *chosen))
            if len(group) == size + 1:
                rest = [unit for unit in others if unit not in chosen]
                best = min(best, cost(coders, group) + lowest_of_all(coders, rest))
    return best


def cost(coders: list[Units], group: dict[int, int]) -> float:
    """Mean over pairs of coders; 1 where one of the two has no unit."""
    pairs = list(combinations(range(len(coders)), 2))
    total = 0.0
    for g, h in pairs:
        if g in group and h in group:
            apart = dissimilarity(coders[g], coders[h], Weights())
            total += float(apart[group[g], group[h]])
        else:
            total += 1.0
    return total / len(pairs)


@settings(max_examples=examples(40), deadline=None)
@given(few, few, few)
def test_groups_of_three_are_the_best_of_all(
    one: list[tuple[int, int, str]],
    two: list[tuple[int, int, str]],
    three: list[tuple[int, int, str]],
) -> None:
    spans: Spans = {
        name: [(s, s + n, c) for s, n, c in own]
        for name, own in zip("abc", (one, two, three), strict=True)
    }
    coders = units_of({name: sorted(own) for name, own in spans.items()}, {"x": 0, "y": 1})
    left = [(g, unit) for g, units in enumerate(coders) for unit in range(len(units))]
    found = unitizing("gamma_disorder", spans, length=50)
    assert found.value == pytest.approx(lowest_of_all(coders, left) * 3 / len(left))
