"""What an entry of the registry of coefficients consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from qualcode.agreement.arrays import Floats
from qualcode.agreement.measure import Measure
from qualcode.agreement.ratings import EncodedRatings
from qualcode.model import LocalText


@dataclass(frozen=True, slots=True)
class Printed:
    """How the report of a pair, or of a team of three or more, prints a coefficient per code.

    Attributes:
        key: Its key in rows and files.
        label: What its column is called.
        citation: What a methods section calls it, with its source.
        explanation: What it says, for a reader who points at its name.
        value: Sums of a code -> its value; of the 2 x 2 table for a pair, else of ``TeamSums``.
        observed: The same sums -> observed agreement; by default the share of agreeing pairs.
        lowest: The smallest value it can have; 0 for a share, which chance does not correct.
        terminal: What its column is called in a terminal; ``""`` where it is not printed there.
        document: Whether documents print it with its interval, only its value, or not at all.
        headline: Whether it is drawn and compared between groups by default: one of a report.
    """

    key: str
    label: LocalText
    citation: LocalText
    explanation: LocalText
    value: Callable[..., Floats]
    observed: Callable[..., Floats] | None = None
    lowest: float = -1.0
    terminal: str = ""
    document: Literal["interval", "value", ""] = "interval"
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A coefficient on fixed units.

    Attributes:
        measure: Ratings and distances -> the coefficient: formula, variance, reasons.
        two_coders: Whether it takes two coders only.
        declared: Whether it changes with the declared categories, so cannot do without them.
        binary: Whether it is about one label, present or absent.
        ordered: Number of categories -> distances, where categories are in order.
        values: Numbers as labels -> distances.
        sets: Whether labels are sets of labels; their distances are computed in blocks.
        custom: Whether the caller gives the distances.
        pair: How the report of two coders prints it; None where it does not.
        team: Likewise the report of three coders or more.
    """

    measure: Callable[[EncodedRatings, Floats], Measure]
    two_coders: bool = False
    declared: bool = False
    binary: bool = False
    ordered: Callable[[int], Floats] | None = None
    values: Callable[[Floats], Floats] | None = None
    sets: bool = False
    custom: bool = False
    pair: Printed | None = field(default=None, kw_only=True)
    team: Printed | None = field(default=None, kw_only=True)


def bilingual(en: str, nl: str) -> LocalText:
    """Return a text in the languages of reports."""
    return LocalText({"en": en, "nl": nl})
