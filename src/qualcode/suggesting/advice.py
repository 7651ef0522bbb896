"""Advice on the entries of a codebook, from what coders coded.

Per code: the terms that misfire, the coded passages for which no suggester proposed it, and the
words that would have led to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from qualcode.model import CodeAdvice, TermCount
from qualcode.suggesting.concordance import Concordance, Occurrences
from qualcode.suggesting.fusion import CodeMatrix
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.ranker import Ranker

_SUGGESTIONS = 5
"""A code among this many first suggestions counts as suggested."""
_FEWEST_MISFIRES = 2
_MOST_WORDS = 8
_MOST_TERMS = 8


def advise(
    ranker: Ranker, concordance: Concordance, truth: CodeMatrix, tables: Sequence[Scores]
) -> tuple[CodeAdvice, ...]:
    """Return what can be improved, for each code where something can.

    Args:
        ranker: The suggesters.
        concordance: The passages.
        truth: One row per passage, one column per code: whether a coder gave it.
        tables: Scores of each suggester that needs no codings, by passage and code.
    """
    rows_of_terms = _rows_of_terms(ranker, concordance)
    lemmas = [ranker.lexical_keys(segment.text) for segment in concordance.segments]
    frequency = Counter(lemma for line in lemmas for lemma in line)
    advice = []
    for column, path in enumerate(ranker.book.paths):
        missed = [
            int(row)
            for row in np.flatnonzero(truth[:, column])
            if not any(_is_suggested(table[row], column) for table in tables)
        ]
        entry = ranker.book.entries[column]
        code_advice = CodeAdvice(
            code=path,
            misfires=_misfires(rows_of_terms.get(column, {}), truth[:, column]),
            missed=tuple(concordance.segments[row].id for row in missed),
            words=_words([lemmas[row] for row in missed], frequency, entry),
        )
        if code_advice.misfires or code_advice.missed:
            advice.append(code_advice)
    return tuple(advice)


def count_terms(
    ranker: Ranker, concordance: Concordance
) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Yield each code and term that occurs, and the rows of the passages it occurs in."""
    for column, rows_of_term in _rows_of_terms(ranker, concordance).items():
        for term, rows in rows_of_term.items():
            yield ranker.book.paths[column], term, tuple(sorted(rows))


def _is_suggested(scores: Scores, column: int) -> bool:
    # with a score of 0 nothing speaks for the code, whatever its rank
    return bool(scores[column] > 0 and (scores > scores[column]).sum() < _SUGGESTIONS)


def _rows_of_terms(ranker: Ranker, concordance: Concordance) -> dict[int, dict[str, set[int]]]:
    """Return per code and term the rows of the passages in which the term occurs."""
    vocabulary = ranker.vocabulary
    columns = {column: lemma for lemma, column in vocabulary.columns.items()}
    single = {term.keys[0]: term for term in ranker.book.terms if len(term.keys) == 1}
    rows_of_terms: dict[int, dict[str, set[int]]] = {}
    for row, key in _distinct_pairs(concordance.words):
        term = single.get(columns[key])
        # most words of the vocabulary come from other parts of an entry than its terms
        if term is None:
            continue
        for code in term.codes:
            rows_of_terms.setdefault(code, {}).setdefault(term.text, set()).add(row)
    for row, key in _distinct_pairs(concordance.phrases):
        phrase = vocabulary.phrases[key]
        for code in phrase.codes:
            rows_of_terms.setdefault(code, {}).setdefault(phrase.text, set()).add(row)
    return rows_of_terms


def _distinct_pairs(occurrences: Occurrences) -> set[tuple[int, int]]:
    return set(zip(occurrences.row.tolist(), occurrences.key.tolist(), strict=True))


def _misfires(rows_of_terms: dict[str, set[int]], is_coded: CodeMatrix) -> tuple[TermCount, ...]:
    counts = []
    for term, rows in rows_of_terms.items():
        right = sum(bool(is_coded[row]) for row in rows)
        wrong = len(rows) - right
        # one passage may be a slip of the coder
        if wrong >= _FEWEST_MISFIRES and wrong > right:
            counts.append(TermCount(term, right, wrong))
    counts.sort(key=lambda count: (count.right - count.wrong, count.term))
    return tuple(counts[:_MOST_TERMS])


def _words(
    missed: list[tuple[str, ...]], frequency: Counter[str], entry: Counter[str]
) -> tuple[str, ...]:
    """Return the lemmas that are typical of the missed passages."""
    holders = Counter(lemma for line in missed for lemma in set(line))
    # the square prefers a word that many missed passages share to one that is merely rare; a word
    # of one missed passage counts only where it is rare elsewhere
    salience = {
        lemma: times * times / frequency[lemma]
        for lemma, times in holders.items()
        if lemma not in entry and (times > 1 or frequency[lemma] <= 2)
    }
    words = sorted(salience, key=lambda lemma: (-salience[lemma], lemma))
    return tuple(words[:_MOST_WORDS])
