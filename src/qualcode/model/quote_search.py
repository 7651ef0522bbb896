"""Searches a quote in a text: by its exact words, then with other typography."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.model.span import Span


@dataclass(frozen=True, slots=True)
class QuoteMatches:
    """All places of a quote in a text.

    Attributes:
        spans: In order of the text; at least one.
        exact: Whether the words match exactly; else white space, quotation marks or dashes
            differ.
    """

    spans: tuple[Span, ...]
    exact: bool

    @property
    def is_ambiguous(self) -> bool:
        """Whether the quote has several places."""
        return len(self.spans) > 1

    def nearest(self, position: int) -> Span:
        """Return the place that starts nearest to a code-point position."""
        return min(self.spans, key=lambda span: abs(span.start - position))


# Word replaces typed marks by typographic ones, so either may occur for the other.
_ALIKE = (
    "'\u2018\u2019\u201b\u02bc`\u00b4",
    '"\u201c\u201d\u201e\u00ab\u00bb',
    "-\u2010\u2011\u2013\u2014",
)
_ANY = {mark: f"[{re.escape(alike)}]" for alike in _ALIKE for mark in alike}
_ANY["\u2026"] = r"(?:\u2026|\.\.\.)"


def find_quote(text: str, quote: str) -> QuoteMatches | None:
    """Return all places of ``quote`` in ``text``, or None if it does not occur.

    If the exact words do not occur, other white space, quotation marks and dashes are accepted:
    a text from Word has curly marks in the place of the straight ones of a keyboard.
    """
    words = quote.strip()
    if not words:
        return None
    pattern, exact = re.escape(words), True
    if words not in text:
        pattern, exact = r"\s+".join(map(_loosely, words.replace("...", "\u2026").split())), False
    spans = tuple(Span(*match.span()) for match in re.finditer(pattern, text))
    return QuoteMatches(spans, exact) if spans else None


def _loosely(word: str) -> str:
    return "".join(_ANY.get(mark) or re.escape(mark) for mark in word)
