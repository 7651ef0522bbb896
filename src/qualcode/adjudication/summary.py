"""What decisions add up to: choices, reasons, the time spent, codes that must change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from qualcode.adjudication.reasons import Reason, split_reason
from qualcode.model import Choice, Decision, Disagreement
from qualcode.model.adjudication_summary import ReasonCount

PAUSE = timedelta(minutes=10)
"""A longer time between two decisions of one person is a pause, not work."""


def time_spent(moments: Iterable[tuple[str, datetime]]) -> timedelta | None:
    """Return how long people decided, from who decided when; None where it is unknown.

    The times between two decisions of one person are added up, pauses left out. A table of
    decisions is read in one moment, which says nothing about time.
    """
    # A set: decisions of one table have one moment.
    times: dict[str, set[datetime]] = {}
    for person, at in moments:
        times.setdefault(person, set()).add(at)
    gaps = [
        later - earlier
        for coder_times in times.values()
        for earlier, later in zip(sorted(coder_times), sorted(coder_times)[1:], strict=False)
    ]
    worked = [gap for gap in gaps if gap <= PAUSE]
    return sum(worked, timedelta()) if worked else None


def count_choices(decisions: Iterable[Decision]) -> tuple[tuple[str, int], ...]:
    """Return how often each choice was made, in the order of the choices."""
    counts = Counter(decision.choice for decision in decisions)
    return tuple((choice.value, counts[choice]) for choice in Choice if counts[choice])


def count_reasons(
    decisions: Iterable[Decision], disagreements: Mapping[str, Disagreement]
) -> tuple[ReasonCount, ...]:
    """Return how often each reason was given and on which codes, the commonest first."""
    codes: dict[str, Counter[str]] = {}
    for decision in decisions:
        reason, note = split_reason(decision.reason)
        name = reason.value if reason else "other" if note else "none"
        about = disagreements[decision.disagreement]
        codes.setdefault(name, Counter())[about.code] += 1
    # Reasons given equally often keep the order of the short list.
    order = [*Reason, "other", "none"]
    return tuple(
        ReasonCount(
            name,
            code_counts.total(),
            tuple(sorted(code_counts, key=lambda code: (-code_counts[code], code))),
        )
        for name, code_counts in sorted(
            codes.items(), key=lambda item: (-item[1].total(), order.index(item[0]))
        )
    )


def codes_to_change(
    decisions: Iterable[Decision], disagreements: Mapping[str, Disagreement]
) -> tuple[str, ...]:
    """Return the codes of which a decision says that the codebook must change."""
    codes = (
        decision.code or disagreements[decision.disagreement].code
        for decision in decisions
        if split_reason(decision.reason)[0] is Reason.CODEBOOK_MUST_CHANGE
    )
    return tuple(dict.fromkeys(codes))
