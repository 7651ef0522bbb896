"""What is given beside the codings, or in place of a label: checked."""

from __future__ import annotations

from collections.abc import Hashable
from numbers import Real
from typing import TypeGuard

from qualcode.errors import InvalidValueError


def is_missing(value: object) -> bool:
    """Say whether something cannot name anything: None, NaN, pandas' NA, a list."""
    if value is None or not isinstance(value, Hashable):
        return True
    return (value != value) is not False  # noqa: PLR0124  # NA is neither equal nor unequal


def is_number(value: object) -> TypeGuard[float]:
    """Say whether something is a number; True and False are not."""
    return isinstance(value, Real) and not isinstance(value, bool)


def check_count(name: str, value: object, *, lowest: int) -> None:
    """Refuse what is not a whole number of at least ``lowest``.

    Raises:
        InvalidValueError: it is not.
    """
    whole = hasattr(value, "__index__") and not isinstance(value, bool)
    if not whole or int(value) < lowest:  # type: ignore[call-overload]
        raise InvalidValueError(f"{name} is a whole number of {lowest} or more; got {value!r}.")
