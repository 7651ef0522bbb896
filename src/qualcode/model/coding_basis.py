"""The codings that a text of a researcher rests on, and what became of them since it was read.

A summary of a cell and a finding both keep the codings that their author looked at. What differs
from these later marks the text until somebody looks again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qualcode.model.coding import Coding
from qualcode.model.frozen import FrozenMap

ADDED, GONE, CHANGED = "added", "gone", "changed"

Basis = FrozenMap[str, str]
"""The codings that a text rests on: a mark of what each of them said, by its id."""


@dataclass(frozen=True, slots=True)
class BasisChange:
    """One coding that is not as it was when a text was last looked at.

    Attributes:
        kind: ``added``, ``gone`` (withdrawn, or of other coders now) or ``changed`` (its words or
            its code).
        coding: Id of the coding.
    """

    kind: str
    coding: str


def mark_of(coding: Coding, code_id: str) -> str:
    """Return eight hexadecimal digits that change with the words or the code of a coding.

    Args:
        coding: The coding.
        code_id: Id of its code, which stays when the code is renamed.
    """
    # The id is in it, so that nobody can look up the words of a passage by their mark.
    words = f"{coding.id}\n{coding.transcript}\n{code_id}\n{coding.quote}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def basis_of(codings: Iterable[Coding], code_ids: Mapping[str, str]) -> Basis:
    """Return the basis that some codings make.

    Args:
        codings: The codings.
        code_ids: Id of each code by its path.
    """
    return FrozenMap({c.id: mark_of(c, code_ids.get(c.code, c.code)) for c in codings})


def compare_bases(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[BasisChange, ...]:
    """Return what changed from one basis to another, sorted by id."""
    changes = [BasisChange(ADDED, key) for key in now if key not in before]
    changes += [BasisChange(GONE, key) for key in before if key not in now]
    changes += [
        # a new coding has no mark from before: it was told as added, and is not changed too
        BasisChange(CHANGED, key)
        for key, mark in now.items()
        if before.get(key, mark) != mark
    ]
    return tuple(sorted(changes, key=lambda change: (change.coding, change.kind)))
