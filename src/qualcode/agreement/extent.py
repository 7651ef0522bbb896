"""How far codings reach: the positions they cover, and the words that they cover differently."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import product

from qualcode.model import Coding, Span

WORD = re.compile(r"\w+(?:['’-]\w+)*")


def covered(codings: Iterable[Coding], parts: Sequence[Span]) -> set[int]:
    """Return the positions within ``parts`` that codings cover."""
    return {
        position
        for coding, part in product(codings, parts)
        if (shared := coding.span.intersection(part))
        for position in range(shared.start, shared.end)
    }


def words_at(text: str, positions: Collection[int], parts: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words within ``parts`` of which a character is among the positions."""
    held = set(positions)
    return tuple(
        Span(*match.span())
        for part in parts
        for match in WORD.finditer(text, part.start, part.end)
        if not held.isdisjoint(range(*match.span()))
    )


def words_apart(
    text: str, one: Sequence[Coding], two: Sequence[Coding], parts: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the words within ``parts`` that only one of two sets of codings covers."""
    return words_at(text, covered(one, parts) ^ covered(two, parts), parts)
