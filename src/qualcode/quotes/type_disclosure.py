"""What may be printed of a typology: types and cells of few cases point at people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from qualcode.model.frozen import FrozenMap
from qualcode.model.property_space import PropertySpace, SpaceCell, TypeComparison
from qualcode.quotes.cell_suppression import BESIDE, hide_row
from qualcode.quotes.disclosure import stable_id


def type_risk(name: str) -> str:
    """Return the id of the risk that a type of few cases is recognised."""
    return stable_id("type", name)


def hide_space(space: PropertySpace, threshold: int) -> PropertySpace:
    """Return a property space without names, and without counts that point at few cases.

    A count that would follow from the others along one of the dimensions is hidden too.

    Args:
        space: The property space.
        threshold: Counts from 1 to below this are hidden.
    """
    marks = _marks(space.cells, threshold)
    cells = tuple(
        replace(cell, cases=(), hidden=mark, count=None if mark else len(cell.cases))
        for cell in space.cells
        for mark in (marks.get(cell.categories, ""),)
    )
    return replace(space, cells=cells, outside=FrozenMap())


def _marks(cells: Sequence[SpaceCell], threshold: int) -> dict[tuple[str, ...], str]:
    """Return what is printed in the place of a count, by the categories of its cell."""
    lines: dict[tuple[int, tuple[str, ...]], list[SpaceCell]] = {}
    for cell in cells:
        for place in range(len(cell.categories)):
            line_key = cell.categories[:place] + cell.categories[place + 1 :]
            lines.setdefault((place, line_key), []).append(cell)
    small = f"<{threshold}"
    marks = {cell.categories: small for cell in cells if 0 < len(cell.cases) < threshold}
    before = -1
    while before != len(marks):
        before = len(marks)
        for line in lines.values():
            # A cell that another line hides is hidden in this one too, and may be alone in it.
            counts = [1 if cell.categories in marks else len(cell.cases) for cell in line]
            for cell, mark in zip(line, hide_row(counts, threshold), strict=True):
                if mark == BESIDE:
                    marks[cell.categories] = BESIDE
    return marks


def hide_comparison(
    comparison: TypeComparison,
    threshold: int,
    *,
    withheld_types: Collection[str],
    accepted_types: Collection[str],
) -> TypeComparison:
    """Return the agreement on types without those of few cases, and without names of cases.

    Where a type is left out, so is the line of all types: the others would add up to it.

    Args:
        comparison: How far two coders agree.
        threshold: Types of fewer cases are left out.
        withheld_types: Names of the types whose page is left out.
        accepted_types: Names of the small types that somebody decided to print.
    """
    types = [row for row in comparison.rows if row.type]
    printed_rows = [
        row
        for row in types
        if row.type in accepted_types
        or not (
            row.type in withheld_types
            or 0 < row.both + row.first_only + row.second_only < threshold
        )
    ]
    rows = comparison.rows if len(printed_rows) == len(types) else tuple(printed_rows)
    # the cases on which coders differ are given by their names
    return replace(comparison, rows=rows, differ=())
