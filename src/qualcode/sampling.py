"""Draws a random sample of interviews.

The draw depends only on the seed and the names, on every machine and in every version: names
are sorted by the hash of seed and name, and the first ones are drawn.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence

from qualcode.errors import InvalidValueError
from qualcode.messages import Message


def draw_sample(
    names: Sequence[str], size: int, seed: int, strata: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return ``size`` of the names, drawn at random, in the order given.

    Args:
        names: The names to draw from.
        size: Number of names to draw.
        seed: Seed of the draw.
        strata: The stratum of each name. Each stratum gets its share of the size (largest
            remainders first), and at least one if the size allows.

    Raises:
        InvalidValueError: ``size`` exceeds the number of names, or is below 1.
    """
    if not 1 <= size <= len(names):
        raise InvalidValueError(
            Message(
                "{size} interviews cannot be drawn from {count_names}. Ask for 1 to {count_names}.",
                size=size,
                count_names=len(names),
            )
        )
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault((strata or {}).get(name, ""), []).append(name)
    counts = _shares({group: len(members) for group, members in groups.items()}, size)
    drawn = {
        name
        for group, members in groups.items()
        for name in sorted(members, key=lambda member: _rank(seed, member))[: counts[group]]
    }
    return tuple(name for name in names if name in drawn)


def _rank(seed: int, name: str) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest(), name


def _shares(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """Return the sample size of each stratum: proportional, at least one if possible."""
    whole = sum(sizes.values())
    exact = {group: wanted * size / whole for group, size in sizes.items()}
    least = 1 if wanted >= len(sizes) else 0
    counts = {group: max(least, math.floor(share)) for group, share in exact.items()}
    by_remainder = sorted(sizes, key=lambda group: (counts[group] - exact[group], group))
    while sum(counts.values()) < wanted:
        short = [group for group in by_remainder if counts[group] < sizes[group]]
        group = min(short, key=lambda g: (counts[g] - exact[g], g))
        counts[group] += 1
    # The minimum of one may have given too many; they are taken from the most favoured strata.
    while sum(counts.values()) > wanted:
        group = max((g for g in counts if counts[g] > least), key=lambda g: counts[g] - exact[g])
        counts[group] -= 1
    return counts
