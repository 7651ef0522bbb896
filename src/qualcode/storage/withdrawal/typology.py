"""Takes attribute values that nobody has any more out of the design of a typology.

A dimension lists every value of an attribute. Of a person who withdrew, that may be the last
trace: the only town in which one respondent lived.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from qualcode.storage.schema import case_transcripts, cases, settings

DESIGN = "typology"
"""Key of the setting that holds dimensions and types."""
_DISCLOSURE = "disclosure"
_ATTRIBUTE, _WITHOUT = "@", "!"

Held = Mapping[str, Collection[str]]
"""The values that some case has, by attribute."""


def held_values(connection: Connection) -> dict[str, set[str]]:
    """Return the attribute values of all cases, with the wider ones that are printed for them."""
    case_values: dict[str, set[str]] = {}
    for table in (cases, case_transcripts):
        for attributes in connection.scalars(select(table.c.attributes)):
            for name, value in attributes:
                case_values.setdefault(name, set()).add(value)
    measures = connection.scalar(select(settings.c.value).where(settings.c.key == _DISCLOSURE))
    for name, value, wider in (measures or {}).get("wider", ()):
        if value in case_values.get(name, ()):
            case_values[name].add(wider)
    return case_values


def drop_unused(design: dict[str, Any] | None, case_values: Held) -> dict[str, Any] | None:
    """Return the design without categories whose attribute values no case has.

    Args:
        design: As it is stored; None if there is none.
        case_values: The values that cases have.
    """
    if not design:
        return design
    dimensions = [_without_unused(row, case_values) for row in design["dimensions"]]
    kept_dimensions = [dimension for dimension in dimensions if dimension["categories"]]
    names = [{"*", *(c["name"] for c in dimension["categories"])} for dimension in kept_dimensions]
    types = [
        {**row, "cells": [cell for cell in row["cells"] if _fits(cell, names)]}
        for row in design["types"]
    ]
    return {**design, "dimensions": kept_dimensions, "types": types}


def _fits(cell: Sequence[str], names: Sequence[Collection[str]]) -> bool:
    return len(cell) == len(names) and all(
        part in options for part, options in zip(cell, names, strict=True)
    )


def _without_unused(dimension: dict[str, Any], case_values: Held) -> dict[str, Any]:
    categories = []
    for category in dimension["categories"]:
        conditions = [_held_only(condition, case_values) for condition in category["conditions"]]
        # Without its values, a condition would hold for everybody with the attribute.
        if None not in conditions:
            categories.append({**category, "conditions": conditions})
    names = {category["name"] for category in categories}
    text = _written(dimension["text"], names, case_values)
    return {**dimension, "categories": categories, "text": text}


def _held_only(condition: dict[str, Any], case_values: Held) -> dict[str, Any] | None:
    if not condition["attribute"] or not condition["values"]:
        return condition
    values = [v for v in condition["values"] if v in case_values.get(condition["attribute"], ())]
    return {**condition, "values": values} if values else None


def _written(text: str, names: Collection[str], case_values: Held) -> str:
    """Return the rule of a dimension as it was written, without what was dropped."""
    title, colon, rules = text.partition(":")
    if "=" not in rules:
        return text
    parts = []
    for part in rules.split(";"):
        name, sign, rule = part.partition("=")
        if name.strip() in names:
            terms = [_written_term(term, case_values) for term in rule.split("&")]
            parts.append(f"{name}{sign}{'&'.join(terms)}")
    return f"{title}{colon}{';'.join(parts)}"


def _written_term(term: str, case_values: Held) -> str:
    rule = term.strip().removeprefix(_WITHOUT).strip()
    attribute, colon, values = rule.removeprefix(_ATTRIBUTE).partition(":")
    if not rule.startswith(_ATTRIBUTE) or not colon:
        return term
    kept_values = [
        v.strip() for v in values.split("|") if v.strip() in case_values.get(attribute.strip(), ())
    ]
    sign = _WITHOUT if term.strip().startswith(_WITHOUT) else ""
    return f" {sign}{_ATTRIBUTE}{attribute}:{'|'.join(kept_values)} "
