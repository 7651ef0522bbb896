"""A coefficient of agreement with its interval, and the limits by which it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from qualcode.errors import InvalidValueError
from qualcode.messages import Message

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's customary limits: to rely on, and for tentative conclusions (2004, p. 241)."""
JACKKNIFE, BOOTSTRAP = "jackknife", "bootstrap"
"""How intervals are found: by default from a jackknife over interviews, or else by a bootstrap."""
INTERVAL_QUANTILES = (0.025, 0.975)
"""The quantiles at which a 95% interval ends."""
RESAMPLES, SEED = 2000, 1
"""Number of bootstrap samples, and the seed of the random numbers, unless others are asked for."""


class AgreementUnit(StrEnum):
    """The unit of comparison, in the words of respondents."""

    TURN = "turn"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    ANSWER = "answer"
    CHARACTER = "character"


UNIT_NAMES: Mapping[str, Message] = MappingProxyType(
    {
        AgreementUnit.TURN: Message("respondents' turns"),
        AgreementUnit.SENTENCE: Message("respondents' sentences"),
        AgreementUnit.PARAGRAPH: Message("respondents' paragraphs"),
        AgreementUnit.ANSWER: Message("respondents' answers"),
        AgreementUnit.CHARACTER: Message("characters of respondents' words"),
    }
)
"""What units are called in a sentence."""
UNIT_ROWS: Mapping[str, Message] = MappingProxyType(
    {
        **UNIT_NAMES,
        "long": Message("the same without short uncoded units"),
        "passage": Message("passages (u-alpha)"),
    }
)
"""What the rows of a table of agreement by unit are called."""

PASSAGES_NOTE = Message(
    "How far the marked stretches of text coincide, in characters of what respondents say "
    "(Krippendorff et al. 2016): u-alpha counts boundaries and codes, binary u-alpha only "
    "whether anything is marked (per code: with that code), cu-alpha only the codes where "
    "all marked something."
)
"""What the figures on passages are."""
GAMMA_NOTE = Message(
    "Gamma (Mathet et al. 2015) pairs the passages of the coders so that they differ as little as "
    "possible in place and code, also where passages overlap; gamma-cat (Mathet 2017) compares "
    "only the codes of paired passages, gamma-k does so for one code. Chance: each coder gets the "
    "passages that one of the coders marked in the same interview, all moved by the same random "
    "distance."
)
"""What gamma and its relatives are, with their model of chance."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient of agreement, or the reason why it does not exist.

    Attributes:
        name: Its name in the literature (``cohen_kappa``).
        value: Its value; None where it is undefined.
        undefined_because: Why there is no value; None where there is one.
        observed: Observed agreement, 0 to 1, also shown where the value is undefined.
        standard_error: None where there is none.
        interval: 95% confidence interval (lower, upper); None where there is none. Where the
            coders never disagreed it runs from an exact one-sided limit to 1; ``detail`` says so.
        units: Number of units it rests on.
        detail: Method of the interval, degrees of freedom, seed.
    """

    name: str
    value: float | None
    undefined_because: str | None = None
    observed: float | None = None
    standard_error: float | None = None
    interval: tuple[float, float] | None = None
    units: int = 0
    detail: str = ""

    def __post_init__(self) -> None:
        # no value is an answer too, and readers always get the reason with it
        if (self.value is None) == (self.undefined_because is None):
            raise InvalidValueError(
                Message(
                    "'{name}' needs either a value or the reason why it has none.", name=self.name
                )
            )

    @property
    def remark(self) -> str:
        """Why there is no value, or no interval; ``""`` where there are both."""
        return self.undefined_because or ("" if self.interval else self.detail)

    @property
    def band(self) -> str:
        """Where the lower limit lies: ``rely``, ``tentative``, ``below``; ``""`` without one."""
        return band_of(self.interval[0]) if self.interval else ""

    def text(self, number: Callable[[float], str], interval: str = "") -> str:
        """Return the value with its interval for people to read; ``""`` where it is undefined.

        Args:
            number: Writes a number in the language of the reader.
            interval: How limits follow the value, such as ``" ({low}; {high})"``.
        """
        if self.value is None:
            return ""
        value = number(self.value)
        if self.interval is None:
            return value
        low, high = map(number, self.interval)
        return value + interval.format(low=low, high=high)


def band_of(value: float) -> str:
    """Return ``rely``, ``tentative`` or ``below``, by Krippendorff's customary limits."""
    return "rely" if value >= RELIABLE else "tentative" if value >= TENTATIVE else "below"
