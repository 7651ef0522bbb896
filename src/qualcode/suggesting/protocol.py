"""What a suggester is: it reads pieces of text and weighs the codes of a book for each."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Reason
from qualcode.suggesting.concordance import Reading

Scores = NDArray[np.float64]
"""One row per piece of text, one column per code; 0 where nothing speaks for or against."""


class Suggester(Protocol):
    """Weighs every code of a book for each piece of text, and can say why.

    Attributes:
        name: One word, shown to people and kept in the origin of codings.
        version: Changes when the same input would give other scores.
    """

    @property
    def name(self) -> str:
        """One word."""

    @property
    def version(self) -> str:
        """Changes when the same input would give other scores."""

    def score(self, reading: Reading) -> Scores:
        """Return how much speaks for each code, on a scale that suits :mod:`fusion`."""

    def reason(self, reading: Reading, row: int, code: int) -> Reason | None:
        """Return why a code is proposed for a piece of text; None where nothing speaks for it."""
