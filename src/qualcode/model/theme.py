"""Theme summaries: figures and passages for a results chapter.

They are complete when they leave ``themes``: writers look nothing up. No sentence about
respondents is generated: the values count, order and select. A figure that does not exist is
None, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.model.coding import Memo
from qualcode.model.count_words import CountInWords
from qualcode.model.frozen import LocalText
from qualcode.model.quote import Reach
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
    """

    word: str
    z: float
    log_odds: float
    inside: int
    outside: int


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


@dataclass(frozen=True, slots=True)
class CodeSummary:
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


@dataclass(frozen=True, slots=True)
class ThemeSummary:
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
