"""How a report was made: whose codings, of which state of the project, and what was held back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a reader must know of the making of a report.

    Attributes:
        layer: Whose codings: ``final``, ``consensus``, ``all``, or a coder.
        coders: The people whose codings it rests on, those behind the consensus included.
        consensus: Interviews that are reported by the consensus.
        single: Interviews that are reported by the codings of one person.
        interviews: Interviews with codings in this layer.
        of_interviews: Interviews in the project.
        codebook: Name of the codebook.
        codebook_version: Its version.
        changed_at: When the project was last changed; None where it is not known.
        pair: The two coders behind the consensus; empty where it is not two.
        unsettled: Differences between two coders that nobody decided on, in interviews that have
            a consensus; None where there is no such pair.
        left_out: Passages that are left out so that nobody is recognised.
        coarser: Attributes of cases of which values are left out or told more widely.
        hidden_below: Counts of cases below this are not shown; None where all are.
    """

    layer: str
    coders: tuple[str, ...]
    consensus: int
    single: int
    interviews: int
    of_interviews: int
    codebook: str
    codebook_version: int
    changed_at: datetime | None = None
    pair: tuple[str, ...] = ()
    unsettled: int | None = None
    left_out: int = 0
    coarser: tuple[str, ...] = ()
    hidden_below: int | None = None
