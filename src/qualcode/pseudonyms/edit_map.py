"""The edit map: replaces passages of a text, and moves all other positions along.

Positions are code points. A span that ends within a replaced passage is extended to the whole
replacement, so that no half name or half bracket is quoted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Span


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One passage and its replacement."""

    span: Span
    replacement: str

    def __post_init__(self) -> None:
        # A coding of exactly these words would become empty, and an empty span cannot exist.
        if not self.replacement:
            raise InvalidValueError("A passage is replaced by words, never by nothing.")


class EditMap:
    """The edits of one text; applies them, and moves spans of the old text to the new one.

    Args:
        edits: In any order.

    Raises:
        InvalidValueError: Two of them overlap.
    """

    __slots__ = ("_moved", "_starts", "edits")

    def __init__(self, edits: Iterable[Edit] = ()) -> None:
        self.edits = tuple(sorted(edits))
        for first, second in pairwise(self.edits):
            if second.span.start < first.span.end:
                raise InvalidValueError(
                    Message(
                        "Two replacements overlap, at {start} and {start_2}.",
                        start=first.span.start,
                        start_2=second.span.start,
                    )
                )
        self._starts = [edit.span.start for edit in self.edits]
        grown = (len(edit.replacement) - len(edit.span) for edit in self.edits)
        self._moved = list(accumulate(grown, initial=0))

    def __bool__(self) -> bool:
        return bool(self.edits)

    def apply(self, text: str) -> str:
        """Return the text with every passage replaced."""
        parts, position = [], 0
        for edit in self.edits:
            parts += [text[position : edit.span.start], edit.replacement]
            position = edit.span.end
        return "".join(parts) + text[position:]

    def shift(self, span: Span) -> Span:
        """Return the place of a span of the old text in the new one."""
        return Span(self._start(span.start), self._end(span.end))

    def _start(self, position: int) -> int:
        before = bisect_right(self._starts, position)
        if before and position < self.edits[before - 1].span.end:
            return self._starts[before - 1] + self._moved[before - 1]
        return position + self._moved[before]

    def _end(self, position: int) -> int:
        # The last character decides: the end of a span is the position after it.
        before = bisect_right(self._starts, position - 1)
        if before and position < self.edits[before - 1].span.end:
            return self.edits[before - 1].span.end + self._moved[before]
        return position + self._moved[before]

    def within(self, span: Span, text: str) -> tuple[tuple[str, str], ...]:
        """Return the replaced words and their replacements within a span of the old text."""
        touched = (edit for edit in self.edits if edit.span.overlaps(span))
        return tuple(dict.fromkeys((edit.span.of(text), edit.replacement) for edit in touched))
