"""Everything that a report of agreement prints: figures, method, differences, outcome."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from qualcode.model.adjudication_summary import AdjudicationSummary
from qualcode.model.agreement_habits import CoderAccuracy, CoderHabit
from qualcode.model.agreement_plan import UnitChoice
from qualcode.model.agreement_report import AgreementReport
from qualcode.model.coding import Round
from qualcode.model.comparison import Coefficient
from qualcode.model.disagreement import Confusion, Decision, Disagreement
from qualcode.model.language_model import ModelUse


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
class GroupAgreement:
    """Agreement on the interviews of one group of respondents.

    Attributes:
        group: Value of the attribute that the respondents share; ``""`` where it is not set.
        report: The comparison on these interviews only.
    """

    group: str
    report: AgreementReport


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


@dataclass(frozen=True, slots=True)
class Method:
    """How the coding was done: what a methods paragraph says (COREQ 24-27, SRQR, JARS-Qual).

    Attributes:
        software: Name and version of this program.
        interviews: Number of interviews in the project.
        double_coded: Number of those that two or more of the coders coded.
        round: The round that the codings were made in; None where there was none, or several.
        reopened: How often a coder opened that round again after handing in.
        reopened_after_all: How often that was after all had handed in, so no longer blind.
        codes: Number of codes that passages can be given, in use: those under a theme, and
            themes without codes.
        themes: Number of themes.
        first_codes: Number of such codes in the first version of the codebook.
        versions: Number of versions of the codebook so far.
        coded_versions: Versions of the codebook that the codings were made under.
        exposures: Number of times that one of the coders was shown suggestions in the
            interviews compared.
        adopted: Number of their codings that came from a suggestion.
        model_uses: What the coders did with what language models of the researchers' own
            suggested in these interviews.
        rest: Who coded the other interviews, with the number of interviews of each.
        uncoded: Number of interviews that nobody coded yet, as far as the reader may know.
        unit_choice: The unit of analysis that the project chose; None where it did not.
        first_coded_at: When the first of these codings was made; None where that is not known.
        deviations: In what the comparison differs from the plan that was frozen, and its outcome,
            in words; empty where no plan was.
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
    model_uses: tuple[ModelUse, ...] = ()
    rest: tuple[tuple[str, int], ...] = ()
    uncoded: int = 0
    unit_choice: UnitChoice | None = None
    first_coded_at: datetime | None = None
    deviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementStudy:
    """A comparison of coders with all that belongs in its report.

    Of three coders or more there is no confusion, no figure of another program, and no
    comparison by interview, exposure or group: those are of two.

    Attributes:
        report: The figures.
        method: How the coding was done.
        confusion: Which code of A met which code of B.
        disagreements: Every difference, worst code first.
        decisions: The decisions on them.
        programs: The figures that other programs would print.
        moments: Agreement per interview, in the order of the work.
        exposed: The comparison split by who saw a suggestion; empty where nobody did.
        attribute: Attribute of the respondents that ``groups`` are of; ``""`` for none.
        groups: The comparison per group of respondents.
        groups_held: Number of groups that too few participants are in to be printed.
        settling: The outcome of settling the differences; None where nothing was decided on.
        habits: How often each coder gives each code, beside the others.
        accuracy: Of four coders or more, how well each sees each code by the model of Dawid and
            Skene (1979).
    """

    report: AgreementReport
    method: Method
    confusion: Confusion | None = None
    disagreements: tuple[Disagreement, ...] = ()
    decisions: tuple[Decision, ...] = ()
    programs: tuple[ProgramFigure, ...] = ()
    moments: tuple[AgreementMoment, ...] = ()
    exposed: tuple[ExposedAgreement, ...] = ()
    attribute: str = ""
    groups: tuple[GroupAgreement, ...] = ()
    groups_held: int = 0
    settling: AdjudicationSummary | None = None
    habits: tuple[CoderHabit, ...] = ()
    accuracy: tuple[CoderAccuracy, ...] = ()

    def json_fields(self) -> dict[str, Any]:
        """Return the study as json has it, without the parts that exist for two coders only."""
        absent = set() if self.report.is_pair else OF_PAIRS
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in absent}


OF_PAIRS = {"confusion", "programs", "moments", "exposed", "attribute", "groups", "groups_held"}
"""Parts of a study of two coders."""
