"""Lines that a program or a typist cut at a width, and the paragraphs that they are.

A line end in a text is the end of a paragraph in one file and of a full line in another. The text
is frozen, so nothing is joined in it: where people read its words, a line feed within a paragraph
is a space, and all positions hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.model.span import Span

_WIDEST = 110
"""Characters in the longest line that is cut at a width; a Word paragraph has more."""
_NARROWEST = 40
_FEWEST = 3
"""Line ends within turns below which nothing can be said."""
_FULL = 0.8
"""Least share of a width that a full line takes with the first word of the next line."""
_SHARE = 0.75
"""Least share of line ends after full lines in a text that is cut at a width."""
_OPEN = 0.3
"""Least share of line ends in mid-sentence: paragraphs end with a sentence."""

_LINE_END = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_SENTENCE_END = re.compile(r"[.!?:…][\"'’”)\]]*\s*$")
_ITEM = re.compile(r"[^\S\n]*(?:[-*•]|\d{1,2}[.)])\s")


def flowing_text(text: str, turns: Sequence[Span]) -> str:
    """Return a text of the same length in which the lines of a paragraph are one line.

    Args:
        text: The text of a transcript.
        turns: Spans of its turns; line ends elsewhere stay.

    Returns:
        The text itself where its lines are paragraphs.
    """
    line_ends = [place for turn in turns for place in _line_ends(text, turn)]
    lines = [_line(text, place) for place in line_ends]
    width = max(map(len, lines), default=0)
    if len(line_ends) < _FEWEST or not _NARROWEST <= width <= _WIDEST:
        return text
    full = [_is_full(text, place, width) for place in line_ends]
    in_sentence = [not _SENTENCE_END.search(line) for line in lines]
    if sum(full) < _SHARE * len(full) or sum(in_sentence) < _OPEN * len(full):
        return text
    characters = list(text)
    for place, is_full, is_open in zip(line_ends, full, in_sentence, strict=True):
        if (is_full or is_open) and not _ITEM.match(text, place + 1):
            characters[place] = " "
    return "".join(characters)


def _line_ends(text: str, turn: Span) -> Iterator[int]:
    for match in _LINE_END.finditer(text, turn.start, turn.end):
        # A line of white space divides paragraphs like an empty one.
        if _line(text, match.start()).strip() and _next_word(text, match.start()):
            yield match.start()


def _line(text: str, end: int) -> str:
    return text[text.rfind("\n", 0, end) + 1 : end].rstrip()


def _next_word(text: str, end: int) -> str:
    stop = text.find("\n", end + 1)
    words = text[end + 1 : stop if stop >= 0 else len(text)].split(maxsplit=1)
    return words[0] if words else ""


def _is_full(text: str, end: int, width: int) -> bool:
    return len(_line(text, end)) + 1 + len(_next_word(text, end)) > _FULL * width
