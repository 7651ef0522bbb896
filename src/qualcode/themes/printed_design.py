"""Gives a typology the attribute values that may be printed, whatever it was made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.model import Case
from qualcode.model.property_space import (
    REST,
    CaseType,
    Category,
    Condition,
    Dimension,
    TypologyDesign,
)

Wider = Mapping[tuple[str, str], str]
"""Wider values by attribute and value."""


def print_design(
    design: TypologyDesign, cases: Sequence[Case], wider: Wider, coarser: Iterable[str]
) -> TypologyDesign:
    """Return a design with the values of attributes as they are printed.

    Args:
        design: As it was made, perhaps before a measure on disclosure.
        cases: The respondents, with their attributes as they may be printed.
        wider: The wider values.
        coarser: Names of the attributes with values that are left out or widened.
    """
    names = {*coarser}
    if not names:
        return design
    case_values = _held_values(cases)
    renamed = [_rename(dimension, case_values, wider, names) for dimension in design.dimensions]
    dimensions = tuple(
        _printed(dimension, new_names, case_values, wider, names)
        for dimension, new_names in zip(design.dimensions, renamed, strict=True)
    )
    return _with_dimensions(design, dimensions, renamed)


def drop_headings(design: TypologyDesign, is_heading: Callable[[str, str], bool]) -> TypologyDesign:
    """Return a design without the categories that are values which may be no heading.

    A category with a name of its own stays, without the rule that names such values.

    Args:
        design: The dimensions and types.
        is_heading: Tells whether a value of an attribute may be printed as a heading.
    """
    dimensions = [_with_headings(dimension, is_heading) for dimension in design.dimensions]
    renamed = [{c.name: c.name for c in d.categories} if d else {} for d in dimensions]
    return _with_dimensions(design, dimensions, renamed)


def _with_dimensions(
    design: TypologyDesign,
    dimensions: Sequence[Dimension | None],
    renamed: Sequence[Mapping[str, str]],
) -> TypologyDesign:
    # A dimension without categories cannot be: nothing of it may be printed.
    places = [place for place, dimension in enumerate(dimensions) if dimension is not None]
    return replace(
        design,
        dimensions=tuple(dimension for dimension in dimensions if dimension is not None),
        types=tuple(_type(case_type, renamed, places) for case_type in design.types),
    )


def _with_headings(
    dimension: Dimension, is_heading: Callable[[str, str], bool]
) -> Dimension | None:
    unprinted = {
        (condition.attribute, value)
        for category in dimension.categories
        for condition in category.conditions
        for value in condition.values
        if not is_heading(condition.attribute, value)
    }
    categories = tuple(
        category
        for category in dimension.categories
        if not any((c.attribute, category.name) in unprinted for c in category.conditions)
    )
    if not categories:
        return None
    return replace(dimension, categories=categories, text="" if unprinted else dimension.text)


def _held_values(cases: Iterable[Case]) -> set[tuple[str, str]]:
    return {
        (name, value)
        for case in cases
        for attributes in (case.attributes, *(p.attributes for p in case.participations))
        for name, value in attributes.items()
        if value
    }


def _attribute_named(category: Category, coarser: set[str]) -> str:
    """Return the attribute of which a category has a value as its name; ``""`` if there is none."""
    conditions = (c for c in category.conditions if c.attribute in coarser)
    return next((c.attribute for c in conditions if category.name in c.values), "")


def _rename(
    dimension: Dimension, case_values: set[tuple[str, str]], wider: Wider, coarser: set[str]
) -> dict[str, str]:
    """Return the printed name of each category by its own; those without one are not printed."""
    names = {}
    for category in dimension.categories:
        # Where nobody has what it asks for, it would only tell that somebody had.
        if _conditions(category, case_values, wider, coarser) is None:
            continue
        attribute = _attribute_named(category, coarser)
        if not attribute:
            names[category.name] = category.name
            continue
        value = wider.get((attribute, category.name), category.name)
        if (attribute, value) in case_values:
            names[category.name] = value
    return names


def _printed(
    dimension: Dimension,
    names: Mapping[str, str],
    case_values: set[tuple[str, str]],
    wider: Wider,
    coarser: set[str],
) -> Dimension | None:
    categories: dict[str, Category] = {}
    for category in dimension.categories:
        if category.name not in names:
            continue
        conditions = _conditions(category, case_values, wider, coarser) or ()
        name = names[category.name]
        # two values may have become one wider value: in print they are one category
        categories.setdefault(name, Category(name, conditions))
    if not categories:
        return None
    attributes = {c.attribute for category in dimension.categories for c in category.conditions}
    # The rule as it was written may name the values that are not printed.
    text = "" if attributes & coarser else dimension.text
    return replace(dimension, categories=tuple(categories.values()), text=text)


def _conditions(
    category: Category, case_values: set[tuple[str, str]], wider: Wider, coarser: set[str]
) -> tuple[Condition, ...] | None:
    """Return the conditions of a category with values that somebody has; None if nobody can."""
    conditions = []
    for condition in category.conditions:
        name = condition.attribute
        values = dict.fromkeys(wider.get((name, value), value) for value in condition.values)
        if name not in coarser or not values:
            conditions.append(replace(condition, values=tuple(values)))
            continue
        held = tuple(value for value in values if (name, value) in case_values)
        if held:
            conditions.append(replace(condition, values=held))
        elif condition.without:
            # Nobody has it, so all are without it: a condition on no code holds for all.
            conditions.append(Condition(without=True))
        else:
            return None
    return tuple(conditions)


def _type(
    case_type: CaseType, renamed: Sequence[Mapping[str, str]], places: Sequence[int]
) -> CaseType:
    cells = dict.fromkeys(
        tuple(renamed[place].get(cell[place], REST) for place in places)
        for cell in case_type.cells
        if places
        and all(part == REST or part in names for part, names in zip(cell, renamed, strict=True))
    )
    return replace(case_type, cells=tuple(cells))
