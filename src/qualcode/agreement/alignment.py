"""The best alignment of coders' units: which of them mean the same passage.

An alignment splits all units into groups with at most one unit per coder. The cost of a
group is the mean disagreement over all pairs of coders, a missing unit costing
``delta_empty`` with any other; the best alignment has the lowest total. Two coders: an
assignment problem. More coders: a set partitioning problem, solved as an integer program (Mathet,
Widlöcher & Métivier 2015, section 5.1). Both are solved exactly. Where several alignments cost the
same, one of them is returned, the same one each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.arrays import Floats

Integers = NDArray[np.int64]


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


class Alignment(NamedTuple):
    """The best alignment.

    Attributes:
        total: Its cost.
        groups: Its groups of two units or more: the number of each coder's unit, -1 for none,
            ``(groups, coders)``.
    """

    total: float
    groups: Integers


def squared_offset(units_a: Units, at_a: Integers, units_b: Units, at_b: Integers) -> Floats:
    """Return how far the positions of units lie apart; ``at_a`` and ``at_b`` broadcast.

    Squared, |difference of starts| + |difference of ends| over the sum of the lengths (Mathet,
    Widlöcher & Métivier 2015, equation 3).
    """
    starts_a, ends_a = units_a.starts[at_a], units_a.ends[at_a]
    starts_b, ends_b = units_b.starts[at_b], units_b.ends[at_b]
    off = np.abs(starts_a - starts_b) + np.abs(ends_a - ends_b)
    squared: Floats = np.square(off / (ends_a - starts_a + ends_b - starts_b))
    return squared


def _apart(
    units_a: Units, at_a: Integers, units_b: Units, at_b: Integers, weights: Weights
) -> Floats:
    label = (units_a.labels[at_a] != units_b.labels[at_b]).astype(float)
    position = squared_offset(units_a, at_a, units_b, at_b)
    distances: Floats = (weights.alpha * position + weights.beta * label) * weights.delta_empty
    return distances


def dissimilarity(units_a: Units, units_b: Units, weights: Weights) -> Floats:
    """Return how far units lie apart, ``(len(units_a), len(units_b))``.

    Position as in :func:`squared_offset`, label 0 or 1 (equation 4), both times
    ``delta_empty``, joined as alpha x position + beta x label (equation 5).
    """
    return _apart(
        units_a, np.arange(len(units_a))[:, None], units_b, np.arange(len(units_b)), weights
    )


def align(coders: Sequence[Units], weights: Weights) -> Alignment:
    """Return the best alignment."""
    if len(coders) == 2:
        return _align_pair(coders[0], coders[1], weights)
    return _align_groups(coders, weights)


# --- two coders -------------------------------------------------------------------------------


def _align_pair(units_a: Units, units_b: Units, weights: Weights) -> Alignment:
    """Return the best pairing; a unit alone costs ``delta_empty``."""
    alone = weights.delta_empty
    rows, columns = _near_pairs(units_a, units_b, weights)
    gain = 2 * alone - _apart(units_a, rows, units_b, columns, weights)
    # a pair that costs as much as its units alone is not worth a pairing
    worth = gain > 1e-12
    rows, columns, gain = rows[worth], columns[worth], gain[worth]
    chosen = _best_matching(rows, columns, gain, (len(units_a), len(units_b)))
    total = alone * (len(units_a) + len(units_b)) - float(gain[chosen].sum())
    return Alignment(total, np.column_stack((rows[chosen], columns[chosen])))


def _near_pairs(units_a: Units, units_b: Units, weights: Weights) -> tuple[Integers, Integers]:
    """Return the numbers of all units that may be worth a pairing, and some that are not."""
    if weights.alpha == 0:
        all_pairs = np.indices((len(units_a), len(units_b))).reshape(2, -1)
        return all_pairs[0], all_pairs[1]
    # Twice the distance of the middles is at most the difference of starts plus that of ends, so
    # a pair can only be worth it if that is less than this share of both lengths.
    reach = np.sqrt(2 / weights.alpha)
    middles_a, lengths_a = units_a.starts + units_a.ends, units_a.ends - units_a.starts
    middles_b, lengths_b = units_b.starts + units_b.ends, units_b.ends - units_b.starts
    rows, columns = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    # One long unit would widen the search around all others: units of like lengths go together.
    size = np.frexp(lengths_b)[1]
    for place in np.unique(size):
        alike = np.nonzero(size == place)[0]
        alike = alike[np.argsort(middles_b[alike], kind="stable")]
        room = reach * (lengths_a + lengths_b[alike].max())
        first = np.searchsorted(middles_b[alike], middles_a - room)
        number = np.searchsorted(middles_b[alike], middles_a + room, side="right") - first
        before = np.cumsum(number) - number
        rows.append(np.repeat(np.arange(len(units_a)), number))
        columns.append(alike[np.repeat(first - before, number) + np.arange(number.sum())])
    return np.concatenate(rows), np.concatenate(columns)


def _best_matching(
    rows: Integers, columns: Integers, gain: Floats, shape: tuple[int, int]
) -> Integers:
    """Return which pairs to take for the largest total gain, each row and column at most once."""
    # imported here: only gamma needs them, and they take longer to load than the figures take
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not len(rows):
        return np.zeros(0, dtype=np.int64)
    size = sum(shape)
    links = coo_array((np.ones(len(rows)), (rows, columns + shape[0])), shape=(size, size))
    part = connected_components(links, directed=False)[1]
    row, heights = _places_within(part[: shape[0]], size)
    column, widths = _places_within(part[shape[0] :], size)
    row, column, part = row[rows], column[columns], part[rows]
    order = np.argsort(part, kind="stable")
    starts = [*np.nonzero(np.diff(part[order], prepend=-1))[0].tolist(), len(rows)]
    chosen: list[int] = []
    # units far apart never pair: many small assignments are far cheaper than one large one
    for first, last in pairwise(starts):
        pairs = order[first:last]
        if last - first == 1:
            chosen.append(int(pairs[0]))
            continue
        block = np.zeros((heights[part[pairs[0]]], widths[part[pairs[0]]]))
        which = np.full(block.shape, -1)
        block[row[pairs], column[pairs]] = gain[pairs]
        which[row[pairs], column[pairs]] = pairs
        taken = which[linear_sum_assignment(block, maximize=True)]
        # an assignment fills the whole block, also with pairs that were not worth it
        chosen += taken[taken >= 0].tolist()
    return np.array(sorted(chosen), dtype=np.int64)


def _places_within(part: Integers, count: int) -> tuple[Integers, Integers]:
    """Return the place of each unit among those of its part, and the number of units per part."""
    order = np.argsort(part, kind="stable")
    sizes = np.bincount(part, minlength=count)
    places = np.empty(len(part), dtype=np.int64)
    places[order] = np.arange(len(part)) - (np.cumsum(sizes) - sizes)[part[order]]
    return places, sizes


# --- three coders and more --------------------------------------------------------------------


def _align_groups(coders: Sequence[Units], weights: Weights) -> Alignment:
    """Return the cheapest groups that hold each unit once: a set partitioning problem."""
    # imported here: only gamma of teams needs it, and it takes long to load
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csc_array

    groups, costs = _candidates(coders, weights)
    offsets = np.cumsum([0, *(len(units) for units in coders)])
    if not len(groups):
        return Alignment(0.0, groups)
    number, coder = np.nonzero(groups >= 0)
    unit = groups[number, coder] + offsets[coder]
    holds = csc_array((np.ones(len(unit)), (unit, number)), shape=(offsets[-1], len(groups)))
    # The relaxed problem is nearly always whole already, so branching is hardly ever needed.
    solution = milp(
        costs, integrality=1, bounds=Bounds(0, 1), constraints=LinearConstraint(holds, 1, 1)
    )
    chosen = groups[solution.x > 0.5]
    total = float(costs[solution.x > 0.5].sum())
    return Alignment(total, chosen[(chosen >= 0).sum(1) > 1])


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
    # rounding must not drop a group that costs as much as its units alone
    keep = (size > 0) & (sums / pairs <= size * alone + 1e-12)
    return groups[keep], sums[keep] / pairs
