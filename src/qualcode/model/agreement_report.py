"""The report of a comparison: coefficients per code, per theme and over all codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, NamedTuple

from qualcode.errors import unknown_name
from qualcode.model.comparison import JACKKNIFE, RESAMPLES, SEED, AgreementUnit, Coefficient
from qualcode.model.frozen import LocalText
from qualcode.model.omission import Omission


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A coefficient per code as reports print it: what it is called, and where it is printed.

    Attributes:
        key: Its key in a row of the report and in files (``kappa``).
        name: Its name in the literature (``cohen_kappa``).
        label: What its column is called.
        citation: What a methods section calls it, with its source.
        explanation: What it says, for a reader who points at its name.
        chance_corrected: Whether 0 is agreement by chance; else it is a share.
        terminal: What its column is called in a terminal; ``""`` where it is not printed there.
        document: Whether documents print it with its interval, only its value, or not at all.
        headline: Whether it is drawn and compared between groups, if nothing else is asked for.
    """

    key: str
    name: str
    label: LocalText
    citation: LocalText
    explanation: LocalText
    chance_corrected: bool = True
    terminal: str = ""
    document: Literal["interval", "value", ""] = "interval"
    headline: bool = False


class CountColumn(NamedTuple):
    """A count of units per code as reports print it.

    Attributes:
        key: ``only_a``, ``only_b``, ``both``, ``neither``; in a team ``used``, for each coder.
        coder: The coder whose units are counted; ``""`` for ``both`` and ``neither``.
    """

    key: str
    coder: str = ""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far coders agree on one code (or theme): counts of units, and coefficients.

    Attributes:
        code: Path of the code or theme.
        used: Units that each coder gave it, by coder in the order given.
        both: Units that all who coded them gave it.
        neither: Units that nobody gave it.
        units: Number of units compared.
        figures: Coefficients of "has the code or not" by the key of their column.
        warnings: What to bear in mind when reading this row, in words.
    """

    code: str
    used: tuple[int, ...]
    both: int
    neither: int
    units: int
    figures: Mapping[str, Coefficient]
    warnings: tuple[str, ...] = ()

    @property
    def only_a(self) -> int:
        """Units that only the first of two coders gave the code."""
        # With two coders, what both gave is part of what each gave.
        return self.used[0] - self.both

    @property
    def only_b(self) -> int:
        """Units that only the second of two coders gave it."""
        return self.used[1] - self.both

    @property
    def counts(self) -> tuple[int, ...]:
        """The counts that reports print, see :attr:`AgreementReport.count_columns`."""
        if len(self.used) == 2:
            return self.only_a, self.only_b, self.both, self.neither
        return self.used

    @property
    def observed(self) -> float | None:
        """Share of units on which all coders agree; None without units."""
        return (self.both + self.neither) / self.units if self.units else None

    def figure(self, key: str) -> Coefficient:
        """Return a coefficient by the key of its column.

        Raises:
            UnknownNameError: the row has no such coefficient; the text names the nearest one.
        """
        if key not in self.figures:
            raise unknown_name("figure", key, self.figures, "the agreement report")
        return self.figures[key]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why coefficients of this row do not exist, each reason once."""
        reasons = (figure.undefined_because for figure in self.figures.values())
        return tuple(dict.fromkeys(reason for reason in reasons if reason))

    def json_fields(self) -> dict[str, Any]:
        """Return the row as json has it: counts and coefficients by their keys."""
        if len(self.used) > 2:
            return {"code": self.code, "used": self.used, **self.figures}
        counts = dict(zip(PAIR_COUNTS, self.counts, strict=True))
        return {"code": self.code, **counts, **self.figures, "warnings": self.warnings}


PAIR_COUNTS = ("only_a", "only_b", "both", "neither")
"""Keys of the counts of two coders."""


@dataclass(frozen=True, slots=True)
class PassageFigure:
    """A coefficient on passages whose boundaries the coders chose, in respondents' characters.

    Attributes:
        figure: The coefficient, its interval clustered by interview.
        code: Path of the code; ``""`` for all codes together.
    """

    figure: Coefficient
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """Agreement over all codes on one unit: what depends on the unit stands side by side.

    Attributes:
        unit: A value of :class:`AgreementUnit`; ``passage`` for passages, and ``long`` for the
            unit compared without the short units that nobody coded.
        units: Number of units; of passages, of respondents' characters.
        figure: The pooled kappa of two coders, the mean of the alphas of a team; of passages
            u-alpha.
    """

    unit: str
    units: int
    figure: Coefficient


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """How far two coders or more agree, per code, per theme and overall.

    Attributes:
        coders: The coders; the first of two is A.
        unit: What was compared, in words ("respondents' turns").
        units: Number of units compared.
        description: The unit, the transcripts, the coders and the counting rules, in words.
        transcripts: Names of the transcripts that two or more coded, in the order given; one
            gone through without finding anything is among them.
        left_out: Names of the transcripts given that fewer coded.
        coded: Number of these transcripts that each coder coded, in the order of ``coders``.
        codebook: Name of the codebook.
        codebook_version: Its version.
        level: What the overall figures are about: ``code`` or ``theme``.
        columns: The coefficients per code, in the order in which they are printed.
        codes: One per code, in the order of the codebook.
        themes: The same, all codes of a theme taken together.
        overall: Figures over all codes, each under its own name; none of them is "the kappa".
        verdict: What the figures allow to say, in words: of codes by the intervals of alpha, and
            which figures only describe.
        pairs: Of three coders or more: the comparison of every two that share a transcript.
        warnings: What to bear in mind when reading the figures, in words.
        passages: Figures on passages: whether the coders marked the same stretches of text.
        kind: The unit, a value of :class:`AgreementUnit`.
        by_unit: Agreement over all codes on other units beside the one compared.
        codings: Number of codings of the coders in these transcripts.
        omissions: Those of them that lie in no unit, by the reason.
        respondents: Number of respondents, where these are the sample that intervals rest on; 0
            where interviews are.
        intervals: How intervals were found: ``jackknife`` or ``bootstrap``.
        resamples: Number of samples of the bootstrap.
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
    columns: tuple[FigureColumn, ...]
    codes: tuple[CodeAgreement, ...]
    themes: tuple[CodeAgreement, ...]
    overall: tuple[Coefficient, ...]
    verdict: tuple[str, ...] = ()
    pairs: tuple[AgreementReport, ...] = ()
    warnings: tuple[str, ...] = ()
    passages: tuple[PassageFigure, ...] = ()
    by_unit: tuple[UnitFigure, ...] = ()
    codings: int = 0
    omissions: tuple[Omission, ...] = ()
    respondents: int = 0
    kind: str = AgreementUnit.TURN
    intervals: str = JACKKNIFE
    resamples: int = RESAMPLES
    seed: int = SEED

    @property
    def is_pair(self) -> bool:
        """Whether two coders are compared: a few figures and counts exist for two only."""
        return len(self.coders) == 2

    @property
    def sample(self) -> int:
        """Number of interviews, or of respondents, that intervals rest on."""
        return self.respondents or len(self.transcripts)

    @property
    def gamma(self) -> Coefficient | None:
        """Gamma over all codes; None where it was not computed."""
        figures = (passage.figure for passage in self.passages)
        return next((figure for figure in figures if figure.name == "gamma"), None)

    @property
    def count_columns(self) -> tuple[CountColumn, ...]:
        """The counts of units per code, in the order of :attr:`CodeAgreement.counts`."""
        if not self.is_pair:
            return tuple(CountColumn("used", coder) for coder in self.coders)
        return tuple(map(CountColumn, PAIR_COUNTS, (*self.coders, "", "")))

    @property
    def headline(self) -> FigureColumn:
        """The coefficient that is drawn and compared between groups by default."""
        return next(column for column in self.columns if column.headline)

    def code(self, path: str) -> CodeAgreement:
        """Return the row of a code or theme.

        Raises:
            UnknownNameError: the report has no such row; the text names the nearest one.
        """
        # A theme that is a code itself has two rows with one path; the row of the code is returned.
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

    def json_fields(self) -> dict[str, Any]:
        """Return the report as json has it; columns are for those who print tables."""
        # A pair has no pairs, and both coders coded every transcript that is compared.
        absent = {"columns"} | ({"coded", "pairs"} if self.is_pair else set())
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in absent}
