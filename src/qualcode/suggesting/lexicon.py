"""Numbers for words: arrays of numbers are compared at once, words one by one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


class Lexicon:
    """The number of each word that was met, and the word of each number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.words: list[str] = []

    def number_of(self, word: str) -> int:
        """Return the number of a word; a new word gets the next one."""
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            self.words.append(word)
        return number

    def numbers_of(self, words: Iterable[str]) -> Integers:
        """Return the number of each word."""
        find, numbers = self.number_of, self._numbers
        return np.array(
            # most words of speech were met before; 0 is a number, so "or" would look it up again
            [numbers[word] if word in numbers else find(word) for word in words],
            dtype=np.int64,
        )
