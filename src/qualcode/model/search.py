"""What a search gives: hits in their context, and words that may become codes."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.span import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a search found, with what stands around it.

    Attributes:
        transcript: Name of the transcript.
        turn: Number of the turn it stands in.
        span: Where it stands.
        before: What was said just before, of the same turn.
        text: The place itself.
        after: What was said just after, of the same turn.
    """

    transcript: str
    turn: int
    span: Span
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class CodeCandidate:
    """A word or phrase of respondents that the codebook does not have: perhaps a code.

    Attributes:
        theme: Path of the theme in whose passages it is said; ``""`` for uncoded text.
        lemmas: Its lemmas.
        count: How often it is said there.
        transcripts: In how many transcripts.
        examples: Some places, at most one per transcript before any second.
    """

    theme: str
    lemmas: tuple[str, ...]
    count: int
    transcripts: int
    examples: tuple[Hit, ...] = ()
