"""``coefficient``: every figure for fixed units, by its name in the literature.

Joins checked ratings with what makes the figure (``two_coders``, ``any_coders``, ``alphas``)
and with its uncertainty. Formulas stand in those modules, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from statistics import NormalDist

import numpy as np

from qualcode.agreement import alphas, any_coders, resampling, two_coders
from qualcode.agreement.contingency import Floats
from qualcode.agreement.family import Family
from qualcode.agreement.labels import Encoded, Ratings, check_distance, encode, members, numbers
from qualcode.agreement.metrics import interval, jaccard, linear, masi, nominal, quadratic, ratio
from qualcode.agreement.options import check_count, is_missing
from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name
from qualcode.model import Coefficient

Maker = Callable[[Encoded, Floats], Family]

ORDERED = {
    "cohen_kappa_linear": linear,
    "cohen_kappa_quadratic": quadratic,
    "gwet_ac2_linear": linear,
    "gwet_ac2_quadratic": quadratic,
}
SETS = {"alpha_masi": masi, "alpha_jaccard": jaccard}
VALUES = {"alpha_interval": interval, "alpha_ratio": ratio}
OWN_DISTANCE = {"weighted_kappa", "alpha_custom"}
BINARY = {"positive_agreement", "negative_agreement", "prevalence_index", "bias_index"}

TWO_CODERS: dict[str, Maker] = {
    "cohen_kappa": two_coders.cohen,
    "cohen_kappa_linear": two_coders.cohen,
    "cohen_kappa_quadratic": two_coders.cohen,
    "weighted_kappa": two_coders.cohen,
    "scott_pi": any_coders.fleiss,
    "bennett_s": any_coders.uniform,
    "pabak": any_coders.uniform,
    "kappa_max": two_coders.kappa_max,
    "prevalence_index": two_coders.prevalence_index,
    "bias_index": two_coders.bias_index,
}
ANY_CODERS: dict[str, Maker] = {
    "percent_agreement": any_coders.percent,
    "percent_agreement_pairable": alphas.pairable,
    "brennan_prediger": any_coders.uniform,
    "randolph_kappa": any_coders.uniform,
    "fleiss_kappa": any_coders.fleiss,
    "conger_kappa": any_coders.conger,
    "light_kappa": two_coders.light,
    "gwet_ac1": any_coders.gwet,
    "gwet_ac2_linear": any_coders.gwet,
    "gwet_ac2_quadratic": any_coders.gwet,
    "alpha_nominal": alphas.alpha,
    "alpha_ordinal": alphas.ordinal_alpha,
    "alpha_interval": alphas.alpha,
    "alpha_ratio": alphas.alpha,
    "alpha_custom": alphas.alpha,
    "alpha_masi": alphas.alpha,
    "alpha_jaccard": alphas.alpha,
    "positive_agreement": two_coders.positive_agreement,
    "negative_agreement": two_coders.negative_agreement,
}
COEFFICIENTS = {**TWO_CODERS, **ANY_CODERS}
"""All names, with what makes the figure."""

DECLARED = {
    "brennan_prediger", "bennett_s", "randolph_kappa", "pabak", "gwet_ac1", *ORDERED,
}  # fmt: skip
"""Figures that change with the declared categories, so cannot do without."""


def coefficient(
    name: str,
    ratings: Ratings,
    *,
    categories: Sequence[object] | None = None,
    positive: object = None,
    distance: tuple[Sequence[object], object] | None = None,
    documents: Sequence[Hashable] | None = None,
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> Coefficient:
    """Return one figure of agreement on fixed units.

    Without ``documents`` the standard error is analytic: Fleiss, Cohen and Everitt 1969
    (large sample, not under the null) with a normal interval for kappa and weighted kappa;
    Gwet's linearised variance with divisor n(n - 1) and a t interval for the others; none
    for ``kappa_max``. With ``documents`` it is clustered (see ``resampling.clustered``).

    Args:
        name: Its name in the literature: a key of ``COEFFICIENTS``.
        ratings: Per coder one label per unit; None where the coder did not code the unit;
            for ``alpha_masi`` and ``alpha_jaccard`` a tuple of labels.
        categories: All labels that could be given, in order where order counts. Figures
            that change with them (Brennan-Prediger, S, Randolph, PABAK, AC1, AC2, weighted
            kappa) cannot do without; others take the labels in use.
        positive: The label that counts as present, for figures about a single label.
        distance: Labels and the matrix of disagreement between them, 0 on the diagonal;
            for ``weighted_kappa`` and ``alpha_custom``.
        documents: A document id per unit: what was sampled.
        resamples: Number of bootstrap samples, from 20 documents on.
        seed: Seed of the bootstrap.

    Raises:
        UnknownNameError: no such figure, or a label that was not declared.
        UndefinedRequestError: one coder only; more than two where the figure takes two;
            ``categories``, ``positive`` or ``distance`` missing where it is needed.
        InvalidValueError: unequal lengths, NaN, a malformed label, category or distance.
    """
    check_count("resamples", resamples, lowest=1)
    check_count("seed", seed, lowest=0)
    _check_asked(name, categories, positive, distance)
    own = None
    if distance is not None:
        known, own = check_distance(distance, symmetric=name.startswith("alpha"))
        categories = known if categories is None else categories
        own = _arranged(known, own, categories)
    encoded = encode(ratings, categories, sets=name in SETS)
    _check_coders(name, encoded)
    if name in BINARY or positive is not None:
        encoded = _binary(encoded, name, positive, declared=categories is not None)
    groups = _groups(documents, encoded.labels.shape[1])
    reason = _nothing_to_compare(encoded)
    if reason:
        return Coefficient(name, None, reason, units=0)
    if len(encoded.categories) < 2 and name in DECLARED:
        return Coefficient(
            name, None, "only one category is declared", 1.0, units=int((encoded.given > 1).sum())
        )
    family = COEFFICIENTS[name](encoded, _distance(name, encoded, own))
    return _figure(name, family, groups, resamples=resamples, seed=seed)


def _check_asked(
    name: str, categories: Sequence[object] | None, positive: object, distance: object
) -> None:
    """Refuse a name that there is not, and keywords that do not go with the figure."""
    if str(name) not in COEFFICIENTS:
        raise unknown_name("coefficient", str(name), COEFFICIENTS, "qualcode.agreement")
    if (distance is not None) != (name in OWN_DISTANCE):
        raise UndefinedRequestError(
            f"'{name}' needs distance=(labels, matrix)."
            if name in OWN_DISTANCE
            else f"'{name}' has a distance of its own: use weighted_kappa or alpha_custom."
        )
    if positive is not None and (name in SETS or name in VALUES):
        raise UndefinedRequestError(f"'{name}' is not about a single label: leave out positive=.")
    if name in DECLARED and categories is None:
        raise UndefinedRequestError(
            f"'{name}' changes with the categories there are: give categories=[...] from the "
            "codebook."
        )


def _check_coders(name: str, encoded: Encoded) -> None:
    """Refuse more than two coders where the figure takes two."""
    if name in TWO_CODERS and len(encoded.coders) > 2:
        raise UndefinedRequestError(
            f"'{name}' compares two coders; got {len(encoded.coders)}. For more there are "
            "fleiss_kappa, conger_kappa, light_kappa, randolph_kappa, gwet_ac1 and the alphas."
        )


def _arranged(known: Sequence[Hashable], matrix: Floats, categories: Sequence[object]) -> Floats:
    """Return the rows and columns of a distance in the order of the categories."""
    place = {label: i for i, label in enumerate(known)}
    for category in categories:
        if category not in place:
            raise InvalidValueError(f"The distance has no row for the category {category!r}.")
    order = [place[category] for category in categories]
    return matrix[np.ix_(order, order)]


def _binary(encoded: Encoded, name: str, positive: object, *, declared: bool) -> Encoded:
    """Return the ratings as 0 (absent) and 1 (present)."""
    labels = list(encoded.categories)
    if positive is None:
        if not (set(labels) <= {0, 1} or (name == "bias_index" and len(labels) == 2)):
            raise UndefinedRequestError(
                f"'{name}' is about one label: say which one with positive=..."
            )
        positive = labels[-1] if name == "bias_index" and 1 not in labels else 1
    elif declared and positive not in labels:
        raise unknown_name("category", str(positive), map(str, labels), "the ratings")
    present = np.array([label == positive for label in labels] + [False])
    found = np.where(encoded.labels < 0, -1, present[encoded.labels].astype(np.int64))
    return Encoded(encoded.coders, found, (0, 1))


def _groups(documents: Sequence[object] | None, units: int) -> list[int] | None:
    """Return the number of the document of each unit."""
    if documents is None:
        return None
    if not hasattr(documents, "__len__"):
        raise InvalidValueError(f"Documents are a list with one a unit; got {documents!r}.")
    if len(documents) != units:
        raise InvalidValueError(
            f"There are {units} units and {len(documents)} documents: give one document a unit."
        )
    for one in documents:
        if is_missing(one):
            raise InvalidValueError(f"{one!r} is no document: give one document a unit.")
    number = {document: i for i, document in enumerate(dict.fromkeys(documents))}
    return [number[document] for document in documents]


def _nothing_to_compare(encoded: Encoded) -> str:
    if encoded.labels.shape[1] == 0:
        return "there are no units"
    for coder, row in zip(encoded.coders, encoded.labels, strict=True):
        if (row < 0).all():
            return f"coder '{coder}' coded none of the units"
    if not (encoded.given > 1).any():
        return "no unit was coded by two coders"
    return ""


def _distance(name: str, encoded: Encoded, own: Floats | None) -> Floats:
    q = len(encoded.categories)
    if own is not None:
        return own
    if name in ORDERED:
        return ORDERED[name](q)
    if name in SETS:
        return SETS[name](members(encoded.categories))
    if name in VALUES:
        return VALUES[name](numbers(encoded.categories, name))
    return nominal(q)


def _figure(
    name: str, family: Family, groups: list[int] | None, *, resamples: int, seed: int
) -> Coefficient:
    one = family.sums(np.zeros(family.units, dtype=np.int64), 1)
    value = float(resampling.overall(one, family.value))
    units = int(family.counted)
    observed = float(resampling.overall(one, family.observed)) if family.observed else None
    if not np.isfinite(value):
        return Coefficient(name, None, family.reason, observed, units=units)
    if groups is None:
        error, limits, detail = _analytic(family, value)
    else:
        error, limits, detail = _clustered(family, groups, resamples, seed)
    if groups is None and error == 0 and value == 1:
        detail += "; no disagreement was seen, so the interval has no width"
    return Coefficient(name, value, None, observed, error, limits, units, detail)


def _analytic(family: Family, value: float) -> tuple[float | None, tuple[float, float] | None, str]:
    if family.influence is None:
        return None, None, "no analytic standard error"
    influence = family.influence()
    n = len(influence)
    if n < 2:
        return None, None, "no standard error from one unit"
    squares = float(np.square(influence).sum())
    if family.large_sample:
        error, quantile = squares**0.5 / n, NormalDist().inv_cdf(0.975)
        detail = "Fleiss, Cohen and Everitt 1969, normal interval"
    else:
        degrees = family.degrees or n - 1
        error, quantile = (squares / (n * (n - 1))) ** 0.5, resampling.student_t(degrees)
        detail = f"linearised variance (Gwet), t with {degrees} degrees of freedom"
    limits = value - quantile * error, value + quantile * error
    return error, _clipped(family, *limits), detail


def _clustered(
    family: Family, groups: list[int], resamples: int, seed: int
) -> tuple[float | None, tuple[float, float] | None, str]:
    numbers_of = np.asarray(groups, dtype=np.int64)
    sums = family.sums(numbers_of, int(numbers_of.max()) + 1)
    unsure = resampling.clustered(sums, family.value, resamples=resamples, seed=seed)
    error, low, high = float(unsure.error), float(unsure.low), float(unsure.high)
    limits = _clipped(family, low, high) if np.isfinite(low) else None
    return (error if np.isfinite(error) else None), limits, unsure.in_words()


def _clipped(family: Family, low: float, high: float) -> tuple[float, float]:
    return max(low, family.lowest), min(high, 1.0)
