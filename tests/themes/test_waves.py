"""Change between waves: only people who took part in both are compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qualcode.model import Case, FrozenMap, Participation
from qualcode.themes import compare_waves


def _case(name: str, *waves: str, group: str = "users") -> Case:
    return Case(
        name,
        FrozenMap({"group": group}),
        tuple(
            Participation(f"{name}{wave}", (), FrozenMap({"wave": wave} if wave else {}))
            for wave in waves
        ),
    )


@pytest.fixture
def made(study: Any, book: Any) -> Any:
    texts = {
        "A1": "R: [so|a]",
        "A2": "R: [so|a]",
        "B1": "R: [so|a]",
        "B2": "R: [so|b]",
        "C1": "R: nothing",
        "C2": "R: [so|a]",
        "D1": "R: nothing",
        "D2": "R: nothing",
        "E1": "R: [so|a]",
    }
    cases = (*(_case(name, "1", "2") for name in "ABCD"), _case("E", "1"))
    return replace(study(texts, book("a", "b")), cases=cases)


def test_by_hand(made: Any) -> None:
    changes = {change.code: change for change in compare_waves(*made.parts)}
    change = changes["a"]
    assert (change.first, change.second, change.of) == ("1", "2", 4)
    assert (change.at_both, change.only_first, change.only_second) == (("A",), ("B",), ("C",))
    assert change.at_neither == 1
    assert (changes["b"].only_second, changes["b"].at_neither) == (("B",), 3)


def test_waves_are_sorted_by_number(made: Any) -> None:
    renamed = [
        replace(
            case,
            participations=tuple(
                replace(part, attributes=FrozenMap({"wave": {"1": "2", "2": "10"}[wave]}))
                for part in reversed(case.participations)
                for wave in (part.attributes["wave"],)
            ),
        )
        for case in made.cases
    ]
    changes = compare_waves(*replace(made, cases=tuple(renamed)).parts)
    assert {(change.first, change.second) for change in changes} == {("2", "10")}


def test_nobody_twice(made: Any) -> None:
    cases = tuple(replace(c, participations=c.participations[:1]) for c in made.cases)
    assert compare_waves(*replace(made, cases=cases).parts) == ()


def test_a_group_that_was_not_asked_is_not_compared(made: Any, book: Any) -> None:
    asked = replace(made, codebook=book("a @ professionals", "b"))
    assert [change.code for change in compare_waves(*asked.parts)] == ["b"]
