"""Which names of people and interviews stay in what leaves the project."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RealNames:
    """Which names stay in what leaves the project.

    Attributes:
        coders: Names of coders; else "coder A", "coder B".
        transcripts: Names of interviews, as their files were called; else the pseudonym of who
            speaks.
    """

    coders: bool = False
    transcripts: bool = False


NO_NAMES = RealNames()
