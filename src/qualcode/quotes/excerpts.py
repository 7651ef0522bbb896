"""What an author's excerpt of a passage may change, and how words are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.errors import InvalidValueError
from qualcode.model import Span

ELISION = "[...]"
"""What stands where words of the passage are left out."""

# time marks of f4 and the like, which stand inside what was said
_TIME_MARK = re.compile(r"\s*#\d{1,2}:\d{2}:\d{2}(?:-\d{1,3})?#")
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
_ELISION = re.compile(r"\[\s*(?:\.\.\.|\u2026)\s*\]")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def without_time_marks(text: str) -> str:
    """Return what was said, without the time marks in it."""
    return _TIME_MARK.sub("", text)


def printed(passage: str, excerpt: str | None) -> str:
    """Return the author's excerpt of a passage, or the whole of it without its time marks.

    Raises:
        InvalidValueError: the excerpt is not made of the passage's words.
    """
    if excerpt is not None:
        return check_excerpt(passage, excerpt)
    return without_time_marks(passage).strip() or passage


def elide(text: str, keep: Sequence[Span]) -> str:
    """Return the parts of a passage to keep, with ``[...]`` wherever words are left out.

    Args:
        text: The passage.
        keep: Spans in it, in order; widened to whole words.

    Raises:
        InvalidValueError: there is none, or they are out of order or past the end.
    """
    if not keep or max(span.end for span in keep) > len(text):
        raise InvalidValueError(
            f"Keep one or more parts within the passage's {len(text)} characters."
        )
    if list(keep) != sorted(keep):
        raise InvalidValueError("Give the parts to keep in the order of the passage.")
    parts: list[Span] = []
    for part in (_widened(text, span) for span in keep):
        if parts and not _WORD.search(text, parts[-1].end, max(part.start, parts[-1].end)):
            part = Span(parts[-1].start, max(part.end, parts.pop().end))  # noqa: PLW2901
        parts.append(part)
    kept = f" {ELISION} ".join(part.of(text).strip() for part in parts)
    lead = f"{ELISION} " if _WORD.search(text, 0, parts[0].start) else ""
    tail = f" {ELISION}" if _WORD.search(text, parts[-1].end) else ""
    return lead + kept + tail


def _widened(text: str, span: Span) -> Span:
    """Return the span with its outer words, and the notes between brackets, made whole."""
    units = [*re.finditer(r"\S+", text), *_BRACKETED.finditer(text)]
    start, end = span.start, span.end
    for unit in units:
        if unit.start() < end and start < unit.end():
            start, end = min(start, unit.start()), max(end, unit.end())
    return Span(start, end)


def check_excerpt(passage: str, excerpt: str) -> str:
    """Return the author's excerpt of a passage, if it is one.

    An excerpt has the passage's own words in their order, with ``[...]`` for what is left out
    between them and other square brackets for what the author adds. Its beginning and end may
    fall anywhere; capitals, punctuation and the transcriber's bracketed notes may differ.

    Raises:
        InvalidValueError: it has other words; the text names the first one.
    """
    if excerpt.strip() == passage.strip():
        return excerpt.strip()
    own = _words(passage)
    position, found_any = 0, False
    for part in _ELISION.split(excerpt):
        words = _words(part)
        if not words:
            continue
        found_any = True
        position = _find_words(own, words, position)
    if not found_any:
        raise InvalidValueError("An excerpt needs at least one word of the passage.")
    return _ELISION.sub(ELISION, excerpt).strip()


def _words(text: str) -> list[str]:
    bare = _BRACKETED.sub(" ", text)
    return [found.group().replace("\u2019", "'") for found in _WORD.finditer(bare)]


def _find_words(own: list[str], words: list[str], position: int) -> int:
    """Return where the run of words ends in the passage, searching from ``position``."""
    best, best_at = 0, position
    for at in range(position, len(own)):
        same = 0
        while (
            same < len(words)
            and at + same < len(own)
            and words[same].casefold() == own[at + same].casefold()
        ):
            same += 1
        if same == len(words):
            return at + same
        if same > best:
            best, best_at = same, at
    there = own[best_at + best] if best and best_at + best < len(own) else ""
    raise InvalidValueError(
        f"The excerpt differs from the passage at '{words[best]}'"
        + (f"; the passage has '{there}' there. " if there else ". ")
        + f"Use the passage's own words in order, {ELISION} for what is left out and "
        "[brackets] for what you add."
    )
