"""Puts cases in the cells of a property space, by their codes and attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Case, Codebook, Coding, FrozenMap, Transcript
from qualcode.model.property_space import (
    Category,
    Condition,
    Dimension,
    PropertySpace,
    SpaceCell,
    TypologyDesign,
)
from qualcode.themes.dataset import ThemeDataset

_MOST_CELLS = 240


def span_space(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    design: TypologyDesign,
) -> PropertySpace:
    """Return every combination of categories with the cases that are in it.

    A case may be in several cells: with two motives it is in two. A case without a category in
    one of the dimensions is in none.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews.
        cases: The respondents.
        design: The dimensions and types.

    Raises:
        InvalidValueError: there are too many cells, or a dimension that nobody has.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    compared = [case for case in dataset.cases if design.group in {"", case.group}]
    places = [_Sorter(dataset, dimension).sort(compared) for dimension in design.dimensions]
    for dimension, by_case in zip(design.dimensions, places, strict=True):
        # it would leave every cell empty: most likely a code or value was mistaken
        if not any(by_case.values()):
            raise InvalidValueError(
                Message(
                    "Nobody has a category of dimension '{name}'. Choose other codes or values.",
                    name=dimension.name,
                )
            )
    names = [[c.name for c in dimension.categories] for dimension in design.dimensions]
    combinations = list(product(*names)) if names else []
    if len(combinations) > _MOST_CELLS:
        raise InvalidValueError(
            Message(
                "The property space has {count} cells, and {most} is the most. Join categories, "
                "or leave a dimension out.",
                count=len(combinations),
                most=_MOST_CELLS,
            )
        )
    return PropertySpace(
        tuple(dimension.name for dimension in design.dimensions),
        tuple(
            _cell(cell, [case.name for case in compared if _is_in(case.name, cell, places)], design)
            for cell in combinations
        ),
        FrozenMap(_find_outside(compared, design, places)),
    )


def _cell(categories: tuple[str, ...], cases: Sequence[str], design: TypologyDesign) -> SpaceCell:
    types = tuple(case_type.name for case_type in design.types if case_type.holds(categories))
    return SpaceCell(categories, tuple(cases), types, count=len(cases))


def _is_in(case: str, cell: Sequence[str], places: Sequence[Mapping[str, Sequence[str]]]) -> bool:
    return all(part in by_case[case] for part, by_case in zip(cell, places, strict=True))


def _find_outside(
    cases: Sequence[Case],
    design: TypologyDesign,
    places: Sequence[Mapping[str, Sequence[str]]],
) -> dict[str, str]:
    return {
        case.name: dimension.name
        for case in cases
        # The first dimension in which a case has nothing is named last, and so is kept.
        for dimension, by_case in reversed(list(zip(design.dimensions, places, strict=True)))
        if not by_case[case.name]
    }


class _Sorter:
    """Sorts cases into the categories of one dimension."""

    def __init__(self, dataset: ThemeDataset, dimension: Dimension) -> None:
        self._dataset, self._dimension = dataset, dimension
        self._paths = {code.id or code.path: code.path for code in dataset.codebook.codes}

    def sort(self, cases: Sequence[Case]) -> dict[str, tuple[str, ...]]:
        """Return the names of the categories of each case."""
        sorted_cases = {}
        for case in cases:
            names = [
                category.name
                for category in self._dimension.categories
                if category.conditions and self._meets(case, category)
            ]
            if not names:
                names = [c.name for c in self._dimension.categories if not c.conditions]
            sorted_cases[case.name] = tuple(names)
        return sorted_cases

    def _meets(self, case: Case, category: Category) -> bool:
        return all(self._holds(case, condition) for condition in category.conditions)

    def _holds(self, case: Case, condition: Condition) -> bool:
        if condition.attribute:
            values = {case.attributes.get(condition.attribute, "")} | {
                part.attributes.get(condition.attribute, "") for part in case.participations
            }
            # Without values any value will do.
            is_met = bool(values & {*condition.values} if condition.values else values - {""})
        else:
            # A code that is gone from the codebook holds for nobody.
            paths = [self._paths[code] for code in condition.codes if code in self._paths]
            is_met = any(
                name == case.name
                for path in paths
                for name, _ in self._dataset.said(self._dataset.below(path))
            )
        return is_met != condition.without
