"""A quote: a coded passage with everything that is printed with it.

It is complete when it leaves ``quotes``: writers look nothing up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from qualcode.model.frozen import FrozenMap, LocalText
from qualcode.model.hidden_total import HiddenTotal
from qualcode.model.json_values import rename_fields
from qualcode.model.provenance import Provenance
from qualcode.model.span import Span


@dataclass(frozen=True, slots=True)
class DialogueLine:
    """What one speaker says in a passage of several speakers.

    Attributes:
        speaker: The pseudonym of the case, or the label of a speaker who is no known case;
            ``""`` for an interviewer.
        text: The words.
        is_interviewer: Whether an interviewer says them.
    """

    speaker: str
    text: str
    is_interviewer: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """One coded passage, ready to print.

    Attributes:
        coding: Id of the coding it comes from.
        text: The text to print: the passage, with elisions as ``[...]``; of several speakers,
            a line for each.
        transcript: Name of the transcript.
        span: Span of the passage, in code points, elided parts included.
        turn: Number of the turn it starts in; None outside turns.
        time_ms: Time of that turn in milliseconds; None without a time.
        case: Pseudonym of who says it, several joined by ``", "``; ``""`` for nobody known.
        group: Respondent group of whoever says it; ``""`` if there is none, or several.
        attributes: The attributes that all who say it share.
        code: Path of the code.
        code_label: Its label, per language.
        theme: Path of its theme.
        theme_label: The theme's label, per language.
        coder: The coder, or ``consensus``.
        round: Round of the coding.
        memo: The coder's note.
        context_before: Words before the passage, if requested.
        context_after: Words after the passage.
        attribution: The line below the quote ("gebruiker, vrouw, 20-29").
        chosen: Whether the author chose it for publication.
        lines: The passage by speaker, if there are several and the author made no excerpt.
        groups: The groups of all who say part of it.
        cases: The pseudonyms of all who say part of it; a pseudonym may hold a comma.
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
    lines: tuple[DialogueLine, ...] = ()
    groups: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteFilter:
    """A filter of quotes; None passes all.

    Attributes:
        theme: Path of a theme.
        code: Path of a code; codes below it pass too.
        group: A respondent group.
        case: A respondent.
        transcript: Name of a transcript.
        layer: ``final``, a coder's name, ``consensus``, or ``all`` coders side by side.
        round: Name of a round; ``""`` for codings outside rounds.
        chosen_only: Whether only quotes chosen for publication pass.
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
class Reach(HiddenTotal):
    """The number of cases of one group with a code, out of the cases that were asked.

    Attributes:
        group: Respondent group; ``""`` for all cases together.
        cases: Cases with the code; None if the count is hidden.
        of: Cases that were asked; None if the group was not asked.
        codings: Number of codings in the group; None if the count is hidden.
        words_share: Coded share of the words of respondents in the group, 0 to 1; None if
            they said nothing or the count is hidden.
        hidden: Printed in the place of a suppressed count ("<3"); ``""`` if it is printed.
        unknown_cases: Cases who take part without anybody having said which words are theirs;
            they are not in ``cases`` and ``of``.
        unattributed: The codings with words of a respondent who is no known case.
        hidden_of: Printed in the place of ``of`` where so few were asked ("<3"); ``""`` if it is
            printed.
    """

    group: str
    cases: int | None
    of: int | None
    codings: int | None = 0
    words_share: float | None = None
    hidden: str = ""
    unknown_cases: int = 0
    unattributed: int = 0
    hidden_of: str = ""


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
        provenance: The codings of the report, and the state of the project.
    """

    sections: tuple[QuoteSection, ...]
    provenance: Provenance

    def json_fields(self) -> dict[str, Any]:
        """Return the report as JSON names it: the provenance is ``made``."""
        return rename_fields(self, {"provenance": "made"})
