"""Ratings as whole numbers, checked: every coefficient starts from them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from types import NoneType

import numpy as np

from qualcode.agreement.arrays import Floats, Integers
from qualcode.agreement.checks import check_coders, is_missing, is_number
from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message

MISSING = -1

Ratings = Mapping[str, Sequence[object]]


MOST_CELLS = 20_000_000
"""Units times labels that are counted at once; with more, coders are gone through."""


CLOSE = 10_000
"""Numbers that span less are encoded by a table of all numbers between them."""


# no slots: the counts are computed when they are first asked for, and kept
@dataclass(frozen=True)
class EncodedRatings:
    """Ratings as whole numbers.

    Attributes:
        coders: Names of the coders: the rows.
        labels: Number of the label per coder and unit, ``(coders, units)``; -1 where the
            coder did not code the unit.
        categories: The labels; their order counts for ordered figures.
    """

    coders: tuple[str, ...]
    labels: Integers
    categories: tuple[Hashable, ...]

    @cached_property
    def labelled(self) -> Integers:
        """Number of coders who gave each unit a label."""
        labelled: Integers = (self.labels >= 0).sum(0)
        return labelled

    @cached_property
    def counts(self) -> Floats | None:
        """How many coders gave each unit each label, ``(units, q)``; None where it is too large."""
        units, q = self.labels.shape[1], len(self.categories)
        if units * q > MOST_CELLS:
            return None
        # a place of its own for labels that are missing, which is dropped
        cells = np.arange(units) * (q + 1) + self.labels + 1
        counts = np.bincount(cells.ravel(), minlength=units * (q + 1)).reshape(units, q + 1)
        return counts[:, 1:].astype(float)


def encode_ratings(
    ratings: Ratings, categories: Sequence[object] | None, *, sets: bool
) -> EncodedRatings:
    """Return ratings as whole numbers.

    Args:
        ratings: Per coder one label per unit; None where the coder did not code it.
        categories: The declared labels (of sets: their members); None takes those in use.
        sets: Whether a label is a set of labels, given as a tuple.

    Raises:
        UndefinedRequestError: fewer than two coders.
        InvalidValueError: unequal lengths, NaN, a label that is not a set, categories twice.
        UnknownNameError: a label that was not declared.
    """
    if not isinstance(ratings, Mapping):
        raise InvalidValueError("Ratings are a dictionary: per coder a list with one label a unit.")
    coders = tuple(ratings)
    check_coders(coders)
    _check_lengths(ratings)
    declared = None if categories is None else _declared(categories)
    if declared is None and not sets:
        encoded = _encode_numbers(ratings)
        if encoded is not None:
            return encoded
    rows = [_labels(ratings[coder], coder, sets=sets) for coder in coders]
    labels_in_use: set[Hashable] = set().union(*rows) - {None}
    if declared is not None:
        _check_declared(labels_in_use, declared, sets=sets)
    # of sets the members are declared, so the categories are the sets in use
    categories_used = _in_order(labels_in_use) if sets or declared is None else declared
    number = {label: i for i, label in enumerate(categories_used)}
    places: dict[object, int] = {**number, None: MISSING}
    labels = np.array(
        [np.fromiter(map(places.__getitem__, row), dtype=np.int64, count=len(row)) for row in rows]
    )
    return EncodedRatings(coders, labels.reshape(len(coders), -1), tuple(categories_used))


def _encode_numbers(ratings: Ratings) -> EncodedRatings | None:
    """Return ratings that are arrays of whole numbers close to each other; None for others."""
    rows: list[object] = list(ratings.values())
    arrays = [row for row in rows if isinstance(row, np.ndarray) and row.dtype.kind in "iu"]
    if len(arrays) < len(rows) or not arrays[0].size:
        return None
    numbers = np.stack(arrays).astype(np.int64)
    lowest = int(numbers.min())
    if int(numbers.max()) - lowest >= CLOSE:
        return None
    numbers -= lowest
    in_use = np.bincount(numbers.ravel()) > 0
    # the place of each number among those in use
    places = np.cumsum(in_use) - 1
    categories = tuple((np.nonzero(in_use)[0] + lowest).tolist())
    return EncodedRatings(tuple(ratings), places[numbers], categories)


def _check_lengths(ratings: Ratings) -> None:
    for coder, values in ratings.items():
        if isinstance(values, str) or not hasattr(values, "__len__"):
            raise InvalidValueError(
                Message(
                    "Ratings of '{coder}' must be a list with one label for each unit.", coder=coder
                )
            )
    sizes = {coder: len(values) for coder, values in ratings.items()}
    if len(set(sizes.values())) > 1:
        counts = ", ".join(f"'{coder}' {size}" for coder, size in sizes.items())
        raise InvalidValueError(
            Message(
                "Coders rated unequal numbers of units ({counts}). Give one label per unit "
                "each, and None for a unit that a coder did not code.",
                counts=counts,
            )
        )


def _labels(values: Sequence[object], coder: str, *, sets: bool) -> list[Hashable | None]:
    """Return checked labels; equal tuples of text are checked once."""
    array: object = values
    if not sets and isinstance(array, np.ndarray) and array.dtype.kind in "iu":
        return list(array.tolist())
    kinds = set(map(type, values))
    # whole numbers and texts are labels as they are; True is equal to 1 and no number
    if not sets and (kinds <= {int, NoneType} or kinds <= {str, NoneType}):
        return list(values)
    if not sets:
        return [_label(value, coder, sets=sets) for value in values]
    checked: dict[object, Hashable | None] = {}
    labels = []
    for value in values:
        # 1, True and 1.0 are equal but not the same label, so only text is looked up
        if not (value is None or (isinstance(value, tuple) and set(map(type, value)) <= {str})):
            labels.append(_label(value, coder, sets=sets))
            continue
        if value not in checked:
            checked[value] = _label(value, coder, sets=sets)
        labels.append(checked[value])
    return labels


def _label(value: object, coder: str, *, sets: bool) -> Hashable | None:
    if value is None:
        return None
    if sets:
        if not isinstance(value, tuple | list | set | frozenset):
            raise InvalidValueError(
                Message(
                    "'{coder}' has the label {value} where a tuple of labels belongs, such as "
                    "('a', 'b') or ().",
                    coder=coder,
                    value=repr(value),
                )
            )
        return frozenset(_single(member, coder) for member in value)
    if isinstance(value, tuple | list | set | frozenset):
        raise InvalidValueError(
            Message(
                "'{coder}' has several labels on a unit ({value}): use alpha_masi or "
                "alpha_jaccard.",
                coder=coder,
                value=repr(value),
            )
        )
    return _single(value, coder)


def _single(value: object, coder: str) -> Hashable:
    # numpy's numbers are unlike Python's where they are compared by type
    if isinstance(value, np.generic):
        value = value.item()
    if is_missing(value):
        raise InvalidValueError(
            Message(
                "'{coder}' has {value} as a label. Use None for a unit that was not coded.",
                coder=coder,
                value=repr(value),
            )
        )
    return value


def _declared(categories: Sequence[object]) -> tuple[Hashable, ...]:
    if not isinstance(categories, Iterable):
        raise InvalidValueError(
            Message(
                "Categories are a list of labels; got {categories}.", categories=repr(categories)
            )
        )
    labels = tuple(_single(category, "categories") for category in categories)
    if len(set(labels)) < len(labels):
        raise InvalidValueError("A category was declared twice.")
    if not labels:
        raise InvalidValueError("No categories were declared.")
    return labels


def _check_declared(
    labels: Iterable[Hashable], declared: tuple[Hashable, ...], *, sets: bool
) -> None:
    declared_labels = set(declared)
    for label in labels:
        for member in label if sets and isinstance(label, frozenset) else (label,):
            if member not in declared_labels:
                raise unknown_name(
                    "category", str(member), map(str, declared), "the declared categories"
                )


def _in_order(labels: Iterable[Hashable]) -> tuple[Hashable, ...]:
    """Return labels in a fixed order: numbers by size, then the rest by their text."""

    # so that figures do not depend on the order in which labels are met
    def key(label: Hashable) -> tuple[bool, float, str]:
        if isinstance(label, int | float):
            return (False, float(label), "")
        # a set has no order of its own to sort by
        text = "|".join(sorted(map(repr, label))) if isinstance(label, frozenset) else repr(label)
        return (True, 0.0, text)

    return tuple(sorted(labels, key=key))


def set_members(categories: Sequence[Hashable]) -> Floats:
    """Return sets as rows of 0 and 1, one column per label that occurs in any."""
    sets = [category for category in categories if isinstance(category, frozenset)]
    column = {label: i for i, label in enumerate(_in_order(frozenset[Hashable]().union(*sets)))}
    rows = np.zeros((len(sets), len(column)))
    for i, labels in enumerate(sets):
        rows[i, [column[label] for label in labels]] = 1.0
    return rows


def label_numbers(categories: Sequence[Hashable], name: str) -> Floats:
    """Return labels as numbers.

    Raises:
        InvalidValueError: a label is not a finite number; for a ratio scale, less than 0.
    """
    for label in categories:
        if not is_number(label) or not isfinite(label):
            raise InvalidValueError(
                Message(
                    "'{name}' needs numbers as labels; got {label}.", name=name, label=repr(label)
                )
            )
        if name.endswith("_ratio") and label < 0:
            raise InvalidValueError(
                Message(
                    "A ratio scale starts at 0; got {label}: use alpha_interval.", label=repr(label)
                )
            )
    return np.array(categories, dtype=float)


def check_distance(pair: object, *, symmetric: bool) -> tuple[tuple[Hashable, ...], Floats]:
    """Return the labels and the matrix of a custom distance, checked.

    Raises:
        InvalidValueError: not such a pair, not numbers, not square, negative, not finite, or
            not zero on the diagonal.
    """
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise InvalidValueError("A distance is a pair: labels, and a matrix with a row for each.")
    known = _declared(pair[0])
    try:
        distance = np.asarray(pair[1], dtype=float)
    except (TypeError, ValueError):
        raise InvalidValueError(
            "The matrix of a distance holds numbers, in rows of the same length."
        ) from None
    if distance.shape != (len(known), len(known)):
        raise InvalidValueError(
            Message(
                "The distance has shape {shape}; {count_known} labels need ({count_known}, "
                "{count_known}).",
                shape=distance.shape,
                count_known=len(known),
            )
        )
    if not np.isfinite(distance).all() or (distance < 0).any() or distance.diagonal().any():
        raise InvalidValueError(
            "A distance holds numbers of 0 or more, with 0 between a label and itself."
        )
    # kappa may weigh A over B and B over A differently; alpha pairs values without order
    if symmetric and not np.allclose(distance, distance.T):
        raise InvalidValueError("Alpha needs a distance that is the same in both directions.")
    if not distance.any():
        raise InvalidValueError("The distance is 0 everywhere, so nothing could disagree.")
    return known, distance
