"""Where a quote stands in a text: by its exact words, then whatever their white space."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.model.span import Span


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
