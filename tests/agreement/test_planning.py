"""How many interviews to code twice: published tables, the spread of a pilot, refusals."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode.agreement import advise_sample, assume_sample, expected_half_widths
from qualcode.agreement.planning import (
    Goal,
    Spread,
    goodness_of_fit_units,
    krippendorff_units,
)
from qualcode.agreement.study import CodingStudy
from qualcode.errors import InvalidValueError, UnknownNameError
from qualcode.model import Coding, Coefficient
from studies import CODERS, coded, coding_study, interview

WORDS = [f"zin{number} met woorden" for number in range(40)]


@pytest.mark.parametrize(
    ("prevalence", "threshold", "units"),
    [(0.5, 0.8, 103), (0.25, 0.8, 139), (0.25, 0.667, 81)],
)
def test_units_of_krippendorffs_table(prevalence: float, threshold: float, units: int) -> None:
    """Krippendorff 2004, p. 240, at .05: two equally frequent categories, and four."""
    assert krippendorff_units(prevalence, threshold) == units


def test_units_of_the_goodness_of_fit_test() -> None:
    """Donner and Eliasziw 1992: kappa .8 against .6 for a code on half of the units, power .8.

    The probabilities of both, one and neither are .4, .2, .4 under .6 and .45, .1, .45 under .8:
    (.05**2 / .4) * 2 + .1**2 / .2 = .0625 a unit; (1.645 + .842)**2 / .0625 = 98.9.
    """
    assert goodness_of_fit_units(0.5, 0.8, 0.6, 0.8) == 99


def test_units_of_one_interview_tell_less_than_as_many_apart() -> None:
    apart = assume_sample(0.1, 0.85, icc=0.0, units_per_interview=60)
    alike = assume_sample(0.1, 0.85, icc=0.1, units_per_interview=60)
    assert apart.design_effect == 1
    assert alike.design_effect == pytest.approx(1 + 59 * 0.1)
    assert alike.interviews > 5 * apart.interviews


@pytest.mark.parametrize(
    "wrong",
    [
        {"prevalence": 0.0},
        {"expected": 0.6},
        {"icc": 1.0},
        {"power": float("nan")},
        {"units_per_interview": 0.5},
        {"threshold": 1.0},
    ],
)
def test_what_is_impossible_is_refused(wrong: dict[str, float]) -> None:
    values = {"prevalence": 0.1, "expected": 0.85} | wrong
    with pytest.raises(InvalidValueError):
        assume_sample(values.pop("prevalence"), values.pop("expected"), **values)


def pilot(interviews: int) -> CodingStudy:
    rng = np.random.default_rng(8)
    transcripts = [
        interview(f"P{number}", *(f"R: {words}" for words in WORDS)) for number in range(interviews)
    ]
    codings: list[Coding] = []
    for transcript in transcripts:
        share = rng.beta(2, 8)
        for words in WORDS:
            if rng.random() < share:
                codings += [
                    coded(transcript, coder, f"{words}\n", "who/age")
                    for coder in CODERS
                    if rng.random() < 0.7
                ]
    return coding_study(
        transcripts, codings, finished={c: [t.name for t in transcripts] for c in CODERS}
    )


def test_a_narrower_interval_asks_for_more_interviews_than_the_pilot_had() -> None:
    study = pilot(8)
    need = next(n for n in advise_sample(study, half_width=0.08).codes if n.code == "who/age")
    wide = next(n for n in advise_sample(study, half_width=0.3).codes if n.code == "who/age")
    assert need.for_width is not None
    assert wide.for_width is not None
    assert need.for_width > 8
    assert need.for_width > wide.for_width
    # the promise is more than the average that the spread alone would give
    average = dict(expected_half_widths(study, [need.for_width]))[need.for_width]
    assert average is not None
    assert average < 0.08


def test_a_figure_below_the_threshold_cannot_be_shown_to_lie_above() -> None:
    need = next(n for n in advise_sample(pilot(8), threshold=0.99).codes if n.code == "who/age")
    assert need.for_power is None


def test_rare_codes_are_not_planned_with() -> None:
    (need,) = advise_sample(pilot(1)).codes
    assert need.for_width is None
    assert need.reason


def test_nothing_is_planned_from_five_interviews() -> None:
    (need,) = advise_sample(pilot(5)).codes
    assert need.units >= 20
    assert need.for_width is None
    assert "fewer than six interviews" in need.reason
    (need,) = advise_sample(pilot(6)).codes
    assert need.for_width is not None


def test_where_few_interviews_hold_a_code_more_are_needed() -> None:
    """Their spread is known badly: as that of as many equal interviews as they count for."""
    figure = Coefficient("alpha", 0.8, standard_error=0.08)
    goal = Goal(half_width=0.12, threshold=0.667, power=0.8)
    even, held_by_few = Spread(figure, 10, 1.0, 9.0), Spread(figure, 10, 1.0, 3.0)
    assert (held_by_few.for_width(goal) or 0) > 1.5 * (even.for_width(goal) or 0)


def test_a_coefficient_that_reports_do_not_print_is_refused() -> None:
    with pytest.raises(UnknownNameError):
        advise_sample(pilot(2), coefficient="gamma")
