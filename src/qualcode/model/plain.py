"""Values to what JSON can hold: dictionaries, lists, text, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any


def to_plain(value: Any) -> Any:
    """Return a value, and all values in it, as plain data; undefined stays None.

    Times become ISO 8601 text, fractions floats. Raw bytes are left out.
    """
    if is_dataclass(value) and not isinstance(value, type):
        found = {field.name: getattr(value, field.name) for field in fields(value)}
        return {key: to_plain(v) for key, v in found.items() if not isinstance(v, bytes)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Fraction):
        return float(value)
    return value
