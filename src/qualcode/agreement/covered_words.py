"""The words that codings cover, and the words on whose coding they differ."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import product

from qualcode.model import Coding, Span

# a word keeps its apostrophe and hyphen: "zo'n", "face-to-face"
WORD = re.compile(r"\w+(?:['’-]\w+)*")


def covered_positions(codings: Iterable[Coding], parts: Sequence[Span]) -> set[int]:
    """Return the positions within ``parts`` that codings cover."""
    return {
        position
        for coding, part in product(codings, parts)
        if (shared := coding.span.intersection(part))
        for position in range(shared.start, shared.end)
    }


def words_at(text: str, positions: Collection[int], parts: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words within ``parts`` of which a character is among the positions."""
    position_set = set(positions)
    return tuple(
        Span(*match.span())
        for part in parts
        for match in WORD.finditer(text, part.start, part.end)
        if not position_set.isdisjoint(range(*match.span()))
    )


def differing_words(
    text: str, codings_a: Sequence[Coding], codings_b: Sequence[Coding], parts: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the words within ``parts`` that only one of two sets of codings covers."""
    covered_a, covered_b = (covered_positions(codings, parts) for codings in (codings_a, codings_b))
    # symmetric difference: white space and punctuation are no words, so they make no difference
    return words_at(text, covered_a ^ covered_b, parts)
