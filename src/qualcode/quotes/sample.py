"""Who the respondents are, counted so that nobody is singled out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from qualcode.model import Case, SampleCount


def describe_sample(cases: Sequence[Case], threshold: int) -> tuple[SampleCount, ...]:
    """Return how many cases have each value of each attribute.

    Values that fewer than ``threshold`` cases have are counted together, with the smallest of the
    others where they are still fewer. An attribute of which nothing would be told is left out.

    Args:
        cases: The cases, with their attributes as they may be printed.
        threshold: Fewest cases that must share what is printed of them.
    """
    names = dict.fromkeys(name for case in cases for name in case.attributes)
    return tuple(count for name in names for count in _counts(name, cases, threshold))


def _counts(name: str, cases: Sequence[Case], threshold: int) -> Iterator[SampleCount]:
    values = Counter(case.attributes.get(name, "").strip() for case in cases)
    untold = values.pop("", 0)
    told = {value: n for value, n in values.items() if n >= threshold}
    others = sum(values.values()) - sum(told.values())
    while told and 0 < others < threshold:
        least = min(told, key=lambda value: told[value])
        others += told.pop(least)
    if not told or 0 < untold < threshold:
        return
    for value in sorted(told, key=lambda value: -told[value]):
        yield SampleCount(name, value, told[value])
    if others:
        yield SampleCount(name, "", others)
    if untold:
        yield SampleCount(name, None, untold)
