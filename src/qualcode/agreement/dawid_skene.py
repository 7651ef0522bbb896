"""How well each coder sees each code, where nobody knows the right answer.

Dawid and Skene 1979, "Maximum likelihood estimation of observer error-rates using the EM
algorithm", Applied Statistics 28(1), 20-28. The model assumes that coders err independently of
each other given the right answer, and with the same chance in every unit. Two coders, or three
with one of them different, do not tell it from other models: it is for teams of four or more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qualcode.agreement.arrays import Floats, Integers
from qualcode.agreement.study import CodingStudy
from qualcode.model.agreement_habits import CoderAccuracy

FEWEST_CODERS = 4
FEWEST_LABELS = 3
"""With fewer labels on a unit, many error rates explain them equally well."""
FEWEST_UNITS = 20
"""Units with the code that every two coders share; on fewer, nothing is known of their errors."""
MOST_STEPS = 2_000
PRECISION = 1e-9
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """The model of some coders.

    Attributes:
        prevalence: Share of the units of each category, ``(q,)``.
        rates: Per coder and right category, how often each label is given, ``(coders, q, q)``.
        right: Probability of each right category per unit, ``(units, q)``.
        likelihood: Logarithm of the likelihood.
    """

    prevalence: Floats
    rates: Floats
    right: Floats
    likelihood: float


def count_labels(labels: Integers, q: int) -> Floats:
    """Return how often each coder gave each unit each label, ``(coders, units, q)``.

    Args:
        labels: Number of the label per coder and unit, ``(coders, units)``; -1 where there is none.
        q: Number of categories.
    """
    given: Floats = (labels[..., None] == np.arange(q)).astype(float)
    return given


def estimate_error_rates(given: Floats, weights: Floats) -> ErrorRates:
    """Return the model of the greatest likelihood, from the votes as the first guess.

    Args:
        given: How often each coder gave each unit each label, ``(coders, units, q)``; more than
            once where a coder judged a unit again.
        weights: How often each unit counts.
    """
    votes = given.sum(0)
    right = votes / np.maximum(votes.sum(1, keepdims=True), 1.0)
    before = -np.inf
    for _ in range(MOST_STEPS):
        prevalence = weights @ right / weights.sum()
        counts = np.einsum("u,uj,cul->cjl", weights, right, given)
        # a category that no unit has any more would divide by zero
        rates = counts / np.maximum(counts.sum(-1, keepdims=True), TINY)
        # logarithms: the product over many coders would vanish
        joint = np.log(np.maximum(prevalence, TINY)) + np.einsum(
            "cul,cjl->uj", given, np.log(np.maximum(rates, TINY))
        )
        largest = joint.max(1, keepdims=True)
        right = np.exp(joint - largest)
        likelihood = float(weights @ (np.log(right.sum(1)) + largest[:, 0]))
        right = right / right.sum(1, keepdims=True)
        if likelihood - before < PRECISION * abs(likelihood):
            break
        before = likelihood
    return ErrorRates(prevalence, rates, right, likelihood)


def estimate_accuracy(study: CodingStudy) -> tuple[CoderAccuracy, ...]:
    """Return per code and coder of a team how well the code is seen; nothing for fewer than four.

    Args:
        study: What is compared. Units that fewer than three coders coded are left out, and so are
            codes with which any two coders share fewer than twenty units.
    """
    incidence = study.unit_incidence
    if len(study.coders) < FEWEST_CODERS or not incidence.units:
        return ()
    coded = np.stack([coded[incidence.interview] for coded in incidence.coded.values()])
    has = np.stack(list(incidence.coders.values()))
    several = coded.sum(0) >= FEWEST_LABELS
    coded, has, unit_weights = coded[:, several], has[:, several], incidence.weights[several]
    accuracies: list[CoderAccuracy] = []
    for place, code in enumerate(incidence.codes):
        with_code = coded & (has[..., place] & coded).any(0)
        shared = (with_code * unit_weights) @ with_code.T
        if shared.min() < FEWEST_UNITS:
            continue
        # units that all coders treated alike are one row with its number
        patterns, row = np.unique(np.where(coded, has[..., place], -1), axis=1, return_inverse=True)
        weights = np.bincount(row.ravel(), weights=unit_weights).astype(float)
        model = estimate_error_rates(count_labels(patterns.astype(np.int64), 2), weights)
        accuracies += [
            CoderAccuracy(
                code, coder, float(model.prevalence[1]), float(rates[1, 1]), float(rates[0, 0])
            )
            for coder, rates in zip(study.coders, model.rates, strict=True)
        ]
    return tuple(accuracies)
