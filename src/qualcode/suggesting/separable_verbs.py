"""Separable verbs of a codebook in two parts: ``houd het niet vol``.

Owns the particles, the largest distance of a particle from its verb, and the ends of clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesting.lexicon import Integers, Lexicon
from qualcode.suggesting.texts import Words

Hits = NDArray[np.float64]
"""One row per occurrence: key, weight, first token and last token."""

_REACH = 8
"""Largest distance in tokens between a verb and its particle."""
_NONE = -1

_PARTICLES = {
    "nl": "aan achter af bij binnen bij door goed in kwijt langs los mee mis na neer om onder op "
    "open over rond samen tegen terug thuis toe uit vast vol voor voort vrij weg",
    "de": "ab an auf aus bei durch ein fest her hin los mit nach um unter vor weg zu zurück "
    "zusammen",
}
# a clause may go on with one of these
_AFTER_CLAUSE = frozenset(
    "en maar of dus want als dat omdat toen te met und oder aber weil".split()
)


class SeparableVerbs:
    """The separable verbs among the words of a book.

    Args:
        columns: Each word's column.
        words: The language.
        lexicon: The numbers of words.
    """

    def __init__(self, columns: Mapping[str, int], words: Words, lexicon: Lexicon) -> None:
        particles = particles_of(words.name)
        verbs: dict[str, dict[int, int]] = {}
        for lemma, column in columns.items():
            for number, verb in _without_particles(lemma, particles):
                verbs.setdefault(words.key(verb), {})[number] = column
        self._lexicon = lexicon
        # columns by verb and particle, both in order of their numbers
        table = np.full((len(verbs), len(particles)), _NONE, dtype=np.int64)
        for line, particle_columns in enumerate(verbs.values()):
            table[line, list(particle_columns)] = list(particle_columns.values())
        of_verbs, of_particles = lexicon.numbers_of(verbs), lexicon.numbers_of(particles)
        self._columns = table[np.argsort(of_verbs)][:, np.argsort(of_particles)]
        self._verbs, self._particles = np.sort(of_verbs), np.sort(of_particles)

    def find(self, keys: Integers, sentences: Integers) -> Hits:
        """Return the verbs whose particle follows in the same sentence and closes its clause.

        Args:
            keys: Number of the key of each token.
            sentences: Number of the sentence of each token.
        """
        verbs = np.flatnonzero(np.isin(keys, self._verbs))
        places = np.flatnonzero(np.isin(keys, self._particles))
        # every pair of a verb and a particle within reach after it, as two parallel arrays
        first = np.searchsorted(places, verbs, side="right")
        count = np.searchsorted(places, verbs + _REACH, side="right") - first
        token = np.repeat(verbs, count)
        place = places[np.arange(len(token)) + np.repeat(first - np.cumsum(count) + count, count)]
        column = self._columns[
            np.searchsorted(self._verbs, keys[token]),
            np.searchsorted(self._particles, keys[place]),
        ]
        is_match = (column != _NONE) & (sentences[token] == sentences[place])
        rows = [
            (column[pair], 1.0, token[pair], place[pair])
            for pair in np.flatnonzero(is_match).tolist()
            if self._closes_clause(keys, int(place[pair]))
        ]
        return np.array(rows, dtype=np.float64).reshape(-1, 4)

    def _closes_clause(self, keys: Integers, place: int) -> bool:
        """Return whether a particle is last in its clause, the place of a separated particle."""
        if place + 1 == len(keys):
            return True
        next_word = self._lexicon.words[int(keys[place + 1])]
        return next_word in _AFTER_CLAUSE or not next_word[:1].isalnum()


def particles_of(language: str) -> list[str]:
    """Return the particles of separable verbs of a language."""
    return sorted(set(_PARTICLES.get(language, "").split()))


def _without_particles(lemma: str, particles: Sequence[str]) -> Iterator[tuple[int, str]]:
    for number, particle in enumerate(particles):
        verb = lemma.removeprefix(particle)
        # a rest of two letters is no verb
        if verb != lemma and len(verb) > 2:
            yield number, verb
