"""The words and phrases of a codebook, and how to find them among the words of a text.

Owns the rules for compounds. Words are arrays of numbers; each word form is looked up once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesting.book import Book, Term
from qualcode.suggesting.lexicon import Integers, Lexicon
from qualcode.suggesting.separable_verbs import Hits, SeparableVerbs
from qualcode.suggesting.texts import Words

Phrases = dict[int, list[tuple[int, tuple[int, ...]]]]
"""By the number of the first word: the number of each phrase and the numbers of its words."""

COMPOUND_WEIGHT = 0.6
"""Weight of a part of a compound; the word itself has weight 1."""
_SHORTEST_COMPOUND = 8
_LONGEST_COMPOUND = 40
_SHORTEST_PART = 4
# letters between the parts of a Dutch or German compound
_LINKS = ("en", "s", "e", "n")

_DENIALS = {
    "nl": "niet geen nooit zonder niks niets nee noch",
    "en": "not no never without nothing none neither",
    "de": "nicht kein nie ohne nichts nein weder",
    "fr": "pas jamais sans rien aucun non ni",
}


class Vocabulary:
    """Every word of a book that may occur in speech.

    Attributes:
        columns: Each word's column.
        lexicon: The numbers by which words are found.
        forms: Word forms that were looked up to find words of the book: who keeps their keys needs
            no word lists the next time.
    """

    def __init__(self, book: Book, words: Words) -> None:
        words_of_book = {lemma for entry in book.entries for lemma in entry}
        words_of_book |= {term.keys[0] for term in book.terms if len(term.keys) == 1}
        # a set has no order, and a word must have the same column in every run
        self.columns = {lemma: column for column, lemma in enumerate(sorted(words_of_book))}
        self._words = words
        self.lexicon = Lexicon()
        self.forms: set[str] = set()
        self._columns_of_form: dict[int, tuple[tuple[int, float], ...]] = {}
        self._separable = SeparableVerbs(self.columns, words, self.lexicon)
        self._denials = self.lexicon.numbers_of(_DENIALS.get(words.name, "").split())
        self._phrases = [term for term in book.terms if len(term.keys) > 1]
        self._by_key = self._phrases_by_first([term.keys for term in self._phrases])
        # with a model, a phrase is found by its lemmas too
        self._by_lemma = (
            self._phrases_by_first([term.lemmas for term in self._phrases])
            if words.has_model
            else {}
        )

    def find(
        self,
        keys: Integers,
        lemmas: Integers,
        sentences: Integers,
    ) -> Hits:
        """Return the words of the book among tokens.

        Args:
            keys: Number of the key of each token.
            lemmas: That of the model's lemma; the same where there is no model.
            sentences: Number of the sentence of each token.
        """
        hits = [self._find_words(keys)]
        with_other_lemma = np.flatnonzero(lemmas != keys) if self._words.has_model else keys[:0]
        if len(with_other_lemma):
            lemma_hits = self._find_words(lemmas[with_other_lemma])
            lemma_hits[:, 2:] = with_other_lemma[lemma_hits[:, 2].astype(np.int64)][:, None]
            hits.append(lemma_hits)
        hits.append(self._separable.find(keys, sentences))
        table = np.concatenate(hits)
        if not len(with_other_lemma):
            return table
        # where both lemmas of a token lead to the same word, it counts once
        _, first = np.unique(table[:, [0, 2]], axis=0, return_index=True)
        return table[first]

    def find_phrases(self, keys: Integers, lemmas: Integers) -> Hits:
        """Return the terms of more than one word in texts; the key is the phrase's number."""
        hits = {
            (number, first, first + length - 1)
            for numbers, phrases in ((keys, self._by_key), (lemmas, self._by_lemma))
            for number, first, length in _matches(numbers, phrases)
        }
        rows = [(number, 1.0, first, last) for number, first, last in sorted(hits)]
        return np.array(rows, dtype=np.float64).reshape(-1, 4)

    def look_up(self, text: str) -> None:
        """Look up the words of a text, and parts of its compounds, as :meth:`find` will."""
        self._find_words(self.lexicon.numbers_of(dict.fromkeys(self._words.keys(text))))

    def denies(self, keys: Integers) -> NDArray[np.bool_]:
        """Return for each token whether it is a word of denial."""
        return np.isin(keys, self._denials)

    def _find_words(self, numbers: Integers) -> Hits:
        forms, places = np.unique(numbers, return_inverse=True)
        columns_of_forms = [self._columns_of(form) for form in forms.tolist()]
        first = np.array(
            [columns[0][0] if columns else -1 for columns in columns_of_forms], dtype=np.int64
        )
        weight = np.array([columns[0][1] if columns else 0 for columns in columns_of_forms])
        # most forms lead to one word: arrays set these at once, and only the others need a loop
        tokens = np.flatnonzero(first[places] >= 0)
        keys = places[tokens]
        hits = np.stack((first[keys], weight[keys], tokens, tokens), axis=1)
        compounds = [form for form, columns in enumerate(columns_of_forms) if len(columns) > 1]
        rows = [
            (column, part, token, token)
            for form in compounds
            for token in np.flatnonzero(places == form).tolist()
            for column, part in columns_of_forms[form][1:]
        ]
        return np.concatenate((hits, np.array(rows, dtype=np.float64).reshape(-1, 4)))

    def _columns_of(self, form: int) -> tuple[tuple[int, float], ...]:
        columns = self._columns_of_form.get(form)
        if columns is None:
            lemma = self.lexicon.words[form]
            column = self.columns.get(lemma, self.columns.get(self._key_of(lemma)))
            if column is not None:
                columns = ((column, 1.0),)
            else:
                parts = self._parts_of(lemma)
                columns = tuple((self.columns[part], COMPOUND_WEIGHT) for part in parts)
            self._columns_of_form[form] = columns
        return columns

    def _parts_of(self, lemma: str) -> list[str]:
        """Return the known words that a compound begins or ends with, at most one each."""
        if not _SHORTEST_COMPOUND <= len(lemma) <= _LONGEST_COMPOUND or not lemma.isalpha():
            return []
        parts = []
        # the longest part that is a word of the book is the likeliest: "werkdruk" before "werk"
        longest_first = range(len(lemma) - 3, _SHORTEST_PART - 1, -1)
        for cut in longest_first:
            head = self._word_of(lemma[:cut])
            if head:
                parts.append(head)
                break
        for cut in reversed(longest_first):
            tail = self._word_of(lemma[cut:])
            if tail and tail not in parts:
                parts.append(tail)
                break
        return parts

    def _word_of(self, part: str) -> str:
        if len(part) < _SHORTEST_PART:
            return ""
        if part in self.columns:
            return part
        for link in _LINKS:
            bare = part.removesuffix(link)
            if bare != part and len(bare) >= _SHORTEST_PART and bare in self.columns:
                return bare
        key = self._key_of(part)
        return key if len(key) >= _SHORTEST_PART and key in self.columns else ""

    def _key_of(self, form: str) -> str:
        self.forms.add(form)
        return self._words.key(form)

    @property
    def phrases(self) -> tuple[Term, ...]:
        """The terms of more than one word, by the number that :meth:`find_phrases` gives."""
        return tuple(self._phrases)

    def _phrases_by_first(self, phrases: Sequence[tuple[str, ...]]) -> Phrases:
        """Return the phrases by the number of their first word."""
        by_first: Phrases = {}
        for number, words in enumerate(phrases):
            numbers = tuple(self.lexicon.numbers_of(words).tolist())
            by_first.setdefault(numbers[0], []).append((number, numbers))
        return by_first


def _matches(words: Integers, phrases: Phrases) -> Iterator[tuple[int, int, int]]:
    """Yield the number, the first token and the length of each phrase among words."""
    listed = words.tolist()
    firsts = np.fromiter(phrases, dtype=np.int64, count=len(phrases))
    for place in np.flatnonzero(np.isin(words, firsts)).tolist():
        for number, phrase in phrases[listed[place]]:
            if tuple(listed[place : place + len(phrase)]) == phrase:
                yield number, place, len(phrase)
