"""Lemmas from simplemma's word lists, one look-up per word form.

Owns what becomes of a word form before it is compared with another. Lemmas are lower-case and
hold no ``_``; a form that the lists do not know is its own lemma.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from qualcode.language.tokens import words

# clitics and words whose usual reading in speech is not the one the lists give
_OWN: dict[str, dict[str, str]] = {
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
# "laat" is late and lets, "ouder" is parent and older
_NO_KIN = frozenset({"laat", "ouder"})
_LONGEST = 60
"""Characters above which a run of letters is no word that any list has."""
# nouns begin with a capital: the form as it is written tells more than its lower case
_CAPITALIZED = frozenset({"de"})


class Lemmas:
    """The lemmas of one language, remembered per word form."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._known: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def of(self, form: str) -> str:
        """Return the lemma of a word as it is written."""
        lemma = self._known.get(form)
        if lemma is None:
            lemma = self._known[form] = self._find(form)
        return lemma

    def of_text(self, text: str) -> tuple[str, ...]:
        """Return the lemmas of the words of a text, in order."""
        known, find = self._known, self.of
        return tuple([known.get(form) or find(form) for form in words(text)])

    def key_of(self, form: str) -> str:
        """Return what a word and its nearest relatives share, for comparing words.

        The lists give ``gestopt`` the lemma ``stoppen`` but ``stoppen`` the lemma ``stop``: verb
        and noun look alike. All three have the key ``stop``.
        """
        key = self._keys.get(form)
        if key is None:
            key = self._keys[form] = self._find_key(form)
        return key

    def keys_of_text(self, text: str) -> tuple[str, ...]:
        """Return the keys of the words of a text, in order."""
        known, find = self._keys, self.key_of
        return tuple([known.get(form) or find(form) for form in words(text)])

    def _find_key(self, form: str) -> str:
        lemma = self.of(form)
        if self.language != "nl" or lemma in _NO_KIN:
            return lemma
        again = self.of(lemma)
        if self.of(again) == lemma:
            return min((lemma, again), key=lambda word: (len(word), word))
        return again if lemma.endswith(("en", "je")) and len(again) > 2 else lemma

    def knows(self, form: str) -> bool:
        """Tell whether the word lists hold a form, as it is written."""
        from simplemma import is_known

        return is_known(form, lang=self.language)

    def _find(self, form: str) -> str:
        from simplemma import lemmatize

        plain = unicodedata.normalize("NFC", form).replace("’", "'").replace("‘", "'")
        lower = plain.lower()
        own = _OWN.get(self.language, {}).get(lower)
        if own or not 0 < len(plain) <= _LONGEST:
            return own or lower
        written = plain if self.language in _CAPITALIZED else lower
        found = lemmatize(written, lang=self.language).replace("_", "").lower()
        return found or lower


@cache
def lemmas_of(language: str) -> Lemmas:
    """Return the one lemma finder of a language."""
    return Lemmas(language)
