"""``coefficient``: every coefficient on fixed units, by its name in the literature.

Joins checked ratings with the entry of the registry and with the uncertainty. Formulas and
what a coefficient needs are in ``coefficients``.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from statistics import NormalDist

import numpy as np

from qualcode.agreement import uncertainty
from qualcode.agreement.arrays import Floats
from qualcode.agreement.checks import check_count, is_missing
from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.distance import nominal
from qualcode.agreement.entries import Entry
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.measure import ONE_CATEGORY, Measure, one_group
from qualcode.agreement.ratings import (
    EncodedRatings,
    Ratings,
    check_distance,
    encode_ratings,
    label_numbers,
)
from qualcode.agreement.resampling import value_of_all
from qualcode.agreement.student_t import student_t
from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import Coefficient
from qualcode.model.comparison import INTERVAL_QUANTILES, JACKKNIFE, RESAMPLES, SEED

NO_SPREAD = Message(
    "no interval: the figure stays the same whichever unit is left out, so there is nothing to "
    "estimate an error from"
)


def coefficient(
    name: str,
    ratings: Ratings,
    *,
    categories: Sequence[object] | None = None,
    positive: object = None,
    distance: tuple[Sequence[object], object] | None = None,
    documents: Sequence[Hashable] | None = None,
    intervals: str = JACKKNIFE,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Coefficient:
    """Return one coefficient of agreement on fixed units.

    Without ``documents`` the standard error is analytic: Fleiss, Cohen and Everitt 1969
    (large sample, not under the null) with a normal interval for kappa and weighted kappa;
    Gwet's linearised variance with divisor n(n - 1) and a t interval for the others; none
    for ``kappa_max``. With ``documents`` it is clustered (see ``uncertainty``).

    Args:
        name: Its name in the literature: a key of ``COEFFICIENTS``.
        ratings: Per coder one label per unit; None where the coder did not code the unit;
            for ``alpha_masi`` and ``alpha_jaccard`` a tuple of labels.
        categories: All labels that could be given, in order where order counts. Coefficients
            that change with them (Brennan-Prediger, S, Randolph, PABAK, AC1, AC2, weighted
            kappa) cannot do without; others take the labels in use.
        positive: The label that counts as present, for coefficients about a single label.
        distance: Labels and the matrix of disagreement between them, 0 on the diagonal;
            for ``weighted_kappa`` and ``alpha_custom``.
        documents: A document id per unit: the documents are the sample.
        intervals: How intervals are found with documents: ``jackknife`` or ``bootstrap``.
        resamples: Number of samples of the bootstrap.
        seed: Seed of the bootstrap.

    Raises:
        UnknownNameError: no such coefficient, or a label that was not declared.
        UndefinedRequestError: one coder only; more than two where the coefficient takes two;
            ``categories``, ``positive`` or ``distance`` missing where it is needed.
        InvalidValueError: unequal lengths, NaN, a malformed label, category or distance.
    """
    check_count("resamples", resamples, lowest=1)
    check_count("seed", seed, lowest=0)
    method = IntervalMethod(intervals, resamples, seed)
    if str(name) not in COEFFICIENTS:
        raise unknown_name("coefficient", str(name), COEFFICIENTS, "qualcode.agreement")
    entry = COEFFICIENTS[name]
    _check_keywords(name, entry, categories, positive, distance)
    # labels of a custom distance are declared categories too
    custom = None
    if distance is not None:
        labels, matrix = check_distance(distance, symmetric=name.startswith("alpha"))
        categories = labels if categories is None else categories
        custom = _arrange(labels, matrix, categories)
    encoded = encode_ratings(ratings, categories, sets=entry.sets)
    _check_coders(name, entry, encoded)
    if entry.binary or positive is not None:
        encoded = _binary(encoded, name, positive, declared=categories is not None)
    groups = _document_numbers(documents, encoded.labels.shape[1])
    reason = _nothing_to_compare(encoded)
    if reason:
        return Coefficient(name, None, reason, units=0)
    # chance agreement is 1 with one category, so 1 - chance cannot divide
    if len(encoded.categories) < 2 and entry.declared:
        units = int((encoded.labelled > 1).sum())
        return Coefficient(name, None, ONE_CATEGORY, 1.0, units=units)
    between = custom if custom is not None else _distances(name, entry, encoded)
    return _estimate(name, entry.measure(encoded, between), groups, method)


# --- checks -----------------------------------------------------------------------------------


def _check_keywords(
    name: str, entry: Entry, categories: Sequence[object] | None, positive: object, distance: object
) -> None:
    """Refuse keywords that do not go with the coefficient."""
    if (distance is not None) != entry.custom:
        raise UndefinedRequestError(
            Message("'{name}' needs distance=(labels, matrix).", name=name)
            if entry.custom
            else Message(
                "'{name}' has a distance of its own: use weighted_kappa or alpha_custom.", name=name
            )
        )
    if positive is not None and (entry.sets or entry.values):
        raise UndefinedRequestError(
            Message("'{name}' is not about a single label: leave out positive=.", name=name)
        )
    if entry.declared and categories is None:
        raise UndefinedRequestError(
            Message(
                "'{name}' changes with the categories there are: give categories=[...] from "
                "the codebook.",
                name=name,
            )
        )


def _check_coders(name: str, entry: Entry, encoded: EncodedRatings) -> None:
    """Refuse more than two coders where the coefficient takes two."""
    if entry.two_coders and len(encoded.coders) > 2:
        raise UndefinedRequestError(
            Message(
                "'{name}' compares two coders; got {count_coders}. For more there are "
                "fleiss_kappa, conger_kappa, light_kappa, randolph_kappa, gwet_ac1 and the "
                "alphas.",
                name=name,
                count_coders=len(encoded.coders),
            )
        )


def _arrange(labels: Sequence[Hashable], matrix: Floats, categories: Sequence[object]) -> Floats:
    """Return the rows and columns of a distance in the order of the categories."""
    place = {label: i for i, label in enumerate(labels)}
    for category in categories:
        if category not in place:
            raise InvalidValueError(
                Message(
                    "The distance has no row for the category {category}.", category=repr(category)
                )
            )
    order = [place[category] for category in categories]
    return matrix[np.ix_(order, order)]


def _binary(
    encoded: EncodedRatings, name: str, positive: object, *, declared: bool
) -> EncodedRatings:
    """Return the ratings as 0 (absent) and 1 (present)."""
    labels = list(encoded.categories)
    if positive is None:
        # the bias index is the same for either label, so any two will do
        if not (set(labels) <= {0, 1} or (name == "bias_index" and len(labels) == 2)):
            raise UndefinedRequestError(
                Message("'{name}' is about one label: say which one with positive=...", name=name)
            )
        positive = labels[-1] if name == "bias_index" and 1 not in labels else 1
    elif declared and positive not in labels:
        raise unknown_name("category", str(positive), map(str, labels), "the ratings")
    # a place of its own at the end: -1, a label that is missing, reads the last one
    present = np.array([label == positive for label in labels] + [False])
    binary = np.where(encoded.labels < 0, -1, present[encoded.labels].astype(np.int64))
    return EncodedRatings(encoded.coders, binary, (0, 1))


def _document_numbers(documents: Sequence[object] | None, units: int) -> list[int] | None:
    """Return the number of the document of each unit."""
    if documents is None:
        return None
    if not hasattr(documents, "__len__"):
        raise InvalidValueError(
            Message(
                "Give 'documents' as a list with one document for each unit; got {documents}.",
                documents=repr(documents),
            )
        )
    if len(documents) != units:
        raise InvalidValueError(
            Message(
                "There are {units} units and {count_documents} documents: give one document "
                "for each unit.",
                units=units,
                count_documents=len(documents),
            )
        )
    for one in documents:
        if is_missing(one):
            raise InvalidValueError(
                Message("{one} is not a document: give one document for each unit.", one=repr(one))
            )
    number = {document: i for i, document in enumerate(dict.fromkeys(documents))}
    return [number[document] for document in documents]


def _nothing_to_compare(encoded: EncodedRatings) -> str:
    if encoded.labels.shape[1] == 0:
        return "there are no units"
    for coder, row in zip(encoded.coders, encoded.labels, strict=True):
        if (row < 0).all():
            return Message("coder '{coder}' coded none of the units", coder=coder)
    if not (encoded.labelled > 1).any():
        return "no unit was coded by two coders"
    return ""


def _distances(name: str, entry: Entry, encoded: EncodedRatings) -> Floats:
    """Return the distances between the categories that belong to a coefficient."""
    if entry.ordered:
        return entry.ordered(len(encoded.categories))
    if entry.sets:
        # thousands of sets would fill the memory with distances
        return nominal(0)
    if entry.values:
        return entry.values(label_numbers(encoded.categories, name))
    return nominal(len(encoded.categories))


# --- value and uncertainty --------------------------------------------------------------------


def _estimate(
    name: str, measure: Measure, groups: list[int] | None, method: IntervalMethod
) -> Coefficient:
    """Return the value of a measure with its standard error and interval."""
    sums = measure.sums(one_group(measure.units), 1)
    value = float(value_of_all(sums, measure.value))
    observed = float(value_of_all(sums, measure.observed)) if measure.observed else None
    if not np.isfinite(value):
        return Coefficient(name, None, measure.reason, observed, units=measure.counted)
    if groups is None:
        error, limits, detail = _analytic(measure, value)
    else:
        error, limits, detail = _clustered(measure, groups, method)
    return Coefficient(name, value, None, observed, error, limits, measure.counted, detail)


def _analytic(
    measure: Measure, value: float
) -> tuple[float | None, tuple[float, float] | None, str]:
    """Return standard error, interval and method from the influence of each unit."""
    if measure.influence is None:
        return None, None, "no analytic standard error"
    influence = measure.influence()
    n = len(influence)
    # n - 1 degrees of freedom: none are left
    if n < 2:
        return None, None, "no standard error from one unit"
    squares = float(np.square(influence).sum())
    if measure.large_sample:
        error, quantile = squares**0.5 / n, NormalDist().inv_cdf(INTERVAL_QUANTILES[1])
        detail = "Fleiss, Cohen and Everitt 1969, normal interval"
    else:
        degrees = measure.degrees or n - 1
        error, quantile = (squares / (n * (n - 1))) ** 0.5, float(student_t(degrees))
        detail = Message(
            "linearised variance (Gwet), t with {degrees} degrees of freedom", degrees=degrees
        )
    # A width of zero would read as certainty.
    if error < uncertainty.FLAT:
        return None, None, NO_SPREAD
    return error, _clip(measure, value - quantile * error, value + quantile * error), detail


def _clustered(
    measure: Measure, groups: list[int], method: IntervalMethod
) -> tuple[float | None, tuple[float, float] | None, str]:
    """Return standard error, interval and method with documents as the sample."""
    numbers = np.asarray(groups, dtype=np.int64)
    sums = measure.sums(numbers, int(numbers.max()) + 1)
    clustered = uncertainty.cluster_uncertainty(
        sums,
        measure.value,
        method,
        lowest=measure.lowest,
        of_agreement=measure.of_agreement,
        # a document of a single unit has no coefficient by itself, and counts
        occurs=np.full(len(sums[0]), np.inf),
    )
    error = float(clustered.error)
    return (error if np.isfinite(error) else None), clustered.limits[0], clustered.reasons[0]


def _clip(measure: Measure, low: float, high: float) -> tuple[float, float]:
    return max(low, measure.lowest), min(high, 1.0)
