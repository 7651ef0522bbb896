"""Compares cases on their code profiles, to help researchers to build a typology.

Gower's distance (Gower, J. C. 1971, Biometrics 27(4), 857-871) compares the distribution of
codings over codes: the mean over codes of the difference between two shares, divided by the
range of that share over all cases. Jaccard's distance compares only which codes a case has. A
code that a case was not asked about and did not bring up is left out of its comparisons.
Clusters are joined by average linkage (UPGMA; Sokal, R. R. and Michener, C. D. 1958); ties go
to the earlier cases. A coding counts for its own code. Cases without a coding are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
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
from qualcode.themes.dataset import ThemeDataset

MEASURES = ("gower", "jaccard")
# Two cases have one distance, which makes no clusters.
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
        groups: Number of clusters; at most one per case.

    Raises:
        InvalidValueError: The measure is unknown, or ``groups`` is below 1.
    """
    if measure not in MEASURES:
        raise InvalidValueError(
            Message("No measure '{measure}'. Use 'gower' or 'jaccard'.", measure=measure)
        )
    if groups < 1:
        raise InvalidValueError(
            Message("Cases cannot be cut into {groups} groups; ask for 1 or more.", groups=groups)
        )
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    # A case without codings has no profile to compare.
    members = [case for case in dataset.cases if dataset.of_case(case)]
    used_codes = {coding.code for coding in dataset.codings}
    paths = tuple(path for path in dataset.codes if path in used_codes)
    names = tuple(case.name for case in members)
    if len(members) < FEWEST_CASES:
        reason = Message(
            "too few cases with codings: {count_members}, of at least {fewest_cases}",
            count_members=len(members),
            fewest_cases=FEWEST_CASES,
        )
        return Typology(measure, names, paths, undefined_because=reason)
    distances = _distances(_counts(dataset, members, paths), measure)
    table = tuple(tuple(None if np.isnan(d) else float(d) for d in row) for row in distances)
    if np.isnan(distances).any():
        first, second = np.argwhere(np.isnan(distances))[0]
        reason = Message(
            "cases '{names}' and '{names_2}' have no code to compare them on",
            names=names[first],
            names_2=names[second],
        )
        return Typology(measure, names, paths, table, undefined_because=reason)
    merges = average_linkage(distances)
    clusters = _cut(len(members), merges, groups)
    parts = [(str(i), [members[j] for j in cluster]) for i, cluster in enumerate(clusters, start=1)]
    return Typology(
        measure=measure,
        cases=names,
        codes=paths,
        distances=table,
        merges=merges,
        leaves=tuple(names[i] for i in _leaves(len(members), merges)),
        groups=tuple(_describe(dataset, name, cluster, members) for name, cluster in parts),
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
    """Return the codes and attributes of each type that researchers assigned to cases.

    Args:
        codings: The codings of one layer.
        codebook: Their codebook.
        transcripts: The interviews.
        cases: The respondents; ``attribute`` holds the types of each.
        attribute: Name of the case attribute.
        separator: Sign between two types of one case.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    types: dict[str, list[Case]] = {}
    for case in dataset.cases:
        names = (name.strip() for name in case.attributes.get(attribute, "").split(separator))
        for name in dict.fromkeys(name for name in names if name):
            types.setdefault(name, []).append(case)
    return tuple(
        _describe(dataset, name, type_cases, dataset.cases, leave_out=attribute)
        for name, type_cases in types.items()
    )


def _counts(dataset: ThemeDataset, members: Sequence[Case], paths: Sequence[str]) -> Array:
    """Return codings per case and code; NaN if it was neither asked nor brought up."""
    counts = np.full((len(members), len(paths)), np.nan)
    for row, case in zip(counts, members, strict=True):
        code_counts = Counter(coding.code for coding in dataset.of_case(case))
        for column, path in enumerate(paths):
            if code_counts[path] or dataset.is_asked(path, case.group):
                row[column] = code_counts[path]
    return counts


def _distances(counts: Array, measure: str) -> Array:
    """Return distances between rows, 0 to 1; NaN if two rows have no code in common."""
    asked_codes = ~np.isnan(counts)
    filled = np.nan_to_num(counts)
    values = filled > 0
    # Each case has at least one coding, so no row adds up to 0.
    shares = filled / filled.sum(axis=1, keepdims=True)
    size = len(counts)
    distances = np.zeros((size, size))
    for first, second in combinations(range(size), 2):
        compared = asked_codes[first] & asked_codes[second]
        if measure == "jaccard":
            distance = _jaccard(values[first] & compared, values[second] & compared)
        else:
            distance = _gower(shares, asked_codes, compared, (first, second))
        distances[first, second] = distances[second, first] = distance
    return distances


def _jaccard(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    union = int((first | second).sum())
    return 1 - int((first & second).sum()) / union if union else np.nan


def _gower(
    shares: Array,
    asked_codes: NDArray[np.bool_],
    compared: NDArray[np.bool_],
    pair: tuple[int, int],
) -> float:
    if not compared.any():
        return np.nan
    first, second = pair
    total = 0.0
    for column in np.flatnonzero(compared):
        values = shares[asked_codes[:, column], column]
        width = float(values.max() - values.min())
        # A code with the same share in all cases adds no difference but still counts in the mean.
        if width > 0:
            total += abs(float(shares[first, column] - shares[second, column])) / width
    return total / int(compared.sum())


def average_linkage(distances: Array) -> tuple[Merge, ...]:
    """Return the merges of average linkage, nearest first.

    Args:
        distances: Symmetric, n by n, without NaN. Clusters 0 to n - 1 are the rows; merge i
            makes cluster n + i.
    """
    size = len(distances)
    members = {i: [i] for i in range(size)}
    merges: list[Merge] = []
    while len(members) > 1:
        # The smallest distance wins, then the earliest cases, so the result is the same everywhere.
        best = min(
            (
                round(float(distances[np.ix_(members[a], members[b])].mean()), 12),
                *sorted((min(members[a]), min(members[b]))),
                *sorted((a, b), key=lambda cluster: min(members[cluster])),
            )
            for a, b in combinations(members, 2)
        )
        distance, left_cluster, right_cluster = best[0], int(best[3]), int(best[4])
        joined = members.pop(left_cluster) + members.pop(right_cluster)
        members[size + len(merges)] = joined
        merges.append(Merge(left_cluster, right_cluster, distance, len(joined)))
    return tuple(merges)


def _cut(size: int, merges: Sequence[Merge], groups: int) -> list[list[int]]:
    """Return the clusters after all merges except the last ``groups - 1``."""
    members = {i: [i] for i in range(size)}
    for number, merge in enumerate(merges[: max(size - groups, 0)]):
        members[size + number] = members.pop(merge.left) + members.pop(merge.right)
    return sorted(sorted(cluster) for cluster in members.values())


def _leaves(size: int, merges: Sequence[Merge]) -> list[int]:
    orders = {i: [i] for i in range(size)}
    for number, merge in enumerate(merges):
        orders[size + number] = orders.pop(merge.left) + orders.pop(merge.right)
    return next(iter(orders.values()))


def _describe(
    dataset: ThemeDataset,
    name: str,
    members: Sequence[Case],
    everyone: Sequence[Case],
    leave_out: str = "",
) -> TypeGroup:
    inside = {case.name for case in members}
    outside = [case for case in everyone if case.name not in inside]
    codes = [_code_count(dataset, path, members, outside) for path in dataset.codes]
    pairs = dict.fromkeys(
        (key, value) for case in members for key, value in case.attributes.items() if value
    )
    attributes = [
        AttributeCount(key, value, _having(members, key, value), len(members),
                       _having(outside, key, value), len(outside))
        for key, value in pairs
        if key != leave_out
    ]  # fmt: skip
    return TypeGroup(
        name=name,
        cases=tuple(case.name for case in members),
        # A code that is rarer inside than outside does not characterise the type.
        codes=tuple(sorted((c for c in codes if _lead(c) > 0), key=_lead, reverse=True)),
        attributes=tuple(sorted((a for a in attributes if _lead(a) > 0), key=_lead, reverse=True)),
    )


def _code_count(
    dataset: ThemeDataset, path: str, inside: Sequence[Case], outside: Sequence[Case]
) -> CodeCount:
    coded_names = {coding.transcript for coding in dataset.below(path)}
    totals = []
    for group in (inside, outside):
        asked_cases = [case for case in group if dataset.is_asked(path, case.group)]
        totals += [
            sum(1 for c in asked_cases if coded_names & set(c.transcripts)),
            len(asked_cases),
        ]
    return CodeCount(path, dataset.codes[path].label, *totals)


def _having(cases: Sequence[Case], key: str, value: str) -> int:
    return sum(1 for case in cases if case.attributes.get(key) == value)


def _lead(count: CodeCount | AttributeCount) -> float:
    """Return the share inside minus the share outside, which is 0 if nobody is outside."""
    inside = count.inside / count.of_inside if count.of_inside else 0.0
    return inside - (count.outside / count.of_outside if count.of_outside else 0.0)
