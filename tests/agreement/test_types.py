"""Agreement on types: the unit is a case in a wave, and nobody comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.agreement import compare_types, find_differing
from qualcode.model.property_space import TypeAssignment, TypeComparison

Assignments = tuple[TypeAssignment, ...]

ANNA = (
    TypeAssignment("G1", "A", wave="1"),
    TypeAssignment("G1", "B", wave="2"),
    TypeAssignment("G2", "A"),
    TypeAssignment("G3", "B"),
    TypeAssignment("G4", "A"),
)
BRAM = (
    TypeAssignment("G1", "A", wave="2"),
    TypeAssignment("G2", "A"),
    TypeAssignment("G2", "A", describes=True),
    TypeAssignment("G3", "B"),
    TypeAssignment("G5", "A"),
)


def counts(comparison: TypeComparison) -> dict[str, tuple[int, int, int, int]]:
    return {r.type: (r.both, r.first_only, r.second_only, r.neither) for r in comparison.rows}


def compared(
    first: tuple[TypeAssignment, ...], second: tuple[TypeAssignment, ...]
) -> TypeComparison:
    return compare_types(first, second, coders=("x", "y"), types=["A", "B"])


def test_each_unit_is_counted_once_whatever_who_is_named_first() -> None:
    """A: G2 both; G1 in wave 1 first; G1 in wave 2 and G2 as informant second; G3 neither."""
    here, there = compared(ANNA, BRAM), compared(BRAM, ANNA)
    assert counts(here)["A"] == (1, 1, 2, 1)
    assert counts(here)["B"] == (1, 1, 0, 3)
    for row, other in zip(here.rows, there.rows, strict=True):
        assert replace(other, first_only=row.first_only, second_only=row.second_only) == row
        assert (other.second_only, other.first_only) == (row.first_only, row.second_only)
    assert here.cases == there.cases == 3
    assert here.differ == there.differ == ("G1", "G2")


def test_where_they_differ_names_the_wave_and_what_is_described() -> None:
    keys = (("G1", False, "1"), ("G1", False, "2"), ("G2", True, ""))
    assert find_differing(ANNA, BRAM) == find_differing(BRAM, ANNA) == keys


def test_kappa_is_that_of_the_units() -> None:
    """Observed 2/5; expected (2 * 3 + 3 * 2) / 25 = 12/25; kappa (10 - 12) / 13 = -2/13."""
    row = compared(ANNA, BRAM).rows[0]
    assert row.kappa == pytest.approx(-2 / 13)
