"""Alpha of the sets of codes that units have, for thousands of different sets.

The distances between all sets would fill the memory: they are computed in blocks, and only their
sums over interviews are kept. Distances of sets follow from how many codes each has and how many
they share, so that a table of those numbers holds them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from qualcode.agreement import distance
from qualcode.agreement.arrays import Booleans, Floats, Integers, share
from qualcode.agreement.clustered_coefficients import NO_UNITS, cluster_coefficients
from qualcode.agreement.incidence import Incidence, label_sets
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.messages import Message
from qualcode.model import Coefficient

JACCARD = "alpha_jaccard"
BLOCK, WIDE = 128, 2048
"""Numbers of sets whose distances are in memory at one time: few enough for the processor's own."""
OF_SETS: dict[str, Callable[[Floats, Floats, Floats], Floats]] = {
    "alpha_masi": distance.masi_of_sizes,
    JACCARD: distance.jaccard_of_sizes,
}
"""Distances between the sets of codes that units have, from their sizes and what they share."""


TREE = "alpha_tree"
"""Alpha with a distance by the tree of codes: a code of the same theme is half a disagreement."""


def set_alphas(incidence: Incidence, method: IntervalMethod) -> tuple[Coefficient, ...]:
    """Return alpha of the sets of codes that units have, by each distance.

    The distance by the tree is the mean of Jaccard's distance of the codes and of that of their
    themes; it is left out where codes have no themes above them.
    """
    themes = incidence.by_theme()
    has_tree = len(themes.codes) < len(incidence.codes)
    if incidence.units == 0:
        names = (*OF_SETS, TREE) if has_tree else tuple(OF_SETS)
        return tuple(Coefficient(name, None, NO_UNITS) for name in names)
    of_codes = _SetDisagreement(incidence, OF_SETS)
    figures = [_set_alpha(name, incidence, [(of_codes, name)], method) for name in OF_SETS]
    if has_tree:
        of_themes = _SetDisagreement(themes, {JACCARD: OF_SETS[JACCARD]})
        both = [(of_codes, JACCARD), (of_themes, JACCARD)]
        figures.append(_set_alpha(TREE, incidence, both, method))
    return tuple(figures)


class _SetDisagreement:
    """The disagreement of coders on the sets of codes of units, observed and by chance."""

    def __init__(
        self,
        incidence: Incidence,
        formulas: Mapping[str, Callable[[Floats, Floats, Floats], Floats]],
    ) -> None:
        self.incidence = incidence
        members, self.sets = label_sets(incidence)
        distances = SetDistances(members, formulas)
        self.expected = _Expected(distances, _count_sets(incidence, len(members), self.sets))

    def observed(self, name: str) -> tuple[Floats, Floats]:
        """Return coincidences times their distances by cluster, and the share of equal sets."""
        return _sum_disagreement(name, self.incidence, self.expected.distances, self.sets)


def _set_alpha(
    name: str,
    incidence: Incidence,
    parts: Sequence[tuple[_SetDisagreement, str]],
    method: IntervalMethod,
) -> Coefficient:
    """Return alpha by the mean of some distances."""
    disagreements, agreed = zip(*(part.observed(key) for part, key in parts), strict=True)
    # the share of equal sets of codes, whatever their themes
    disagreement, observed = np.sum(disagreements, axis=0), agreed[0]
    reason = (
        Message("every unit got the same codes from both coders, so nothing varies")
        if len(incidence.coders) == 2
        else Message("every unit got the same codes from all coders, so nothing varies")
    )

    def alpha(disagreements: Floats, values: Floats, weights: Floats) -> Floats:
        chance = sum(part.expected.of_samples(key, weights) for part, key in parts)
        return 1.0 - share(disagreements * (values - 1.0), np.asarray(chance))

    counts = parts[0][0].expected.counts
    return cluster_coefficients(
        name,
        # a row of the last one is which interviews are in the sample: totals of it are weights
        (disagreement, counts.sum(1), np.eye(len(counts))),
        alpha,
        observed,
        [reason],
        units=incidence.units,
        method=method,
    )[0]


class SetDistances:
    """The distances between sets of codes, looked up by their sizes and what they share.

    Args:
        members: Sets as rows of 0 and 1.
        formulas: By name: size of two sets and of what they share -> distance.
    """

    def __init__(
        self,
        members: Floats,
        formulas: Mapping[str, Callable[[Floats, Floats, Floats], Floats]],
    ) -> None:
        self.sizes = members.sum(1).astype(np.int64)
        self.step = int(self.sizes.max(initial=0)) + 1
        # a set is a few words of 64 bits: what two sets share is counted in them
        packed = np.packbits(members.astype(bool), axis=1)
        padded = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
        self.words = np.ascontiguousarray(padded).view(np.uint64)
        numbers = np.arange(self.step, dtype=float)
        self.tables = {
            name: formula(numbers[:, None, None], numbers[None, :, None], numbers).ravel()
            for name, formula in formulas.items()
        }

    def between(self, name: str, first: Integers, second: Integers) -> Floats:
        """Return the distances of pairs of sets."""
        shared = np.bitwise_count(self.words[first] & self.words[second]).sum(1)
        place = (self.sizes[first] * self.step + self.sizes[second]) * self.step + shared
        distances: Floats = self.tables[name].take(place.astype(np.int64))
        return distances

    def place_of_block(self, rows: slice | Integers, columns: slice | Integers) -> Integers:
        """Return where the tables have the distances of some sets to some others."""
        first, second = self.words[rows], self.words[columns]
        place: Integers = self.sizes[rows, None] * self.step**2
        place = place + self.sizes[columns] * self.step
        for word in range(first.shape[1]):
            place += np.bitwise_count(first[:, word, None] & second[:, word])
        return place

    def __len__(self) -> int:
        return len(self.words)

    def to_all(self, name: str, counts: Floats) -> Floats:
        """Return the distances of each set to all others, each as often as it was given."""
        total = np.zeros(len(self))
        for rows, columns in _triangle(len(self)):
            block = self.tables[name].take(self.place_of_block(rows, columns))
            total[rows] += block @ counts[columns]
            if columns.start != rows.start:
                total[columns] += counts[rows] @ block
        return total

    def expect(self, name: str, counts: Floats) -> Floats:
        """Return the distances of all pairs of sets given, summed; counts are ``(..., sets)``."""
        total = np.zeros(counts.shape[:-1])
        for rows, columns in _triangle(len(self)):
            block = self.tables[name].take(self.place_of_block(rows, columns))
            part = ((counts[..., rows] @ block) * counts[..., columns]).sum(-1)
            # blocks off the diagonal stand for two
            total += part if columns.start == rows.start else 2.0 * part
        return total

    def largest(self, name: str, in_use: Booleans) -> float:
        """Return the largest distance between sets in use."""
        numbers = np.nonzero(in_use)[0]
        largest = (
            self.tables[name].take(self.place_of_block(numbers[start : start + BLOCK], numbers))
            for start in range(0, len(numbers), BLOCK)
        )
        # a single set differs from nothing, and zero cannot be divided by
        return max((float(block.max()) for block in largest), default=0.0) or 1e-300


@dataclass
class _Expected:
    """The disagreement that chance gives in samples of interviews.

    Attributes:
        distances: The distances between the sets.
        counts: How often each set was given, ``(interviews, sets)``.
    """

    distances: SetDistances
    counts: Floats

    def of_samples(self, name: str, weights: Floats) -> Floats:
        """Return it for samples in which each interview counts some times, ``(..., interviews)``.

        Without one interview, or of one alone, sums per interview are enough; only a bootstrap
        needs those of each pair of interviews.
        """
        left_out = 1.0 - weights
        if self._is_choice(left_out):
            to_all = self.to_all[name]
            without: Floats = (
                to_all.sum() - 2.0 * left_out @ to_all + left_out @ self.to_itself[name]
            )
            return without
        if self._is_choice(weights):
            alone: Floats = weights @ self.to_itself[name]
            return alone
        of_pairs: Floats = ((weights @ self.between_interviews[name]) * weights).sum(-1)
        return of_pairs

    @staticmethod
    def _is_choice(weights: Floats) -> bool:
        """Tell whether each sample has one interview at most, once."""
        return bool(((weights == 0) | (weights == 1)).all() and (weights.sum(-1) <= 1).all())

    @cached_property
    def to_all(self) -> dict[str, Floats]:
        """Distances of the sets of each interview to those of all, summed."""
        total = self.counts.sum(0)
        sums = {name: np.zeros(len(total)) for name in self.distances.tables}
        for rows, columns in _triangle(len(total)):
            place = self.distances.place_of_block(rows, columns)
            for name, table in self.distances.tables.items():
                block = table.take(place)
                sums[name][rows] += block @ total[columns]
                if columns.start != rows.start:
                    sums[name][columns] += total[rows] @ block
        return {name: self.counts @ of_sets for name, of_sets in sums.items()}

    @cached_property
    def to_itself(self) -> dict[str, Floats]:
        """Distances of the sets of each interview to each other, summed."""
        sums = {name: np.zeros(len(self.counts)) for name in self.distances.tables}
        for interview, counts in enumerate(self.counts):
            numbers = np.nonzero(counts)[0]
            place = self.distances.place_of_block(numbers, numbers)
            for name, table in self.distances.tables.items():
                sums[name][interview] = counts[numbers] @ table.take(place) @ counts[numbers]
        return sums

    @cached_property
    def between_interviews(self) -> dict[str, Floats]:
        """Distances of the sets of each interview to those of each other one, summed."""
        shape = (len(self.counts), len(self.counts))
        total = {name: np.zeros(shape) for name in self.distances.tables}
        for rows, columns in _triangle(self.counts.shape[1]):
            place = self.distances.place_of_block(rows, columns)
            for name, table in self.distances.tables.items():
                part = self.counts[:, rows] @ (table.take(place) @ self.counts[:, columns].T)
                total[name] += part if columns.start == rows.start else part + part.T
        return total


def _triangle(count: int) -> list[tuple[slice, slice]]:
    """Return blocks of rows and columns that hold each pair once: distances are symmetric."""
    blocks = []
    for start in range(0, count, BLOCK):
        rows = slice(start, min(start + BLOCK, count))
        blocks.append((rows, rows))
        blocks += [
            (rows, slice(begin, min(begin + WIDE, count)))
            for begin in range(rows.stop, count, WIDE)
        ]
    return blocks


def _count_sets(incidence: Incidence, number: int, sets: Sequence[Integers]) -> Floats:
    """Return how often each set was given, ``(clusters, sets)``."""
    counts = np.zeros((len(incidence.sample), number))
    for numbers, coded in zip(sets, incidence.coded.values(), strict=True):
        rated = coded[incidence.interview]
        cell = incidence.place[rated] * number + numbers[rated]
        weights = incidence.weights[rated].astype(float)
        counts += np.bincount(cell, weights, counts.size).reshape(counts.shape)
    return counts


def _sum_disagreement(
    name: str, incidence: Incidence, distances: SetDistances, sets: Sequence[Integers]
) -> tuple[Floats, Floats]:
    """Return coincidences times their distances by cluster, and the share of equal sets.

    Args:
        name: Name of the coefficient.
        incidence: Which units have which codes.
        distances: The distances between the sets.
        sets: Per coder the number of the set of each unit; see :func:`label_sets`.
    """
    coded: list[Booleans] = [coded[incidence.interview] for coded in incidence.coded.values()]
    coders = np.sum(coded, axis=0)
    unlike, equal_pairs = np.zeros(len(coders)), np.zeros(len(coders))
    for a, b in combinations(range(len(sets)), 2):
        paired = coded[a] & coded[b]
        differing = np.nonzero(paired & (sets[a] != sets[b]))[0]
        unlike[differing] += 2.0 * distances.between(name, sets[a][differing], sets[b][differing])
        equal_pairs += paired & (sets[a] == sets[b])
    # the mean over units of the share of pairs with the very same set
    agreeing = (equal_pairs / (coders * (coders - 1) / 2)) @ incidence.weights
    disagreement = incidence.sum_by_cluster(unlike / (coders - 1))
    return disagreement, share(np.asarray(agreeing), np.asarray(float(incidence.units)))
