"""The words that codings cover, and the words on whose coding they differ."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
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
    return tuple(
        Span(*match.span())
        for part in parts
        for match in _words_near(
            text, part, {place for place in positions if part.start <= place < part.end}
        )
    )


def _words_near(text: str, part: Span, positions: Collection[int]) -> Iterator[re.Match[str]]:
    """Yield the words within a part of which a character is among the positions in it."""
    if not positions:
        return
    start, last = min(positions), max(positions)
    # no word holds white space: the words before it need no look
    while start > part.start and not text[start - 1].isspace():
        start -= 1
    for match in WORD.finditer(text, start, part.end):
        if match.start() > last:
            return
        if any(place in positions for place in range(*match.span())):
            yield match


def differing_words(
    text: str, codings_a: Sequence[Coding], codings_b: Sequence[Coding], parts: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the words within ``parts`` that only one of two sets of codings covers."""
    covered_a, covered_b = (covered_positions(codings, parts) for codings in (codings_a, codings_b))
    # symmetric difference: white space and punctuation are no words, so they make no difference
    return words_at(text, covered_a ^ covered_b, parts)
