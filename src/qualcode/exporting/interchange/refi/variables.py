"""The types of the variables of a REFI-QDA file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from qualcode.model import ExchangeProject


def _boolean(text: str) -> None:
    if text not in {"true", "false"}:
        raise ValueError(text)


def _whole(text: str) -> None:
    # int() alone accepts underscores and the digits of every script.
    if not text.isascii() or not text.removeprefix("-").isdecimal():
        raise ValueError(text)


def _decimal(text: str) -> None:
    _whole(text.removeprefix("-").replace(".", "", 1))


_CHECKS: Mapping[str, Callable[[str], object]] = {
    "Boolean": _boolean,
    "Integer": _whole,
    "Float": _decimal,
    "Date": date.fromisoformat,
    "DateTime": datetime.fromisoformat,
}


def fitting_types(project: ExchangeProject) -> dict[str, str]:
    """Return the type of each attribute whose values all fit it; others are text.

    A value may have been changed since it was imported, and the standard allows a number only
    where every reader finds one.
    """
    return {
        name: type_
        for name, type_ in project.variable_types.items()
        if type_ in _CHECKS
        and all(
            _fits(case.attributes[name], type_) for case in project.cases if name in case.attributes
        )
    }


def _fits(text: str, type_: str) -> bool:
    try:
        _CHECKS[type_](text)
    except ValueError:
        return False
    # fromisoformat takes shorter forms too, such as 20240131, which the standard does not
    return len(text) == 10 if type_ == "Date" else "T" in text if type_ == "DateTime" else True
