"""What a figure on spans is made of: sums that add up over texts, its value, what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualcode.agreement.contingency import Floats

LabelledSpan = tuple[int, int, str]
Spans = Mapping[str, Sequence[LabelledSpan]]


class Told(NamedTuple):
    """What belongs to a figure besides its value.

    Attributes:
        observed: Observed agreement; None where the figure has none.
        reason: Why there is no figure; ``""`` where there is one.
        detail: What else it says.
    """

    observed: float | None
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SpanFigure:
    """One figure on spans.

    Attributes:
        sums: The spans of one text and its length -> sums, which add up over texts.
        value: Those sums, any leading axes -> the figure, NaN where it does not exist.
        told: The sums of all texts -> what belongs to the figure.
        in_positions: Whether it rests on positions of the text, not on spans.
    """

    sums: Callable[[Spans, int], tuple[Floats, ...]]
    value: Callable[..., Floats]
    told: Callable[..., Told]
    in_positions: bool = False
