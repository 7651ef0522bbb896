"""What coders differ on and agree on, passage by passage, and the decisions that settle it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qualcode.errors import InvalidValueError
from qualcode.model.coding import Coding
from qualcode.model.span import Span


class DisagreementKind(StrEnum):
    """How two coders differ on one code and unit."""

    MISSED = "missed"
    """Only one of them coded the passage at all."""
    OTHER_CODE = "other_code"
    """Both coded it, with different codes."""
    BOUNDARY = "boundary"
    """Same code, other boundaries."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One difference between coders, with both sides.

    Two coders are a side each. In a team a side is all who did the same: in a ``missed``
    difference those who gave the code, and those who did not; in a ``boundary`` difference
    those with the commonest passage, and the others. Their names are joined by ", ".

    Attributes:
        id: Stable for the same codings: transcript, unit and code.
        transcript: Name of the transcript.
        unit: The unit of analysis it lies in.
        code: Path of the code they differ on.
        coder_a: First coder, or the coders of the first side.
        coder_b: Second coder, or the coders of the second side.
        kind: How they differ.
        codings_a: A's codings in the unit that bear on it; empty where A has none.
        codings_b: Likewise of B.
        words: For a boundary difference, by how many words; else 0.
        same_theme: For another code: whether it is a sibling under the same theme.
        other_code: For another code: the path of B's code, where ``code`` is A's.
        coders_a: The coders of the first side, one by one.
        coders_b: Likewise of the second.
    """

    id: str
    transcript: str
    unit: Span
    code: str
    coder_a: str
    coder_b: str
    kind: DisagreementKind
    codings_a: tuple[Coding, ...] = ()
    codings_b: tuple[Coding, ...] = ()
    words: int = 0
    same_theme: bool = False
    other_code: str = ""
    coders_a: tuple[str, ...] = ()
    coders_b: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreedCoding:
    """A passage that all coders gave the same code: what needs no decision.

    Attributes:
        transcript: Name of the transcript.
        span: The passage that all marked: the part their codings share.
        code: Path of the code.
        codings_a: The first coder's codings that take part in it.
        codings_b: Likewise of the others.
        words: How many words only some of them marked around it; 0 for the same boundaries.
    """

    transcript: str
    span: Span
    code: str
    codings_a: tuple[Coding, ...]
    codings_b: tuple[Coding, ...]
    words: int = 0


class Choice(StrEnum):
    """What was decided about a disagreement."""

    TAKE_A = "a"
    TAKE_B = "b"
    BOTH = "both"
    NEITHER = "neither"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Decision:
    """How one disagreement was settled.

    Attributes:
        disagreement: Id of the disagreement.
        choice: What was decided.
        by: Who decided.
        reason: Why, from the short list or free.
        span: For ``new``: the agreed span.
        code: For ``new``: path of the agreed code.
        transcript: Name of the transcript.
        decided_at: When, in UTC.
    """

    disagreement: str
    choice: Choice
    by: str
    transcript: str
    reason: str = ""
    span: Span | None = None
    code: str = ""
    decided_at: datetime | None = None

    def __post_init__(self) -> None:
        # The other choices take passage and code from the codings of a side.
        if self.choice is Choice.NEW and (self.span is None or not self.code):
            raise InvalidValueError("A new coding needs a span and a code.")


@dataclass(frozen=True, slots=True)
class Leak:
    """Two codes that coders exchange: the first coder's, the second's, or the other way.

    Attributes:
        code: Path of one code.
        other: Path of the other.
        units: Units where one coder gave the one and the other coder the other instead.
        share: Those, of all units that either coder gave either code.
    """

    code: str
    other: str
    units: int
    share: float

    def exchanges(self, disagreements: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
        """Return the differences in which one coder gave the one code and the other the other."""
        pair = {self.code, self.other}
        return tuple(
            disagreement
            for disagreement in disagreements
            if disagreement.kind is DisagreementKind.OTHER_CODE
            and {disagreement.code, disagreement.other_code} == pair
        )


@dataclass(frozen=True, slots=True)
class Confusion:
    """Which code of A met which code of B.

    Attributes:
        coders: The two coders; rows are the first one's.
        codes: Paths of the codes; the last row and column are for no code.
        counts: Units, ``counts[row][column]``; both gave the code on the diagonal.
        leaks: Pairs of codes that are taken for one another, most units first.
    """

    coders: tuple[str, str]
    codes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    leaks: tuple[Leak, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitCodings:
    """A unit that one or both coders gave a code, with the codings that make it so.

    Attributes:
        transcript: Name of the transcript.
        unit: The unit of analysis.
        codings_a: The first coder's codings in it; empty where only the other coded it.
        codings_b: Likewise of the second coder.
    """

    transcript: str
    unit: Span
    codings_a: tuple[Coding, ...]
    codings_b: tuple[Coding, ...]
