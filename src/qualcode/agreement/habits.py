"""Whose habit a difference is: who gives a code more often than the others, and less often."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qualcode.agreement.arrays import Floats, share
from qualcode.agreement.incidence import Incidence
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.uncertainty import (
    FEW_INTERVIEWS,
    FEW_UNITS,
    FEWEST,
    FEWEST_UNITS,
    cluster_uncertainty,
)
from qualcode.model import Coefficient
from qualcode.model.agreement_habits import CoderHabit

DIFFERENCE = "difference in use"


def find_habits(study: CodingStudy) -> tuple[CoderHabit, ...]:
    """Return how often each coder gives each code, beside the others; the clearest first.

    Only units count that the coder and another one coded. Of two coders there is a row of the
    first one only: the other's is its mirror.

    Args:
        study: What is compared.
    """
    incidence = study.unit_incidence
    if not incidence.units:
        return ()
    # Of two coders the second one is the mirror image of the first.
    coders = study.coders[:1] if study.is_pair else study.coders
    habits = [habit for coder in coders for habit in _habits_of(coder, incidence)]
    order = {code: place for place, code in enumerate(incidence.codes)}
    return tuple(
        sorted(
            habits,
            key=lambda habit: (
                not habit.direction,
                -abs(habit.difference.value or 0.0),
                order[habit.code],
                habit.coder,
            ),
        )
    )


def _habits_of(coder: str, incidence: Incidence) -> list[CoderHabit]:
    names = list(incidence.coders)
    coded = np.stack([incidence.coded[name][incidence.interview] for name in names])
    has = np.stack(list(incidence.coders.values())) & coded[..., None]
    number, place = coded.sum(0), names.index(coder)
    shared = coded[place] & (number > 1)
    # Where nobody else coded, the unit is not shared, so the mean of nobody is never used.
    other_mean = (has.sum(0) - has[place]) / np.maximum(number - 1, 1)[:, None]
    own = incidence.sum_by_cluster(has[place] & shared[:, None])
    of_others = incidence.sum_by_cluster(other_mean * shared[:, None])
    occurs = incidence.sum_by_cluster(has.any(0) & shared[:, None])
    units = incidence.sum_by_cluster(shared)[:, None] * np.ones_like(own)
    figures = _differences((own, of_others, units), occurs)
    return [
        CoderHabit(
            code, coder, int(own[:, place].sum()), float(of_others[:, place].sum()), figures[place]
        )
        for place, code in enumerate(incidence.codes)
        if occurs[:, place].any()
    ]


def _differences(sums: tuple[Floats, Floats, Floats], occurs: Floats) -> list[Coefficient]:
    """Return the difference in use of each code, with its interval."""

    def value(own: Floats, of_others: Floats, units: Floats) -> Floats:
        return share(own - of_others, units)

    points = value(*(part.sum(0) for part in sums))
    uncertainty = cluster_uncertainty(sums, value, of_agreement=False, occurs=occurs)
    units, interviews = occurs.sum(0), (occurs > 0).sum(0)
    figures = []
    for place, limits in enumerate(uncertainty.limits):
        figure = Coefficient(
            DIFFERENCE, float(points[place]), interval=limits, detail=uncertainty.reasons[place]
        )
        # an interview without the code adds a difference of zero, which says little of habits
        if interviews[place] < FEWEST:
            figure = replace(figure, interval=None, detail=FEW_INTERVIEWS)
        elif units[place] < FEWEST_UNITS:
            figure = replace(figure, interval=None, detail=FEW_UNITS)
        figures.append(figure)
    return figures
