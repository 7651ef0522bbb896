"""How many interviews to code twice: from a pilot's own spread, or from assumptions.

A pilot tells how much a coefficient differs between interviews; the interval of a larger sample
is narrower by the square root of the ratio of interviews. Both the pilot's spread and that of the
study to come are matters of chance, so the number of interviews is such that the promised width is
reached in most studies, not in half of them (``benchmarks/planning.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from statistics import NormalDist, median

import numpy as np

from qualcode.agreement.arrays import Booleans, Floats
from qualcode.agreement.clustered_coefficients import cluster_coefficients
from qualcode.agreement.report_columns import code_sums, printed_coefficients, units_with_code
from qualcode.agreement.student_t import student_t
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.uncertainty import FEWEST, effective_number
from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model import Coefficient
from qualcode.model.agreement_plan import AssumedNeed, CodeNeed, SampleAdvice, check_threshold
from qualcode.model.comparison import INTERVAL_QUANTILES, TENTATIVE

ASSURANCE = 0.9
"""Quantile of the spread at which a width is promised: it is then reached in 80 to 95%."""
FEWEST_SEEN = 20
"""Of a code on fewer units of the pilot, the spread is too unsure to plan with."""
FEWEST_INTERVIEWS = 4
FEWEST_OF_PILOT = 6
"""From a pilot of fewer interviews the width is reached too seldom."""
LEAST_DEGREES = 0.3
MOST = 2000
"""More interviews than any study codes twice."""
ONE_SIDED = 0.05
NO_SPREAD = Message("the pilot has no interval for it, so no spread to plan with")
SMALL_PILOT = Message("a pilot of fewer than six interviews tells too little of the spread")
TOO_RARE = Message("on fewer than 20 units of the pilot, which is too few to plan with")


def advise_sample(
    study: CodingStudy,
    *,
    coefficient: str = "alpha",
    half_width: float = 0.15,
    threshold: float = TENTATIVE,
    power: float = 0.8,
    available: int = 0,
) -> SampleAdvice:
    """Return how many interviews each code needs, from a pilot that was coded twice.

    Args:
        study: The pilot.
        coefficient: Key of a coefficient that reports print per code.
        half_width: The half-width of the 95% interval that is asked for.
        threshold: What the lower limit should lie above.
        power: How often it should, if the pilot's figure is the true one.
        available: Number of interviews of the project.

    Raises:
        UnknownNameError: no such coefficient.
        InvalidValueError: a half-width, threshold or power that does not lie between 0 and 1.
    """
    _check_share(Message("half-width"), half_width)
    _check_share(Message("power"), power)
    check_threshold(threshold)
    goal = Goal(half_width, threshold, power)
    incidence = study.incidence
    return SampleAdvice(
        coefficient,
        half_width,
        threshold,
        power,
        len(incidence.sample),
        available,
        incidence.units / max(len(incidence.sample), 1),
        tuple(
            _code_need(code, units, units / incidence.units, spread, goal)
            for code, units, spread in _spreads(study, coefficient)
        ),
    )


def _spreads(study: CodingStudy, coefficient: str) -> Iterator[tuple[str, int, Spread]]:
    """Yield each code in use, the number of its units, and its spread between the interviews."""
    incidence, of_pair = study.incidence, study.is_pair
    printed = {p.key: p for p in printed_coefficients(of_pair=of_pair).values()}
    if coefficient not in printed:
        raise unknown_name("coefficient", coefficient, printed, "the agreement report")
    chosen, sums = printed[coefficient], code_sums(incidence, of_pair=of_pair)
    occurs = units_with_code(*sums, of_pair=of_pair)
    figures = cluster_coefficients(
        coefficient,
        sums,
        chosen.value,
        np.asarray(np.nan),
        [Message("no coder used this code")] * len(incidence.codes),
        units=incidence.units,
        lowest=chosen.lowest,
        occurs=occurs,
    )
    counting = ((occurs > 0) | np.isfinite(chosen.value(*sums))).mean(0)
    effective = effective_number(occurs)
    for place, code in enumerate(incidence.codes):
        units = int(occurs[:, place].sum())
        if units:
            share, number = float(counting[place]), float(effective[place])
            yield code, units, Spread(figures[place], len(incidence.sample), share, number)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a study should reach."""

    half_width: float
    threshold: float
    power: float


def _code_need(code: str, units: int, prevalence: float, spread: Spread, goal: Goal) -> CodeNeed:
    """Return what one code needs."""
    figure = spread.figure
    reason: str = ""
    if spread.interviews < FEWEST_OF_PILOT:
        reason = SMALL_PILOT
    elif units < FEWEST_SEEN:
        reason = TOO_RARE
    elif not figure.interval or not figure.standard_error:
        reason = NO_SPREAD
    if reason:
        return CodeNeed(code, units, prevalence, figure, None, None, reason)
    return CodeNeed(code, units, prevalence, figure, spread.for_width(goal), spread.for_power(goal))


class Spread:
    """How much a coefficient differs between the interviews of a pilot.

    Args:
        figure: The coefficient, with its standard error.
        interviews: Number of interviews of the pilot.
        counting: Share of them that count: a rare code is in some only, also of those to come.
        effective: Effective number of the interviews that have the code (Kish 1965): if a few
            hold most of it, their spread is known as badly as that of so few.
    """

    def __init__(
        self, figure: Coefficient, interviews: int, counting: float, effective: float
    ) -> None:
        self.figure = figure
        self.interviews = interviews
        self.sizes = np.arange(FEWEST_INTERVIEWS, MOST + 1, dtype=float)
        # as many degrees as the interval will have
        interviews_held = 2.0 * effective * self.sizes / interviews
        self.degrees = np.maximum(np.minimum(counting * self.sizes - 1, interviews_held), 1)
        self.degrees_of_pilot = max(min(counting * interviews, effective) - 1, LEAST_DEGREES)

    def for_width(self, goal: Goal) -> int | None:
        """Return the interviews by which the half-width is reached in most studies."""
        # Imported here: scipy takes a tenth of a second, which every command would wait for.
        from scipy.special import fdtri, stdtrit

        # the ratio of two estimated spreads is a matter of chance: F, not 1
        ratio = np.sqrt(fdtri(self.degrees, self.degrees_of_pilot, ASSURANCE))
        widths = stdtrit(self.degrees, INTERVAL_QUANTILES[1]) * self._errors() * ratio
        return self._smallest(widths <= goal.half_width)

    def for_power(self, goal: Goal) -> int | None:
        """Return the interviews by which the lower limit lies above the threshold."""
        from scipy.special import stdtrit

        value = self.figure.value
        # below the threshold no number of interviews is enough; at 1 Fisher's z is infinite
        if value is None or not goal.threshold < value < 1:
            return None
        # on the scale on which the limits are found
        errors = self._errors() / (1.0 - value**2)
        distance = np.arctanh(value) - np.arctanh(goal.threshold)
        quantiles = stdtrit(self.degrees, INTERVAL_QUANTILES[1]) + stdtrit(self.degrees, goal.power)
        return self._smallest(quantiles * errors <= distance)

    def _smallest(self, reached: Booleans) -> int | None:
        """Return the smallest number of interviews that reaches what was asked."""
        return int(self.sizes[reached.argmax()]) if reached.any() else None

    def _errors(self) -> Floats:
        error = self.figure.standard_error or np.nan
        errors: Floats = error * np.sqrt(self.interviews / self.sizes)
        return errors


def expected_half_widths(
    study: CodingStudy, sizes: Sequence[int]
) -> tuple[tuple[int, float | None], ...]:
    """Return half of the width of the interval of alpha to expect, by number of interviews.

    From the spread between the interviews of this study, of the code in the middle; None where
    no code has an interval yet.

    Args:
        study: Interviews that were coded twice.
        sizes: Numbers of interviews.
    """
    needs = advise_sample(study).codes
    errors = [n.figure.standard_error for n in needs if n.figure.interval]
    spreads = [error for error in errors if error]
    if not spreads:
        return tuple((size, None) for size in sizes)
    spread = median(spreads) * len(study.incidence.sample) ** 0.5
    return tuple(
        (
            size,
            round(min(float(student_t(size - 1)) * spread / size**0.5, 1.0), 2)
            if size >= FEWEST
            else None,
        )
        for size in sizes
    )


def assume_sample(
    prevalence: float,
    expected: float,
    *,
    threshold: float = TENTATIVE,
    power: float = 0.8,
    icc: float = 0.1,
    units_per_interview: float = 60,
) -> AssumedNeed:
    """Return how many units and interviews are needed without a pilot, for two coders.

    Args:
        prevalence: Share of the units that are expected to have the code.
        expected: The kappa or alpha that is expected.
        threshold: What it is tested against, one-sided at .05.
        power: How often the test should succeed.
        icc: Intraclass correlation of the units of one interview.
        units_per_interview: Number of units of an interview.

    Raises:
        InvalidValueError: a share that does not lie between 0 and 1; an expected value that is
            not above the threshold; fewer than one unit to an interview.
    """
    names = (Message("prevalence"), Message("power"), Message("expected value"))
    for name, share in zip(names, (prevalence, power, expected), strict=True):
        _check_share(name, share)
    check_threshold(threshold)
    if expected <= threshold:
        raise InvalidValueError(
            Message(
                "The expected value ({expected}) must be above the threshold ({threshold}): "
                "otherwise no number of interviews is enough.",
                expected=expected,
                threshold=threshold,
            )
        )
    if not 0 <= icc < 1:
        raise InvalidValueError(Message("The ICC lies between 0 and 1; got {icc}.", icc=icc))
    if not (isfinite(units_per_interview) and units_per_interview >= 1):
        raise InvalidValueError("An interview has one unit or more.")
    fit = goodness_of_fit_units(prevalence, expected, threshold, power)
    by_table = krippendorff_units(prevalence, threshold)
    # Kish: units of one interview tell less than as many units of different interviews
    effect = 1.0 + (units_per_interview - 1.0) * icc
    interviews = ceil(max(fit, by_table) * effect / units_per_interview)
    return AssumedNeed(
        prevalence,
        expected,
        threshold,
        power,
        icc,
        units_per_interview,
        fit,
        by_table,
        effect,
        interviews,
    )


def goodness_of_fit_units(
    prevalence: float, expected: float, threshold: float, power: float
) -> int:
    """Return the number of units to tell kappa from a threshold (Donner & Eliasziw 1992).

    Their goodness-of-fit test of two coders and one code, one-sided at .05: the probabilities of
    both, one and neither giving the code under the threshold and under what is expected.
    """
    product = prevalence * (1 - prevalence)
    parts = (
        1 / (prevalence**2 + product * threshold),
        2 / (product * (1 - threshold)),
        1 / ((1 - prevalence) ** 2 + product * threshold),
    )
    distance = (product * (expected - threshold)) ** 2 * sum(parts)
    normal = NormalDist()
    quantiles = normal.inv_cdf(1 - ONE_SIDED) + normal.inv_cdf(power)
    return ceil(quantiles**2 / distance)


def krippendorff_units(prevalence: float, threshold: float, significance: float = ONE_SIDED) -> int:
    """Return the number of units by which alpha is known to lie above a limit.

    The formula behind the table of Krippendorff 2004, p. 240 (after Bloch & Kraemer 1989), for
    the rarest category: 103 for a limit of .8, two equally frequent categories and .05.
    """
    z = NormalDist().inv_cdf(1 - significance)
    product = prevalence * (1 - prevalence)
    ratio = (1 + threshold) * (3 - threshold) / (4 * (1 - threshold) * product)
    return ceil(2 * z**2 * (ratio - threshold))


def _check_share(name: str, share: float) -> None:
    if not (isfinite(share) and 0 < share < 1):
        raise InvalidValueError(
            Message("The {name} lies between 0 and 1; got {value}.", name=name, value=share)
        )
