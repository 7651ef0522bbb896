"""Suggester 5, meaning: the sentences of a text against the statements of each entry.

Compares vectors of an embedding model. The nearest pair of sentences counts, the nearest statement
to the whole text, and the mean over all statements: measured, each alone was worse.
"""

from __future__ import annotations

import re

import numpy as np

from qualcode.model import Code, Reason
from qualcode.suggesting.book import Book
from qualcode.suggesting.concordance import Concordance
from qualcode.suggesting.embeddings import Vector, Vectors
from qualcode.suggesting.protocol import Scores

_CLAUSE = re.compile(r"[.;]\s+|;\s*|\s-\s")
_ROWS = 512
"""Sentences compared at a time: bounds the memory of the cosines."""


class MeaningSuggester:
    """Weighs codes by the cosine between the sentences of a text and statements of entries.

    Args:
        book: The codebook.
        vectors: The embedding model.
        language: The language whose entries are read.
    """

    name = "meaning"

    def __init__(self, book: Book, vectors: Vectors, language: str) -> None:
        self.version = f"2+{vectors.name}"
        self._vectors = vectors
        statements = [_statements(book.codebook.code(path), language) for path in book.paths]
        # codes share statements, and a vector takes long to compute
        distinct = list(dict.fromkeys(text for listed in statements for text in listed))
        self._places = [np.array([distinct.index(t) for t in listed]) for listed in statements]
        table = vectors.of(distinct)
        # what all entries have in common says nothing about which of them fits
        # (a codebook of bare names has no statement, and no meaning to compare)
        self._mean = table.mean(axis=0) if len(table) else np.zeros(table.shape[1], np.float32)
        self._table = center(table, self._mean)

    def score(self, concordance: Concordance) -> Scores:
        """Return the likeness of each code, minus the mean over the codes of the book."""
        texts, rows = _sentences(concordance)
        scores = np.zeros((len(concordance.segments), len(self._places)))
        if not texts or not len(self._table):
            return scores
        nearest = np.full(scores.shape, -np.inf)
        for first in range(0, len(texts), _ROWS):
            part = slice(first, first + _ROWS)
            maxima = self._per_code(self._cosines(texts[part]), mean=False)
            np.maximum.at(nearest, rows[part], maxima)
        filled = np.flatnonzero(np.isfinite(nearest[:, 0]))
        whole = [concordance.segments[row].text for row in filled.tolist()]
        for first in range(0, len(whole), _ROWS):
            cosines = self._cosines(whole[first : first + _ROWS])
            lines = filled[first : first + _ROWS]
            of_whole = self._per_code(cosines, mean=False)
            both = np.maximum(nearest[lines], of_whole) + of_whole
            scores[lines] = (both + self._per_code(cosines, mean=True)) / 3
        # the level of cosines depends on model and text: only differences between codes count
        scores -= scores.mean(axis=1, keepdims=True)
        return scores

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return that the meaning of the text is close to that of the entry."""
        del concordance, row, code
        return Reason(self.name, note="close in meaning to the entry")

    def _cosines(self, texts: list[str]) -> Vector:
        cosines: Vector = center(self._vectors.of(texts), self._mean) @ self._table.T
        return cosines

    def _per_code(self, cosines: Vector, *, mean: bool) -> Scores:
        reduced = np.zeros((len(cosines), len(self._places)))
        for code, places in enumerate(self._places):
            if len(places):
                of_code = cosines[:, places]
                reduced[:, code] = of_code.mean(axis=1) if mean else of_code.max(axis=1)
        return reduced


def center(table: Vector, mean: Vector) -> Vector:
    """Return vectors with a mean taken off, of length 1 again; those without words stay 0."""
    moved: Vector = table - mean
    moved[~table.any(axis=1)] = 0
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    length[length == 0] = 1
    moved /= length
    return moved


def _sentences(concordance: Concordance) -> tuple[list[str], np.ndarray]:
    """Return all sentences with words, and the row of each."""
    texts: list[str] = []
    rows: list[int] = []
    sentences = concordance.sentences
    for row, segment in enumerate(concordance.segments):
        for number in range(sentences.first[row], sentences.first[row + 1]):
            text = segment.text[sentences.start[number] : sentences.end[number]].strip()
            if any(map(str.isalnum, text)):
                texts.append(text)
                rows.append(row)
    return texts, np.array(rows, dtype=np.int64)


def _statements(code: Code, language: str) -> tuple[str, ...]:
    parts = [p.in_language(language) for p in (code.definition, code.include, code.typical)]
    clauses = [clause.strip() for part in parts for clause in _CLAUSE.split(part)]
    listed = (code.label.in_language(language), *clauses, *parts[:2])
    return tuple(dict.fromkeys(text for text in listed if any(map(str.isalnum, text))))
