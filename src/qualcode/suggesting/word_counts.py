"""Texts as weighted counts of words, pairs of words and parts of words.

TF-IDF with sublinear counts, each kind of length 1 (Manning, Raghavan and Schütze 2008,
Introduction to Information Retrieval, ch. 6). Words and their parts are known by a hash of 64 bits,
so that no list of the words of a study is kept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]

_WORD = re.compile(r"\w+")
_PARTS = (3, 4, 5)
"""Characters of a part of a word: parts find compounds and misspellings that no word list has."""
_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_ROWS = 64
_GAP = "\0"
"""Between two words, so that no part of a word runs into the next."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each kind of hash occurs: one line per text and hash."""

    row: NDArray[np.int64]
    hash: Hashes
    count: Floats


@dataclass(frozen=True, slots=True)
class Entries:
    """The cells of a sparse table that are not 0, in order of its rows.

    Attributes:
        row: The text of each.
        column: Its word, pair or part.
        weight: Its weight.
    """

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    weight: NDArray[Any]

    def table(self, shape: tuple[int, int]) -> Any:
        """Return them as a sparse table of scipy."""
        from scipy.sparse import csr_matrix

        return csr_matrix((self.weight, (self.row, self.column)), shape=shape)

    def times(self, dense: NDArray[np.float64] | Floats, texts: int) -> NDArray[np.float64]:
        """Return the product with a dense table: one row per text."""
        product = np.zeros((texts, dense.shape[1]))
        # in blocks: the lines of a long interview together would take a gigabyte
        for first in range(0, texts, _ROWS):
            low, high = np.searchsorted(self.row, (first, min(first + _ROWS, texts)))
            row = self.row[low:high]
            if len(row):
                lines = dense[self.column[low:high]] * self.weight[low:high, None]
                starts = np.flatnonzero(np.diff(row, prepend=-1))
                product[row[starts]] = np.add.reduceat(lines, starts, axis=0)
        return product


@dataclass(frozen=True, slots=True)
class Weighting:
    """What some texts say of how rare each word or part is.

    Attributes:
        hashes: The known ones, in order.
        rarity: The weight of each.
    """

    hashes: Hashes
    rarity: Floats

    @classmethod
    def of(cls, counts: _Counts, texts: int) -> Weighting:
        """Return the weighting by the texts that hold each word or part."""
        hashes, holders = np.unique(counts.hash, return_counts=True)
        rarity = np.log((1 + texts) / (1 + holders)) + 1
        return cls(hashes, rarity.astype(np.float32))

    def entries(self, counts: _Counts, texts: int) -> Entries:
        """Return what is known in texts, of length 1 or 0 per text."""
        place = np.searchsorted(self.hashes, counts.hash)
        place = np.minimum(place, max(len(self.hashes) - 1, 0))
        is_known = np.zeros(len(place), dtype=bool)
        if len(self.hashes):
            is_known = self.hashes[place] == counts.hash
        row, column = counts.row[is_known], place[is_known]
        weight = (1 + np.log(counts.count[is_known])) * self.rarity[column]
        square = np.bincount(row, weights=weight * weight, minlength=texts)
        length = np.sqrt(np.where(square > 0, square, 1)).astype(np.float32)
        return Entries(row, column, (weight / length[row]).astype(np.float32))


@dataclass(frozen=True, slots=True)
class WordSpace:
    """The words and parts of words that some texts hold; other texts are placed among them.

    Attributes:
        words: The weighting of words and pairs of words.
        parts: That of parts of words.
    """

    words: Weighting
    parts: Weighting

    @classmethod
    def of(cls, texts: Sequence[str]) -> tuple[WordSpace, Entries]:
        """Return the space of texts, and what is in them."""
        words, parts = _count_words(texts), _count_parts(texts)
        space = cls(Weighting.of(words, len(texts)), Weighting.of(parts, len(texts)))
        return space, space._join(words, parts, len(texts))

    @property
    def size(self) -> int:
        """How many words, pairs and parts are known."""
        return len(self.words.hashes) + len(self.parts.hashes)

    def entries(self, texts: Sequence[str]) -> Entries:
        """Return what is known in texts: words, pairs, and then parts of words."""
        return self._join(_count_words(texts), _count_parts(texts), len(texts))

    def _join(self, words: _Counts, parts: _Counts, texts: int) -> Entries:
        of_words, of_parts = self.words.entries(words, texts), self.parts.entries(parts, texts)
        row = np.concatenate((of_words.row, of_parts.row))
        order = np.argsort(row, kind="stable")
        column = np.concatenate((of_words.column, of_parts.column + len(self.words.hashes)))
        weight = np.concatenate((of_words.weight, of_parts.weight))
        return Entries(row[order], column[order], weight[order])


def _count_words(texts: Sequence[str]) -> _Counts:
    rows: list[NDArray[np.int64]] = []
    hashes: list[Hashes] = []
    hash_of: dict[str, int] = {}
    for row, text in enumerate(texts):
        listed = [
            hash_of[word] if word in hash_of else hash_of.setdefault(word, _hash_of(word))
            for word in _WORD.findall(text.lower())
        ]
        single = np.array(listed, dtype=np.uint64)
        pairs = (single[:-1] * _PRIME) ^ (single[1:] + _MIX)
        hashes += (single, pairs)
        rows.append(np.full(len(single) + len(pairs), row, dtype=np.int64))
    return _counted(rows, hashes)


def _hash_of(word: str) -> int:
    # two check sums of 32 bits make 64: one alone would mix up words of a large study
    data = word.encode("utf-8", "surrogatepass")
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def _count_parts(texts: Sequence[str]) -> _Counts:
    """Return the parts of 3 to 5 characters of each word, with a space at both of its ends."""
    joined = [_GAP.join(f" {word} " for word in text.lower().split()) + _GAP for text in texts]
    lengths = [len(text) for text in joined]
    row = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    data = "".join(joined).encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(data, dtype=np.uint32).astype(np.uint64)
    rows, hashes = [], []
    is_gap = characters == 0
    for size in _PARTS:
        if len(characters) < size:
            continue
        count = len(characters) - size + 1
        value = np.full(count, np.uint64(size), dtype=np.uint64)
        whole = np.ones(count, dtype=bool)
        for offset in range(size):
            part = slice(offset, offset + count)
            value = (value ^ characters[part]) * _PRIME
            whole &= ~is_gap[part]
        rows.append(row[:count][whole])
        # characters of one script differ in few bits: mixing them spreads the hashes
        hashes.append(((value ^ (value >> np.uint64(29))) * _MIX)[whole])
    return _counted(rows, hashes)


def _counted(rows: Sequence[NDArray[np.int64]], hashes: Sequence[Hashes]) -> _Counts:
    row = np.concatenate([np.empty(0, dtype=np.int64), *rows])
    value = np.concatenate([np.empty(0, dtype=np.uint64), *hashes])
    order = np.lexsort((value, row))
    row, value = row[order], value[order]
    is_first = np.ones(len(row), dtype=bool)
    is_first[1:] = (row[1:] != row[:-1]) | (value[1:] != value[:-1])
    first = np.flatnonzero(is_first)
    count = np.diff(first, append=len(row)).astype(np.float32)
    return _Counts(row[first], cast("Hashes", value[first]), count)
