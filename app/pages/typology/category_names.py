"""What the categories of a property space are called in the language of the window."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.model.property_space import Dimension
from qualcode.project import attribute_value

from ... import session


def cell_titles(dimensions: Sequence[Dimension], cell: Sequence[str]) -> tuple[str, ...]:
    """Return what the categories of a cell are called, one per dimension.

    A category that is a value of an attribute has a name in each language; others have the one
    that the researcher gave.
    """
    return tuple(
        _category_title(dimension, name) for dimension, name in zip(dimensions, cell, strict=True)
    )


def _category_title(dimension: Dimension, name: str) -> str:
    for category in dimension.categories:
        for condition in category.conditions:
            # Only where the name is the value itself: a name that a person gave is not to be
            # translated.
            if category.name == name and condition.values == (name,):
                return attribute_value(condition.attribute, name, session.language())
    return name
