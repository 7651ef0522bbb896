"""Results of a search: hits with their context, and candidates for codes."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.span import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, with its context.

    Attributes:
        transcript: Name of the transcript.
        turn: Number of its turn.
        span: Its place.
        before: Words before it in the same turn.
        text: The passage itself.
        after: Words after it in the same turn.
    """

    transcript: str
    turn: int
    span: Span
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class CodeCandidate:
    """A word or phrase of respondents that is not in the codebook and may become a code.

    Attributes:
        theme: Path of the theme in whose passages it occurs; ``""`` for uncoded text.
        lemmas: Its lemmas.
        count: Number of occurrences.
        transcripts: Number of transcripts.
        examples: Some places, at most one per transcript before any second.
    """

    theme: str
    lemmas: tuple[str, ...]
    count: int
    transcripts: int
    examples: tuple[Hit, ...] = ()
