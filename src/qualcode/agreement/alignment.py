"""The best alignment of coders' units: which of them mean the same passage.

An alignment splits all units into groups with at most one unit per coder. The cost of a
group is the mean disagreement over all pairs of coders, a missing unit costing
``delta_empty`` with any other; the best alignment has the lowest total. Two coders: an
assignment problem, solved exactly. More coders: an exact cover, solved by dynamic programming
along the text with dual bounds; exact unless more ways stay open than are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.arrays import Floats

Integers = NDArray[np.int64]
NARROW, WIDE = 30, 1_000
"""Ways kept while sweeping over the units of three or more coders."""


@dataclass(frozen=True, slots=True)
class Units:
    """One coder's units as arrays of one length."""

    starts: Floats
    ends: Floats
    labels: Integers

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of position and label, and the cost of a missing unit."""

    alpha: float = 1.0
    beta: float = 1.0
    delta_empty: float = 1.0


def dissimilarity(units_a: Units, units_b: Units, weights: Weights) -> Floats:
    """Return how far units lie apart, ``(len(units_a), len(units_b))``.

    Positional: squared, |difference of starts| + |difference of ends| over the sum of the
    lengths (Mathet, Widlöcher & Métivier 2015, equation 3). Categorical: 0 or 1 (equation 4).
    Both times ``delta_empty``, joined as alpha x position + beta x label (equation 5).
    """
    off = np.abs(units_a.starts[:, None] - units_b.starts) + np.abs(
        units_a.ends[:, None] - units_b.ends
    )
    size = (units_a.ends - units_a.starts)[:, None] + (units_b.ends - units_b.starts)
    position = np.square(off / size)
    label = (units_a.labels[:, None] != units_b.labels).astype(float)
    dissimilarities: Floats = (
        weights.alpha * position + weights.beta * label
    ) * weights.delta_empty
    return dissimilarities


def best_total(coders: Sequence[Units], weights: Weights) -> tuple[float, bool]:
    """Return the cost of the best alignment, and whether it was proven to be the best."""
    if len(coders) == 2:
        return _best_pairs(dissimilarity(coders[0], coders[1], weights), weights), True
    return _best_groups(coders, weights)


def _best_pairs(dissimilarities: Floats, weights: Weights) -> float:
    """Return the lowest cost of pairing rows with columns, alone costing ``delta_empty``."""
    alone = weights.delta_empty
    gain = 2 * alone - dissimilarities
    # a pair that costs as much as its units alone is not worth a pairing
    gain[gain < 1e-12] = 0.0
    total = alone * sum(dissimilarities.shape)
    # units far apart never pair: many small assignments are far cheaper than one large one
    for rows, columns in _blocks(gain > 0):
        block = gain[np.ix_(rows, columns)]
        total -= float(block[0].max()) if len(rows) == 1 else _largest_matching(block)
    return float(total)


def _blocks(linked: NDArray[np.bool_]) -> Iterator[tuple[Integers, Integers]]:
    """Yield the connected parts of a two-sided graph."""
    row_of, column_of = np.nonzero(linked)
    neighbors: dict[int, list[int]] = {}
    rows = linked.shape[0]
    for r, c in zip(row_of.tolist(), (column_of + rows).tolist(), strict=True):
        neighbors.setdefault(r, []).append(c)
        neighbors.setdefault(c, []).append(r)
    for part in _parts(neighbors):
        nodes = np.array(part)
        yield nodes[nodes < rows], nodes[nodes >= rows] - rows


def _parts(neighbors: dict[int, list[int]]) -> Iterator[list[int]]:
    visited: set[int] = set()
    for node in neighbors:
        if node in visited:
            continue
        visited.add(node)
        part = [node]
        for member in part:
            fresh = [neighbor for neighbor in neighbors[member] if neighbor not in visited]
            visited.update(fresh)
            part.extend(dict.fromkeys(fresh))
        yield sorted(part)


def _largest_matching(gain: Floats) -> float:
    """Return the largest total gain of pairing rows with columns, each used at most once."""
    # imported here: only gamma needs it, and it takes longer to load than the figures take
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(gain, maximize=True)
    return float(gain[rows, columns].sum())


def _best_groups(coders: Sequence[Units], weights: Weights) -> tuple[float, bool]:
    groups, costs = _candidates(coders, weights)
    starts = np.concatenate([units.starts + units.ends for units in coders])
    place = np.empty(len(starts), dtype=np.int64)
    place[np.argsort(starts, kind="stable")] = np.arange(len(starts))
    offsets = np.cumsum([0, *(len(units) for units in coders)])
    members = [
        sorted(int(place[offsets[g] + unit]) for g, unit in enumerate(group) if unit >= 0)
        for group in groups.tolist()
    ]
    holding: dict[int, list[int]] = {}
    neighbors: dict[int, list[int]] = {}
    for number, group in enumerate(members):
        for unit in group:
            holding.setdefault(unit, []).append(number)
            neighbors.setdefault(unit, []).extend(group)
    total, proven = 0.0, True
    for part in _parts(neighbors):
        part_groups = sorted({number for unit in part for number in holding[unit]})
        order = {unit: number for number, unit in enumerate(part)}
        best, exact = _cover(
            [[order[unit] for unit in members[n]] for n in part_groups],
            costs[part_groups].tolist(),
            len(part),
        )
        total += best
        proven &= exact
    return total, proven


def _candidates(coders: Sequence[Units], weights: Weights) -> tuple[Integers, Floats]:
    """Return all groups that can be part of a best alignment, -1 for no unit, with costs.

    A group that costs more than its units cost alone is never in one (Mathet et al. 2015,
    section 5.1.1).
    """
    n, alone = len(coders), weights.delta_empty
    pairs = n * (n - 1) / 2
    dissimilarities = {
        (g, h): dissimilarity(coders[g], coders[h], weights) for g, h in combinations(range(n), 2)
    }
    groups, sums = np.zeros((1, 0), dtype=np.int64), np.zeros(1)
    for h, units in enumerate(coders):
        extra = np.full((len(groups), len(units) + 1), 0.0)
        for g in range(h):
            padded = np.full((len(coders[g]) + 1, len(units) + 1), alone)
            padded[:-1, :-1] = dissimilarities[g, h]
            extra += padded[groups[:, g]]
        # a group's cost grows with each coder, so expensive beginnings are dropped early
        whole = sums[:, None] + extra
        keep, unit = np.nonzero(whole <= n * alone * pairs)
        groups = np.column_stack((groups[keep], np.where(unit < len(units), unit, -1)))
        sums = whole[keep, unit]
    size = (groups >= 0).sum(1)
    keep = (size > 0) & (sums / pairs <= size * alone + 1e-12)
    return groups[keep], sums[keep] / pairs


def _cover(
    groups: Sequence[Sequence[int]], costs: Sequence[float], count: int
) -> tuple[float, bool]:
    """Return the lowest cost of covering units 0, 1, ... once each, and whether proven.

    Units stand in order of position, so groups reach a short way ahead: a sweep remembers,
    per set of later units already covered, what it cost. A narrow sweep gives a bound for
    the wide one.
    """
    price = _prices(groups, costs, count)
    offers: list[list[tuple[float, int]]] = [[] for _ in range(count)]
    for group, cost in zip(groups, costs, strict=True):
        over = max(0.0, cost - sum(price[unit] for unit in group))
        offers[group[0]].append((over, sum(1 << (unit - group[0]) for unit in group)))
    for unit_offers in offers:
        unit_offers.sort()
    # a quick answer first: nothing that costs more needs to be kept in the second sweep
    bound, _ = _sweep(offers, NARROW, float("inf"))
    best, proven = _sweep(offers, WIDE, bound)
    return min(best, bound) + sum(price), proven


def _sweep(
    offers: Sequence[Sequence[tuple[float, int]]], width: int, bound: float
) -> tuple[float, bool]:
    """Return the lowest cost above the prices, at most ``width`` ways kept at a time."""
    ways: dict[int, float] = {0: 0.0}
    proven = True
    for unit_offers in offers:
        after: dict[int, float] = {}
        for covered, spent in ways.items():
            if covered & 1:
                _keep(after, covered >> 1, spent)
                continue
            for over, members in unit_offers:
                if spent + over > bound + 1e-9:
                    break
                if not covered & members:
                    _keep(after, (covered | members) >> 1, spent + over)
        if len(after) > width:
            after = dict(sorted(after.items(), key=lambda way: way[1])[:width])
            proven = False
        ways = after
    return ways.get(0, float("inf")), proven


def _keep(ways: dict[int, float], covered: int, spent: float) -> None:
    if spent < ways.get(covered, float("inf")):
        ways[covered] = spent


def _prices(groups: Sequence[Sequence[int]], costs: Sequence[float], count: int) -> list[float]:
    """Return a price per unit such that no group costs less than its units: a lower bound."""
    holding: list[list[int]] = [[] for _ in range(count)]
    for number, group in enumerate(groups):
        for unit in group:
            holding[unit].append(number)
    price = [min(costs[n] / len(groups[n]) for n in unit_groups) for unit_groups in holding]
    room = [cost - sum(price[u] for u in g) for g, cost in zip(groups, costs, strict=True)]
    for unit, unit_groups in enumerate(holding):
        rise = min(room[number] for number in unit_groups)
        price[unit] += rise
        for number in unit_groups:
            room[number] -= rise
    return price
