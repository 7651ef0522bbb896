"""The words for a count of cases: "a few", "most"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from qualcode.errors import InvalidValueError
from qualcode.model.frozen import FrozenMap, LocalText


@dataclass(frozen=True, slots=True)
class CountWords:
    """The words for "n of N cases", per language; read from top to bottom, first fit wins.

    Attributes:
        none: When no case has it.
        exact: Words for a count whatever the total is, from 1 up.
        shares: Largest share of the cases (included) and its words, in rising order.
        beyond: Above the largest share, but not all.
        every: When all cases have it.
        not_asked: When the group was not asked.
        unasked: When it was not asked and still brought it up; ``{cases}`` is the count.
        no_cases: When there are no cases at all.
    """

    none: LocalText
    exact: FrozenMap[int, LocalText]
    shares: tuple[tuple[Fraction, LocalText], ...]
    beyond: LocalText
    every: LocalText
    not_asked: LocalText
    unasked: LocalText
    no_cases: LocalText

    def __post_init__(self) -> None:
        limits = [limit for limit, _ in self.shares]
        # The first share that fits gives the words, so a share out of order would never be reached.
        if limits != sorted(set(limits)) or any(not 0 < limit < 1 for limit in limits):
            raise InvalidValueError(
                "The shares of a table of count words must rise, each between 0 and 1."
            )
        if any(count < 1 for count in self.exact):
            raise InvalidValueError("The exact counts of a table of count words start at 1.")


@dataclass(frozen=True, slots=True)
class CountInWords:
    """One reach in words.

    Attributes:
        group: Respondent group; ``""`` for all cases together.
        text: The words, per language ("enkele", "a few").
        percentage: Cases with the code per 100 cases; None for small samples and where the
            group was not asked.
    """

    group: str
    text: LocalText
    percentage: float | None = None
