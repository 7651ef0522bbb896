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
        # the attribute that holds the types would set each of them apart most
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
    if measure == "gower":
        scaled = _scaled(shares, asked_codes)
        for first in range(size - 1):
            compared = asked_codes[first] & asked_codes[first + 1 :]
            totals = np.where(compared, np.abs(scaled[first + 1 :] - scaled[first]), 0).sum(axis=1)
            numbers = compared.sum(axis=1)
            row = np.divide(totals, numbers, out=np.full(len(totals), np.nan), where=numbers > 0)
            distances[first, first + 1 :] = distances[first + 1 :, first] = row
        return distances
    for first, second in combinations(range(size), 2):
        compared = asked_codes[first] & asked_codes[second]
        distance = _jaccard(values[first] & compared, values[second] & compared)
        distances[first, second] = distances[second, first] = distance
    return distances


def _scaled(shares: Array, asked_codes: NDArray[np.bool_]) -> Array:
    """Return shares divided by the range of each code over the cases that were asked."""
    highest = np.where(asked_codes, shares, -np.inf).max(axis=0)
    lowest = np.where(asked_codes, shares, np.inf).min(axis=0)
    width = highest - lowest
    # A code with the same share in all cases adds no difference but still counts in the mean.
    scaled: Array = np.divide(shares, width, out=np.zeros_like(shares), where=width > 0)
    return scaled


def _jaccard(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    union = int((first | second).sum())
    return 1 - int((first & second).sum()) / union if union else np.nan


def average_linkage(distances: Array) -> tuple[Merge, ...]:
    """Return the merges of average linkage, nearest first.

    Args:
        distances: Symmetric, n by n, without NaN. Clusters 0 to n - 1 are the rows; merge i
            makes cluster n + i.
    """
    size = len(distances)
    clusters = _Clusters(distances)
    number = list(range(size))
    merges: list[Merge] = []
    for place in range(size, 2 * size - 1):
        left, right, distance = clusters.merge_nearest()
        merges.append(Merge(number[left], number[right], distance, int(clusters.count[left])))
        number[left] = place
    return tuple(merges)


class _Clusters:
    """Clusters with the nearest later one of each, so that a merge looks at a few rows only.

    A cluster lives in the row of its earliest case: the sum of its distances to each other one.
    """

    def __init__(self, distances: Array) -> None:
        self.sums = np.array(distances, dtype=np.float64)
        self.count = np.ones(len(distances))
        self.is_open = np.ones(len(distances), dtype=bool)
        self.nearest = np.full(len(distances), -1)
        self.nearness = np.full(len(distances), np.inf)
        for row in range(len(distances)):
            self._find_nearest(row)

    def merge_nearest(self) -> tuple[int, int, float]:
        """Join the two nearest clusters in the row of the earlier one; return them, and how far."""
        # The smallest distance wins, then the earliest cases, so the result is the same everywhere.
        left = int(self.nearness.argmin())
        right, distance = int(self.nearest[left]), float(self.nearness[left])
        self.sums[left] += self.sums[right]
        self.sums[:, left] += self.sums[:, right]
        self.count[left] += self.count[right]
        self.is_open[right] = False
        self.nearness[right] = np.inf
        stale = self.is_open & ((self.nearest == left) | (self.nearest == right))
        stale[left] = True
        for row in np.nonzero(stale)[0]:
            self._find_nearest(int(row))
        # Rounded, the joined cluster may be as near to an earlier one as its nearest.
        means = self._means(left, slice(0, left))
        before = (means < self.nearness[:left]) | (
            (means == self.nearness[:left]) & (left < self.nearest[:left])
        )
        before &= self.is_open[:left]
        self.nearness[:left][before] = means[before]
        self.nearest[:left][before] = left
        return left, right, distance

    def _means(self, row: int, others: slice) -> Array:
        """Return the mean distances of a cluster to some others."""
        means = self.sums[row, others] / (self.count[row] * self.count[others])
        # equal distances must be equal on every machine, or ties go to other cases
        rounded: Array = np.round(means, 12)
        return rounded

    def _find_nearest(self, row: int) -> None:
        later = self._means(row, slice(row + 1, None))
        later[~self.is_open[row + 1 :]] = np.inf
        place = int(later.argmin()) if len(later) else -1
        self.nearest[row] = row + 1 + place
        self.nearness[row] = later[place] if len(later) else np.inf


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
        codes=count_codes(dataset, members, outside),
        attributes=tuple(sorted((a for a in attributes if _lead(a) > 0), key=_lead, reverse=True)),
    )


def count_codes(
    dataset: ThemeDataset, inside: Sequence[Case], outside: Sequence[Case]
) -> tuple[CodeCount, ...]:
    """Return the codes that are more common inside than outside, by how much."""
    counts = [_code_count(dataset, path, inside, outside) for path in dataset.codes]
    return tuple(sorted((c for c in counts if _lead(c) > 0), key=_lead, reverse=True))


def _code_count(
    dataset: ThemeDataset, path: str, inside: Sequence[Case], outside: Sequence[Case]
) -> CodeCount:
    coded_names = dataset.names_saying(path)
    totals = []
    for group in (inside, outside):
        asked_cases = [case for case in group if dataset.is_asked(path, case.group)]
        totals += [
            sum(1 for case in asked_cases if case.name in coded_names),
            len(asked_cases),
        ]
    return CodeCount(path, dataset.codes[path].label, *totals)


def _having(cases: Sequence[Case], key: str, value: str) -> int:
    return sum(1 for case in cases if case.attributes.get(key) == value)


def _lead(count: CodeCount | AttributeCount) -> float:
    """Return the share inside minus the share outside, which is 0 if nobody is outside."""
    inside = count.inside / count.of_inside if count.of_inside else 0.0
    return inside - (count.outside / count.of_outside if count.of_outside else 0.0)
