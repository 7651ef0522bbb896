"""Suggester 6, related words: words of a text that are close in meaning to words of an entry.

The content words and pairs of content words of a text are compared, by an embedding model, with
those of each entry: its terms, label, definition, include and typical example. Only close ones
count, and only by how much closer they are to one code than to the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from qualcode.messages import Message
from qualcode.model import Code, Reason
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.embeddings import Vector, Vectors, find_kept, key_of
from qualcode.suggesting.meaning import center
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.texts import Words

_FLOOR = 0.3
"""Cosine from which two expressions are close; measured, see benchmarks."""
_ROWS = 256
"""Expressions compared at a time: bounds the memory of the cosines."""
_MOST_WORDS = 3

Expression = tuple[str, int, int]
"""A content word, or a pair of them, with its start and end in the text."""


class RelatedWordsSuggester:
    """Weighs codes by words of the text that are close to words of their entries.

    Args:
        book: The codebook.
        vectors: The embedding model.
        words: The language.
    """

    name = "related"

    def __init__(self, book: Book, vectors: Vectors, words: Words) -> None:
        self.version = f"1+{vectors.name}"
        self._vectors, self._words = vectors, words
        entries = [
            _expressions_of(book.codebook.code(path), book, column, words)
            for column, path in enumerate(book.paths)
        ]
        self._texts = [text for entry in entries for text in entry]
        counts = np.array([len(entry) for entry in entries], dtype=np.int64)
        # columns of one code are adjacent, so that one reduction takes the maximum of each code
        self._filled = np.flatnonzero(counts)
        self._firsts = np.concatenate(([0], np.cumsum(counts[self._filled])))
        self._count = len(entries)
        # the same expression stands in many texts, and a page asks for one text at a time
        self._known: dict[str, Vector] = {}
        self._vectors_of_code: dict[int, Vector] = {}
        contents = "\n".join((self.version, *map(str, counts.tolist()), *self._texts))
        self._kept = vectors.derive(f"related:{words.name}", key_of(contents))

    @cached_property
    def _vectors_of_book(self) -> tuple[Vector, Vector]:
        """The vectors of all expressions of the book, and their mean, which is taken off them."""
        # thousands of vectors: read where an expression is new, or a reason is told
        table = self._vectors.of(self._texts)
        # A codebook of bare names has no expression whose meaning could be compared.
        mean = table.mean(axis=0) if len(table) else np.zeros(table.shape[1], np.float32)
        return center(table, mean).astype(np.float32), mean

    def score(self, concordance: Concordance) -> Scores:
        """Return the summed closeness of the distinct expressions of each text."""
        scores = np.zeros((len(concordance.segments), self._count))
        if not len(self._filled):
            return scores
        listed = [
            tuple(dict.fromkeys(text for text, _, _ in expressions_in(segment.text, self._words)))
            for segment in concordance.segments
        ]
        self._compare(text for texts in listed for text in texts)
        for row, texts in enumerate(listed):
            if texts:
                # the words of one text are not independent: their number counts by its root
                total = np.sum([self._known[text] for text in texts], axis=0, dtype=np.float64)
                scores[row] = total / len(texts) ** 0.5
        return scores

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return the words that speak for a code, and the term that the strongest is close to."""
        place: dict[str, tuple[int, int]] = {}
        for text, start, end in expressions_in(concordance.segments[row].text, self._words):
            place.setdefault(text, (start, end))
        values = {text: float(self._known[text][code]) for text in place}
        listed = sorted((t for t in values if values[t] > 0), key=lambda t: (-values[t], place[t]))
        if not listed:
            return None
        cited: list[str] = []
        for text in listed:
            start, end = place[text]
            # a pair and its words would cite the same place twice
            if len(cited) < _MOST_WORDS and not any(
                place[reason_cited][0] < end and start < place[reason_cited][1]
                for reason_cited in cited
            ):
                cited.append(text)
        total = sum(values[text] for text in listed)
        return Reason(
            suggester=self.name,
            words=tuple(concordance.words_at(row, *place[text]) for text in cited),
            spans=tuple(concordance.span_of(row, *place[text]) for text in cited),
            shares=tuple(round(values[text] / total, 3) for text in cited),
            note=Message("close to '{term}'", term=self._nearest(cited[0], code)),
        )

    def _compare(self, texts: Iterable[str]) -> None:
        new = {text: key_of(text) for text in dict.fromkeys(texts) if text not in self._known}
        lines_of = find_kept(self._kept, set(new.values()))
        for text, key in new.items():
            if key in lines_of:
                line = np.frombuffer(lines_of[key], dtype=np.float16).astype(np.float32)
                self._known[text] = line
        unknown = [text for text, key in new.items() if key not in lines_of]
        for first in range(0, len(unknown), _ROWS):
            part = unknown[first : first + _ROWS]
            # rounded before use too: a line that was kept must give the same score as a new one
            lines = self._closeness(part).astype(np.float16)
            self._kept.update({new[t]: line.tobytes() for t, line in zip(part, lines, strict=True)})
            self._known.update(zip(part, lines.astype(np.float32), strict=True))

    def _closeness(self, texts: list[str]) -> Vector:
        table, mean = self._vectors_of_book
        cosines = center(self._vectors.of(texts), mean) @ table.T
        closeness = np.maximum(cosines - _FLOOR, 0)
        per_code: Vector = np.zeros((len(texts), self._count), dtype=np.float32)
        nearest = np.maximum.reduceat(closeness, self._firsts[:-1], axis=1)
        per_code[:, self._filled] = nearest**2
        # a word that is close to every code distinguishes none
        per_code -= per_code.mean(axis=1, keepdims=True)
        return per_code

    def _nearest(self, text: str, code: int) -> str:
        place = int(np.searchsorted(self._filled, code))
        first, last = int(self._firsts[place]), int(self._firsts[place + 1])
        if code not in self._vectors_of_code:
            self._vectors_of_code[code] = self._vectors.of(self._texts[first:last])
        # the mean of all expressions matters little for which of a few is the nearest
        nearest = (self._vectors_of_code[code] @ self._vectors.of([text])[0]).argmax()
        return self._texts[first + int(nearest)]


def expressions_in(text: str, words: Words) -> Iterator[Expression]:
    """Yield the content words of a text and each two in a row, in lower case, with their places."""
    content = set(words.content_lemmas(text))
    places = [
        (text[token.start : token.end].lower(), token.start, token.end)
        for token in words.tokens(text)
        if token.lemma in content
    ]
    yield from places
    for (first, start, _), (second, _, end) in pairwise(places):
        yield f"{first} {second}", start, end


def _expressions_of(code: Code, book: Book, column: int, words: Words) -> tuple[str, ...]:
    terms = [term.text.lower() for term in book.terms if column in term.codes]
    parts = (code.label, code.definition, code.include, code.typical)
    texts = [
        text for part in parts for text, _, _ in expressions_in(part.in_language(words.name), words)
    ]
    return tuple(dict.fromkeys((*terms, *texts)))
