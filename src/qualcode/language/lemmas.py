"""Lemmas from simplemma's word lists, one look-up per word form.

Owns how a word form is normalised before a comparison. Lemmas are lower-case and have no ``_``; a
form that the lists do not have is its own lemma.
"""

from __future__ import annotations

import json
import unicodedata
import zlib
from collections.abc import Iterable
from functools import cache

from qualcode.language.tokens import words

# clitics, and words that mean something else in speech than the lists assume
_EXCEPTIONS: dict[str, dict[str, str]] = {
    "nl": {
        "'s": "'s",
        "'t": "het",
        "'n": "een",
        "'k": "ik",
        "'m": "hem",
        "m'n": "mijn",
        "z'n": "zijn",
        "d'r": "haar",
        "zo'n": "zo'n",
        "da's": "dat",
        "wiet": "wiet",
        "xtc": "xtc",
        "at": "eten",
        "aten": "eten",
        "boost": "boost",
        "kat": "kat",
        "kok": "kok",
        "koks": "kok",
        "malen": "malen",
        "werkgever": "werkgever",
        "werkgevers": "werkgever",
    },
}
# "laat" means late and lets, "ouder" means parent and older
_HOMONYMS = frozenset({"laat", "ouder"})
LEMMAS_VERSION = 1
"""Changes when the same word lists would give other lemmas or keys."""
_LONGEST = 60
"""Longest word form in characters that is looked up."""
# German nouns begin with a capital: lower case would make verbs of them
_CAPITALIZED = frozenset({"de"})


class Lemmas:
    """The lemmas of one language, cached per word form.

    Attributes:
        noted: Forms that were looked up in the lists; who keeps them empties it.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._lemmas: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self.noted: set[str] = set()

    def of(self, form: str) -> str:
        """Return the lemma of a word as it is written."""
        lemma = self._lemmas.get(form)
        if lemma is None:
            lemma = self._lemmas[form] = self._find(form)
            self.noted.add(form)
        return lemma

    def of_text(self, text: str) -> tuple[str, ...]:
        """Return the lemmas of the words of a text, in order."""
        table, find = self._lemmas, self.of
        return tuple([table.get(form) or find(form) for form in words(text)])

    def key_of(self, form: str) -> str:
        """Return the key that a word shares with its nearest relatives, to compare words by.

        The lists give ``gestopt`` the lemma ``stoppen`` but ``stoppen`` the lemma ``stop``: verb
        and noun look alike. All three have the key ``stop``.
        """
        key = self._keys.get(form)
        if key is None:
            key = self._keys[form] = self._find_key(form)
            self.noted.add(form)
        return key

    def keys_of_text(self, text: str) -> tuple[str, ...]:
        """Return the keys of the words of a text, in order."""
        table, find = self._keys, self.key_of
        return tuple([table.get(form) or find(form) for form in words(text)])

    def pack(self, forms: Iterable[str]) -> bytes:
        """Return the lemmas and keys of word forms as bytes."""
        table = {form: (self.of(form), self.key_of(form)) for form in sorted(set(forms))}
        return zlib.compress(json.dumps(table).encode("ascii"))

    def take_in(self, data: bytes) -> tuple[str, ...]:
        """Take in lemmas and keys that :meth:`pack` gave, and return the forms.

        Raises:
            ValueError: the bytes are none of these; likewise TypeError, AttributeError, zlib.error.
        """
        table = json.loads(zlib.decompress(data))
        for form, (lemma, key) in table.items():
            self._lemmas[form] = lemma
            self._keys[form] = key
        return tuple(table)

    def _find_key(self, form: str) -> str:
        lemma = self.of(form)
        if self.language != "nl" or lemma in _HOMONYMS:
            return lemma
        # the lists are not idempotent: the lemma of a verb may be a form of a noun
        lemma_of_lemma = self.of(lemma)
        # two forms that are each other's lemma share the shorter one
        if self.of(lemma_of_lemma) == lemma:
            return min((lemma, lemma_of_lemma), key=lambda word: (len(word), word))
        # only infinitives and diminutives go one step on: other words would change their meaning
        return lemma_of_lemma if lemma.endswith(("en", "je")) and len(lemma_of_lemma) > 2 else lemma

    def knows(self, form: str) -> bool:
        """Return whether the word lists have a form, as it is written."""
        from simplemma import is_known

        return is_known(form, lang=self.language, low_memory=True)

    def _find(self, form: str) -> str:
        normal = unicodedata.normalize("NFC", form).replace("’", "'").replace("‘", "'")
        lower = normal.lower()
        exception = _EXCEPTIONS.get(self.language, {}).get(lower)
        # No list has a mark or a number, and to load one takes longer than to suggest a code.
        if exception or len(normal) > _LONGEST or not any(map(str.isalpha, normal)):
            return exception or lower
        from simplemma import lemmatize

        written_form = normal if self.language in _CAPITALIZED else lower
        # Read from the packed list: to unpack it takes longer than to look up the words of a study,
        # and 45 MB.
        lemma = lemmatize(written_form, lang=self.language, low_memory=True)
        lemma = lemma.replace("_", "").lower()
        return lemma or lower


@cache
def lemmas_of(language: str) -> Lemmas:
    """Return the lemmas of a language; the same object at every call."""
    return Lemmas(language)
