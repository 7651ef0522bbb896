"""What comparing coders gives: figures, disagreements, and the decisions that settle them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.model.coding import Coding
from qualcode.model.span import Span


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One figure of agreement, or the reason why it does not exist.

    Attributes:
        name: Its name in the literature (``cohen_kappa``).
        value: The figure; None where it is undefined.
        undefined_because: Why there is no value; None where there is one.
        observed: Observed agreement, 0 to 1, also shown where the value is undefined.
        standard_error: None where it cannot be had.
        interval: 95% confidence interval (lower, upper); None where it cannot be had.
        units: Number of units it rests on.
        detail: What else belongs to it: method of the interval, degrees of freedom, seed.
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
        if (self.value is None) == (self.undefined_because is None):
            raise InvalidValueError(
                f"'{self.name}' needs either a value or the reason why it has none."
            )

    @property
    def band(self) -> str:
        """Where the lower limit lies: ``rely``, ``tentative``, ``below``; ``""`` without one.

        Krippendorff's customary limits: .800 to rely on, .667 for tentative conclusions.
        """
        if self.interval is None:
            return ""
        low = self.interval[0]
        return "rely" if low >= 0.8 else "tentative" if low >= 0.667 else "below"


class DisagreementKind(StrEnum):
    """How two coders differ on one code and unit."""

    MISSED = "missed"
    """Only one of them coded the passage at all."""
    OTHER_CODE = "other_code"
    """Both coded it, with different codes."""
    BOUNDARY = "boundary"
    """Same code, other boundaries."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One difference between two coders, with both sides.

    Attributes:
        id: Stable for the same codings: transcript, unit and code.
        transcript: Name of the transcript.
        unit: The unit of analysis it lies in.
        code: Path of the code they differ on.
        coder_a: First coder.
        coder_b: Second coder.
        kind: How they differ.
        codings_a: A's codings in the unit that bear on it; empty where A has none.
        codings_b: Likewise of B.
        words: For a boundary difference, by how many words; else 0.
        same_theme: For another code: whether it is a sibling under the same theme.
        other_code: For another code: the path of B's code, where ``code`` is A's.
    """

    id: str
    transcript: str
    unit: Span
    code: str
    coder_a: str
    coder_b: str
    kind: DisagreementKind
    codings_a: tuple[Coding, ...] = ()
    codings_b: tuple[Coding, ...] = ()
    words: int = 0
    same_theme: bool = False
    other_code: str = ""


@dataclass(frozen=True, slots=True)
class AgreedCoding:
    """A passage that both coders gave the same code: what needs no decision.

    Attributes:
        transcript: Name of the transcript.
        span: The passage that both marked: the part their codings share.
        code: Path of the code.
        codings_a: A's codings that take part in it.
        codings_b: Likewise of B.
        words: How many words only one of them marked around it; 0 for the same boundaries.
    """

    transcript: str
    span: Span
    code: str
    codings_a: tuple[Coding, ...]
    codings_b: tuple[Coding, ...]
    words: int = 0


@dataclass(frozen=True, slots=True)
class UnitCodings:
    """A unit that one or both coders gave a code, with the codings that make it so.

    Attributes:
        transcript: Name of the transcript.
        unit: The unit of analysis.
        codings_a: The first coder's codings in it; empty where only the other coded it.
        codings_b: Likewise of the second coder.
    """

    transcript: str
    unit: Span
    codings_a: tuple[Coding, ...]
    codings_b: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far two coders agree on one code (or theme): counts of units, and figures.

    Attributes:
        code: Path of the code or theme.
        only_a: Units that only the first coder gave the code.
        only_b: Units that only the second coder gave it.
        both: Units that both gave it.
        neither: Units that neither gave it.
        positive_agreement: 2 x both / (2 x both + only_a + only_b).
        kappa: Cohen's kappa of "has the code or not", interval clustered by interview.
        alpha: Krippendorff's nominal alpha of the same, likewise.
        ac1: Gwet's AC1 of the same, likewise.
        warnings: What to bear in mind when reading this row, in words.
    """

    code: str
    only_a: int
    only_b: int
    both: int
    neither: int
    positive_agreement: Coefficient
    kappa: Coefficient
    alpha: Coefficient
    ac1: Coefficient
    warnings: tuple[str, ...] = ()

    @property
    def units(self) -> int:
        """The number of units compared."""
        return self.only_a + self.only_b + self.both + self.neither

    @property
    def observed(self) -> float | None:
        """Share of units on which the two agree; None without units."""
        return (self.both + self.neither) / self.units if self.units else None


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """How far two coders agree, per code, per theme and overall, with what was compared.

    Attributes:
        coders: The two coders, the first one is A.
        unit: What was compared, in words ("respondents' turns").
        units: Number of units compared.
        description: The unit, the transcripts, the coders and the counting rules, in words.
        transcripts: Names of the transcripts that both coded, in the order given.
        left_out: Names of the transcripts given that at least one of them did not code.
        codebook: Name of the codebook.
        codebook_version: Its version.
        level: What the overall figures are about: ``code`` or ``theme``.
        codes: One per code, in the order of the codebook.
        themes: The same, all codes of a theme taken together.
        overall: Figures over all codes, each under its own name; none of them is "the kappa".
        warnings: What to bear in mind when reading the figures, in words.
        resamples: Number of bootstrap samples asked for.
        seed: Seed of the bootstrap.
    """

    coders: tuple[str, str]
    unit: str
    units: int
    description: str
    transcripts: tuple[str, ...]
    left_out: tuple[str, ...]
    codebook: str
    codebook_version: int
    level: str
    codes: tuple[CodeAgreement, ...]
    themes: tuple[CodeAgreement, ...]
    overall: tuple[Coefficient, ...]
    warnings: tuple[str, ...] = field(default=())
    resamples: int = 2000
    seed: int = 1

    def code(self, path: str) -> CodeAgreement:
        """Return the row of a code or theme.

        Raises:
            UnknownNameError: the report has no such row; the text names the nearest one.
        """
        rows = {row.code: row for row in (*self.themes, *self.codes)}
        if path not in rows:
            raise unknown_name("code", path, rows, "the agreement report")
        return rows[path]

    def figure(self, name: str) -> Coefficient:
        """Return an overall figure by its name.

        Raises:
            UnknownNameError: the report has no such figure; the text names the nearest one.
        """
        figures = {figure.name: figure for figure in self.overall}
        if name not in figures:
            raise unknown_name("figure", name, figures, "the agreement report")
        return figures[name]


class Choice(StrEnum):
    """What was decided about a disagreement."""

    TAKE_A = "a"
    TAKE_B = "b"
    BOTH = "both"
    NEITHER = "neither"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Decision:
    """How one disagreement was settled.

    Attributes:
        disagreement: Id of the disagreement.
        choice: What was decided.
        by: Who decided.
        reason: Why, from the short list or free.
        span: For ``new``: the agreed span.
        code: For ``new``: path of the agreed code.
        transcript: Name of the transcript.
        decided_at: When, in UTC.
    """

    disagreement: str
    choice: Choice
    by: str
    transcript: str
    reason: str = ""
    span: Span | None = None
    code: str = ""
    decided_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.choice is Choice.NEW and (self.span is None or not self.code):
            raise InvalidValueError("A new coding needs a span and a code.")


@dataclass(frozen=True, slots=True)
class TeamAgreement:
    """How far all coders of a team agree on one code, two or more to a unit.

    Attributes:
        code: Path of the code or theme.
        used: Units that each coder gave it, by coder in the order given.
        percent: Share of agreeing pairs of coders.
        fleiss: Fleiss' kappa of "has the code or not".
        alpha: Krippendorff's nominal alpha of the same.
        ac1: Gwet's AC1 of the same.
    """

    code: str
    used: tuple[int, ...]
    percent: Coefficient
    fleiss: Coefficient
    alpha: Coefficient
    ac1: Coefficient


@dataclass(frozen=True, slots=True)
class ExposedAgreement:
    """Agreement on the units where none, one or both coders had seen a suggestion.

    Attributes:
        group: ``blind``, ``one`` or ``both``.
        report: The comparison on these units only.
        adopted: Share of the exposed coders' codings here that came from a suggestion; None
            where there is none.
    """

    group: str
    report: AgreementReport
    adopted: float | None = None


@dataclass(frozen=True, slots=True)
class Leak:
    """Two codes that coders exchange: the first coder's, the second's, or the other way.

    Attributes:
        code: Path of one code.
        other: Path of the other.
        units: Units where one coder gave the one and the other coder the other instead.
        share: Those, of all units that either coder gave either code.
    """

    code: str
    other: str
    units: int
    share: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """Which code of A met which code of B.

    Attributes:
        coders: The two coders; rows are the first one's.
        codes: Paths of the codes; the last row and column stand for no code.
        counts: Units, ``counts[row][column]``; both gave the code on the diagonal.
        leaks: Pairs of codes that are taken for one another, most units first.
    """

    coders: tuple[str, str]
    codes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    leaks: tuple[Leak, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgramFigure:
    """A figure as another program prints it, so that a team can compare.

    Attributes:
        program: ``NVivo``, ``MAXQDA``, ``ATLAS.ti`` or ``Dedoose``.
        label: What that program calls it.
        figure: The figure.
        code: Path of the code; ``""`` for all codes together.
    """

    program: str
    label: str
    figure: Coefficient
    code: str = ""


@dataclass(frozen=True, slots=True)
class AgreementMoment:
    """Agreement on one transcript, at its place in the order of the work.

    Attributes:
        transcript: Name of the transcript.
        started_at: When the first of its codings was made; None where that is not known.
        units: Number of units.
        positive_agreement: Of all codes stacked.
        kappa: Pooled over the codes.
    """

    transcript: str
    started_at: datetime | None
    units: int
    positive_agreement: Coefficient
    kappa: Coefficient
