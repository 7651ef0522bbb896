"""Converts values to types that JSON has: dictionaries, lists, text, numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, cast


def to_json_value(value: object) -> Any:
    """Return a value with dataclasses as objects, tuples as lists, dates as ISO text.

    A figure that does not exist is null: JSON has no NaN.
    """
    match value:
        # Enum comes before str: a StrEnum is both, and JSON should hold its value.
        case Enum():
            converted: Any = value.value
        case Fraction():
            converted = float(value)
        case float():
            converted = value if math.isfinite(value) else None
        case None | bool() | int() | str():
            converted = value
        case datetime() | date():
            converted = value.isoformat()
        case Mapping():
            converted = {str(key): to_json_value(item) for key, item in value.items()}
        case list() | tuple():
            converted = [to_json_value(item) for item in value]
        case set() | frozenset():
            # Sets have no order: sorted, equal values give equal files.
            converted = sorted((to_json_value(item) for item in value), key=str)
        case _ if is_dataclass(value):
            converted = {name: to_json_value(item) for name, item in _items(value)}
        case _:
            converted = str(value)
    return converted


def rename_fields(value: Any, keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a dataclass by their keys in JSON.

    Args:
        value: The dataclass.
        keys: The key of each field that has another key than its name.
    """
    return {keys.get(field.name, field.name): getattr(value, field.name) for field in fields(value)}


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    # Some values have other keys in JSON than attributes.
    if hasattr(value, "json_fields"):
        return cast("Mapping[str, Any]", value.json_fields()).items()
    return ((field.name, getattr(value, field.name)) for field in fields(value))
