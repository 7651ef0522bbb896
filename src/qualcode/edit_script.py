"""The edit script between two versions of a text, which moves passages to the new version.

Positions are code points. Lines are compared first, then the words of lines that differ, then
the characters of words that differ, so that a passage keeps every character that both versions
have.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from qualcode.model import Span

# Signs that change the character before them, with which they are one for the reader.
_MARKS = (
    "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u200d"
    "\U0001f3fb-\U0001f3ff"
)
_WORD = re.compile(rf"(?:[^\W_][{_MARKS}]*)+|.[{_MARKS}]*", re.DOTALL)
_JOINERS = "\u200d\ufe0e\ufe0f"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")


@dataclass(frozen=True, slots=True)
class Change:
    """A part of the old text that differs, and the part of the new one in its place.

    Positions are half-open. Either part may be empty, but not both.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class EditScript:
    """The changes from an old text to a new one.

    Args:
        old: The old text.
        new: The new text.
    """

    def __init__(self, old: str, new: str) -> None:
        self.changes: tuple[Change, ...] = tuple(_changes(old, new))
        self._old, self._new = old, new
        self._starts = [change.old_start for change in self.changes]

    def shift(self, span: Span) -> Span | None:
        """Return the place of a passage of the old text in the new one.

        A changed part at an edge belongs to the passage if the passage covered at least half of
        it before.

        Returns:
            None if nothing of the passage is left.
        """
        start, end = self._edge(span.start, span, first=True), self._edge(span.end, span)
        # White space that was inside the passage is left at its edge where the words behind went.
        while start < end and self._new[end - 1].isspace() > self._old[span.end - 1].isspace():
            end -= 1
        while start < end and self._new[start].isspace() > self._old[span.start].isspace():
            start += 1
        return Span(start, end) if start < end else None

    def _edge(self, position: int, span: Span, *, first: bool = False) -> int:
        # The character at the edge decides: the last one for an end, which is the place after it.
        at = position if first else position - 1
        change = self._change_before(at)
        if change is None:
            return position
        if at >= change.old_end:
            return position - change.old_end + change.new_end
        shared = min(span.end, change.old_end) - max(span.start, change.old_start)
        is_covered = 2 * shared >= change.old_end - change.old_start
        return change.new_start if is_covered == first else change.new_end

    def _change_before(self, position: int) -> Change | None:
        """Return the last change that removes a character at or before a position."""
        number = bisect_right(self._starts, position)
        # An insertion at the position itself lies before its character, which moves along.
        return self.changes[number - 1] if number else None


def _changes(old: str, new: str) -> Iterator[Change]:
    for block in _differences(_lines(old), _lines(new), Change(0, len(old), 0, len(new))):
        old_words = _WORD.findall(old[block.old_start : block.old_end])
        new_words = _WORD.findall(new[block.new_start : block.new_end])
        for change in _differences(old_words, new_words, block):
            smallest = _without_equal_ends(old, new, change)
            if smallest is not None:
                yield smallest


def _lines(text: str) -> list[str]:
    """Return lines with their line feeds; a vertical tab or form feed ends no line here."""
    *parts, last = text.split("\n")
    return [f"{part}\n" for part in parts] + [last]


def _differences(old: Sequence[str], new: Sequence[str], within: Change) -> Iterator[Change]:
    """Yield the parts that differ, for two sequences of pieces of text in order."""
    old_position, new_position = within.old_start, within.new_start
    for tag, old_first, old_last, new_first, new_last in SequenceMatcher(
        None, old, new
    ).get_opcodes():
        old_end = old_position + sum(map(len, old[old_first:old_last]))
        new_end = new_position + sum(map(len, new[new_first:new_last]))
        if tag != "equal":
            yield Change(old_position, old_end, new_position, new_end)
        old_position, new_position = old_end, new_end


def _without_equal_ends(old: str, new: str, change: Change) -> Change | None:
    """Return a change without the characters that both parts begin and end with."""
    old_part = old[change.old_start : change.old_end]
    new_part = new[change.new_start : change.new_end]
    shortest = min(len(old_part), len(new_part))
    head = 0
    while head < shortest and old_part[head] == new_part[head]:
        head += 1
    # A letter and its accent are one sign for the reader, also where only the accent changed.
    while head and (
        _continues(old, change.old_start + head) or _continues(new, change.new_start + head)
    ):
        head -= 1
    tail = 0
    while tail < shortest - head and old_part[-1 - tail] == new_part[-1 - tail]:
        tail += 1
    while tail and (
        _continues(old, change.old_end - tail) or _continues(new, change.new_end - tail)
    ):
        tail -= 1
    if head == len(old_part) == len(new_part):
        return None
    return Change(
        change.old_start + head,
        change.old_end - tail,
        change.new_start + head,
        change.new_end - tail,
    )


def _continues(text: str, position: int) -> bool:
    """Tell whether the character at a position belongs to the one before it."""
    if not 0 < position < len(text):
        return False
    character = text[position]
    return (
        unicodedata.category(character).startswith("M")
        or character in _JOINERS
        or text[position - 1] == "\u200d"
        or _SKIN_TONES[0] <= character <= _SKIN_TONES[1]
    )
