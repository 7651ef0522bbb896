"""Searches a quote in a text: by its exact words, then with other typography."""

from __future__ import annotations

import re
from collections import Counter
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
_MARKS = re.escape("".join(_ALIKE[:2]))
_ANY = {mark: f"[{re.escape(alike)}]" for alike in _ALIKE for mark in alike}
_ANY["\u2026"] = r"(?:\u2026|\.\.\.)"


_ELLIPSIS = r"(?:\u2026|\.{3}|[\[(](?:\u2026|\.{3})[\])])"
_OUTER = re.compile(
    rf"\A[\s{_MARKS}]*(?:{_ELLIPSIS}[\s{_MARKS}]*)?(?P<words>.*?)"
    rf"(?:[\s{_MARKS}]*{_ELLIPSIS})?[\s{_MARKS}]*\Z",
    re.DOTALL,
)
# A quote that shares fewer of its words with a passage is another quote.
_NEAR, _FEWEST_WORDS = 0.6, 3
_WORD = re.compile(r"\w+")


def find_quote(text: str, quote: str) -> QuoteMatches | None:
    """Return all places of ``quote`` in ``text``, or None if it does not occur.

    If the exact words do not occur, other white space, quotation marks and dashes are accepted:
    a text from Word has curly marks in the place of the straight ones of a keyboard. Then
    quotation marks around the quote and an ellipsis at its edges are left out.
    """
    words = quote.strip()
    if not words:
        return None
    matches = _find(text, words)
    # Marks around a quote come last: they may be part of the text, which then fits as it is.
    inner = _OUTER.match(words)
    if matches is None and inner is not None and inner["words"] not in {"", words}:
        matches = _find(text, inner["words"])
        return matches and QuoteMatches(matches.spans, exact=False)
    return matches


def find_nearest_passage(text: str, quote: str) -> Span | None:
    """Return the passage that shares most words with a quote; None where most words differ.

    The passage has as many words as the quote. The time grows linearly with the text.
    """
    sought = Counter(match.group().casefold() for match in _WORD.finditer(quote))
    size = sought.total()
    words = [(m.start(), m.end(), m.group().casefold()) for m in _WORD.finditer(text)]
    if size < _FEWEST_WORDS or len(words) < size:
        return None
    quote_words = [match.group().casefold() for match in _WORD.finditer(quote)]
    missing, shared, best, best_start = Counter(sought), 0, (0, False, False), 0
    for i, (_, _, word) in enumerate(words):
        shared += missing[word] > 0
        missing[word] -= 1
        if i >= size:
            gone = words[i - size][2]
            missing[gone] += 1
            shared -= missing[gone] > 0
        first = max(0, i - size + 1)
        # Of equal windows the one that begins and ends as the quote does is meant.
        score = shared, words[first][2] == quote_words[0], word == quote_words[-1]
        if score > best:
            best, best_start = score, first
    if best[0] < _NEAR * size:
        return None
    return Span(words[best_start][0], words[best_start + size - 1][1])


def _find(text: str, words: str) -> QuoteMatches | None:
    pattern, exact = re.escape(words), True
    if words not in text:
        # Three dots become one sign first, because the pattern of that sign accepts both.
        pattern, exact = r"\s+".join(map(_loosely, words.replace("...", "\u2026").split())), False
    spans = tuple(Span(*match.span()) for match in re.finditer(pattern, text))
    return QuoteMatches(spans, exact) if spans else None


def _loosely(word: str) -> str:
    return "".join(_ANY.get(mark) or re.escape(mark) for mark in word)
