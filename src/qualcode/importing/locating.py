"""Where a quote stands in a text: by its exact words, then whatever their white space."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.model import Span


@dataclass(frozen=True, slots=True)
class Located:
    """All places where a quote stands.

    Attributes:
        spans: In order of the text; at least one.
        exact: Whether the words stand there exactly, or with other white space.
    """

    spans: tuple[Span, ...]
    exact: bool

    @property
    def is_ambiguous(self) -> bool:
        """Whether the quote stands in several places."""
        return len(self.spans) > 1

    def nearest(self, position: int) -> Span:
        """Return the place that starts nearest to a code-point position."""
        return min(self.spans, key=lambda span: abs(span.start - position))


def find_quote(text: str, quote: str) -> Located | None:
    """Return all places of ``quote`` in ``text``, or None where it does not stand in it."""
    words = quote.strip()
    if not words:
        return None
    pattern, exact = re.escape(words), True
    if words not in text:
        pattern, exact = r"\s+".join(map(re.escape, words.split())), False
    spans = tuple(Span(*found.span()) for found in re.finditer(pattern, text))
    return Located(spans, exact) if spans else None


def locate_quote(text: str, quote: str, near: int | None = None) -> Span | None:
    """Return the one place of ``quote``, or the nearest to ``near``; None where in doubt.

    Args:
        text: The transcript's text.
        quote: The words to find; white space around them does not count.
        near: Code-point position where the quote is expected; needed where it stands in
            several places.
    """
    located = find_quote(text, quote)
    if located is None or (located.is_ambiguous and near is None):
        return None
    return located.spans[0] if near is None else located.nearest(near)
