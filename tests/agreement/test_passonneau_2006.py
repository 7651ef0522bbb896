"""Passonneau 2006, "Measuring agreement on set-valued items (MASI)", LREC, 831-836."""

from collections.abc import Callable

import numpy as np
import pytest

from qualcode.agreement import coefficient
from qualcode.agreement.arrays import Floats
from qualcode.agreement.distance import jaccard, masi

Sets = dict[str, list[tuple[str, ...]]]
A = ["", "A", "A", "A", "AB", "AB", "ABC", "C", "C"]
B = ["", "", "A", "B", "A", "AC", "ABC", "AC", "AC"]


def distance(metric: Callable[[Floats], Floats], one: str, two: str) -> float:
    letters = "abcd"
    rows = np.array([[float(letter in text) for letter in letters] for text in (one, two)])
    return float(metric(rows)[0, 1])


@pytest.mark.parametrize(
    ("one", "two", "value"),
    [
        ("ab", "ab", 0),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("a", "b", 1),
        ("", "a", 1),
        ("", "", 0),
    ],
)
def test_monotonicity_grades_the_overlap_of_sets(one: str, two: str, value: float) -> None:
    """Page 833: 1 for equal sets, 2/3 for a subset, 1/3 for overlap, 0 for none."""
    assert distance(masi, one, two) == pytest.approx(value)


def test_jaccard_distance_of_two_empty_sets_is_zero() -> None:
    assert distance(jaccard, "", "") == 0
    assert distance(jaccard, "ab", "bc") == pytest.approx(2 / 3)


def test_alpha_takes_sets_as_tuples() -> None:
    """Jaccard alpha of nine units, worked by hand through the coincidences: Do 29/54."""
    ratings = {name: [tuple(text) for text in row] for name, row in (("a", A), ("b", B))}
    found = coefficient("alpha_jaccard", ratings, categories=list("ABC"))
    assert found.observed == pytest.approx(
        1 - (0 + 1 + 0 + 1 + 1 / 2 + 2 / 3 + 0 + 1 / 2 + 1 / 2) / 9
    )


def test_jaccard_alpha_is_that_of_nltk_where_no_set_is_empty() -> None:
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import jaccard_distance

    kept = [i for i in range(len(A)) if A[i] and B[i]]
    data = [
        (coder, unit, frozenset(row[unit])) for coder, row in (("a", A), ("b", B)) for unit in kept
    ]
    theirs = AnnotationTask(data=data, distance=jaccard_distance).alpha()
    ratings = {"a": [tuple(A[i]) for i in kept], "b": [tuple(B[i]) for i in kept]}
    assert coefficient("alpha_jaccard", ratings).value == pytest.approx(theirs)


def test_order_and_repetition_within_a_set_do_not_matter() -> None:
    one: Sets = {"a": [("x", "y"), ()], "b": [("y",), ("x",)]}
    two: Sets = {"a": [("y", "x", "y"), ()], "b": [("y",), ("x",)]}
    assert coefficient("alpha_masi", one) == coefficient("alpha_masi", two)
