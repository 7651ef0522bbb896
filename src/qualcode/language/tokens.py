"""Word tokens: where the words of a spoken text begin and end.

Owns the definition of a word. A word is a run of letters and digits; an apostrophe or
hyphen inside it belongs to it (``collega's``, ``knock-out``), and the clitics ``'s``, ``'t``,
``'n``, ``'k`` and ``'m`` keep theirs. Underscores, marks and emoji are not words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# the clitics come first: an apostrophe at the beginning belongs to no other word
_WORD = re.compile(r"(?<![^\W_])['’‘][stnkm]\b|[^\W_]+(?:['’-][^\W_]+)*")
_WORD_OR_MARK = re.compile(rf"{_WORD.pattern}|[^\w\s]|_")
# notes of the transcriber: [...], [collega 1], (lacht), (lange stilte), (03:12)
_NOTE = re.compile(
    r"\[[^\[\]\n]{0,60}\]|\([^\W\d_A-Z][\w-]*(?: [\w-]+)?[.!?]?\)|\(\d[\d:.,\s]*\)|#[\d:.-]+#"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its lemma and its place in code points."""

    start: int
    end: int
    lemma: str


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words and marks of one text, in order.

    Attributes:
        starts: Where each begins, in code points.
        ends: Where each ends.
        keys: The key by which each is compared.
        lemmas: The lemma of the trained model where one is in use, else the key.
        sentences: Number of the sentence of each, from 0.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    lemmas: tuple[str, ...]
    sentences: tuple[int, ...]


def word_and_mark_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each word and of each mark between words, in order."""
    for match in _WORD_OR_MARK.finditer(text):
        yield match.span()


def sentences_of(places: Sequence[int], starts: Sequence[int]) -> tuple[int, ...]:
    """Return the number of the sentence that each place lies in.

    Args:
        places: The places, in order.
        starts: Where the sentences begin, in order.
    """
    # what stands before the first sentence, such as a time stamp, belongs to it
    return tuple([max(bisect_right(starts, place) - 1, 0) for place in places])


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each word, in order."""
    for match in _WORD.finditer(text):
        yield match.span()


def words(text: str) -> list[str]:
    """Return the words of a text as they are written."""
    return _WORD.findall(text)


def without_notes(text: str) -> str:
    """Return a text with notes and time stamps replaced by as many spaces: offsets stay right."""
    return _NOTE.sub(lambda match: " " * len(match.group()), text)
