"""Everything that a report of agreement prints: figures, how the work was done, how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.coding import Round
from qualcode.model.comparison import (
    AgreementMoment,
    AgreementReport,
    Confusion,
    Decision,
    Disagreement,
    ExposedAgreement,
    ProgramFigure,
)
from qualcode.model.settling import Settling


@dataclass(frozen=True, slots=True)
class Method:
    """How the coding was done: what a methods paragraph says (COREQ 24-27, SRQR, JARS-Qual).

    Attributes:
        software: Name and version of this program.
        interviews: Number of interviews in the project.
        double_coded: Number of those that both coders coded.
        round: The round that the codings were made in; None where there was none, or several.
        reopened: How often a coder opened that round again after handing in.
        reopened_after_all: How often that was after all had handed in, so no longer blind.
        codes: Number of codes in use.
        themes: Number of themes.
        first_codes: Number of codes in the first version of the codebook.
        versions: Number of versions of the codebook so far.
        coded_versions: Versions of the codebook that the codings were made under.
        exposures: Number of times that one of the coders was shown suggestions in the
            interviews compared.
        adopted: Number of their codings that came from a suggestion.
    """

    software: str
    interviews: int
    double_coded: int
    round: Round | None
    reopened: int
    reopened_after_all: int
    codes: int
    themes: int
    first_codes: int
    versions: int
    coded_versions: tuple[int, ...]
    exposures: int = 0
    adopted: int = 0


@dataclass(frozen=True, slots=True)
class AgreementStudy:
    """A comparison of two coders with all that belongs in its report.

    Attributes:
        report: The figures.
        method: How the coding was done.
        confusion: Which code of A met which code of B.
        disagreements: Every difference, worst code first.
        decisions: The decisions that stand on them.
        programs: The figures that other programs would print.
        moments: Agreement per interview, in the order of the work.
        exposed: The comparison split by who saw a suggestion; empty where nobody did.
        settling: What settling the differences came to; None where nothing was decided on.
    """

    report: AgreementReport
    method: Method
    confusion: Confusion
    disagreements: tuple[Disagreement, ...] = ()
    decisions: tuple[Decision, ...] = ()
    programs: tuple[ProgramFigure, ...] = ()
    moments: tuple[AgreementMoment, ...] = ()
    exposed: tuple[ExposedAgreement, ...] = ()
    settling: Settling | None = None
