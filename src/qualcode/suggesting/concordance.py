"""The concordance: which words of the codebook occur where in pieces of text.

It is built once for all suggesters. A word of speech matches a word of the book by its lemma, as
part of a compound (``werkdruk`` in ``werkdrukklachten``) or as a separable verb in two parts
(``houd ... vol``). The words of many texts are compared at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Span
from qualcode.suggesting.lexicon import Integers
from qualcode.suggesting.texts import SegmentText, TextWords, Words
from qualcode.suggesting.vocabulary import Vocabulary

_BATCH = 200_000
"""Characters read at a time: bounds the memory of their words."""
_LONGEST = 1 << 26
"""More than there are characters in a text or words in a book."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of all pieces of text.

    Attributes:
        first: Number of the first sentence of each piece of text, and of the one past the last.
        start: Where each begins in its text.
        end: Where each ends.
    """

    first: tuple[int, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]

    def around(self, row: int, places: Sequence[int]) -> tuple[int, int]:
        """Return the start and end of the sentence that most of the places lie in."""
        low, high = self.first[row], self.first[row + 1]
        if not places or high <= low + 1:
            return self.start[low], self.end[high - 1]
        lines = [bisect_right(self.start, place, low, high) - 1 for place in places]
        sentence = max(lines, key=lines.count)
        return self.start[sentence], self.end[sentence]


class DistinctOccurrences(NamedTuple):
    """Each word once per piece of text, with the highest of its weights."""

    row: Integers
    key: Integers
    weight: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where words of the book occur: one line of each array per occurrence.

    Attributes:
        row: The piece of text.
        key: Column of the word in the vocabulary, or number of the phrase.
        start: Where it begins in that text.
        end: Where it ends.
        weight: 1, or less for a part of a compound.
        first: Number of the first line of each piece of text, and of the one past the last.
        distinct: The same, each key once per piece of text.
    """

    row: Integers
    key: Integers
    start: Integers
    end: Integers
    weight: NDArray[np.float64]
    first: tuple[int, ...]
    distinct: DistinctOccurrences

    def of_row(self, row: int) -> slice:
        """Return the lines of one piece of text; the lines are in order of these."""
        return slice(self.first[row], self.first[row + 1])


@dataclass(frozen=True, slots=True)
class Concordance:
    """Pieces of text and the words of the book in them.

    Attributes:
        segments: The pieces of text.
        words: Words of the vocabulary, in order of the pieces.
        phrases: Terms of more than one word, likewise.
        sentences: Where the sentences lie.
        denials: Per piece of text, where words of denial occur (``niet``, ``geen``).
    """

    segments: tuple[SegmentText, ...]
    words: Occurrences
    phrases: Occurrences
    sentences: Sentences
    denials: tuple[tuple[int, ...], ...] = field(default=(), repr=False)

    def span_of(self, row: int, start: int, end: int) -> Span:
        """Return a place in a piece of text as a span of its transcript."""
        offset = self.segments[row].start
        return Span(offset + start, offset + end)

    def words_at(self, row: int, start: int, end: int) -> str:
        """Return the words at a place in a piece of text."""
        return self.segments[row].text[start:end]

    @property
    def distinct_counts(self) -> Integers:
        """How many different words of the book each piece of text has."""
        return np.bincount(self.words.distinct.row, minlength=len(self.segments))


def build_concordance(
    segments: Sequence[SegmentText], vocabulary: Vocabulary, words: Words
) -> Concordance:
    """Return the words of the book that occur in pieces of text."""
    collector = _OccurrenceCollector()
    for first, last in _batches(segments):
        batch = segments[first:last]
        texts = [_whole_characters(segment.text) for segment in batch]
        collector.add(words.read_words(texts), vocabulary, first)
    return collector.build(tuple(segments))


def _batches(segments: Sequence[SegmentText]) -> Iterator[tuple[int, int]]:
    first = size = 0
    for number, segment in enumerate(segments):
        # a text that is longer than a batch is a batch of its own
        if size and size + len(segment.text) > _BATCH:
            yield first, number
            first, size = number, 0
        size += len(segment.text)
    if first < len(segments):
        yield first, len(segments)


def _whole_characters(text: str) -> str:
    """Return the text with half characters (lone surrogates) replaced, as long as before."""
    # spaCy keeps strings in UTF-8, which has no lone surrogates
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


class _OccurrenceCollector:
    """Collects occurrences batch by batch."""

    def __init__(self) -> None:
        self.words: list[NDArray[np.float64]] = []
        self.phrases: list[NDArray[np.float64]] = []
        self.sentences: list[Integers] = []
        self.denials: dict[int, list[int]] = {}
        self.sentence_count = 0

    def add(self, texts: Sequence[TextWords], vocabulary: Vocabulary, first: int) -> None:
        """Add one batch.

        Args:
            texts: The words of the texts of the batch.
            vocabulary: The words of the book.
            first: Row of the first text.
        """
        number, lexicon = _integers, vocabulary.lexicon
        row = np.repeat(np.arange(len(texts)), [len(text.keys) for text in texts])
        if not len(row):
            return
        first_character = number(place for text in texts for place in text.starts)
        end_character = number(place for text in texts for place in text.ends)
        keys = lexicon.numbers_of(key for text in texts for key in text.keys)
        lemmas = lexicon.numbers_of(lemma for text in texts for lemma in text.lemmas)
        in_text = number(place for text in texts for place in text.sentences)
        # a sentence never goes on in the next text
        starts_sentence = np.diff(row, prepend=-1).astype(bool)
        starts_sentence |= np.diff(in_text, prepend=-1).astype(bool)
        sentence = np.cumsum(starts_sentence) - 1 + self.sentence_count
        words = vocabulary.find(keys, lemmas, sentence)

        def lines(hits: NDArray[np.float64]) -> NDArray[np.float64]:
            # hits: key, weight, first token, last token
            first_token, last_token = hits[:, 2].astype(np.int64), hits[:, 3].astype(np.int64)
            # a phrase may not run from one text into the next
            in_one_text: NDArray[np.bool_] = row[first_token] == row[last_token]
            parts = (
                row[first_token] + first,
                hits[:, 0],
                first_character[first_token],
                end_character[last_token],
                hits[:, 1],
            )
            return np.stack(parts, axis=1).astype(np.float64)[in_one_text]

        self.words.append(lines(words))
        self.phrases.append(lines(vocabulary.find_phrases(keys, lemmas)))
        for token in np.flatnonzero(vocabulary.denies(keys)).tolist():
            self.denials.setdefault(int(row[token]) + first, []).append(int(first_character[token]))
        starts = np.flatnonzero(starts_sentence)
        ends = np.append(starts[1:], len(starts_sentence)) - 1
        self.sentences.append(
            np.stack((row[starts] + first, first_character[starts], end_character[ends]), axis=1)
        )
        self.sentence_count += len(starts)

    def build(self, segments: tuple[SegmentText, ...]) -> Concordance:
        """Return the occurrences of all batches as one concordance."""
        sentences = np.concatenate(self.sentences or [np.empty((0, 3), dtype=np.int64)])
        rows = len(segments)
        return Concordance(
            segments=segments,
            words=_occurrences_of(self.words, rows),
            phrases=_occurrences_of(self.phrases, rows),
            sentences=Sentences(
                _firsts(sentences[:, 0], rows),
                tuple(sentences[:, 1].tolist()),
                tuple(sentences[:, 2].tolist()),
            ),
            denials=tuple(tuple(self.denials.get(row, ())) for row in range(len(segments))),
        )


def _integers(values: Iterable[int]) -> Integers:
    return np.array(list(values), dtype=np.int64)


def _occurrences_of(lines: list[NDArray[np.float64]], rows: int) -> Occurrences:
    table = np.concatenate(lines or [np.empty((0, 5))])
    # in order of the text, so that the lines of one piece of text are adjacent
    table = table[np.argsort(table[:, 0] * _LONGEST + table[:, 2], kind="stable")]
    whole = table.astype(np.int64)
    row, key = whole[:, 0], whole[:, 1]
    distinct = _distinct(row, key, table[:, 4])
    return Occurrences(
        row, key, whole[:, 2], whole[:, 3], table[:, 4], _firsts(row, rows), distinct
    )


def _distinct(row: Integers, key: Integers, weight: NDArray[np.float64]) -> DistinctOccurrences:
    # row and key as one integer: sorting one column is much faster than finding unique rows
    pairs = row * _LONGEST + key
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    weights = np.maximum.reduceat(weight[order], first) if len(first) else weight
    return DistinctOccurrences(pairs[first] // _LONGEST, pairs[first] % _LONGEST, weights)


def _firsts(ordered: Integers, rows: int) -> tuple[int, ...]:
    return tuple(np.searchsorted(ordered, np.arange(rows + 1)).tolist())
