"""Theme summaries: figures and passages for a results chapter.

They are complete when they leave ``themes``: writers look nothing up. No sentence about
respondents is generated: the values count, order and select. A figure that does not exist is
None, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from qualcode.model.coding import Memo
from qualcode.model.count_words import CountInWords
from qualcode.model.frozen import LocalText
from qualcode.model.quote import DialogueLine, Reach
from qualcode.model.span import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """One coded passage that a rule selected, with everything that is printed with it.

    Attributes:
        coding: Id of the coding.
        code: Path of its code.
        transcript: Name of the transcript.
        span: Where it lies, in code points.
        text: The text of the span.
        turn: Number of the turn it starts in; None outside turns.
        words: Number of words in it.
        case: Pseudonym of the respondent, several joined by ``", "``; ``""`` if the
            transcript has no case.
        group: Respondent group of the case, also joined; ``""`` if it has none.
        coder: The coder, or ``consensus``.
        memo: The coder's note.
        chosen: Whether the author chose it for publication.
        score: Its score under the rule; None if it was not ranked.
        rule: Reason for its selection, one phrase per language.
        attribution: The line below it ("gebruiker, vrouw, 20-29"); ``""`` until it is filled.
        lines: The passage by speaker, if there are several.
    """

    coding: str
    code: str
    transcript: str
    span: Span
    text: str
    turn: int | None
    words: int
    case: str
    group: str
    coder: str
    memo: str = ""
    chosen: bool = False
    score: float | None = None
    rule: LocalText = field(default_factory=LocalText)
    attribution: str = ""
    lines: tuple[DialogueLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Contrast:
    """The difference between two groups in bringing up one code.

    Attributes:
        code: Path of the code.
        label: Its label, per language.
        first: Reach in one group.
        second: Reach in the other.
        difference: Share of cases in the first group minus that in the second, -1 to 1.
        interval: Exact 95% interval of the difference (lower, upper).
        too_few_cases: Whether the interval is too wide for a conclusion.
        in_words: The conclusion in words, per language.
        undefined_because: Reason why there is no difference; None if there is one.
    """

    code: str
    label: LocalText
    first: Reach
    second: Reach
    difference: float | None
    interval: tuple[float, float] | None
    too_few_cases: bool
    in_words: LocalText
    undefined_because: str | None = None


@dataclass(frozen=True, slots=True)
class DistinctiveWord:
    """A word that is distinctive of the passages of a theme.

    Attributes:
        word: The lemma.
        z: Log-odds ratio over its standard error; larger is more distinctive.
        log_odds: Log-odds ratio with an informative Dirichlet prior.
        inside: Occurrences in the passages of the theme.
        outside: Occurrences elsewhere.
        language: Its language, where the interviews are in several; each is compared by itself.
    """

    word: str
    z: float
    log_odds: float
    inside: int
    outside: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class CodePair:
    """Two codes that occur together.

    Attributes:
        first: Path of one code, the earlier in the codebook.
        second: Path of the other.
        first_label: Label of the first code, per language.
        second_label: Label of the second code, per language.
        unit: Unit of co-occurrence: ``passage`` (spans that overlap) or ``answer``.
        together: Answers with both codes; for passages, the codings of one code that overlap
            a coding of the other, on the side with fewer.
        first_count: Answers (or codings) with the first code.
        second_count: Answers (or codings) with the second code.
        c_coefficient: n12 / (n1 + n2 - n12), above 0 and at most 1.
        codings: Ids of the counted codings, in order of the texts.
    """

    first: str
    second: str
    first_label: LocalText
    second_label: LocalText
    unit: str
    together: int
    first_count: int
    second_count: int
    c_coefficient: float
    codings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeReach:
    """The reach of all codes of a theme that share one value of a code attribute.

    Attributes:
        attribute: Name of the attribute (``level``).
        value: Its value (``individual``).
        codes: Paths of the theme's codes that have it.
        reaches: All cases first, then one per group.
        in_words: The reaches in words.
        codings: Ids of the counted codings, in order of the texts.
    """

    attribute: str
    value: str
    codes: tuple[str, ...]
    reaches: tuple[Reach, ...]
    in_words: tuple[CountInWords, ...]
    codings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviantCase:
    """A case with the theme but without its most common code.

    Attributes:
        case: Pseudonym.
        group: Respondent group; ``""`` if it has none.
        lacks: Path of the most common code, which it lacks.
        lacks_label: Label of that code, per language.
        codes: Paths of the codes of the theme that it has, in order of the codebook.
        codings: Ids of its codings in the theme, in order of the texts.
    """

    case: str
    group: str
    lacks: str
    lacks_label: LocalText
    codes: tuple[str, ...]
    codings: tuple[str, ...]


class _Counted:
    """A summary whose number of codings may have to be hidden."""

    # none here: one base without slots would give all its summaries a dictionary again
    __slots__ = ()
    reaches: tuple[Reach, ...]

    @property
    def hides_codings(self) -> bool:
        """Whether its number of codings may not be printed."""
        # the first reach is that of all cases; groups may be hidden while the total is not
        return bool(self.reaches) and self.reaches[0].codings is None

    def json_fields(self) -> dict[str, Any]:
        """Return the summary as json has it: null for what is hidden."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        if self.hides_codings:
            # a small number of codings or words gives away how few cases there are
            values |= dict.fromkeys(values.keys() & {"codings", "own_codings", "words_share"})
        return values


@dataclass(frozen=True, slots=True)
class CodeSummary(_Counted):
    """Figures and passages of one code, including the codes below it.

    Attributes:
        code: Path of the code.
        label: Its label, per language.
        definition: Its meaning, per language.
        reaches: All cases first (group ``""``), then one per group, in a fixed order.
        in_words: The reaches in words.
        codings: Number of codings, sub-codes and transcripts without a case included.
        own_codings: Number of codings of this code itself.
        words_share: Coded share of all words of respondents, 0 to 1; None if they said
            nothing.
        representative: Passages by the stated rule, chosen ones first, then the best.
        deviant: Passages least like the rest, most deviant first.
        memos: Memos on the code and on its codings, in order of time.
        contrasts: One per pair of groups.
        no_quote_because: Reason why none of its passages is quoted; None if one is, if there are
            none, or if no quotes were asked for.
    """

    code: str
    label: LocalText
    definition: LocalText
    reaches: tuple[Reach, ...]
    in_words: tuple[CountInWords, ...]
    codings: int
    own_codings: int
    words_share: float | None
    representative: tuple[Passage, ...] = ()
    deviant: tuple[Passage, ...] = ()
    memos: tuple[Memo, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    no_quote_because: str | None = None


@dataclass(frozen=True, slots=True)
class ThemeSummary(_Counted):
    """Figures and passages for one section of results.

    Attributes:
        theme: Path of the theme.
        label: Its label, per language.
        definition: Its meaning, per language.
        reaches: Of the whole theme: all cases first, then one per group.
        in_words: The reaches in words.
        codings: Number of codings in the theme.
        words_share: Coded share of all words of respondents, 0 to 1; None if they said
            nothing.
        codes: All its codes at every level, by reach; unused ones included, retired ones only
            if they were used.
        unused: Paths of its codes without a coding, in order of the codebook.
        contrasts: Codes that one group brings up more than another, largest difference first.
        distinctive_words: The distinctive words, most distinctive first.
        words_undefined_because: Reason why there are no distinctive words; None if they could
            be computed.
        pairs: Codes that occur together with a code of this theme, most often first.
        by_attribute: The theme by each value of each code attribute.
        deviant_cases: Cases with the theme but without its most common code.
        memos: Memos on the theme itself and on codings of the theme itself.
        representative: Passages coded with the theme itself, by the stated rule.
        no_quote_because: Reason why none of those is quoted; None as in a code.
    """

    theme: str
    label: LocalText
    definition: LocalText
    reaches: tuple[Reach, ...]
    in_words: tuple[CountInWords, ...]
    codings: int
    words_share: float | None
    codes: tuple[CodeSummary, ...] = ()
    unused: tuple[str, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    distinctive_words: tuple[DistinctiveWord, ...] = ()
    words_undefined_because: str | None = None
    pairs: tuple[CodePair, ...] = ()
    by_attribute: tuple[AttributeReach, ...] = ()
    deviant_cases: tuple[DeviantCase, ...] = ()
    memos: tuple[Memo, ...] = ()
    representative: tuple[Passage, ...] = ()
    no_quote_because: str | None = None


@dataclass(frozen=True, slots=True)
class WaveChange:
    """Who has a code at one wave, and at the next, of the cases who took part in both.

    Attributes:
        code: Path of the code.
        label: Its label, per language.
        first: The earlier wave.
        second: The later wave.
        of: Number of cases who took part in both and were asked.
        at_both: Names of the cases with the code at both.
        only_first: Names of the cases with the code at the first only.
        only_second: Names of the cases with the code at the second only.
    """

    code: str
    label: LocalText
    first: str
    second: str
    of: int
    at_both: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def at_neither(self) -> int:
        """Number of cases with the code at neither."""
        return self.of - len(self.at_both) - len(self.only_first) - len(self.only_second)
