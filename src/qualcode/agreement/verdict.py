"""What the figures of a report allow to say of its codes, in words.

A code is judged by the interval of alpha, for which Krippendorff gave his limits, never by the
figure alone: with few interviews a figure of .8 may well be one of .5. Means and pooled figures
describe a study; a good mean hides the codes that nobody agrees on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.messages import Message
from qualcode.model import CodeAgreement, Coefficient
from qualcode.model.comparison import RELIABLE, TENTATIVE

LEAST = 3
"""How many of the least reliable codes are named."""
DESCRIPTIONS = {
    "pooled_kappa": Message("the pooled kappa"),
    "macro_mean_kappa": Message("the mean of the kappas"),
    "macro_mean_alpha": Message("the mean of the alphas"),
}
"""Overall figures that a verdict names, as descriptions."""


@dataclass(frozen=True, slots=True)
class CodeVerdicts:
    """Codes by where the interval of their alpha lies.

    Attributes:
        above: The whole interval lies at .667 or above.
        below: The whole interval lies below .667.
        undecided: The interval holds .667, or there is none.
    """

    above: tuple[CodeAgreement, ...]
    below: tuple[CodeAgreement, ...]
    undecided: tuple[CodeAgreement, ...]

    @classmethod
    def of(cls, rows: Sequence[CodeAgreement]) -> CodeVerdicts:
        """Return the verdicts on the codes that were used."""
        # a code that nobody used was not put to the test: it has no verdict
        in_use = [row for row in rows if any(row.used)]
        above = tuple(row for row in in_use if _low(row) >= TENTATIVE)
        below = tuple(row for row in in_use if _high(row) < TENTATIVE)
        return cls(above, below, tuple(row for row in in_use if row not in (*above, *below)))

    @property
    def reliable(self) -> int:
        """Number of codes whose whole interval lies at .8 or above."""
        return sum(_low(row) >= RELIABLE for row in self.above)

    @property
    def by_lower_limit(self) -> list[CodeAgreement]:
        """The codes that have an interval, the lowest lower limit first."""
        rows = (*self.below, *self.undecided, *self.above)
        return sorted((row for row in rows if row.figure("alpha").interval), key=_low)


def _low(row: CodeAgreement) -> float:
    interval = row.figure("alpha").interval
    # without an interval a code is neither above nor below a limit: it stays undecided
    return interval[0] if interval else float("-inf")


def _high(row: CodeAgreement) -> float:
    interval = row.figure("alpha").interval
    return interval[1] if interval else float("inf")


def judge_codes(
    rows: Sequence[CodeAgreement],
    overall: Sequence[Coefficient],
    *,
    of_consensus: bool = False,
) -> tuple[Message, ...]:
    """Return what the figures allow to say, the verdict first.

    Args:
        rows: The rows of the codes.
        overall: The figures over all codes.
        of_consensus: Whether the consensus is one of the coders: then nothing is judged.
    """
    # the consensus was made from the coders' own work: agreement with it is no reliability
    if of_consensus:
        return (
            Message(
                "A coder against the consensus: a description of what changed, not a verdict on "
                "any code."
            ),
        )
    verdicts = CodeVerdicts.of(rows)
    ranked = verdicts.by_lower_limit
    sentences = [_count_verdicts(verdicts)] if any(any(row.used) for row in rows) else []
    if ranked:
        sentences.append(_name_least(ranked[:LEAST]))
        sentences.append(
            Message(
                "A 95% interval is made so that in 95 of 100 studies like this one it holds the "
                "figure that all such interviews would give."
            )
        )
    if len(ranked) > 1:
        sentences.append(_warn_of_many(len(ranked)))
    return (
        *sentences,
        *(
            _describe(figure)
            for figure in overall
            if figure.name in DESCRIPTIONS and figure.value is not None
        ),
    )


def _count_verdicts(verdicts: CodeVerdicts) -> Message:
    total = len(verdicts.above) + len(verdicts.below) + len(verdicts.undecided)
    return Message.counted(
        "By the 95% interval of Krippendorff's alpha, of {count} code that was used {above} "
        "lies above .667 ({reliable} above .8), {below} below it, and for {undecided} it "
        "cannot be said.",
        "By the 95% intervals of Krippendorff's alpha, of {count} codes that were used "
        "{above} lie above .667 ({reliable} of them above .8), {below} below it, and for "
        "{undecided} it cannot be said.",
        total,
        above=len(verdicts.above),
        reliable=verdicts.reliable,
        below=len(verdicts.below),
        undecided=len(verdicts.undecided),
    )


def _name_least(rows: Sequence[CodeAgreement]) -> Message:
    codes = tuple(
        Message(
            "{code} (alpha {figure})", code=row.code, figure=_with_interval(row.figure("alpha"))
        )
        for row in rows
    )
    return Message(
        "Lowest lower limits: {codes}. A wide interval says that little is known of a code, not "
        "that agreement on it is low.",
        codes=codes,
    )


def _with_interval(figure: Coefficient) -> Message:
    low, high = figure.interval or (0.0, 0.0)
    return Message(
        "{value}, 95% interval {low} to {high}",
        value=f"{figure.value:z.2f}",
        low=f"{low:z.2f}",
        high=f"{high:z.2f}",
    )


def _warn_of_many(count: int) -> Message:
    return Message(
        "There are {count} intervals: about one in twenty misses its figure by chance alone, and "
        "the lowest of many looks lower than it is.",
        count=count,
    )


def _describe(figure: Coefficient) -> Message:
    """Return an overall figure as a description."""
    name = DESCRIPTIONS[figure.name]
    if figure.interval:
        return Message(
            "Over all codes {name} is {figure}: a description, not a verdict on any code.",
            name=name,
            figure=_with_interval(figure),
        )
    return Message(
        "Over all codes {name} is {value}, without an interval: a description, not a verdict on "
        "any code.",
        name=name,
        value=f"{figure.value:z.2f}",
    )
