"""Provenance of a report: its codings, the state of the project, and omissions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qualcode.messages import Message
from qualcode.model.coding import UNION
from qualcode.model.omission import Omission


@dataclass(frozen=True, slots=True)
class Provenance:
    """Facts that a reader must know about the making of a report.

    Attributes:
        layer: Layer of codings: ``final``, ``consensus``, ``all``, ``union``, or a coder.
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
        kinds: Number of sources with codings by their kind, as in ``Transcript.KINDS``, where some
            are no interviews.
        questions: Questions of a survey in the project, in order.
        codings: Number of codings in this layer; 0 if nobody counted them, or if small counts
            are hidden.
        omissions: Those of them that count for no person, by the reason.
        left_out: Passages that are left out so that nobody is recognised.
        coarser: Attributes of cases with values that are left out or widened.
        hidden_below: Counts of cases below this are hidden; None if all are shown.
        other_coders: Who coded these interviews too, and is not reported on.
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
    kinds: tuple[tuple[str, int], ...] = ()
    questions: tuple[str, ...] = ()
    codings: int = 0
    omissions: tuple[Omission, ...] = ()
    left_out: int = 0
    coarser: tuple[str, ...] = ()
    hidden_below: int | None = None
    other_coders: tuple[str, ...] = ()

    def describe_layer(self) -> Message:
        """Return whose codings are reported, as a sentence."""
        coders = self.coders
        if self.layer == "all":
            return Message(
                "The codings of {coders} are given side by side, without a consensus.",
                coders=coders,
            )
        if self.layer == UNION:
            return Message(
                "What is reported is the union of the codings of {coders}, not reconciled: a "
                "passage counts once if any of them coded it.",
                coders=coders,
            )
        if not self.consensus:
            return self._describe_people()
        # a consensus of three coders has no pair: all of them made it
        pair = self.pair or coders
        if self.single:
            return Message(
                "For {n} of them the consensus of {pair} counts, for {rest} the coding of one "
                "person.",
                n=self.consensus,
                rest=self.single,
                pair=pair,
            )
        if pair:
            return Message("What is reported is the consensus of {coders}.", coders=pair)
        return Message("What is reported is the consensus.")

    def _describe_people(self) -> Message:
        """Return whose codings are reported where there is no consensus."""
        coders = self.coders
        if self.other_coders:
            return Message(
                "What is reported are the codings of {coders} only; {others} coded these "
                "interviews too, and their differences are not settled.",
                coders=coders,
                others=self.other_coders,
            )
        if len(coders) == 1:
            return Message("Coded by {coders}, without a second coder.", coders=coders)
        return Message("Each interview was coded by one person: {coders}.", coders=coders)
