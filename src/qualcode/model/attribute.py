"""Attributes of respondents: their types, and the bands in which reports count numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qualcode.errors import InvalidValueError
from qualcode.messages import Message

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
MOST_VALUES = 6
"""Numbers with more different values than this are counted in bands."""


class AttributeType(StrEnum):
    """Types of attributes."""

    TEXT = "text"
    ORDERED = "ordered"
    NUMBER = "number"
    DATE = "date"


def parse_number(value: str) -> float | None:
    """Return the number of a value with a point or a comma, or None."""
    text = value.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with its type.

    Attributes:
        name: Its name.
        type: Its type.
        values: Of an ordered attribute: the values, lowest first.
        cuts: Of a number: where a new band begins, lowest first: 30 and 50 give <30, 30-49, 50+.
    """

    name: str
    type: AttributeType = AttributeType.TEXT
    values: tuple[str, ...] = ()
    cuts: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("An attribute needs a name.")
        if list(self.cuts) != sorted(set(self.cuts)):
            raise InvalidValueError(
                Message("The bands of '{name}' begin at rising numbers.", name=self.name)
            )
        if (self.cuts and self.type is not AttributeType.NUMBER) or (
            self.values and self.type is not AttributeType.ORDERED
        ):
            raise InvalidValueError(
                Message("Only numbers have bands, and only ordered values have an order.")
            )

    def fits(self, value: str) -> bool:
        """Tell whether a value is of the type; an empty one is."""
        text = value.strip()
        match self.type:
            case AttributeType.NUMBER:
                return not text or parse_number(text) is not None
            case AttributeType.DATE:
                return not text or _is_date(text)
            case AttributeType.ORDERED:
                return not text or not self.values or text in self.values
            case _:
                return True

    def category(self, value: str) -> str:
        """Return the value in which reports count: the band of a number, the year of a date."""
        if self.type is AttributeType.NUMBER and self.cuts:
            number = parse_number(value)
            return value if number is None else self._band(number)
        if self.type is AttributeType.DATE and _is_date(value.strip()):
            return value.strip()[:4]
        return value

    def _band(self, number: float) -> str:
        lower = [cut for cut in self.cuts if cut <= number]
        higher = [cut for cut in self.cuts if cut > number]
        if not lower:
            return f"<{_plain(self.cuts[0])}"
        if not higher:
            return f"{_plain(lower[-1])}+"
        whole = lower[-1].is_integer() and higher[0].is_integer()
        # only of whole numbers does 30-49 leave no gap before 50
        last = _plain(higher[0] - 1) if whole else f"<{_plain(higher[0])}"
        return f"{_plain(lower[-1])}-{last}" if last != _plain(lower[-1]) else last

    def sort_key(self, value: str) -> tuple[int, float, str]:
        """Return the place of a value or a band among the others."""
        if value in self.values:
            return 0, float(self.values.index(value)), ""
        number = parse_number(re.sub(r"^<|\+$|(?<=\d)-.*$", "", value))
        if number is not None:
            # "<30" comes before "30", though it holds the same number
            return 0, number - (0.5 if value.startswith("<") else 0), value
        return 1, 0.0, ""


def guess_attribute(name: str, values: Iterable[str]) -> Attribute:
    """Return the attribute that values look like: a proposal until somebody says otherwise.

    Numbers with many different values get bands at a third and two thirds of the respondents.
    """
    filled = [value.strip() for value in values if value.strip()]
    numbers = [parse_number(value) for value in filled]
    numbers_given = sorted(number for number in numbers if number is not None)
    if not filled or len(numbers_given) < len(filled):
        is_date = bool(filled) and all(_is_date(value) for value in filled)
        return Attribute(name, AttributeType.DATE if is_date else AttributeType.TEXT)
    if len(set(numbers_given)) <= MOST_VALUES:
        return Attribute(name, AttributeType.NUMBER)
    thirds = {numbers_given[len(numbers_given) // 3], numbers_given[2 * len(numbers_given) // 3]}
    # A band below the lowest number would be empty.
    return Attribute(name, AttributeType.NUMBER, cuts=tuple(sorted(thirds - {numbers_given[0]})))


def _is_date(text: str) -> bool:
    try:
        # a time may follow the day
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _plain(number: float) -> str:
    return str(int(number)) if number.is_integer() else str(number)
