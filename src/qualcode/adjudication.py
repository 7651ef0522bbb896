"""Settle disagreements: decisions become the codings of the consensus.

Owns what each decision means in codings. The coders' own codings are never touched; the
consensus is a coder of its own. Finding disagreements is left to ``agreement``, keeping
decisions to the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.errors import unknown_name
from qualcode.model import (
    CONSENSUS,
    Choice,
    Coding,
    Decision,
    Disagreement,
    Span,
    Transcript,
)


class Reason(StrEnum):
    """The short list of reasons why two coders differed."""

    OVERLOOKED = "overlooked"
    DEFINITION_UNCLEAR = "definition_unclear"
    CODES_OVERLAP = "codes_overlap"
    BOUNDARY = "boundary"
    INTERPRETATION = "interpretation"
    MISTAKE = "mistake"
    CODEBOOK_MUST_CHANGE = "codebook_must_change"


@dataclass(frozen=True, slots=True, order=True)
class AgreedPassage:
    """A passage that the consensus gives one code: all that a coding needs but its id."""

    transcript: str
    span: Span
    code: str
    memo: str = ""


def settle(
    disagreements: Sequence[Disagreement],
    decisions: Iterable[Decision],
    agreed: Iterable[Coding],
) -> tuple[tuple[AgreedPassage, ...], tuple[Disagreement, ...]]:
    """Return what the consensus holds, and the disagreements still open.

    Args:
        disagreements: All differences between the two coders.
        decisions: What was decided; the last one about a disagreement stands.
        agreed: Codings on which the coders agree: one of each pair.

    Returns:
        The agreed passages in the order of transcript and position, each (transcript, span,
        code) once; and the disagreements without a decision.

    Raises:
        UnknownNameError: a decision about a disagreement that is not there.
    """
    standing = {decision.disagreement: decision for decision in decisions}
    known = {disagreement.id: disagreement for disagreement in disagreements}
    for key in standing:
        if key not in known:
            raise unknown_name("disagreement", key, known, "this comparison")
    passages = [AgreedPassage(c.transcript, c.span, c.code, c.memo) for c in agreed]
    for key, decision in standing.items():
        passages.extend(_decided(known[key], decision))
    unique: dict[tuple[str, Span, str], AgreedPassage] = {}
    for passage in sorted(passages):
        unique.setdefault((passage.transcript, passage.span, passage.code), passage)
    still_open = tuple(d for d in disagreements if d.id not in standing)
    return tuple(unique.values()), still_open


def _decided(disagreement: Disagreement, decision: Decision) -> list[AgreedPassage]:
    if decision.choice is Choice.NEITHER:
        return []
    if decision.choice is Choice.NEW and decision.span is not None:
        return [
            AgreedPassage(disagreement.transcript, decision.span, decision.code, decision.reason)
        ]
    taken: tuple[Coding, ...] = ()
    if decision.choice in {Choice.TAKE_A, Choice.BOTH}:
        taken += disagreement.codings_a
    if decision.choice in {Choice.TAKE_B, Choice.BOTH}:
        taken += disagreement.codings_b
    return [AgreedPassage(c.transcript, c.span, c.code, c.memo) for c in taken]


def consensus_changes(
    passages: Sequence[AgreedPassage],
    current: Iterable[Coding],
    transcripts: Mapping[str, Transcript],
    *,
    codebook_version: int,
) -> tuple[tuple[Coding, ...], tuple[str, ...]]:
    """Return the codings to add to the consensus, and the ids of those to withdraw.

    What stays the same is left alone, so that settling twice changes nothing.

    Args:
        passages: What the consensus should hold.
        current: The consensus codings that stand now, in the transcripts concerned.
        transcripts: By name; for the quotes.
        codebook_version: The version that the new codings are made under.
    """
    wanted = {(p.transcript, p.span, p.code): p for p in passages}
    have = {(c.transcript, c.span, c.code): c for c in current if c.coder == CONSENSUS}
    added = tuple(
        Coding(
            # the project gives a new coding its id
            id="",
            transcript=passage.transcript,
            span=passage.span,
            quote=passage.span.of(transcripts[passage.transcript].text),
            code=passage.code,
            coder=CONSENSUS,
            codebook_version=codebook_version,
            memo=passage.memo,
            origin="adjudication",
        )
        for key, passage in wanted.items()
        if key not in have
    )
    return added, tuple(coding.id for key, coding in have.items() if key not in wanted)
