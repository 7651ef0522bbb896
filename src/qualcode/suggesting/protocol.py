"""The interface of a suggester, which weighs the codes of a book for pieces of text."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qualcode.model import Reason
from qualcode.suggesting.concordance import Concordance

Scores = NDArray[np.float64]
"""One row per piece of text, one column per code; 0 where there is no evidence."""


class Suggester(Protocol):
    """Weighs every code of a book for each piece of text, with reasons.

    Attributes:
        name: One word, which coders see and the origin of codings keeps.
        version: Changes when the same input would give different scores.
    """

    @property
    def name(self) -> str:
        """One word."""

    @property
    def version(self) -> str:
        """Changes when the same input would give different scores."""

    def score(self, concordance: Concordance) -> Scores:
        """Return the evidence for each code, on a scale that suits :mod:`fusion`."""

    def reason(self, concordance: Concordance, row: int, code: int) -> Reason | None:
        """Return why a code is proposed for a piece of text; None without evidence for it."""
