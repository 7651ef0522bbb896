"""How coders use codes: more or less often than the others, and how well by a model."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.messages import Message
from qualcode.model.comparison import Coefficient

HABITS_NOTE = Message(
    "Units that a coder gave a code, beside the others on the same units (their mean); the "
    "difference is a share of all these units. “More often” and “less often” stand where the whole "
    "95% interval does: with many codes one in twenty does so by chance. Who gives a code more "
    "often need not be wrong: the codebook should say who is right."
)
ACCURACY_NOTE = Message(
    "The model of Dawid and Skene (1979) reckons from all coders together which units have the "
    "code, and from that how well each sees it. Seen: of the units with the code, the share that "
    "the coder gave it. Left alone: of the other units, the share that the coder did not give it. "
    "It supposes that coders err independently of each other, and its figures have no intervals. "
    "Only units that three coders or more coded are used; codes with which two of the coders share "
    "fewer than 20 units are left out."
)


@dataclass(frozen=True, slots=True)
class CoderHabit:
    """How often one coder gives a code, beside the others on the same units.

    Attributes:
        code: Path of the code.
        coder: The coder; of two coders the first one.
        units: Units that the coder gave it, of those that another coder coded too.
        others: The same of the other coders, on average.
        difference: Share of the units that the coder gave it less that of the others, -1 to 1,
            with its interval.
    """

    code: str
    coder: str
    units: int
    others: float
    difference: Coefficient

    @property
    def direction(self) -> int:
        """1 where the whole interval says more often, -1 where less often, else 0."""
        # without an interval no direction is known: the widest one holds 0
        low, high = self.difference.interval or (-1.0, 1.0)
        return (low > 0) - (high < 0)

    @property
    def reading(self) -> Message | str:
        """Whether the coder gives the code more or less often than the others, in words."""
        if not self.direction:
            return ""
        if self.direction > 0:
            return Message("{coder} more often", coder=self.coder)
        return Message("{coder} less often", coder=self.coder)


@dataclass(frozen=True, slots=True)
class CoderAccuracy:
    """How well a coder of a team sees a code, by the model of Dawid and Skene (1979).

    Attributes:
        code: Path of the code.
        coder: The coder.
        prevalence: Share of the units that have the code by the model.
        sensitivity: Of those units, the share that the coder gave it.
        specificity: Of the other units, the share that the coder did not give it.
    """

    code: str
    coder: str
    prevalence: float
    sensitivity: float
    specificity: float
