"""A quote: a coded passage with all that is printed with it.

Complete when it leaves ``quotes``: whoever prints it looks nothing up again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.model.frozen import FrozenMap, LocalText
from qualcode.model.provenance import Provenance
from qualcode.model.span import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """One coded passage, ready to print.

    Attributes:
        coding: Id of the coding it comes from.
        text: What to print: the passage, with elisions as ``[...]``.
        transcript: Name of the transcript.
        span: Where the passage lies, in code points, elided parts included.
        turn: Number of the turn it starts in; None outside turns.
        time_ms: Time of that turn in milliseconds; None where there is none.
        case: Pseudonym of the respondent; ``""`` where the transcript has no case.
        group: Respondent group of the case; ``""`` where it has none.
        attributes: All attributes of the case.
        code: Path of the code.
        code_label: Its label, per language.
        theme: Path of its theme.
        theme_label: The theme's label, per language.
        coder: Who coded it, or ``consensus``.
        round: Round it was coded in.
        memo: The coder's note.
        context_before: Text just before, within the context asked for.
        context_after: Text just after.
        attribution: The line below the quote ("gebruiker, vrouw, 20-29").
        chosen: Whether the author chose it for publication.
    """

    coding: str
    text: str
    transcript: str
    span: Span
    turn: int | None
    time_ms: int | None
    case: str
    group: str
    attributes: FrozenMap[str, str]
    code: str
    code_label: LocalText
    theme: str
    theme_label: LocalText
    coder: str
    round: str = ""
    memo: str = ""
    context_before: str = ""
    context_after: str = ""
    attribution: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """Which quotes to take; None takes all.

    Attributes:
        theme: Path of a theme.
        code: Path of a code; those below it are taken too.
        group: A respondent group.
        case: A respondent.
        transcript: Name of a transcript.
        layer: ``final``, a coder's name, ``consensus``, or ``all`` coders side by side.
        round: Name of a round; ``""`` for what was coded outside rounds.
        chosen_only: Only those chosen for publication.
    """

    theme: str | None = None
    code: str | None = None
    group: str | None = None
    case: str | None = None
    transcript: str | None = None
    layer: str = "final"
    round: str | None = None
    chosen_only: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """How many cases of one group have a code, out of those who could.

    Attributes:
        group: Respondent group; ``""`` for all cases together.
        cases: Cases with the code; None where the count is hidden.
        of: Cases that could have it; None where the group was not asked.
        codings: Number of codings in the group; None where the count is hidden.
        words_share: Coded share of the respondents' words of the group, 0 to 1; None where
            they said nothing, or the count is hidden.
        hidden: What to print for a count that would tell too much ("<3"); ``""`` where it is told.
    """

    group: str
    cases: int | None
    of: int | None
    codings: int | None = 0
    words_share: float | None = None
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class QuoteSection:
    """The quotes of one code, in the order to print them, with the reach per group.

    Attributes:
        code: Path of the code.
        code_label: Its label, per language.
        theme: Path of its theme.
        theme_label: The theme's label, per language.
        reaches: One per respondent group, in a fixed order.
        quotes: Ordered by group, then chosen ones first, then transcript and position.
    """

    code: str
    code_label: LocalText
    theme: str
    theme_label: LocalText
    reaches: tuple[Reach, ...] = ()
    quotes: tuple[Quote, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """Quotes with how they were collected: all that a writer needs.

    Attributes:
        sections: The quotes by code.
        made: Whose codings they are, and of which state of the project.
    """

    sections: tuple[QuoteSection, ...]
    made: Provenance
