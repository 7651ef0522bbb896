"""A plan for checking agreement: how many interviews to code twice, and what was agreed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.comparison import TENTATIVE, AgreementUnit, Coefficient

PLANNED_COEFFICIENTS: Mapping[str, Message] = MappingProxyType(
    {
        "alpha": Message("Krippendorff's alpha"),
        "kappa": Message("Cohen's kappa"),
        "ac1": Message("Gwet's AC1"),
    }
)
"""Coefficients that a plan can be about, and their names: those that reports print per code."""


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """The unit of analysis that a project compares coders on, chosen before looking.

    Attributes:
        unit: The unit: a value of :class:`AgreementUnit`.
        reason: Why this one.
        by: Who chose.
        chosen_at: When, in UTC.
        after_looking: Whether codings of two coders could be compared already.
    """

    unit: str
    reason: str
    by: str
    chosen_at: datetime
    after_looking: bool = False

    def __post_init__(self) -> None:
        check_unit(self.unit)
        if not self.reason.strip():
            raise InvalidValueError("Say why this is the unit: a reader will ask.")


@dataclass(frozen=True, slots=True)
class CodeNeed:
    """How many interviews a code needs to be coded twice.

    Attributes:
        code: Path of the code.
        units: Units of the pilot that have the code.
        prevalence: Share of the units that have it.
        figure: Its coefficient in the pilot.
        for_width: Interviews for the half-width asked for; None where the pilot cannot tell.
        for_power: Interviews for a lower limit above the threshold; None likewise, and where the
            figure itself is not above it.
        reason: Why the pilot cannot tell; ``""`` where it can.
    """

    code: str
    units: int
    prevalence: float
    figure: Coefficient
    for_width: int | None
    for_power: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SampleAdvice:
    """How many interviews to code twice, from the spread of a pilot.

    Attributes:
        coefficient: Key of the coefficient: ``alpha``, ``kappa`` or ``ac1``.
        half_width: The half-width of a 95% interval that is asked for.
        threshold: What the lower limit should lie above.
        power: How often it should, if the figure of the pilot is the true one.
        interviews: Number of interviews of the pilot.
        available: Number of interviews of the project.
        units_per_interview: Mean number of units of an interview.
        codes: What each code needs.
    """

    coefficient: str
    half_width: float
    threshold: float
    power: float
    interviews: int
    available: int
    units_per_interview: float
    codes: tuple[CodeNeed, ...]


@dataclass(frozen=True, slots=True)
class AssumedNeed:
    """How many units and interviews a code needs, from assumptions instead of a pilot.

    Attributes:
        prevalence: Share of the units that have the code.
        expected: The coefficient that is expected.
        threshold: What it is tested against.
        power: How often the test should succeed.
        icc: Intraclass correlation: how much alike the units of one interview are.
        units_per_interview: Number of units of an interview.
        goodness_of_fit: Units by Donner and Eliasziw (1992), two coders, one-sided .05.
        krippendorff: Units by Krippendorff (2004, p. 240), one-sided .05.
        design_effect: How many times more units are needed because interviews are the sample.
        interviews: Interviews that hold the larger number of units, design effect included.
    """

    prevalence: float
    expected: float
    threshold: float
    power: float
    icc: float
    units_per_interview: float
    goodness_of_fit: int
    krippendorff: int
    design_effect: float
    interviews: int


@dataclass(frozen=True, slots=True)
class AgreementPlan:
    """What a team agreed on before comparing: it can be frozen and registered.

    Attributes:
        coders: Who code.
        share: Share of the interviews to code twice, 0 to 1.
        interviews: Number of interviews to code twice, which then holds instead of the share; 0
            where the share is planned.
        unit: The unit of analysis.
        coefficient: Key of the coefficient per code.
        threshold: What its lower limit is judged by.
        stopping_rule: When coding twice ends, and what is done with codes below the threshold.
        note: Anything else, such as hypotheses.
        by: Who froze it.
        frozen_at: When, in UTC; None as long as it is not frozen.
    """

    coders: tuple[str, ...]
    share: float
    unit: str = AgreementUnit.TURN
    coefficient: str = "alpha"
    threshold: float = TENTATIVE
    stopping_rule: str = ""
    interviews: int = 0
    note: str = ""
    by: str = ""
    frozen_at: datetime | None = None

    def __post_init__(self) -> None:
        check_unit(self.unit)
        if len(self.coders) < 2 or len(set(self.coders)) < len(self.coders):
            raise InvalidValueError("A plan is about two different coders or more.")
        if not 0 < self.share <= 1:
            raise InvalidValueError(
                Message(
                    "The share of interviews to code twice lies above 0 and at most at 1 (100%); "
                    "got {share}.",
                    share=self.share,
                )
            )
        if self.coefficient not in PLANNED_COEFFICIENTS:
            raise InvalidValueError(
                Message(
                    "'{name}' cannot be planned: use {names}.",
                    name=self.coefficient,
                    names=", ".join(PLANNED_COEFFICIENTS),
                )
            )
        check_threshold(self.threshold)
        if self.interviews < 0:
            raise InvalidValueError("A number of interviews cannot be negative.")

    @property
    def extent(self) -> str:
        """How many of the interviews are to be coded twice, in print: ``12`` or ``20%``."""
        return str(self.interviews) if self.interviews else f"{self.share:.0%}"

    def count_interviews(self, available: int) -> int:
        """Return the number of interviews to code twice.

        Args:
            available: Number of interviews of the project.
        """
        # Of a few interviews a small share rounds to none, which nobody plans.
        return self.interviews or max(1, round(self.share * available))


def check_unit(unit: str) -> None:
    """Refuse what is no unit of analysis.

    Raises:
        InvalidValueError: it is none of :class:`AgreementUnit`.
    """
    if unit not in set(AgreementUnit):
        raise InvalidValueError(
            Message(
                "'{unit}' is not a unit of analysis: use {units}.",
                unit=unit,
                units=", ".join(AgreementUnit),
            )
        )


def check_threshold(threshold: float) -> None:
    """Refuse a threshold that no coefficient can lie above.

    Raises:
        InvalidValueError: it does not lie between 0 and 1.
    """
    if not 0 < threshold < 1:
        raise InvalidValueError(
            Message("The threshold lies between 0 and 1; got {threshold}.", threshold=threshold)
        )
