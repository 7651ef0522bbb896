"""What the program proposes: a code for a piece of text, why, and how sure it is.

A suggestion never counts as a coding. Accepting one makes a coding whose origin names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qualcode.errors import InvalidValueError
from qualcode.model.span import Span

LIKELY = 0.5
"""Least probability of a likely suggestion."""
POSSIBLE = 0.2
"""Least probability of a possible suggestion; below it is weak."""


class Band(StrEnum):
    """How sure a suggestion is, for people."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one suggester proposes a code.

    Attributes:
        suggester: Its name (``terms``).
        words: The words of the text that count, most telling first, as they are written.
        spans: Where these stand in the transcript, in the order of ``words``.
        shares: What part of the suggester's score each word makes up, 0 to 1, likewise; empty
            where the score has no such parts.
        note: What else there is to say: the question that expects the code, "denied".
    """

    suggester: str
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    shares: tuple[float, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        if not self.words:
            return self.note
        said = f"{self.suggester}: {', '.join(self.words)}"
        return f"{said} ({self.note})" if self.note else said


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that may apply to a piece of text.

    Attributes:
        segment: Key of the piece of text it is for.
        code: Path of the code.
        probability: How likely this is the code, given that one of the book's codes applies,
            0 to 1; the probabilities of a segment add up to 1 over the codes of the book.
        span: The smallest part that supports it: the sentence; the whole segment where no
            words of it speak for the code; None where the segment is empty.
        reasons: Why, one per suggester that has something to say.
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
                f"A suggestion of '{self.code}' has probability {self.probability}; "
                "it should be from 0 to 1."
            )

    @property
    def theme(self) -> str:
        """The path of the theme that the code belongs to."""
        return self.code.partition("/")[0]

    @property
    def band(self) -> Band:
        """How sure it is, in three steps."""
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
    """That a coder was shown suggestions for a piece of text: it may have steered the coding.

    Attributes:
        coder: Who was shown them.
        transcript: Name of the transcript.
        span: The piece of text.
        codes: Paths of the codes suggested, best first, as they were then.
        suggester: What suggested them (``fused@1``).
        shown_at: When, in UTC.
    """

    coder: str
    transcript: str
    span: Span
    codes: tuple[str, ...]
    suggester: str
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """That a coder rejected a suggested code for a piece of text.

    Attributes:
        coder: Who rejected it.
        transcript: Name of the transcript.
        span: The piece of text.
        code: Path of the code.
        suggester: What suggested it (``fused@1``).
        rejected_at: When, in UTC.
    """

    coder: str
    transcript: str
    span: Span
    code: str
    suggester: str
    rejected_at: datetime | None = None
