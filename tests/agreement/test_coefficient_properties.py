"""What holds of every coefficient on whatever ratings."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.agreement import COEFFICIENTS, coefficient
from qualcode.errors import InvalidValueError
from qualcode.model import Coefficient

BINARY = {name for name, entry in COEFFICIENTS.items() if entry.binary}
OWN_DISTANCE = {name for name, entry in COEFFICIENTS.items() if entry.custom}
SETS = {name for name, entry in COEFFICIENTS.items() if entry.sets}
TWO_CODERS = {name for name, entry in COEFFICIENTS.items() if entry.two_coders}

LABELS = (1, 2, 3)
Row = list[int | None]
NAMES = sorted(COEFFICIENTS)


def rows(count: int, *, complete: bool = False) -> st.SearchStrategy[list[Row]]:
    label = st.sampled_from(LABELS) if complete else st.sampled_from((*LABELS, None))
    unit = st.lists(label, min_size=count, max_size=count)
    made: st.SearchStrategy[list[Row]] = st.lists(unit, min_size=1, max_size=25).map(
        lambda units: [list(row) for row in zip(*units, strict=True)]
    )
    return made


def compute(name: str, given_rows: list[Row], **more: Any) -> Coefficient:
    """One coefficient of rows of labels, with all that it needs besides."""
    wrapped: list[list[object]] = [
        [None if x is None else (x,) for x in row] if name in SETS else list(row)
        for row in given_rows
    ]
    ratings = dict(zip("abcd", wrapped, strict=False))
    if name in BINARY:
        more["positive"] = more.get("positive", 1)
    if name in OWN_DISTANCE:
        more["distance"] = (LABELS, [[0, 1, 4], [1, 0, 2], [4, 2, 0]])
    return coefficient(name, ratings, **{"categories": LABELS} | more)


def same(one: Coefficient, two: Coefficient) -> bool:
    """Equal to rounding, in value, standard error and reason."""
    if one.value is None or two.value is None:
        return one.value is two.value
    errors = (one.standard_error, two.standard_error)
    if errors[0] is not None and errors[1] is not None and abs(errors[0] - errors[1]) > 1e-9:
        return False
    return abs(one.value - two.value) < 1e-9


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=examples(8), deadline=None)
@given(data=st.data())
def test_the_order_of_the_coders_changes_nothing(name: str, data: st.DataObject) -> None:
    given_rows = data.draw(rows(2 if name in TWO_CODERS else 3))
    assert same(compute(name, given_rows), compute(name, given_rows[::-1]))


@pytest.mark.parametrize("name", sorted(set(NAMES) - BINARY))
@settings(max_examples=examples(8), deadline=None)
@given(data=st.data())
def test_renaming_the_codes_changes_nothing(name: str, data: st.DataObject) -> None:
    """Turned round, so that ordered figures keep the distances between codes."""
    if name.endswith("_ratio") or name in OWN_DISTANCE:
        return
    given_rows = data.draw(rows(2 if name in TWO_CODERS else 3))
    turned = [[None if x is None else 4 - x for x in row] for row in given_rows]
    assert same(compute(name, given_rows), compute(name, turned))


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"prevalence_index", "bias_index"}))
@settings(max_examples=examples(8), deadline=None)
@given(data=st.data())
def test_identical_coders_agree_fully_or_not_at_all_defined(name: str, data: st.DataObject) -> None:
    (row,) = data.draw(rows(1, complete=True))
    found = compute(name, [row] * (2 if name in TWO_CODERS else 3))
    assert found.value is None or found.value == pytest.approx(1)
    assert (found.value is None) == bool(found.undefined_because)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=examples(8), deadline=None)
@given(data=st.data())
@pytest.mark.slow
def test_figures_are_numbers_in_range_with_intervals_around_them(
    name: str, data: st.DataObject
) -> None:
    """Never NaN; at most 1; the interval holds the value."""
    given_rows = data.draw(rows(2 if name in TWO_CODERS else 4))
    for documents in (None, [i % 4 for i in range(len(given_rows[0]))]):
        found = compute(name, given_rows, documents=documents)
        if found.value is None:
            assert found.interval is None
            continue
        assert -1e9 < found.value <= 1 + 1e-9
        if found.standard_error is not None:
            assert found.standard_error >= 0
        if found.interval is not None and found.value >= -1:
            assert found.interval[0] - 1e-9 <= found.value <= found.interval[1] + 1e-9


@settings(max_examples=examples(25), deadline=None)
@given(rows(2, complete=True))
def test_kappa_is_that_of_scikit_learn(given_rows: list[Row]) -> None:
    from sklearn.metrics import cohen_kappa_score

    for name, weights in (
        ("cohen_kappa", None),
        ("cohen_kappa_linear", "linear"),
        ("cohen_kappa_quadratic", "quadratic"),
    ):
        found = compute(name, given_rows)
        if found.value is not None:
            one, two = ([str(label) for label in row] for row in given_rows)
            theirs = cohen_kappa_score(one, two, labels=["1", "2", "3"], weights=weights)
            assert found.value == pytest.approx(theirs)


@settings(max_examples=examples(25), deadline=None)
@given(rows(3, complete=True))
@pytest.mark.slow
def test_alpha_and_pi_are_those_of_nltk(given_rows: list[Row]) -> None:
    from nltk.metrics.agreement import AnnotationTask

    if len({label for row in given_rows for label in row}) < 2:
        return
    data = [
        (coder, i, label) for coder, row in enumerate(given_rows) for i, label in enumerate(row)
    ]
    task = AnnotationTask(data=data)
    assert compute("alpha_nominal", given_rows).value == pytest.approx(task.alpha())
    assert compute("percent_agreement", given_rows).value == pytest.approx(task.avg_Ao())


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"kappa_max", "bias_index"}))
def test_one_document_per_unit_gives_about_the_analytic_error(name: str) -> None:
    """The jackknife over units and the linearised variance are two roads to one figure."""
    rng = np.random.default_rng(5)
    true = rng.integers(1, 4, 300)
    given_rows: list[Row] = [
        [int(x) for x in np.where(rng.random(300) < 0.7, true, rng.integers(1, 4, 300))]
        for _ in range(2 if name in TWO_CODERS else 3)
    ]
    analytic = compute(name, given_rows)
    clustered = compute(name, given_rows, documents=list(range(300)), resamples=50)
    assert clustered.standard_error == pytest.approx(analytic.standard_error, rel=0.03)


def test_documents_make_the_interval_wider_where_units_resemble_each_other() -> None:
    """Copying every unit ten times into its document adds no certainty."""
    one, two = [1, 1, 2, 2, 1, 2, 1, 2], [1, 2, 2, 2, 1, 1, 1, 2]
    ratings = {"a": one * 10, "b": two * 10}
    documents = list(range(8)) * 10
    plain = coefficient("cohen_kappa", ratings, categories=[1, 2])
    whole = coefficient("cohen_kappa", ratings, categories=[1, 2], documents=documents)
    assert plain.interval is not None
    assert whole.interval is not None
    assert whole.interval[0] < plain.interval[0]
    assert "t with 7 degrees of freedom" in whole.detail


@pytest.mark.parametrize("size", [10, 2])
@pytest.mark.parametrize("name", ["cohen_kappa", "alpha_nominal", "gwet_ac1", "percent_agreement"])
def test_full_agreement_in_every_document_has_an_exact_lower_limit(name: str, size: int) -> None:
    """An interval of [1, 1] would claim a certainty that nothing was estimated from.

    With full agreement in n documents, .05 ** (1 / n) is the exact one-sided limit.
    """
    ratings = {"a": [1, 2] * 25, "b": [1, 2] * 25}
    documents = [i // size for i in range(50)]
    found = coefficient(name, ratings, categories=[1, 2], documents=documents)
    assert (found.value, found.standard_error) == (1, None)
    assert found.interval == pytest.approx((0.05 ** (size / 50), 1))
    assert "exact one-sided lower limit" in found.detail


@pytest.mark.parametrize("others", [1, 25])
def test_documents_without_the_label_add_nothing_to_the_exact_limit(others: int) -> None:
    labels = [1, 2] + [1, 1] * others
    documents = [i // 2 for i in range(len(labels))]
    found = coefficient("cohen_kappa", {"a": labels, "b": labels}, documents=documents)
    assert found.value == 1
    assert found.interval == pytest.approx((0.05, 1))


def test_no_interval_where_one_document_holds_all_that_varies() -> None:
    labels_a, labels_b = [1, 2, 2, *[1] * 6], [1, 2, 1, *[1] * 6]
    documents = [i // 3 for i in range(9)]
    found = coefficient("cohen_kappa", {"a": labels_a, "b": labels_b}, documents=documents)
    assert found.value is not None
    assert found.interval is None
    assert "without one of the interviews" in found.detail


def test_the_largest_kappa_of_one_is_no_full_agreement() -> None:
    """Equal totals allow a kappa of 1, whether or not the coders agree."""
    ratings = {"a": [1, 2] * 10, "b": [2, 1] * 10}
    documents = [i // 4 for i in range(20)]
    found = coefficient("kappa_max", ratings, categories=[1, 2], documents=documents)
    assert (found.value, found.interval) == (1, None)


def test_another_way_to_find_intervals_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="'jackknife' or 'bootstrap'"):
        coefficient("cohen_kappa", {"a": [1, 2], "b": [1, 2]}, intervals="percentile")


def test_a_bootstrap_that_is_asked_for_has_a_seed() -> None:
    rng = np.random.default_rng(1)
    ratings = {name: rng.integers(0, 2, 200).tolist() for name in "ab"}
    documents = [i // 10 for i in range(200)]
    one, two = (
        coefficient(
            "alpha_nominal",
            ratings,
            documents=documents,
            intervals="bootstrap",
            resamples=200,
            seed=3,
        )
        for _ in range(2)
    )
    assert one == two
    assert "bootstrap over 20 interviews, 200 samples, seed 3" in one.detail


@pytest.mark.parametrize("weights", ["linear", "quadratic"])
def test_weighted_coefficients_of_teams_are_those_of_two_coders(weights: str) -> None:
    """Of two coders Conger's kappa is Cohen's, and Fleiss' is Scott's pi: weighted alike."""
    rng = np.random.default_rng(5)
    first = rng.integers(0, 4, 80)
    second = np.clip(first + rng.integers(-1, 2, 80), 0, 3)
    ratings = {"a": first.tolist(), "b": second.tolist()}

    def value(name: str) -> float:
        found = coefficient(name, ratings, categories=[0, 1, 2, 3]).value
        assert found is not None
        return found

    assert value(f"conger_kappa_{weights}") == pytest.approx(value(f"cohen_kappa_{weights}"))
    power = 1 if weights == "linear" else 2
    gaps = (np.abs(np.subtract.outer(np.arange(4), np.arange(4))) / 3) ** power
    both = np.concatenate([first, second])
    shares = np.bincount(both, minlength=4) / len(both)
    seen = gaps[first, second].mean()
    assert value(f"fleiss_kappa_{weights}") == pytest.approx(1 - seen / (shares @ gaps @ shares))
    assert value(f"brennan_prediger_{weights}") == pytest.approx(1 - seen / gaps.mean())
