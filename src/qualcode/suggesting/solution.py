"""What was learned from coded passages, as far as it is needed to judge new texts.

It can be kept as bytes: numbers and hashes, no words.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesting.embeddings import Vectors
from qualcode.suggesting.meaning import center
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.word_counts import Weighting, WordSpace

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """The solution of the examples.

    Attributes:
        space: The words and parts of words of the passages.
        of_words: What each of them says of each class: one row each.
        base: What is said of each class of any text.
        mean: Mean of the sentence vectors of the passages; None without an embedding model.
        of_vectors: What each number of a sentence vector says of each class.
        coded: Number of passages with a code.
    """

    space: WordSpace
    of_words: NDArray[np.float32]
    base: Scores
    mean: NDArray[np.float32] | None
    of_vectors: Scores | None
    coded: int

    def classes(self, texts: Sequence[str], vectors: Vectors | None) -> Scores:
        """Return what is said of each class, per text; NaN where no word is known."""
        entries = self.space.entries(texts)
        classes: Scores = self.base + entries.times(self.of_words, len(texts))
        if vectors is not None and self.mean is not None and self.of_vectors is not None:
            classes += center(vectors.of(texts), self.mean) @ self.of_vectors
        # Else a text without a known word would get the shares of the codes, as if it were known.
        classes[np.bincount(entries.row, minlength=len(texts)) == 0] = np.nan
        return classes

    def arrays(self) -> Arrays:
        """Return it as arrays by name."""
        arrays: Arrays = {
            "words": self.space.words.hashes,
            "word_rarity": self.space.words.rarity,
            "parts": self.space.parts.hashes,
            "part_rarity": self.space.parts.rarity,
            "of_words": self.of_words,
            "base": self.base,
            "coded": np.array([self.coded]),
        }
        if self.mean is not None and self.of_vectors is not None:
            arrays |= {"mean": self.mean, "of_vectors": self.of_vectors}
        return arrays

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Solution:
        """Return it from its arrays."""
        space = WordSpace(
            Weighting(arrays["words"], arrays["word_rarity"]),
            Weighting(arrays["parts"], arrays["part_rarity"]),
        )
        return cls(
            space,
            arrays["of_words"],
            arrays["base"],
            arrays.get("mean"),
            arrays.get("of_vectors"),
            int(arrays["coded"][0]),
        )


def pack_arrays(arrays: Arrays) -> bytes:
    """Return arrays as bytes."""
    file = io.BytesIO()
    # Never pickled: whoever writes into a project file could run code in this program.
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def unpack_arrays(data: bytes) -> Arrays:
    """Return the arrays in bytes.

    Raises:
        ValueError: the bytes are none that :func:`pack_arrays` gave.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return dict(arrays)
