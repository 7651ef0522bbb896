"""Values as JSON: sorted keys, UTF-8, the same values give the same bytes."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any


def json_bytes(value: Mapping[str, Any]) -> bytes:
    """Return a mapping of values of the model as the bytes of a JSON file."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return (text + "\n").encode("utf-8", "replace")


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
            done = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            done = str(value)
    return done
