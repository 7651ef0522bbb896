"""The consensus: decisions become its codings.

A decision holds within its unit: a coding of A that runs over three turns, of which B coded
one, is agreed in that turn and decided on in the other two. Agreed and chosen pieces are put
together again where one coding ran through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.adjudication.reasons import split_reason
from qualcode.model import (
    CONSENSUS,
    AgreedCoding,
    Choice,
    Coding,
    Decision,
    Disagreement,
    Span,
    Transcript,
    trimmed,
)


@dataclass(frozen=True, slots=True, order=True)
class AgreedPassage:
    """A passage that the consensus gives one code: all that a coding needs but its id."""

    transcript: str
    span: Span
    code: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What decisions come to.

    Attributes:
        passages: What the consensus holds, by transcript name and position.
        open: Disagreements without a decision, in the order given.
        stale: Decisions about disagreements that are no longer there.
    """

    passages: tuple[AgreedPassage, ...]
    open: tuple[Disagreement, ...]
    stale: tuple[Decision, ...]


def settle(
    disagreements: Sequence[Disagreement],
    decisions: Iterable[Decision],
    agreed: Iterable[AgreedCoding],
    transcripts: Mapping[str, Transcript],
) -> Settlement:
    """Return what the consensus holds after these decisions.

    Args:
        disagreements: All differences between the two coders.
        decisions: What was decided; the last decision on a disagreement counts.
        agreed: The passages that both gave the same code, however long.
        transcripts: By name; for trimming the passages.
    """
    # A later decision on the same disagreement takes the place of the earlier one.
    last_decisions = {decision.disagreement: decision for decision in decisions}
    current_ids = {disagreement.id for disagreement in disagreements}
    pieces = [
        *_agreed_pieces(agreed, disagreements),
        *_decided_pieces(disagreements, last_decisions),
    ]
    by_code: dict[tuple[str, str], list[_Piece]] = {}
    for piece in pieces:
        text = transcripts[piece.transcript].text
        span = trimmed(text, piece.span.start, piece.span.end)
        if span:
            code_pieces = by_code.setdefault((piece.transcript, piece.code), [])
            code_pieces.append(replace(piece, span=span))
    passages = [
        AgreedPassage(transcript, span, code, memo)
        for (transcript, code), code_pieces in by_code.items()
        for span, memo in _joined(code_pieces)
    ]
    return Settlement(
        tuple(sorted(passages)),
        tuple(d for d in disagreements if d.id not in last_decisions),
        tuple(d for key, d in last_decisions.items() if key not in current_ids),
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text that gets a code, with the codings that it comes from."""

    transcript: str
    code: str
    span: Span
    sources: tuple[Coding, ...]
    memo: str


def _agreed_pieces(
    agreed: Iterable[AgreedCoding], disagreements: Sequence[Disagreement]
) -> Iterator[_Piece]:
    """Yield the agreed passages, without the units in which the coders differ on the code."""
    for passage in agreed:
        # With another code on one side, the passages that do agree are agreed all the same.
        units = [
            d.unit
            for d in disagreements
            if d.transcript == passage.transcript and d.code == passage.code and not d.other_code
        ]
        sources = (*passage.codings_a, *passage.codings_b)
        # The memos of several coders do not fit one coding: the first one is kept.
        memo = next((coding.memo for coding in sources if coding.memo), "")
        for span in _without(passage.span, units):
            yield _Piece(passage.transcript, passage.code, span, sources, memo)


def _decided_pieces(
    disagreements: Iterable[Disagreement], decisions: Mapping[str, Decision]
) -> Iterator[_Piece]:
    """Yield the passages of the sides that were chosen, within their units, and new ones."""
    for disagreement in disagreements:
        decision = decisions.get(disagreement.id)
        if decision is None:
            continue
        if decision.choice is Choice.NEW and decision.span:
            note = split_reason(decision.reason)[1]
            yield _Piece(disagreement.transcript, decision.code, decision.span, (), note)
        for coding in _chosen_codings(disagreement, decision.choice):
            # A decision holds within its unit: the coding may run on where others agree.
            span = coding.span.intersection(disagreement.unit)
            if span:
                yield _Piece(disagreement.transcript, coding.code, span, (coding,), coding.memo)


def _chosen_codings(disagreement: Disagreement, choice: Choice) -> tuple[Coding, ...]:
    codings: tuple[Coding, ...] = ()
    if choice in {Choice.TAKE_A, Choice.BOTH}:
        codings += disagreement.codings_a
    if choice in {Choice.TAKE_B, Choice.BOTH}:
        codings += disagreement.codings_b
    return codings


def _without(span: Span, units: Iterable[Span]) -> list[Span]:
    """Return the parts of a span outside some units."""
    remainders = [span]
    for unit in units:
        parts: list[Span] = []
        for part in remainders:
            if not part.overlaps(unit):
                parts.append(part)
                continue
            if part.start < unit.start:
                parts.append(Span(part.start, unit.start))
            if unit.end < part.end:
                parts.append(Span(unit.end, part.end))
        remainders = parts
    return remainders


def _joined(pieces: Sequence[_Piece]) -> list[tuple[Span, str]]:
    """Return the pieces of one code, put together where they overlap or one coding ran on."""
    sources = {coding.span for piece in pieces for coding in piece.sources}
    joined: list[tuple[Span, str]] = []
    for piece in sorted(pieces, key=lambda piece: piece.span):
        if joined:
            last, memo = joined[-1]
            whole = Span(last.start, max(last.end, piece.span.end))
            # Pieces of a coding that ran over several turns are one passage again.
            ran_on = any(source.contains(whole) for source in sources)
            if last.overlaps(piece.span) or ran_on:
                joined[-1] = (whole, memo or piece.memo)
                continue
        joined.append((piece.span, piece.memo))
    return joined


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
        current: The codings of the consensus now, in the transcripts concerned.
        transcripts: By name; for the quotes.
        codebook_version: The version that the new codings are made under.
    """
    # Compared by content: ids say nothing, as settling gives none.
    target = {(p.transcript, p.span, p.code): p for p in passages}
    have = {(c.transcript, c.span, c.code): c for c in current if c.coder == CONSENSUS}
    added = tuple(
        Coding.of(
            transcripts[passage.transcript],
            passage.span,
            passage.code,
            CONSENSUS,
            codebook_version=codebook_version,
            memo=passage.memo,
            origin="adjudication",
        )
        for key, passage in target.items()
        if key not in have
    )
    return added, tuple(coding.id for key, coding in have.items() if key not in target)
