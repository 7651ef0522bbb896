"""Values to what JSON can hold: dictionaries, lists, text, numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any, cast


def plain(value: object) -> Any:
    """Return a value with dataclasses as objects, tuples as lists, dates as ISO text.

    A figure that does not exist is null: JSON has no NaN.
    """
    match value:
        case Enum():
            done: Any = value.value
        case Fraction():
            done = float(value)
        case float():
            done = value if math.isfinite(value) else None
        case None | bool() | int() | str():
            done = value
        case datetime() | date():
            done = value.isoformat()
        case Mapping():
            done = {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            done = [plain(item) for item in value]
        case set() | frozenset():
            done = sorted((plain(item) for item in value), key=str)
        case _ if is_dataclass(value):
            done = {name: plain(item) for name, item in _items(value)}
        case _:
            done = str(value)
    return done


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    # some values have other keys in json than attributes
    if hasattr(value, "json_fields"):
        return cast("Mapping[str, Any]", value.json_fields()).items()
    return ((field.name, getattr(value, field.name)) for field in fields(value))
