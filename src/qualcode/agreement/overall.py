"""Figures over all codes together, each under its own name; none of them is "the kappa"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from qualcode.agreement import contingency, krippendorff, metrics
from qualcode.agreement.clustered import NO_UNITS, coefficients
from qualcode.agreement.contingency import Floats
from qualcode.agreement.presence import Presence, label_sets, per_interview, tables
from qualcode.model import Coefficient


def overall_figures(
    presence: Presence, coders: tuple[str, str], *, resamples: int, seed: int
) -> tuple[Coefficient, ...]:
    """Return the figures of two coders over all codes together."""
    sums = tables(presence, coders)
    counts = sums.sum(0)
    stacked = contingency.share(
        np.asarray(counts[:, 0, 0].sum() + counts[:, 1, 1].sum()), np.asarray(counts.sum())
    )
    made = []
    for name, value in (
        ("macro_mean_kappa", contingency.mean_kappa),
        ("pooled_kappa", contingency.pooled_kappa),
        ("stacked_kappa", contingency.stacked_kappa),
    ):
        made += coefficients(
            name,
            (sums,),
            value,
            stacked,
            ["no code has a kappa"],
            units=presence.units,
            resamples=resamples,
            seed=seed,
        )
    return (*made, *set_alphas(presence, coders, resamples=resamples, seed=seed))


def set_alphas(
    presence: Presence, coders: Sequence[str], *, resamples: int, seed: int
) -> tuple[Coefficient, ...]:
    """Return alpha of the sets of codes that units have, with two distances of sets."""
    return tuple(
        _set_alpha(presence, coders, name, metric, resamples=resamples, seed=seed)
        for name, metric in (("alpha_masi", metrics.masi), ("alpha_jaccard", metrics.jaccard))
    )


def _set_alpha(
    presence: Presence,
    coders: Sequence[str],
    name: str,
    metric: Callable[[Floats], Floats],
    *,
    resamples: int,
    seed: int,
) -> Coefficient:
    if presence.units == 0:
        return Coefficient(name, None, NO_UNITS)
    members, sets = label_sets(presence, coders)
    coded = [presence.coded[coder][presence.interview] for coder in coders]
    distance, given = metric(members), np.sum(coded, axis=0)
    apart, same = np.zeros(len(given)), np.zeros(len(given))
    for one, two in combinations(range(len(sets)), 2):
        both = coded[one] & coded[two]
        apart += np.where(both, 2.0 * distance[sets[one], sets[two]], 0.0)
        same += both & (sets[one] == sets[two])
    counts = np.zeros((len(presence.transcripts), len(members)))
    for own, here in zip(sets, coded, strict=True):
        np.add.at(counts, (presence.interview[here], own[here]), presence.weights[here])
    agreed = (same / (given * (given - 1) / 2)) @ presence.weights / presence.units
    who = "both" if len(coders) == 2 else "all"
    return coefficients(
        name,
        (per_interview(presence, apart / (given - 1)), counts),
        lambda disagreement, values: krippendorff.alpha(disagreement, values, distance),
        np.asarray(agreed),
        [f"every unit got the same codes from {who} coders, so nothing varies"],
        units=presence.units,
        resamples=resamples,
        seed=seed,
    )[0]
