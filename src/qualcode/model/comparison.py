"""What comparing coders gives: figures, disagreements, and the decisions that settle them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qualcode.errors import InvalidValueError
from qualcode.model.coding import Coding
from qualcode.model.span import Span


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One figure of agreement, or the reason why it does not exist.

    Attributes:
        name: Its name in the literature (``cohen_kappa``).
        value: The figure; None where it is undefined.
        undefined_because: Why there is no value; None where there is one.
        observed: Observed agreement, 0 to 1, also shown where the value is undefined.
        standard_error: None where it cannot be had.
        interval: 95% confidence interval (lower, upper); None where it cannot be had.
        units: Number of units it rests on.
        detail: What else belongs to it: method of the interval, degrees of freedom, seed.
    """

    name: str
    value: float | None
    undefined_because: str | None = None
    observed: float | None = None
    standard_error: float | None = None
    interval: tuple[float, float] | None = None
    units: int = 0
    detail: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) == (self.undefined_because is None):
            raise InvalidValueError(
                f"'{self.name}' needs either a value or the reason why it has none."
            )


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
    """One difference between two coders, with both sides.

    Attributes:
        id: Stable for the same codings: transcript, unit and code.
        transcript: Name of the transcript.
        unit: The unit of analysis it lies in.
        code: Path of the code they differ on.
        coder_a: First coder.
        coder_b: Second coder.
        kind: How they differ.
        codings_a: A's codings in the unit that bear on it; empty where A has none.
        codings_b: Likewise of B.
        words: For a boundary difference, by how many words; else 0.
        same_theme: For another code: whether it is a sibling under the same theme.
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
        if self.choice is Choice.NEW and (self.span is None or not self.code):
            raise InvalidValueError("A new coding needs a span and a code.")
