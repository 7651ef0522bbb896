"""Figures over all codes together, each under its own name; none of them is "the kappa"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qualcode.agreement import distance
from qualcode.agreement.arrays import Floats, mean_of_defined
from qualcode.agreement.clustered_coefficients import cluster_coefficients, name_coefficients
from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.incidence import Incidence
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.kappa import cohen_kappa, pooled_kappa, stacked_kappa
from qualcode.agreement.mean_uncertainty import mean_uncertainty
from qualcode.agreement.report_columns import code_sums, observed_agreement, units_with_code
from qualcode.agreement.resampling import Sums, value_of_all
from qualcode.agreement.set_alpha import set_alphas
from qualcode.model import Coefficient


@dataclass(frozen=True, slots=True)
class OverallFigure:
    """A figure over all codes.

    Attributes:
        name: Its name.
        value: Sums of all codes -> the figure; of a mean, the coefficient of each code.
        reason: Why it does not exist, if it does not.
        is_mean: Whether it is the mean over the codes.
    """

    name: str
    value: Callable[..., Floats]
    reason: str
    is_mean: bool = False


def _of_team(name: str) -> Callable[..., Floats]:
    """Return the formula of a coefficient per code in a team."""
    printed = COEFFICIENTS[name].team
    assert printed is not None
    return printed.value


def _kappa_per_code(tables: Floats) -> Floats:
    return cohen_kappa(tables, distance.BINARY)


OF_PAIR = (
    OverallFigure("macro_mean_kappa", _kappa_per_code, "no code has a kappa", is_mean=True),
    OverallFigure("pooled_kappa", pooled_kappa, "no code has a kappa"),
    OverallFigure("stacked_kappa", stacked_kappa, "no code has a kappa"),
)
# Cohen's kappa is of two coders: a team has means of coefficients for any number
OF_TEAM = (
    OverallFigure(
        "macro_mean_fleiss", _of_team("fleiss_kappa"), "no code has a figure", is_mean=True
    ),
    OverallFigure(
        "macro_mean_alpha", _of_team("alpha_nominal"), "no code has a figure", is_mean=True
    ),
)


def overall_figures(incidence: Incidence, method: IntervalMethod) -> tuple[Coefficient, ...]:
    """Return the figures over all codes together, with their uncertainty."""
    of_pair = len(incidence.coders) == 2
    sums = code_sums(incidence, of_pair=of_pair)
    # all decisions on all codes: the observed agreement that figures over codes share
    stacked = tuple(part.sum((0, 1)) for part in sums)
    observed = np.asarray(observed_agreement(*stacked, of_pair=of_pair))
    figures = (
        _overall_figure(figure, sums, observed, incidence.units, method, of_pair=of_pair)
        for figure in (OF_PAIR if of_pair else OF_TEAM)
    )
    return (*figures, *set_alphas(incidence, method))


def _overall_figure(
    figure: OverallFigure,
    sums: Sums,
    observed: Floats,
    units: int,
    method: IntervalMethod,
    *,
    of_pair: bool,
) -> Coefficient:
    reasons = [figure.reason]
    if not figure.is_mean or not units:
        return cluster_coefficients(
            figure.name, sums, figure.value, observed, reasons, units=units, method=method
        )[0]
    mean = np.atleast_1d(mean_of_defined(value_of_all(sums, figure.value)))
    uncertainty = mean_uncertainty(
        sums, figure.value, method, occurs=units_with_code(*sums, of_pair=of_pair)
    )
    return name_coefficients(figure.name, mean, uncertainty, observed, reasons, units=units)[0]
