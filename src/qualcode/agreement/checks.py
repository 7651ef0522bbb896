"""Checks of what a caller passes besides the codings, or in place of a label."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from numbers import Real
from typing import TypeGuard

from qualcode.errors import InvalidValueError, UndefinedRequestError
from qualcode.messages import Message


def is_missing(value: object) -> bool:
    """Return whether a value cannot name anything: None, NaN, pandas' NA, a list."""
    if value is None or not isinstance(value, Hashable):
        return True
    return (value != value) is not False  # noqa: PLR0124  # NA is neither equal nor unequal


def is_number(value: object) -> TypeGuard[float]:
    """Return whether a value is a number; True and False are not."""
    return isinstance(value, Real) and not isinstance(value, bool)


def check_count(name: str, value: object, *, lowest: int) -> None:
    """Refuse what is not a whole number of at least ``lowest``.

    Raises:
        InvalidValueError: it is not.
    """
    # __index__ lets numpy's whole numbers through; True is a whole number too, but a slip here
    whole = hasattr(value, "__index__") and not isinstance(value, bool)
    if not whole or int(value) < lowest:  # type: ignore[call-overload]
        raise InvalidValueError(
            Message(
                "{name} is a whole number of {lowest} or more; got {value}.",
                name=name,
                lowest=lowest,
                value=repr(value),
            )
        )


def check_coders(coders: Sequence[str]) -> None:
    """Refuse fewer than two coders, and a coder compared with themselves.

    Raises:
        UndefinedRequestError: either of these.
    """
    if len(coders) < 2:
        raise UndefinedRequestError(
            Message(
                "Agreement needs two coders; give the name of another one besides '{coders}'.",
                coders=coders[0] if coders else "",
            )
        )
    for coder in coders:
        if coders.count(coder) > 1:
            raise UndefinedRequestError(
                Message(
                    "Coder '{coder}' was given twice: choose two different coders.", coder=coder
                )
            )
