"""Figures over all codes together, each under its own name; none of them is "the kappa"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qualcode.agreement import distance
from qualcode.agreement.alpha import alpha
from qualcode.agreement.arrays import Floats, mean_of_defined
from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.incidence import Incidence, label_sets, set_sums
from qualcode.agreement.kappa import mean_kappa, pooled_kappa, stacked_kappa
from qualcode.agreement.report_columns import code_sums, observed_agreement
from qualcode.agreement.uncertainty import NO_UNITS, cluster_coefficients
from qualcode.messages import Message
from qualcode.model import Coefficient


@dataclass(frozen=True, slots=True)
class OverallFigure:
    """A figure over all codes.

    Attributes:
        name: Its name.
        value: Sums of all codes -> the figure.
        reason: Why it does not exist, if it does not.
    """

    name: str
    value: Callable[..., Floats]
    reason: str


def _mean(name: str) -> Callable[..., Floats]:
    """Return the mean over the codes of a coefficient of a team."""
    printed = COEFFICIENTS[name].team
    assert printed is not None
    return lambda *sums: mean_of_defined(printed.value(*sums))


OF_PAIR = (
    OverallFigure("macro_mean_kappa", mean_kappa, "no code has a kappa"),
    OverallFigure("pooled_kappa", pooled_kappa, "no code has a kappa"),
    OverallFigure("stacked_kappa", stacked_kappa, "no code has a kappa"),
)
OF_TEAM = (
    OverallFigure("macro_mean_fleiss", _mean("fleiss_kappa"), "no code has a figure"),
    OverallFigure("macro_mean_alpha", _mean("alpha_nominal"), "no code has a figure"),
)
OF_SETS = {"alpha_masi": distance.masi, "alpha_jaccard": distance.jaccard}
"""Distances between the sets of codes that units have."""


def overall_figures(incidence: Incidence, *, resamples: int, seed: int) -> tuple[Coefficient, ...]:
    """Return the figures over all codes together, with their uncertainty."""
    of_pair = len(incidence.coders) == 2
    sums = code_sums(incidence, of_pair=of_pair)
    # all decisions on all codes: the observed agreement that figures over codes share
    stacked = tuple(part.sum((0, 1)) for part in sums)
    observed = np.asarray(observed_agreement(*stacked, of_pair=of_pair))
    figures: list[Coefficient] = []
    for figure in OF_PAIR if of_pair else OF_TEAM:
        figures += cluster_coefficients(
            figure.name,
            sums,
            figure.value,
            observed,
            [figure.reason],
            units=incidence.units,
            resamples=resamples,
            seed=seed,
        )
    alphas = (_set_alpha(incidence, name, resamples=resamples, seed=seed) for name in OF_SETS)
    return (*figures, *alphas)


def _set_alpha(incidence: Incidence, name: str, *, resamples: int, seed: int) -> Coefficient:
    """Return alpha of the sets of codes that units have."""
    if incidence.units == 0:
        return Coefficient(name, None, NO_UNITS)
    members, sets = label_sets(incidence)
    between = OF_SETS[name](members)
    sums = set_sums(incidence, between, sets)
    reason = (
        Message("every unit got the same codes from both coders, so nothing varies")
        if len(incidence.coders) == 2
        else Message("every unit got the same codes from all coders, so nothing varies")
    )
    return cluster_coefficients(
        name,
        (sums.disagreement, sums.counts),
        lambda disagreement, counts: alpha(disagreement, counts, between),
        sums.observed,
        [reason],
        units=incidence.units,
        resamples=resamples,
        seed=seed,
    )[0]
