"""Cases compared on their profiles; the dendrogram; assigned types."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from hypothesis_examples import examples
from qualcode.errors import InvalidValueError
from qualcode.model import CodeCount, FrozenMap, LocalText, Merge
from qualcode.themes import average_linkage, compare_cases, describe_types

TEXTS = {
    "U1": "R: [one|x] [two|x] [three|y]",
    "U2": "R: [one|x] [two|y]",
    "P1": "R: [one|z]",
    "P2": "R: [one|y] [two|z] [three|z] [four|z]",
}


@pytest.fixture
def made(study: Any, book: Any) -> Any:
    return study(TEXTS, book("x", "y", "z"), users="U1 U2", professionals="P1 P2")


def test_jaccard_by_hand(made: Any) -> None:
    """{x, y} and {x, y}: 0; {x, y} and {z}: 1; {x, y} and {y, z}: 1 - 1/3; {z}, {y, z}: 1/2."""
    typology = compare_cases(*made.parts, measure="jaccard")
    assert typology.distances[0] == pytest.approx((0, 0, 1, 2 / 3))
    assert typology.distances[2] == pytest.approx((1, 1, 0, 1 / 2))


def test_gower_by_hand(made: Any) -> None:
    """Shares of x, y, z: u1 2/3, 1/3, 0; u2 1/2, 1/2, 0; p1 0, 0, 1; p2 0, 1/4, 3/4. Ranges:
    2/3, 1/2, 1. u1-u2: (1/6 / 2/3 + 1/6 / 1/2 + 0) / 3 = (1/4 + 1/3) / 3 = 7/36.
    p1-p2: (0 + 1/4 / 1/2 + 1/4) / 3 = 1/4.
    """
    distances = compare_cases(*made.parts).distances
    assert distances[0][1] == pytest.approx(7 / 36)
    assert distances[2][3] == pytest.approx(1 / 4)


def test_a_code_that_was_not_asked_is_left_out_of_the_comparison(study: Any, book: Any) -> None:
    """z was asked of professionals only: u1 {x}, p1 {x, z} share x, and only x counts."""
    texts = {"U1": "R: [one|x]", "U2": "R: [one|x] [two|y]", "P1": "R: [one|x] [two|z]"}
    codebook = book("x", "y", "z @ professionals")
    made = study(texts, codebook, users="U1 U2", professionals="P1")
    assert compare_cases(*made.parts, measure="jaccard").distances[0][2] == 0


def test_average_linkage_by_hand() -> None:
    """d(0,1) = 1 joins first; cluster {0,1} to 2: (3 + 5) / 2 = 4."""
    distances = np.array([[0.0, 1, 3], [1, 0, 5], [3, 5, 0]])
    assert average_linkage(distances) == (Merge(0, 1, 1.0, 2), Merge(3, 2, 4.0, 3))


@settings(max_examples=examples(30), deadline=None)
@given(size=st.integers(2, 9), seed=st.integers(0, 2**16))
def test_average_linkage_is_that_of_scipy(size: int, seed: int) -> None:
    points = np.random.default_rng(seed).random((size, size))
    distances = np.triu(points, 1) + np.triu(points, 1).T
    ours = [(m.distance, m.size) for m in average_linkage(distances)]
    theirs = linkage(squareform(distances), method="average")
    assert [d for d, _ in ours] == pytest.approx(theirs[:, 2].tolist())
    assert [n for _, n in ours] == theirs[:, 3].astype(int).tolist()


def test_the_dendrogram_is_cut_into_the_groups_asked_for(made: Any) -> None:
    typology = compare_cases(*made.parts, groups=2)
    assert [group.cases for group in typology.groups] == [("u1", "u2"), ("p1", "p2")]
    assert typology.leaves == ("u1", "u2", "p1", "p2")
    assert len(typology.merges) == 3


@pytest.mark.parametrize(("groups", "found"), [(1, 1), (3, 3), (4, 4), (9, 4)])
def test_there_are_never_more_groups_than_cases(made: Any, groups: int, found: int) -> None:
    assert len(compare_cases(*made.parts, groups=groups).groups) == found


def test_a_group_tells_which_codes_and_attributes_go_with_it(made: Any) -> None:
    users = compare_cases(*made.parts, groups=2).groups[0]
    assert users.codes == (
        CodeCount("x", LocalText({"nl": "x"}), 2, 2, 0, 2),
        CodeCount("y", LocalText({"nl": "y"}), 2, 2, 1, 2),
    )
    (group,) = users.attributes
    assert (group.attribute, group.value, group.inside, group.outside) == ("group", "users", 2, 0)


@pytest.mark.parametrize("measure", ["gower", "jaccard"])
def test_the_order_of_the_codings_changes_nothing(made: Any, measure: str) -> None:
    turned = replace(made, codings=made.codings[::-1])
    assert compare_cases(*made.parts, measure=measure) == compare_cases(
        *turned.parts, measure=measure
    )


def test_equal_cases_are_joined_in_their_order(study: Any, book: Any) -> None:
    made = study({f"U{i}": "R: [so|x]" for i in range(3)}, book("x"), users="U0 U1 U2")
    merges = compare_cases(*made.parts, measure="jaccard").merges
    assert [(m.left, m.right, m.distance) for m in merges] == [(0, 1, 0.0), (3, 2, 0.0)]


def test_two_cases_are_too_few(study: Any, book: Any) -> None:
    made = study({"U1": "R: [so|x]", "U2": "R: [so|x]", "U3": "R: so"}, book("x"), users="U1 U2 U3")
    typology = compare_cases(*made.parts)
    assert typology.undefined_because == "too few cases with codings: 2, of at least 3"
    assert typology.cases == ("u1", "u2")


def test_cases_that_share_no_question_cannot_be_compared(study: Any, book: Any) -> None:
    texts = {"U1": "R: [so|x]", "U2": "R: [so|x]", "P1": "R: [so|y]"}
    codebook = book("x @ users", "y @ professionals")
    made = study(texts, codebook, users="U1 U2", professionals="P1")
    typology = compare_cases(*made.parts)
    assert typology.distances[0][2] is None
    assert typology.undefined_because == "cases 'u1' and 'p1' have no code to compare them on"


@pytest.mark.parametrize("options", [{"measure": "euclid"}, {"groups": 0}])
def test_what_cannot_be_computed_is_refused(made: Any, options: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        compare_cases(*made.parts, **options)


def test_a_case_may_have_several_assigned_types(made: Any) -> None:
    """u1 is social and functional, p1 functional, u2 and p2 have no type."""
    types = {"u1": "social; functional", "p1": "functional"}
    cases = tuple(
        replace(c, attributes=FrozenMap({**c.attributes, "type": types.get(c.name, "")}))
        for c in made.cases
    )
    social, functional = describe_types(*replace(made, cases=cases).parts)
    assert (social.name, social.cases) == ("social", ("u1",))
    assert (functional.name, functional.cases) == ("functional", ("u1", "p1"))
    first = social.codes[0]
    assert (first.code, first.inside, first.of_inside, first.outside, first.of_outside) == (
        "x", 1, 1, 1, 3
    )  # fmt: skip
    assert [a.attribute for a in social.attributes] == ["group"]
