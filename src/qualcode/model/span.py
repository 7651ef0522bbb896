"""Positions in a text: half-open, in code points.

Every position in qualcode is a code-point offset (Python ``str`` index) into the frozen
text of one transcript. Other units (UTF-16 of browsers and NVivo, UTF-8 bytes of
Taguette) are converted where they enter, never later.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import InvalidValueError
from qualcode.messages import Message


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range ``[start, end)`` of code points; never empty.

    Raises:
        InvalidValueError: ``start`` is negative, or ``end`` is not after it.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.end <= self.start:
            raise InvalidValueError(
                Message(
                    "A span needs 0 <= start < end; got start {start}, end {end}.",
                    start=self.start,
                    end=self.end,
                )
            )

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, span: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < span.end and span.start < self.end

    def contains(self, span: Span) -> bool:
        """Tell whether ``span`` lies wholly inside this span."""
        return self.start <= span.start and span.end <= self.end

    def intersection(self, span: Span) -> Span | None:
        """Return the part that both spans cover, or None if they do not overlap."""
        if self.contains(span):
            return span
        if not self.overlaps(span):
            return None
        return Span(max(self.start, span.start), min(self.end, span.end))

    def of(self, text: str) -> str:
        """Return the part of ``text`` that this span covers."""
        return text[self.start : self.end]


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return ``[start, end)`` without white space at its ends, or None if nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None
