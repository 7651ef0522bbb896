"""The words and phrases of a codebook, and how to find them among spaCy tokens.

Owns the rules for compounds. Tokens are arrays of hashes; each word form is looked up once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesting.book import Book, Term
from qualcode.suggesting.separable_verbs import Hits, SeparableVerbs, hashes_of
from qualcode.suggesting.texts import Words

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

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
    """

    def __init__(self, book: Book, words: Words) -> None:
        words_of_book = {lemma for entry in book.entries for lemma in entry}
        words_of_book |= {term.keys[0] for term in book.terms if len(term.keys) == 1}
        self.columns = {lemma: column for column, lemma in enumerate(sorted(words_of_book))}
        self._words = words
        self._strings = words.pipeline.vocab.strings
        self._columns_of_form: dict[int, tuple[tuple[int, float], ...]] = {}
        self._separable = SeparableVerbs(self.columns, words)
        self._denials = hashes_of(_DENIALS.get(words.name, "").split(), words)
        self._phrases = [term for term in book.terms if len(term.keys) > 1]
        hashes = hashes_of(map(str, range(len(self._phrases))), words)
        self._phrase_numbers = np.argsort(hashes)
        self._phrase_hashes = hashes[self._phrase_numbers]
        self._matchers = self._phrase_matchers()

    def find(
        self,
        norms: NDArray[np.uint64],
        lemmas: NDArray[np.uint64],
        sentences: NDArray[np.int64],
    ) -> Hits:
        """Return the words of the book among tokens.

        Args:
            norms: Key of each token, as a hash.
            lemmas: The model's lemma of each token; the same where there is no model.
            sentences: Number of the sentence of each token.
        """
        hits = [self._find_words(norms)]
        with_other_lemma = np.flatnonzero(lemmas != norms) if self._words.has_model else norms[:0]
        if len(with_other_lemma):
            lemma_hits = self._find_words(lemmas[with_other_lemma])
            lemma_hits[:, 2:] = with_other_lemma[lemma_hits[:, 2].astype(np.int64)][:, None]
            hits.append(lemma_hits)
        hits.append(self._separable.find(norms, sentences))
        table = np.concatenate(hits)
        if not len(with_other_lemma):
            return table
        # where both lemmas of a token lead to the same word, it counts once
        _, first = np.unique(table[:, [0, 2]], axis=0, return_index=True)
        return table[first]

    def find_phrases(self, doc: Doc) -> Hits:
        """Return the terms of more than one word in a text; the key is the phrase's number."""
        matches = np.array(
            [hit for matcher in self._matchers for hit in matcher(doc)], dtype=np.uint64
        )
        if not len(matches):
            return np.empty((0, 4))
        if len(self._matchers) > 1:
            matches = np.unique(matches, axis=0)
        number = self._phrase_numbers[np.searchsorted(self._phrase_hashes, matches[:, 0])]
        last = matches[:, 2] - 1
        return np.stack((number, np.ones(len(matches)), matches[:, 1], last), axis=1).astype(
            np.float64
        )

    def denies(self, norms: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return for each token whether it is a word of denial."""
        return np.isin(norms, self._denials)

    def _find_words(self, hashes: NDArray[np.uint64]) -> Hits:
        forms, places = np.unique(hashes, return_inverse=True)
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
            lemma = self._strings[form]
            column = self.columns.get(lemma, self.columns.get(self._words.key(lemma)))
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
        key = self._words.key(part)
        return key if len(key) >= _SHORTEST_PART and key in self.columns else ""

    @property
    def phrases(self) -> tuple[Term, ...]:
        """The terms of more than one word, by the number that :meth:`find_phrases` gives."""
        return tuple(self._phrases)

    def _phrase_matchers(self) -> list[PhraseMatcher]:
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc

        pipeline = self._words.pipeline
        matchers = [PhraseMatcher(pipeline.vocab, attr="NORM")]
        if self._words.has_model:
            # LEMMA holds the lemmas of the model
            matchers.append(PhraseMatcher(pipeline.vocab, attr="LEMMA"))
        for number, term in enumerate(self._phrases):
            # a text made of keys: the NORM of a key is itself
            pattern = Doc(pipeline.vocab, words=list(term.keys), lemmas=list(term.lemmas))
            for matcher in matchers:
                matcher.add(str(number), [pattern])
        return matchers
