"""How far two coders assign types to the same cases: Cohen's kappa per type.

The unit is a case in a wave, apart for being a type and for describing one. Each type is a yes or
no, because a case may have several types.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from qualcode.agreement.distance import nominal
from qualcode.agreement.kappa import cohen_kappa
from qualcode.messages import Message
from qualcode.model.property_space import TypeAgreement, TypeAssignment, TypeComparison

_Key = tuple[str, bool, str]
"""Case, whether it describes types, and wave."""
_Types = Mapping[_Key, frozenset[str]]
_NONE: frozenset[str] = frozenset()


def compare_types(
    first: Sequence[TypeAssignment],
    second: Sequence[TypeAssignment],
    *,
    coders: tuple[str, str],
    types: Sequence[str],
) -> TypeComparison:
    """Return the agreement on the cases that both assigned something to.

    Args:
        first: The assignments of one coder.
        second: Those of the other.
        coders: Their names.
        types: Names of the types, in the order to print.
    """
    # A case that only one of them assigned is work that is not done yet, not a disagreement.
    cases = {a.case for a in first} & {a.case for a in second}
    ours, theirs = _by_key(first, cases), _by_key(second, cases)
    keys = sorted({*ours, *theirs})
    rows = [_row(name, keys, ours, theirs) for name in types]
    together = _agreement("", *(sum(counts) for counts in zip(*map(_counts, rows), strict=True)))
    return TypeComparison(
        coders,
        len(cases),
        (*rows, together) if rows else (),
        tuple(dict.fromkeys(case for case, _, _ in find_differing(first, second))),
    )


def find_differing(
    first: Sequence[TypeAssignment], second: Sequence[TypeAssignment]
) -> tuple[_Key, ...]:
    """Return where two coders assign other types to a case that both assigned something to.

    Args:
        first: The assignments of one coder.
        second: Those of the other.

    Returns:
        Case, whether it describes types, and wave.
    """
    cases = {a.case for a in first} & {a.case for a in second}
    ours, theirs = _by_key(first, cases), _by_key(second, cases)
    return tuple(
        key for key in sorted({*ours, *theirs}) if ours.get(key, _NONE) != theirs.get(key, _NONE)
    )


def _by_key(assignments: Iterable[TypeAssignment], cases: Collection[str]) -> _Types:
    keys: dict[_Key, frozenset[str]] = {}
    for assignment in assignments:
        if assignment.case in cases:
            key = assignment.key
            keys[key] = keys.get(key, _NONE) | {assignment.type}
    return keys


def _row(name: str, keys: Sequence[_Key], ours: _Types, theirs: _Types) -> TypeAgreement:
    counts = [0, 0, 0, 0]
    for key in keys:
        is_ours, is_theirs = name in ours.get(key, _NONE), name in theirs.get(key, _NONE)
        counts[2 * (not is_ours) + (not is_theirs)] += 1
    return _agreement(name, *counts)


def _counts(row: TypeAgreement) -> tuple[int, int, int, int]:
    return row.both, row.first_only, row.second_only, row.neither


def _agreement(
    name: str, both: int = 0, first_only: int = 0, second_only: int = 0, neither: int = 0
) -> TypeAgreement:
    table = np.array([[both, first_only], [second_only, neither]], dtype=np.float64)
    # Without variation, agreement by chance is complete and kappa is 0 / 0; the reason says so.
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa = float(cohen_kappa(table, nominal(2)))
    reason = None
    if not table.sum():
        reason = Message("no case was assigned by both")
    elif np.isnan(kappa):
        reason = Message("both assign it to all of these cases, or to none")
    value = None if reason else kappa
    return TypeAgreement(name, both, first_only, second_only, neither, value, reason)
