"""Typology: cases compared on their code profiles, as an aid to name types.

Gower's distance (Gower, J. C. 1971, Biometrics 27(4), 857-871) compares how a case's codings
are divided over the codes: the mean over codes of the difference between two shares, divided
by the range of that share over all cases. Jaccard's compares only which codes a case has. A
code that a case was not asked about and did not bring up is left out of its comparisons.
Clusters are joined by average linkage (UPGMA; Sokal, R. R. and Michener, C. D. 1958); ties
go to the earlier cases. Codings count under the code they have. Cases without a coding are
left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import InvalidValueError
from qualcode.model import (
    AttributeCount,
    Case,
    Codebook,
    CodeCount,
    Coding,
    Merge,
    Transcript,
    TypeGroup,
    Typology,
)
from qualcode.themes.dataset import Material

MEASURES = ("gower", "jaccard")
FEWEST_CASES = 3
GROUPS = 3

Array = NDArray[np.float64]


def compare_cases(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    measure: str = "gower",
    groups: int = GROUPS,
) -> Typology:
    """Return the distances between cases, the dendrogram, and the clusters at ``groups``.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews.
        cases: The respondents.
        measure: ``gower`` or ``jaccard``.
        groups: How many clusters to cut into; at most one per case.

    Raises:
        InvalidValueError: the measure is unknown, or fewer than one cluster is asked for.
    """
    if measure not in MEASURES:
        raise InvalidValueError(f"No measure '{measure}'. Use 'gower' or 'jaccard'.")
    if groups < 1:
        raise InvalidValueError(f"Cases cannot be cut into {groups} groups; ask for 1 or more.")
    material = Material(codings, codebook, transcripts, cases)
    members = [case for case in material.cases if material.of_case(case)]
    used = {coding.code for coding in material.codings}
    paths = tuple(path for path in material.codes if path in used)
    names = tuple(case.name for case in members)
    if len(members) < FEWEST_CASES:
        reason = f"too few cases with codings: {len(members)}, of at least {FEWEST_CASES}"
        return Typology(measure, names, paths, undefined_because=reason)
    distances = _distances(_counts(material, members, paths), measure)
    table = tuple(tuple(None if np.isnan(d) else float(d) for d in row) for row in distances)
    if np.isnan(distances).any():
        one, other = np.argwhere(np.isnan(distances))[0]
        reason = f"cases '{names[one]}' and '{names[other]}' have no code to compare them on"
        return Typology(measure, names, paths, table, undefined_because=reason)
    merges = average_linkage(distances)
    clusters = _cut(len(members), merges, groups)
    parts = [(str(i), [members[j] for j in own]) for i, own in enumerate(clusters, start=1)]
    return Typology(
        measure=measure,
        cases=names,
        codes=paths,
        distances=table,
        merges=merges,
        leaves=tuple(names[i] for i in _leaves(len(members), merges)),
        groups=tuple(_describe(material, name, own, members) for name, own in parts),
    )


def describe_types(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    attribute: str = "type",
    separator: str = ";",
) -> tuple[TypeGroup, ...]:
    """Return what goes with each type that researchers assigned to cases.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews.
        cases: The respondents; ``attribute`` holds the types of each.
        attribute: Name of the case attribute.
        separator: What stands between two types of one case.
    """
    material = Material(codings, codebook, transcripts, cases)
    types: dict[str, list[Case]] = {}
    for case in material.cases:
        names = (name.strip() for name in case.attributes.get(attribute, "").split(separator))
        for name in dict.fromkeys(name for name in names if name):
            types.setdefault(name, []).append(case)
    return tuple(
        _describe(material, name, own, material.cases, leave_out=attribute)
        for name, own in types.items()
    )


def _counts(material: Material, members: Sequence[Case], paths: Sequence[str]) -> Array:
    """Return codings per case and code; NaN where it was neither asked nor brought up."""
    counts = np.full((len(members), len(paths)), np.nan)
    for row, case in zip(counts, members, strict=True):
        found = Counter(coding.code for coding in material.of_case(case))
        for column, path in enumerate(paths):
            if found[path] or material.is_asked(path, case.group):
                row[column] = found[path]
    return counts


def _distances(counts: Array, measure: str) -> Array:
    """Return distances between rows, 0 to 1; NaN where two rows share nothing to compare."""
    known = ~np.isnan(counts)
    filled = np.nan_to_num(counts)
    values = filled > 0
    shares = filled / filled.sum(axis=1, keepdims=True)
    size = len(counts)
    distances = np.zeros((size, size))
    for one, other in combinations(range(size), 2):
        both = known[one] & known[other]
        if measure == "jaccard":
            distance = _jaccard(values[one] & both, values[other] & both)
        else:
            distance = _gower(shares, known, both, (one, other))
        distances[one, other] = distances[other, one] = distance
    return distances


def _jaccard(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    either = int((one | other).sum())
    return 1 - int((one & other).sum()) / either if either else np.nan


def _gower(
    shares: Array, known: NDArray[np.bool_], both: NDArray[np.bool_], pair: tuple[int, int]
) -> float:
    if not both.any():
        return np.nan
    one, other = pair
    total = 0.0
    for column in np.flatnonzero(both):
        values = shares[known[:, column], column]
        width = float(values.max() - values.min())
        if width > 0:
            total += abs(float(shares[one, column] - shares[other, column])) / width
    return total / int(both.sum())


def average_linkage(distances: Array) -> tuple[Merge, ...]:
    """Return the merges of average linkage, nearest first.

    Args:
        distances: Symmetric, n by n, without NaN. Clusters below n are the rows; merge i makes
            cluster n + i.
    """
    size = len(distances)
    members = {i: [i] for i in range(size)}
    merges: list[Merge] = []
    while len(members) > 1:
        best = min(
            (
                round(float(distances[np.ix_(members[a], members[b])].mean()), 12),
                *sorted((min(members[a]), min(members[b]))),
                *sorted((a, b), key=lambda cluster: min(members[cluster])),
            )
            for a, b in combinations(members, 2)
        )
        distance, left, right = best[0], int(best[3]), int(best[4])
        joined = members.pop(left) + members.pop(right)
        members[size + len(merges)] = joined
        merges.append(Merge(left, right, distance, len(joined)))
    return tuple(merges)


def _cut(size: int, merges: Sequence[Merge], groups: int) -> list[list[int]]:
    """Return the clusters left when all but the last ``groups - 1`` merges are made."""
    members = {i: [i] for i in range(size)}
    for number, merge in enumerate(merges[: max(size - groups, 0)]):
        members[size + number] = members.pop(merge.left) + members.pop(merge.right)
    return sorted(sorted(own) for own in members.values())


def _leaves(size: int, merges: Sequence[Merge]) -> list[int]:
    orders = {i: [i] for i in range(size)}
    for number, merge in enumerate(merges):
        orders[size + number] = orders.pop(merge.left) + orders.pop(merge.right)
    return next(iter(orders.values()))


def _describe(
    material: Material,
    name: str,
    own: Sequence[Case],
    everyone: Sequence[Case],
    leave_out: str = "",
) -> TypeGroup:
    inside = {case.name for case in own}
    outside = [case for case in everyone if case.name not in inside]
    codes = [_code_count(material, path, own, outside) for path in material.codes]
    pairs = dict.fromkeys(
        (key, value) for case in own for key, value in case.attributes.items() if value
    )
    attributes = [
        AttributeCount(key, value, _having(own, key, value), len(own),
                       _having(outside, key, value), len(outside))
        for key, value in pairs
        if key != leave_out
    ]  # fmt: skip
    return TypeGroup(
        name=name,
        cases=tuple(case.name for case in own),
        codes=tuple(sorted((c for c in codes if _lead(c) > 0), key=_lead, reverse=True)),
        attributes=tuple(sorted((a for a in attributes if _lead(a) > 0), key=_lead, reverse=True)),
    )


def _code_count(
    material: Material, path: str, own: Sequence[Case], outside: Sequence[Case]
) -> CodeCount:
    found = {coding.transcript for coding in material.below(path)}
    totals = []
    for members in (own, outside):
        asked = [case for case in members if material.is_asked(path, case.group)]
        totals += [sum(1 for c in asked if found & set(c.transcripts)), len(asked)]
    return CodeCount(path, material.codes[path].label, *totals)


def _having(cases: Sequence[Case], key: str, value: str) -> int:
    return sum(1 for case in cases if case.attributes.get(key) == value)


def _lead(count: CodeCount | AttributeCount) -> float:
    """Return how much more common it is inside than outside; 0 outside when nobody is."""
    inside = count.inside / count.of_inside if count.of_inside else 0.0
    return inside - (count.outside / count.of_outside if count.of_outside else 0.0)
