"""Whose words are printed: the balance of chosen quotes, and swaps that mend it."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.frozen import LocalText
from qualcode.model.quote import Quote


@dataclass(frozen=True, slots=True)
class QuoteShare:
    """How many of the chosen quotes are of one participant, group or theme.

    Attributes:
        name: Name of the participant or group, or path of the theme; ``""`` for nobody known.
        quotes: Chosen quotes.
        share: Of all chosen quotes, 0 to 1.
        expected: The share if all participants (or groups, by size) had as many; None for themes.
        too_many: Whether that is far more than expected.
    """

    name: str
    quotes: int
    share: float
    expected: float | None = None
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class OneSidedCode:
    """A code whose chosen quotes are all of one group, or one person, though others have it.

    Attributes:
        code: Path of the code.
        label: Its label, per language.
        quoted: The group or person who is quoted.
        missing: Groups or persons who have the code and are not quoted with it.
        is_group: Whether these are groups.
    """

    code: str
    label: LocalText
    quoted: str
    missing: tuple[str, ...]
    is_group: bool


@dataclass(frozen=True, slots=True)
class QuoteSwap:
    """A chosen quote, and one of somebody else with the same code to take in its place."""

    out: Quote
    into: Quote


@dataclass(frozen=True, slots=True)
class QuoteBalance:
    """The balance of the chosen quotes.

    Attributes:
        quotes: Number of chosen quotes.
        participants: One per participant, most quoted first; those never quoted too.
        groups: Likewise per group.
        themes: One per theme, in the order of the codebook.
        one_sided: Codes without their contrary voice.
        repeated: Words that are printed more than once: each time all quotes with them.
        swaps: Proposals, the most useful first; taking any keeps every code quoted.
    """

    quotes: int
    participants: tuple[QuoteShare, ...]
    groups: tuple[QuoteShare, ...]
    themes: tuple[QuoteShare, ...]
    one_sided: tuple[OneSidedCode, ...]
    repeated: tuple[tuple[Quote, ...], ...]
    swaps: tuple[QuoteSwap, ...]

    @property
    def never(self) -> tuple[str, ...]:
        """The participants who are never quoted."""
        return tuple(share.name for share in self.participants if not share.quotes)

    @property
    def too_often(self) -> tuple[QuoteShare, ...]:
        """The participants who are quoted far more often than the others."""
        return tuple(share for share in self.participants if share.too_many)
