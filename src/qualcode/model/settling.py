"""The outcome of settling disagreements: how, why, how long, and what changed because of it."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import Problem
from qualcode.model.codebook import CodeChange
from qualcode.model.comparison import Coefficient


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often a reason was given.

    Attributes:
        reason: Of the short list; ``other`` for free text only, ``none`` for no reason.
        count: Number of decisions.
        codes: Paths of the codes concerned, the commonest first.
    """

    reason: str
    count: int
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgainstConsensus:
    """How far one coder agrees with the consensus.

    Attributes:
        coder: Name of the coder.
        figures: Over all codes, each under its own name.
    """

    coder: str
    figures: tuple[Coefficient, ...]


@dataclass(frozen=True, slots=True)
class Settling:
    """The outcome of settling the disagreements of coders.

    Attributes:
        coders: The coders.
        decided: Number of disagreements that were decided on.
        open: Number of those without a decision.
        people: Who decided.
        choices: How often each choice was made, as choice and number.
        reasons: How often each reason was given, the commonest first.
        revised: Number of decisions that took the place of an earlier one.
        seconds: Time spent deciding, pauses left out; None where it is unknown.
        before: Agreement before, over all codes.
        against: Each coder against the consensus.
        must_change: Paths of the codes of which somebody decided that they must change.
        changed: What changed in the codebook since the first decision, in codes decided on.
        problems: Decisions about disagreements that are no longer there.
    """

    coders: tuple[str, ...]
    decided: int
    open: int
    people: tuple[str, ...]
    choices: tuple[tuple[str, int], ...]
    reasons: tuple[ReasonCount, ...]
    revised: int
    seconds: float | None
    before: tuple[Coefficient, ...]
    against: tuple[AgainstConsensus, ...]
    must_change: tuple[str, ...] = ()
    changed: tuple[CodeChange, ...] = ()
    problems: tuple[Problem, ...] = ()
