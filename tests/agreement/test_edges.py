"""Undefined is an answer, and input that cannot be taken is refused by name."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from qualcode.agreement import COEFFICIENTS, UNITIZING, coefficient, unitizing
from qualcode.errors import (
    InvalidValueError,
    QualcodeError,
    UndefinedRequestError,
    UnknownNameError,
)

N = None
ALL_SAME = {"a": ["x"] * 4, "b": ["x"] * 4}


@pytest.mark.parametrize(
    "name",
    ["cohen_kappa", "cohen_kappa_linear", "scott_pi", "fleiss_kappa", "conger_kappa",
     "light_kappa", "alpha_nominal", "alpha_ordinal", "kappa_max"],
)  # fmt: skip
def test_no_variation_is_undefined_with_observed_agreement_shown(name: str) -> None:
    found = coefficient(name, ALL_SAME, categories=["x", "y"])
    assert found.value is None
    assert found.observed == 1
    assert found.units == 4
    assert found.undefined_because


@pytest.mark.parametrize(
    "name", ["percent_agreement", "brennan_prediger", "gwet_ac1", "randolph_kappa", "pabak"]
)
def test_figures_that_need_no_variation_are_1(name: str) -> None:
    assert coefficient(name, ALL_SAME, categories=["x", "y"]).value == 1


@pytest.mark.parametrize("name", sorted(set(COEFFICIENTS) - {"weighted_kappa", "alpha_custom"}))
@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ({"a": [], "b": []}, "there are no units"),
        ({"a": [N, N], "b": [1, 0]}, "coder 'a' coded none of the units"),
        ({"a": [1, N], "b": [N, 0]}, "no unit was coded by two coders"),
    ],
)
def test_nothing_to_compare_is_undefined(
    name: str, ratings: dict[str, list[Any]], reason: str
) -> None:
    if name in ("alpha_masi", "alpha_jaccard"):
        ratings = {c: [x if x is None else (x,) for x in row] for c, row in ratings.items()}
    found = coefficient(name, ratings, categories=[0, 1])
    assert found.value is None
    assert found.undefined_because == reason


def test_an_unused_positive_label_has_no_positive_agreement() -> None:
    found = coefficient("positive_agreement", ALL_SAME, categories=["x", "y"], positive="y")
    assert "no coder gave this label" in str(found.undefined_because)


def test_a_coder_who_coded_nothing_is_named_among_several() -> None:
    ratings: dict[str, list[Any]] = {"a": [1, 2], "b": [1, 2], "c": [N, N]}
    found = coefficient("alpha_nominal", ratings, categories=[1, 2])
    assert found.undefined_because == "coder 'c' coded none of the units"


def test_unit_without_any_label_changes_nothing() -> None:
    ratings = {"a": [1, 2, 1, N], "b": [1, 2, 2, N], "c": [1, N, 2, N]}
    shorter = {name: row[:3] for name, row in ratings.items()}
    for name in ("alpha_nominal", "fleiss_kappa", "conger_kappa", "gwet_ac1"):
        one = coefficient(name, ratings, categories=[1, 2])
        two = coefficient(name, shorter, categories=[1, 2])
        assert one == two


GOOD = {"a": [1, 2, 1], "b": [1, 2, 2]}


@pytest.mark.parametrize(
    ("name", "ratings", "more", "error", "says"),
    [
        ("cohens_kappa", GOOD, {}, UnknownNameError, "Did you mean 'cohen_kappa'"),
        ("cohen_kappa", {"a": [1]}, {}, UndefinedRequestError, "two coders"),
        ("cohen_kappa", {}, {}, UndefinedRequestError, "two coders"),
        ("cohen_kappa", {"a": [1], "b": [1, 2]}, {}, InvalidValueError, "unequal"),
        ("cohen_kappa", {"a": [math.nan], "b": [1]}, {}, InvalidValueError, "nan"),
        ("cohen_kappa", {"a": [3], "b": [1]}, {}, UnknownNameError, "'3'"),
        ("cohen_kappa", {"a": [(1,)], "b": [1]}, {}, InvalidValueError, "alpha_masi"),
        ("cohen_kappa", {"a": "12", "b": "12"}, {}, InvalidValueError, "list"),
        ("cohen_kappa", {**GOOD, "c": [1, 1, 1]}, {}, UndefinedRequestError, "fleiss_kappa"),
        ("scott_pi", {**GOOD, "c": [1, 1, 1]}, {}, UndefinedRequestError, "two coders"),
        ("gwet_ac1", GOOD, {"categories": None}, UndefinedRequestError, "categories"),
        ("cohen_kappa", GOOD, {"categories": [1, 2, 2]}, InvalidValueError, "twice"),
        ("cohen_kappa", GOOD, {"categories": []}, InvalidValueError, "No categories"),
        ("alpha_masi", GOOD, {}, InvalidValueError, "tuple"),
        ("alpha_interval", {"a": ["x"], "b": ["x"]}, {"categories": "xy"}, InvalidValueError,
         "numbers"),
        ("weighted_kappa", GOOD, {}, UndefinedRequestError, "distance"),
        ("cohen_kappa", GOOD, {"distance": ([1, 2], [[0, 1], [1, 0]])}, UndefinedRequestError,
         "weighted_kappa"),
        ("alpha_custom", GOOD, {"distance": ([1, 2], [[0, 1], [2, 0]])}, InvalidValueError,
         "both directions"),
        ("alpha_custom", GOOD, {"distance": ([1, 2], [[1, 1], [1, 0]])}, InvalidValueError,
         "itself"),
        ("alpha_custom", GOOD, {"distance": ([1, 2], [[0, 1]])}, InvalidValueError, "shape"),
        ("positive_agreement", GOOD, {}, UndefinedRequestError, "positive="),
        ("positive_agreement", GOOD, {"positive": 9}, UnknownNameError, "'9'"),
        ("alpha_custom", GOOD, {"distance": 3}, InvalidValueError, "pair"),
        ("alpha_custom", GOOD, {"distance": ([1, 2], "ab")}, InvalidValueError, "holds numbers"),
        ("alpha_custom", GOOD, {"distance": ([1, 2], [[0, 1], [1]])}, InvalidValueError,
         "holds numbers"),
        ("cohen_kappa", GOOD, {"documents": ["p", "q"]}, InvalidValueError, "3 units and 2"),
        ("cohen_kappa", GOOD, {"documents": 3}, InvalidValueError, "list"),
        ("cohen_kappa", GOOD, {"documents": [["p"], "q", "q"]}, InvalidValueError, "a document"),
        ("cohen_kappa", GOOD, {"documents": [math.nan, 1, 1]}, InvalidValueError, "a document"),
        ("cohen_kappa", GOOD, {"resamples": 0}, InvalidValueError, "resamples"),
        ("cohen_kappa", GOOD, {"seed": -1}, InvalidValueError, "seed"),
        ("cohen_kappa", GOOD, {"categories": 2}, InvalidValueError, "list of labels"),
        ("cohen_kappa", None, {}, InvalidValueError, "dictionary"),
        ("cohen_kappa", {"a": [pd.NA], "b": [1]}, {}, InvalidValueError, "NA"),
        ("alpha_interval", {"a": [math.inf], "b": [1]}, {"categories": None}, InvalidValueError,
         "numbers"),
        ("alpha_ratio", {"a": [-1, 1], "b": [1, 1]}, {"categories": None}, InvalidValueError,
         "starts at 0"),
        (None, GOOD, {}, UnknownNameError, "coefficient 'None'"),
        (["x"], GOOD, {}, UnknownNameError, "coefficient"),
    ],
)  # fmt: skip
def test_bad_ratings_are_refused_by_name(
    name: str, ratings: Any, more: dict[str, Any], error: type[QualcodeError], says: str
) -> None:
    with pytest.raises(error, match=says):
        coefficient(name, ratings, **{"categories": [1, 2]} | more)


SPANS: dict[str, Any] = {"a": [(0, 4, "x")], "b": [(2, 6, "x")]}


@pytest.mark.parametrize(
    ("name", "spans", "more", "error", "says"),
    [
        ("ualpha", SPANS, {}, UnknownNameError, "u_alpha"),
        ("u_alpha", {"a": []}, {}, UndefinedRequestError, "two coders"),
        ("u_alpha", {**SPANS, "a": [(-1, 4, "x")]}, {}, InvalidValueError, "'a'"),
        ("u_alpha", {**SPANS, "a": [(4, 4, "x")]}, {}, InvalidValueError, "start < end"),
        ("u_alpha", {**SPANS, "a": [(4, 40, "x")]}, {}, InvalidValueError, "<= 20"),
        ("u_alpha", {**SPANS, "a": [(0.5, 4, "x")]}, {}, InvalidValueError, "whole number"),
        ("u_alpha", {**SPANS, "a": [(math.nan, 4, "x")]}, {}, InvalidValueError, "whole"),
        ("u_alpha", {**SPANS, "a": [(0, 4, None)]}, {}, InvalidValueError, "label"),
        ("u_alpha", {**SPANS, "a": [(0, 4)]}, {}, InvalidValueError, "start, end, label"),
        ("u_alpha", {**SPANS, "a": [(0, 4, "x"), (3, 6, "y")]}, {}, InvalidValueError,
         "overlap.*Use gamma"),
        ("u_alpha", SPANS, {"length": 0}, InvalidValueError, "1 or more"),
        ("u_alpha", SPANS, {"seed": 3}, UndefinedRequestError, "takes no seed="),
        ("ku_alpha", SPANS, {}, UndefinedRequestError, "label="),
        ("gamma_k", SPANS, {}, UndefinedRequestError, "label="),
        ("ku_alpha", SPANS, {"label": 2.5}, InvalidValueError, "2.5 is no label"),
        (None, SPANS, {}, UnknownNameError, "unitizing figure"),
        ("u_alpha", [("a", [])], {}, InvalidValueError, "dictionary"),
        ("u_alpha", {**SPANS, "a": None}, {}, InvalidValueError, "'a' must be a list"),
        ("u_alpha", {**SPANS, "a": [3]}, {}, InvalidValueError, "start, end, label"),
        ("dice", {**SPANS, "c": []}, {}, UndefinedRequestError, "two coders"),
        ("segment_match", SPANS, {"overlap": 2.0}, InvalidValueError, "between 0 and 1"),
        ("segment_match", SPANS, {"overlap": "all"}, InvalidValueError, "between 0 and 1"),
        ("gamma", SPANS, {"precision": 0.0}, InvalidValueError, "precision"),
        ("gamma", SPANS, {"precision": "fine"}, InvalidValueError, "precision"),
        ("gamma", SPANS, {"alpha": "x"}, InvalidValueError, "alpha"),
        ("gamma", SPANS, {"seed": -1}, InvalidValueError, "seed"),
        ("gamma", SPANS, {"seed": 1.5}, InvalidValueError, "seed"),
        ("gamma_disorder", SPANS, {"alpha": -1.0}, InvalidValueError, "alpha"),
        ("gamma_disorder", SPANS, {"delta_empty": 0.0}, InvalidValueError, "delta_empty"),
    ],
)  # fmt: skip
def test_bad_spans_are_refused_by_name(
    name: str, spans: Any, more: dict[str, Any], error: type[QualcodeError], says: str
) -> None:
    with pytest.raises(error, match=says):
        unitizing(name, spans, **{"length": 20} | more)


@pytest.mark.parametrize("name", ["ku_alpha", "dice", "jaccard", "holsti", "nvivo_kappa"])
def test_a_label_that_nobody_used_is_undefined(name: str) -> None:
    found = unitizing(name, SPANS, length=20, label="z")
    assert found.value is None
    assert found.undefined_because == "no coder used the label 'z'"


def test_categories_may_be_numbered() -> None:
    """Papers number their categories; the number is the label."""
    numbered: Any = {"a": [(0, 4, 1), (5, 8, 2)], "b": [(2, 6, 1), (6, 8, 2)]}
    written: Any = {c: [(s, e, str(n)) for s, e, n in own] for c, own in numbered.items()}
    for name in ("u_alpha", "cu_alpha", "gamma_disorder", "dice"):
        one, two = (unitizing(name, spans, length=20) for spans in (numbered, written))
        assert one == two
    assert unitizing("ku_alpha", numbered, length=20, label=2).value is not None


@pytest.mark.parametrize("name", sorted(set(UNITIZING) - {"ku_alpha", "gamma_k"}))
def test_nothing_coded_is_undefined(name: str) -> None:
    nothing: Any = {"a": [], "b": []}
    assert unitizing(name, nothing, length=20).undefined_because == "no coder coded anything"


@pytest.mark.parametrize("name", ["cu_alpha", "gamma", "gamma_cat", "gamma_disorder"])
def test_figures_on_spans_of_all_coders_need_spans_of_all(name: str) -> None:
    one_sided: Any = {"a": [(0, 4, "x")], "b": []}
    found = unitizing(name, one_sided, length=20)
    assert found.undefined_because == "coder 'b' coded nothing"


@pytest.mark.parametrize("name", ["dice", "jaccard", "holsti", "nvivo_kappa", "segment_match"])
def test_overlap_with_a_coder_who_marked_nothing_is_nothing(name: str) -> None:
    """2 x 0 / (4 + 0), 0 / 4; for kappa .8 observed, and .8 expected: 1 x .8 + 0 x .2."""
    one_sided: Any = {"a": [(0, 4, "x")], "b": []}
    assert unitizing(name, one_sided, length=20).value == pytest.approx(0)


@pytest.mark.parametrize("name", ["u_alpha", "u_alpha_binary"])
def test_what_only_one_coder_marked_is_disagreement(name: str) -> None:
    """One unit of 20 in 100 positions, the other coder a gap: 20 and 180 of 200 positions.

    Observed disagreement is 2 x 20 = 40. A unit shares 20 x 20 with itself, gaps 180, so chance
    leaves 2 x 20 x 180 x 200 / (200 x 200 - 400 - 180) = 36.53, and alpha is 1 - 40 / 36.53.
    """
    one_sided: Any = {"a": [(0, 20, "x")], "b": []}
    found = unitizing(name, one_sided, length=100)
    assert found.value == pytest.approx(-0.095)


def test_two_coders_who_code_all_with_other_codes_disagree_worst() -> None:
    """Per code one marks all and the other nothing: observed 2L, expected 2L.L.2L / (3L.L - L)."""
    length, code_a = 20, {"a": [(0, 20, "x")], "b": []}
    expected = 2 * length**2 * 2 * length / (3 * length**2 - length)
    found = unitizing("u_alpha_binary", code_a, length=length)
    assert found.value == pytest.approx(1 - 2 * length / expected)
    assert found.value is not None
    assert found.value < -0.4


def test_whole_text_with_one_label_is_undefined() -> None:
    whole = [(0, 20, "x")]
    for name in ("u_alpha", "u_alpha_binary", "nvivo_kappa"):
        found = unitizing(name, {"a": whole, "b": whole}, length=20)
        assert found.value is None
        assert found.observed == 1


@pytest.mark.parametrize(
    ("ratings", "value"),
    [
        ({"a": [1] * 50, "b": [1] * 49 + [2]}, 0),
        ({"a": [1, 2] * 25, "b": [1, 2] * 25}, 1),
    ],
)
def test_an_analytic_interval_without_width_is_a_reason_instead(ratings: Any, value: float) -> None:
    """49 agreements and one disagreement: kappa is 0, and its large-sample variance too."""
    found = coefficient("cohen_kappa", ratings, categories=[1, 2])
    assert found.value == pytest.approx(value)
    assert (found.standard_error, found.interval) == (None, None)
    assert "whichever unit is left out" in found.detail
