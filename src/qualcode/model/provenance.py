"""Provenance of a report: its codings, the state of the project, and omissions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """Facts that a reader must know about the making of a report.

    Attributes:
        layer: Layer of codings: ``final``, ``consensus``, ``all``, or a coder.
        coders: The coders of the codings, including those of the consensus.
        consensus: Interviews that are reported by the consensus.
        single: Interviews that are reported by the codings of one person.
        interviews: Interviews with codings in this layer.
        of_interviews: Interviews in the project.
        codebook: Name of the codebook.
        codebook_version: Its version.
        changed_at: Time of the last change of the project; None if unknown.
        pair: The two coders of the consensus; empty for another number.
        unsettled: Differences between two coders without a decision, in interviews with a
            consensus; None without such a pair.
        left_out: Passages that are left out so that nobody is recognised.
        coarser: Attributes of cases with values that are left out or widened.
        hidden_below: Counts of cases below this are hidden; None if all are shown.
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
