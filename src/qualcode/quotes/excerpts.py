"""Checks excerpts by an author: which changes are allowed, and how words are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Span

ELISION = "[...]"
"""Printed in the place of words that are left out."""

# Time marks of f4transkript and similar programs, which lie within the speech.
_TIME_MARK = re.compile(r"\s*#\d{1,2}:\d{2}:\d{2}(?:-\d{1,3})?#")
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
_ELISION = re.compile(r"\[\s*(?:\.\.\.|\u2026)\s*\]")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")


def without_time_marks(text: str) -> str:
    """Return the text without the time marks in it."""
    return _TIME_MARK.sub("", text)


def printed(passage: str, excerpt: str | None) -> str:
    """Return the author's excerpt of a passage, or the whole passage without its time marks.

    Raises:
        InvalidValueError: The excerpt has other words than the passage.
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
        InvalidValueError: There is no span, or spans are out of order or past the end.
    """
    if not keep or max(span.end for span in keep) > len(text):
        raise InvalidValueError(
            Message(
                "Keep one or more parts within the passage's {count_text} characters.",
                count_text=len(text),
            )
        )
    if list(keep) != sorted(keep):
        raise InvalidValueError("Give the parts to keep in the order of the passage.")
    parts: list[Span] = []
    # White space alone is nothing to keep.
    for part in (_widened(text, span) for span in keep if span.of(text).strip()):
        # Parts without a word between them are joined: an ellipsis there would mark nothing.
        if parts and not _WORD.search(text, parts[-1].end, max(part.start, parts[-1].end)):
            part = Span(parts[-1].start, max(part.end, parts.pop().end))  # noqa: PLW2901
        parts.append(part)
    if not parts:
        raise InvalidValueError("An excerpt needs at least one word of the passage.")
    text_kept = f" {ELISION} ".join(part.of(text).strip() for part in parts)
    lead = f"{ELISION} " if _WORD.search(text, 0, parts[0].start) else ""
    tail = f" {ELISION}" if _WORD.search(text, parts[-1].end) else ""
    return lead + text_kept + tail


def _widened(text: str, span: Span) -> Span:
    """Return the span, extended to whole words and to whole notes in brackets."""
    units = [*re.finditer(r"\S+", text), *_BRACKETED.finditer(text)]
    start, end = span.start, span.end
    for unit in units:
        if unit.start() < end and start < unit.end():
            start, end = min(start, unit.start()), max(end, unit.end())
    return Span(start, end)


def check_excerpt(passage: str, excerpt: str) -> str:
    """Return the author's excerpt if it is a valid excerpt of the passage.

    A valid excerpt has the words of the passage in their order, with ``[...]`` for words left
    out between them and other square brackets for additions. It may begin and end anywhere;
    capitals, punctuation and bracketed notes of the transcriber may differ.

    Raises:
        InvalidValueError: It has other words; the message names the first one.
    """
    if excerpt.strip() == passage.strip():
        return excerpt.strip()
    passage_words = _words(passage)
    position, found_any = 0, False
    for part in _ELISION.split(excerpt):
        words = _words(part)
        if not words:
            continue
        found_any = True
        position = _find_words(passage_words, words, position)
    if not found_any:
        raise InvalidValueError("An excerpt needs at least one word of the passage.")
    return _ELISION.sub(ELISION, excerpt).strip()


def _words(text: str) -> list[str]:
    bare = _BRACKETED.sub(" ", text)
    # Authors type straight apostrophes where a document has curly ones.
    return [match.group().replace("\u2019", "'") for match in _WORD.finditer(bare)]


def _find_words(passage_words: list[str], words: list[str], position: int) -> int:
    """Return where the run of words ends in the passage, searching from ``position``."""
    # The longest partial match is kept, so that the error can name the first wrong word.
    best, best_at = 0, position
    for at in range(position, len(passage_words)):
        matched = 0
        while (
            matched < len(words)
            and at + matched < len(passage_words)
            and words[matched].casefold() == passage_words[at + matched].casefold()
        ):
            matched += 1
        if matched == len(words):
            return at + matched
        if matched > best:
            best, best_at = matched, at
    expected = passage_words[best_at + best] if best and best_at + best < len(passage_words) else ""
    raise InvalidValueError(
        Message(
            "The excerpt differs from the passage at '{words}'; the passage has '{expected}' "
            "there. Use the passage's own words in order, {elision} for what is left out and "
            "[brackets] for what you add.",
            words=words[best],
            expected=expected,
            elision=ELISION,
        )
        if expected
        else Message(
            "The excerpt differs from the passage at '{words}'. Use the passage's own words in "
            "order, {elision} for what is left out and [brackets] for what you add.",
            words=words[best],
            elision=ELISION,
        )
    )
