"""Where the entries of a codebook can be improved, by what people coded.

Per code: the terms that misfire, the coded passages that no suggester found, and the words that
would have found them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from qualcode.model import CodeAdvice, TermCount
from qualcode.suggesting.concordance import Found, Reading
from qualcode.suggesting.fusion import Given
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.ranker import Ranker

_NEAR = 5
"""A code among this many first suggestions was found."""
_FEWEST_MISFIRES = 2
_MOST_WORDS = 8
_MOST_TERMS = 8


def advise(
    ranker: Ranker, reading: Reading, truth: Given, tables: Sequence[Scores]
) -> tuple[CodeAdvice, ...]:
    """Return what can be improved, per code that has something.

    Args:
        ranker: The suggesters.
        reading: The passages.
        truth: One row per passage, one column per code: whether people gave it.
        tables: Scores of each suggester that needs no codings, by passage and code.
    """
    said = _said_terms(ranker, reading)
    lemmas = [ranker.telling_keys(segment.text) for segment in reading.segments]
    spoken = Counter(lemma for line in lemmas for lemma in line)
    advice = []
    for column, path in enumerate(ranker.book.paths):
        missed = [
            int(row)
            for row in np.flatnonzero(truth[:, column])
            if not any(_is_near(table[row], column) for table in tables)
        ]
        entry = ranker.book.entries[column]
        found = CodeAdvice(
            code=path,
            misfires=_misfires(said.get(column, {}), truth[:, column]),
            missed=tuple(reading.segments[row].id for row in missed),
            words=_words([lemmas[row] for row in missed], spoken, entry),
        )
        if found.misfires or found.missed:
            advice.append(found)
    return tuple(advice)


def _is_near(scores: Scores, column: int) -> bool:
    return bool(scores[column] > 0 and (scores > scores[column]).sum() < _NEAR)


def _said_terms(ranker: Ranker, reading: Reading) -> dict[int, dict[str, set[int]]]:
    """Return per code and term the passages in which it is said."""
    vocabulary = ranker.vocabulary
    columns = {column: lemma for lemma, column in vocabulary.columns.items()}
    single = {term.keys[0]: term for term in ranker.book.terms if len(term.keys) == 1}
    said: dict[int, dict[str, set[int]]] = {}
    for row, key in _places(reading.words):
        term = single.get(columns[key])
        if term is None:
            continue
        for code in term.codes:
            said.setdefault(code, {}).setdefault(term.text, set()).add(row)
    for row, key in _places(reading.phrases):
        phrase = vocabulary.phrases[key]
        for code in phrase.codes:
            said.setdefault(code, {}).setdefault(phrase.text, set()).add(row)
    return said


def _places(found: Found) -> set[tuple[int, int]]:
    return set(zip(found.row.tolist(), found.key.tolist(), strict=True))


def _misfires(said: dict[str, set[int]], given: Given) -> tuple[TermCount, ...]:
    counts = []
    for term, rows in said.items():
        right = sum(bool(given[row]) for row in rows)
        wrong = len(rows) - right
        if wrong >= _FEWEST_MISFIRES and wrong > right:
            counts.append(TermCount(term, right, wrong))
    counts.sort(key=lambda count: (count.right - count.wrong, count.term))
    return tuple(counts[:_MOST_TERMS])


def _words(
    missed: list[tuple[str, ...]], spoken: Counter[str], entry: Counter[str]
) -> tuple[str, ...]:
    """Return the lemmas that most set the missed passages apart from all."""
    here = Counter(lemma for line in missed for lemma in set(line))
    worth = {
        lemma: times * times / spoken[lemma]
        for lemma, times in here.items()
        if lemma not in entry and (times > 1 or spoken[lemma] <= 2)
    }
    best = sorted(worth, key=lambda lemma: (-worth[lemma], lemma))
    return tuple(best[:_MOST_WORDS])
