"""What comparing coders gives: figures per code, per theme and overall, for two or a team."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.errors import InvalidValueError, unknown_name


class AgreementUnit(StrEnum):
    """What is compared, of the respondents' words."""

    TURN = "turn"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    ANSWER = "answer"
    CHARACTER = "character"


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
    def used(self) -> tuple[int, int]:
        """Units that each coder gave the code."""
        return self.only_a + self.both, self.only_b + self.both

    @property
    def observed(self) -> float | None:
        """Share of units on which the two agree; None without units."""
        return (self.both + self.neither) / self.units if self.units else None


@dataclass(frozen=True, slots=True)
class PassageFigure:
    """A figure on passages whose boundaries the coders chose, in respondents' characters.

    Attributes:
        figure: The figure, interval clustered by interview.
        code: Path of the code; ``""`` for all codes together.
    """

    figure: Coefficient
    code: str = ""


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """How far two coders agree, per code, per theme and overall, with what was compared.

    Attributes:
        coders: The two coders, the first one is A.
        unit: What was compared, in words ("respondents' turns").
        units: Number of units compared.
        description: The unit, the transcripts, the coders and the counting rules, in words.
        transcripts: Names of the transcripts that both coded, in the order given; one gone
            through without finding anything is among them.
        left_out: Names of the transcripts given that at least one of them did not code.
        codebook: Name of the codebook.
        codebook_version: Its version.
        level: What the overall figures are about: ``code`` or ``theme``.
        codes: One per code, in the order of the codebook.
        themes: The same, all codes of a theme taken together.
        overall: Figures over all codes, each under its own name; none of them is "the kappa".
        warnings: What to bear in mind when reading the figures, in words.
        passages: Figures on passages: whether the coders marked the same stretches of text.
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
    passages: tuple[PassageFigure, ...] = ()
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


@dataclass(frozen=True, slots=True)
class TeamAgreement:
    """How far all coders of a team agree on one code, two or more to a unit.

    Attributes:
        code: Path of the code or theme.
        used: Units that each coder gave it, by coder in the order given.
        percent: Share of agreeing pairs of coders.
        fleiss: Fleiss' kappa of "has the code or not".
        conger: Conger's kappa of the same: chance from each coder's own totals.
        alpha: Krippendorff's nominal alpha of the same.
        ac1: Gwet's AC1 of the same.
    """

    code: str
    used: tuple[int, ...]
    percent: Coefficient
    fleiss: Coefficient
    conger: Coefficient
    alpha: Coefficient
    ac1: Coefficient


@dataclass(frozen=True, slots=True)
class TeamReport:
    """How far three or more coders agree: all together per code and theme, and pair by pair.

    Attributes:
        coders: The coders.
        unit: What was compared, in words.
        units: Number of units that two or more of them coded.
        description: The unit, the transcripts, the coders and the counting rules, in words.
        transcripts: Names of the transcripts that two or more coded, in the order given.
        left_out: Names of the transcripts given that fewer than two coded.
        coded: Number of these transcripts that each coder coded, in the order of ``coders``.
        codebook: Name of the codebook.
        codebook_version: Its version.
        level: What the overall figures are about: ``code`` or ``theme``.
        codes: One per code, in the order of the codebook.
        themes: The same, all codes of a theme taken together.
        overall: Figures over all codes, each under its own name.
        pairs: The comparison of every two of them that share a transcript.
        warnings: What to bear in mind when reading the figures, in words.
        passages: Figures on passages, of all coders.
        resamples: Number of bootstrap samples asked for.
        seed: Seed of the bootstrap.
    """

    coders: tuple[str, ...]
    unit: str
    units: int
    description: str
    transcripts: tuple[str, ...]
    left_out: tuple[str, ...]
    coded: tuple[int, ...]
    codebook: str
    codebook_version: int
    level: str
    codes: tuple[TeamAgreement, ...]
    themes: tuple[TeamAgreement, ...]
    overall: tuple[Coefficient, ...]
    pairs: tuple[AgreementReport, ...]
    warnings: tuple[str, ...] = ()
    passages: tuple[PassageFigure, ...] = ()
    resamples: int = 2000
    seed: int = 1
