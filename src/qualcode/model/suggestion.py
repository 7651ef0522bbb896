"""Suggestions of the program: a code for a passage, with reasons and a probability.

A suggestion never counts as a coding. Accepting one makes a coding whose origin names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.span import Span

LIKELY = 0.6
"""Minimum probability of a likely suggestion."""
POSSIBLE = 0.2
"""Minimum probability of a possible suggestion; a lower one is weak."""


class Band(StrEnum):
    """Classes of the probability of a suggestion."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason of one suggester for a code.

    Attributes:
        suggester: Its name (``terms``).
        words: The words of the text that count, the strongest first, as written.
        spans: Their places in the transcript, in the order of ``words``.
        shares: Share of each word in the score of the suggester, 0 to 1, in the order of
            ``words``; empty if the score has no parts.
        note: A further reason: the question that expects the code, "denied".
    """

    suggester: str
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    shares: tuple[float, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        if not self.words:
            return self.note
        words = ", ".join(self.words)
        if not self.note:
            return f"{self.suggester}: {words}"
        return Message(
            "{suggester}: {words} ({note})", suggester=self.suggester, words=words, note=self.note
        )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that may apply to a passage.

    Attributes:
        segment: Key of the segment.
        code: Path of the code.
        probability: Probability of this code, 0 to 1. Over the codebook, those of a segment add
            up to the probability that some code applies to it at all.
        span: The smallest part that supports it: the sentence; the whole segment if no word
            supports the code; None if the segment is empty.
        reasons: One per suggester that contributes.
        suggester: Name of the suggester, ``fused`` for all together.
        version: Its version.
    """

    segment: str
    code: str
    probability: float
    span: Span | None = None
    reasons: tuple[Reason, ...] = ()
    suggester: str = "fused"
    version: str = "1"

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise InvalidValueError(
                Message(
                    "A suggestion of '{code}' has probability {probability}; it should be from "
                    "0 to 1.",
                    code=self.code,
                    probability=self.probability,
                )
            )

    @property
    def theme(self) -> str:
        """The path of the theme that the code belongs to."""
        return self.code.partition("/")[0]

    @property
    def band(self) -> Band:
        """The class of its probability."""
        if self.probability >= LIKELY:
            return Band.LIKELY
        return Band.POSSIBLE if self.probability >= POSSIBLE else Band.WEAK

    @property
    def because(self) -> tuple[str, ...]:
        """The reasons as short texts ("terms: dealer, bestellen")."""
        return tuple(str(reason) for reason in self.reasons)

    @property
    def origin(self) -> str:
        """The origin of a coding made by accepting it (``suggestion:fused@1``)."""
        return f"suggestion:{self.suggester}@{self.version}"


@dataclass(frozen=True, slots=True)
class Exposure:
    """Suggestions for a passage that were shown to a coder and may have influenced the coding.

    Attributes:
        coder: The coder.
        transcript: Name of the transcript.
        span: The passage.
        codes: Paths of the suggested codes at that time, best first.
        suggester: The suggester (``fused@1``).
        shown_at: Time, in UTC.
    """

    coder: str
    transcript: str
    span: Span
    codes: tuple[str, ...]
    suggester: str
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """The rejection of a suggested code for a passage by a coder.

    Attributes:
        coder: The coder.
        transcript: Name of the transcript.
        span: The passage.
        code: Path of the code.
        suggester: The suggester (``fused@1``).
        rejected_at: Time, in UTC.
    """

    coder: str
    transcript: str
    span: Span
    code: str
    suggester: str
    rejected_at: datetime | None = None
