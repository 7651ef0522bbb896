"""Theme summaries and what is said of the whole project: the material of a results chapter.

Complete when they leave ``themes``: whoever prints them looks nothing up again. No sentence
about respondents is invented: these values count, order and select. Wherever a figure does
not exist it is None, with the reason beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from qualcode.errors import InvalidValueError
from qualcode.model.coding import Memo
from qualcode.model.frozen import FrozenMap, LocalText
from qualcode.model.quote import Reach
from qualcode.model.span import Span


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


@dataclass(frozen=True, slots=True)
class Passage:
    """One coded passage that a rule picked out, with all that is printed with it.

    Attributes:
        coding: Id of the coding.
        code: Path of its code.
        transcript: Name of the transcript.
        span: Where it lies, in code points.
        text: The text of the span.
        turn: Number of the turn it starts in; None outside turns.
        words: Number of words in it.
        case: Pseudonym of the respondent, several joined by ``", "``; ``""`` where the
            transcript has no case.
        group: Respondent group of the case, likewise; ``""`` where it has none.
        coder: Who coded it, or ``consensus``.
        memo: The coder's note.
        chosen: Whether the author chose it for publication.
        score: What the rule ranked it by; None where it was not ranked.
        rule: Why it is here, in one phrase per language.
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


@dataclass(frozen=True, slots=True)
class Contrast:
    """How far two groups differ in bringing up one code.

    Attributes:
        code: Path of the code.
        label: Its label, per language.
        first: Reach in one group.
        second: Reach in the other.
        difference: Share of cases in the first group minus that in the second, -1 to 1.
        interval: Exact 95% interval of the difference (lower, upper).
        too_few_cases: Whether the interval is too wide to tell anything.
        in_words: What may be said about it, per language.
        undefined_because: Why there is no difference; None where there is one.
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
    """A word that sets a theme's passages apart from the rest of what respondents say.

    Attributes:
        word: The lemma.
        z: Log-odds ratio over its standard error; larger is more distinctive.
        log_odds: Log-odds ratio with an informative Dirichlet prior.
        inside: Times it is said in the theme's passages.
        outside: Times it is said elsewhere.
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
        first_label: Its label, per language.
        second_label: Likewise.
        unit: Where they meet: ``passage`` (spans that overlap) or ``answer``.
        together: Answers that have both; of passages, the codings of the one code that
            overlap a coding of the other, counted on the side with fewest.
        first_count: Answers (or codings) that have the first.
        second_count: Likewise of the second.
        c_coefficient: n12 / (n1 + n2 - n12), above 0 and at most 1.
        codings: Ids of the codings behind it, in order of the texts.
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
        in_words: The same, in words.
        codings: Ids of the codings behind it, in order of the texts.
    """

    attribute: str
    value: str
    codes: tuple[str, ...]
    reaches: tuple[Reach, ...]
    in_words: tuple[CountInWords, ...]
    codings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviantCase:
    """A case that has the theme but not its commonest code.

    Attributes:
        case: Pseudonym.
        group: Respondent group; ``""`` where it has none.
        lacks: Path of the commonest code, which it lacks.
        lacks_label: Its label, per language.
        codes: Paths of the theme's codes that it does have, in order of the codebook.
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
    """All there is to say about one code; codings on its sub-codes count as its own.

    Attributes:
        code: Path of the code.
        label: Its label, per language.
        definition: What it means, per language.
        reaches: All cases first (group ``""``), then one per group, in a fixed order.
        in_words: The same, in words.
        codings: Number of codings, sub-codes and transcripts without a case included.
        own_codings: Number of codings on this very code.
        words_share: Coded share of all respondents' words, 0 to 1; None where they said
            nothing.
        representative: Passages by the stated rule, best first, chosen ones before all.
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
    """The material for writing one section of results.

    Attributes:
        theme: Path of the theme.
        label: Its label, per language.
        definition: What it means, per language.
        reaches: Of the theme as a whole: all cases first, then one per group.
        in_words: The same, in words.
        codings: Number of codings in the theme.
        words_share: Coded share of all respondents' words, 0 to 1; None where they said
            nothing.
        codes: All its codes at every level, by reach; unused ones included, retired ones only
            where they were used.
        unused: Paths of its codes without a coding, in order of the codebook.
        contrasts: Codes that one group brings up more than another, largest difference first.
        distinctive_words: The words that set it apart, most distinctive first.
        words_undefined_because: Why there are no distinctive words; None where they could be
            computed.
        pairs: Codes that occur together with a code of this theme, most often first.
        by_attribute: The theme by each value of each code attribute.
        deviant_cases: Cases that have the theme but not its commonest code.
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


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, with the passages behind it.

    Attributes:
        count: What the table counts; None where the question was not asked.
        of: Cases that could have it, where cases are counted.
        codings: Ids of the codings behind it, in order of the texts.
        text: The value, in tables of attributes.
    """

    count: int | None
    of: int | None = None
    codings: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Rows against columns: code x case, code x group, case x attribute.

    Attributes:
        name: What it is: ``code_by_case``, ``code_by_group``, ``case_by_attribute``, ...
        counts: What a cell counts: ``codings`` or ``cases``.
        rows: Keys of the rows: code paths or case names.
        columns: Keys of the columns: case names, groups, attribute names or values.
        row_labels: One per row, per language.
        column_labels: One per column, per language.
        cells: One tuple of cells per row.
    """

    name: str
    counts: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_labels: tuple[LocalText, ...]
    column_labels: tuple[LocalText, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        wide = any(len(row) != len(self.columns) for row in self.cells)
        if wide or len(self.cells) != len(self.rows):
            raise InvalidValueError(f"Table '{self.name}' has cells outside rows and columns.")

    def cell(self, row: str, column: str) -> Cell:
        """Return the cell of a row key and a column key."""
        return self.cells[self.rows.index(row)][self.columns.index(column)]


@dataclass(frozen=True, slots=True)
class SaturationRun:
    """One run of interviews, looked at for new codes.

    Attributes:
        after: Interviews before the run.
        interviews: Names of the transcripts in the run.
        new_codes: Paths of the codes first used in the run, in order of first use.
        ratio: New codes in the run over codes in the base.
    """

    after: int
    interviews: tuple[str, ...]
    new_codes: tuple[str, ...]
    ratio: float


@dataclass(frozen=True, slots=True)
class SaturationSpread:
    """Where saturation falls when the interviews come in random orders.

    Attributes:
        orders: Number of random orders drawn.
        seed: Seed they were drawn with.
        reached: Orders in which saturation was reached.
        median: Median number of interviews before the run; None unless reached in more than
            half of the orders. Orders that never reach it count as above all others.
        low: 5th percentile of the same; None where not reached.
        high: 95th percentile of the same; None where not reached.
    """

    orders: int
    seed: int
    reached: int
    median: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class SaturationFinding:
    """Saturation for one run length and one threshold (Guest, Namey and Chen 2020).

    Attributes:
        run_length: Interviews in a run.
        threshold: Largest ratio of new information that counts as saturated, 0 to 1.
        reached_after: Interviews before the first run at or below the threshold; None where
            there is none.
        runs: All runs, in order.
        spread: The same over random orders; None where undefined.
        undefined_because: Why it cannot be assessed; None where it can.
    """

    run_length: int
    threshold: float
    reached_after: int | None
    runs: tuple[SaturationRun, ...] = ()
    spread: SaturationSpread | None = None
    undefined_because: str | None = None

    @property
    def notation(self) -> str:
        """``"6+2"`` for six interviews and a run of two; ``""`` where not reached."""
        return "" if self.reached_after is None else f"{self.reached_after}+{self.run_length}"


@dataclass(frozen=True, slots=True)
class Saturation:
    """How new codes dry up over the interviews of one group.

    Attributes:
        group: Respondent group; ``""`` for all interviews.
        interviews: Names of the transcripts, in order of the interviews.
        new_codes: Number of codes first used in each of them.
        known_codes: Number of codes used up to and including each of them.
        base_size: Interviews in the base.
        base_codes: Codes used in the base; None where there are too few interviews.
        findings: One per run length and threshold.
    """

    group: str
    interviews: tuple[str, ...]
    new_codes: tuple[int, ...]
    known_codes: tuple[int, ...]
    base_size: int
    base_codes: int | None
    findings: tuple[SaturationFinding, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """One step of the clustering: two clusters become one.

    Attributes:
        left: Number of a cluster: below the number of cases a case, else a merge.
        right: Likewise; the cluster with the later first case.
        distance: Mean distance between their cases.
        size: Cases in the new cluster.
    """

    left: int
    right: int
    distance: float
    size: int


@dataclass(frozen=True, slots=True)
class AttributeCount:
    """How often a value of a case attribute goes with a type.

    Attributes:
        attribute: Name of the attribute.
        value: Its value.
        inside: Cases of the type that have it.
        of_inside: Cases of the type.
        outside: Cases outside the type that have it.
        of_outside: Cases outside the type.
    """

    attribute: str
    value: str
    inside: int
    of_inside: int
    outside: int
    of_outside: int


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How often a code goes with a type; fields as in :class:`AttributeCount`.

    Cases that were not asked about the code are left out of the totals.
    """

    code: str
    label: LocalText
    inside: int
    of_inside: int
    outside: int
    of_outside: int


@dataclass(frozen=True, slots=True)
class TypeGroup:
    """Cases that go together, with what sets them apart.

    Attributes:
        name: ``"1"``, ``"2"``, ... for clusters; the researcher's name for assigned types.
        cases: Names of the cases.
        codes: Codes by how much more common they are inside than outside.
        attributes: Values of case attributes, likewise.
    """

    name: str
    cases: tuple[str, ...]
    codes: tuple[CodeCount, ...] = ()
    attributes: tuple[AttributeCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Typology:
    """Cases compared on their code profiles: an aid to name types, not a finding.

    Attributes:
        measure: ``gower`` or ``jaccard``.
        cases: Names of the cases compared.
        codes: Paths of the codes they are compared on.
        distances: Distance between each two cases, 0 to 1; None where two cases share
            nothing that both were asked.
        merges: The dendrogram, average linkage, nearest first; one fewer than cases.
        leaves: Names of the cases in the order to draw them.
        groups: The clusters when cut into the number asked for.
        undefined_because: Why there is no clustering; None where there is one.
    """

    measure: str
    cases: tuple[str, ...]
    codes: tuple[str, ...]
    distances: tuple[tuple[float | None, ...], ...] = ()
    merges: tuple[Merge, ...] = ()
    leaves: tuple[str, ...] = ()
    groups: tuple[TypeGroup, ...] = ()
    undefined_because: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionCoverage:
    """In which interviews one guide question was asked.

    Attributes:
        guide: Name of the guide.
        group: Group of respondents that the guide is for.
        question: Id of the question.
        text: Its wording, per language.
        optional: May be left out of an interview.
        asked: Names of the transcripts where it was asked.
        missed: Names of the group's transcripts where it was not.
    """

    guide: str
    group: str
    question: str
    text: LocalText
    optional: bool
    asked: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordsCoverage:
    """How much of what respondents said is coded.

    Attributes:
        transcript: Name of the transcript; ``""`` for all together.
        case: Pseudonyms of the cases in it, joined by ``", "``; ``""`` where there is none.
        words: Words that respondents said.
        coded_words: Those that lie in at least one coding.
        share: ``coded_words / words``; None where respondents said nothing.
        codings: Number of codings.
        undefined_because: Why there is no share; None where there is one.
    """

    transcript: str
    case: str
    words: int
    coded_words: int
    share: float | None
    codings: int
    undefined_because: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was asked, and how much of the answers is coded.

    Attributes:
        questions: One per guide question, in order of the guides.
        transcripts: One per transcript, in order.
        overall: All transcripts together.
    """

    questions: tuple[QuestionCoverage, ...]
    transcripts: tuple[WordsCoverage, ...]
    overall: WordsCoverage


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """Everything about the themes of a project, in the order to print it.

    Attributes:
        themes: One per theme, in order of the codebook.
        tables: The matrices.
        saturation: All interviews first, then one per group.
        typology: None where it was not asked for.
        types: The types that researchers assigned to cases, where they did.
        coverage: None where it was not asked for.
    """

    themes: tuple[ThemeSummary, ...]
    tables: tuple[CrossTable, ...] = ()
    saturation: tuple[Saturation, ...] = ()
    typology: Typology | None = None
    types: tuple[TypeGroup, ...] = ()
    coverage: Coverage | None = None
