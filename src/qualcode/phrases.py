"""Finds what one person said again in other texts: in notes, in the history, in a file.

A phrase is five words in a row. Three words are enough if one of them is a word that nobody else
in the project says. Capitals, punctuation and white space do not count, so that a quotation in a
memo is recognised. A phrase that other people say too is theirs as well, and is no phrase here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from qualcode.model import Span

WORDS = 5
"""Words of a phrase."""
FEW_WORDS = 3
"""Words of a phrase that holds a word which nobody else says."""

_WORD = re.compile(r"[^\W_]+")
_ESCAPE = re.compile(rb"\\[nrtbf\"\\/]")
_LONGEST_COMMON_WORD = 3
_AT_ONCE = 1_000_000
_OVERLAP = 1_000
"""Bytes that two pieces of a file share, so that no phrase is cut in two."""


class Phrases:
    """The phrases of one person.

    Args:
        texts: What the person said, each text without interruption: a turn, an interview.
        other_texts: What other people said.
    """

    def __init__(self, texts: Iterable[str], other_texts: Iterable[str] = ()) -> None:
        other_words: set[str] = set()
        other_phrases: set[tuple[str, ...]] = set()
        for text in other_texts:
            words = [word for word, _ in _words(text)]
            other_words.update(words)
            for size in (FEW_WORDS, WORDS):
                other_phrases.update(_rows(words, size))
        self._phrases: set[tuple[str, ...]] = set()
        shared: set[tuple[str, ...]] = set()
        for text in texts:
            words = [word for word, _ in _words(text)]
            phrases = set(_rows(words, WORDS))
            shared |= phrases & other_phrases
            self._phrases |= phrases - other_phrases
            self._phrases |= {
                phrase
                for phrase in set(_rows(words, FEW_WORDS)) - other_phrases
                if any(len(w) > _LONGEST_COMMON_WORD and w not in other_words for w in phrase)
            }
        self.shared = len(shared)
        """Number of phrases that are left out because other people say them too."""

    def __len__(self) -> int:
        return len(self._phrases)

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def find(self, text: str) -> tuple[Span, ...]:
        """Return the places of a text where the person's words stand, in order, joined."""
        words = _words(text)
        covered = [
            Span(words[first][1].start, words[first + size - 1][1].end)
            for size in (FEW_WORDS, WORDS)
            for first, phrase in enumerate(_rows([word for word, _ in words], size))
            if phrase in self._phrases
        ]
        return tuple(_joined(sorted(covered)))

    def rewrite(self, text: str, replacement: str) -> str:
        """Return a text with the person's words replaced."""
        parts, position = [], 0
        for span in self.find(text):
            parts += [text[position : span.start], replacement]
            position = span.end
        return "".join(parts) + text[position:] if parts else text

    def count_in_bytes(self, data: bytes) -> int:
        """Return in how many places of a file the person's words stand, as they are in UTF-8."""
        count = 0
        for start in range(0, len(data), _AT_ONCE):
            piece = data[max(0, start - _OVERLAP) : start + _AT_ONCE]
            # JSON writes line feeds, tabs and quotation marks inside its texts with a backslash.
            plain = _ESCAPE.sub(b" ", piece)
            count += len(self.find(plain.decode("utf-8", "replace")))
        return count


def _words(text: str) -> list[tuple[str, Span]]:
    return [(match.group().casefold(), Span(*match.span())) for match in _WORD.finditer(text)]


def _rows(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    for first in range(len(words) - size + 1):
        yield tuple(words[first : first + size])


def _joined(spans: list[Span]) -> Iterator[Span]:
    if not spans:
        return
    start, end = spans[0].start, spans[0].end
    for _, span in pairwise(spans):
        if span.start > end:
            yield Span(start, end)
            start = span.start
        end = max(end, span.end)
    yield Span(start, end)
