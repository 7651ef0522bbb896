"""A summary of the adjudication: choices, reasons, time, agreement before and after."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import Problem
from qualcode.model.codebook import CodeChange
from qualcode.model.comparison import Coefficient


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Number of decisions with one reason.

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
    """Agreement of one coder with the consensus.

    Attributes:
        coder: Name of the coder.
        figures: Over all codes, each under its own name.
    """

    coder: str
    figures: tuple[Coefficient, ...]


@dataclass(frozen=True, slots=True)
class AdjudicationSummary:
    """A summary of how coders resolved their disagreements.

    Attributes:
        coders: The coders.
        decided: Number of disagreements that were decided on.
        open: Number of those without a decision.
        people: Names of the persons who decided.
        choices: Number of decisions for each choice, as choice and number.
        reasons: Number of decisions for each reason, the commonest first.
        revised: Number of decisions that took the place of an earlier one.
        seconds: Time spent deciding, pauses left out; None where it is unknown.
        before: Agreement before, over all codes.
        against: Each coder against the consensus.
        must_change: Paths of the codes that must change according to a decision.
        changed: Changes of the codebook since the first decision, in codes with a decision.
        problems: Decisions about disagreements that no longer exist.
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
