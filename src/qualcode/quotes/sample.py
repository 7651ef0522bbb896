"""Describes the sample: counts of respondents that identify nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from qualcode.model import Case, NumberSummary, SampleCount


def describe_sample(
    cases: Sequence[Case],
    threshold: int,
    numbers: Mapping[str, NumberSummary] = MappingProxyType({}),
) -> tuple[SampleCount, ...]:
    """Return the number of cases with each value of each attribute.

    Values of fewer than ``threshold`` cases are counted together; if these are still too few,
    the smallest other value is added. An attribute without a printable value is left out.

    Args:
        cases: The cases, with their attributes as they may be printed.
        threshold: Number of cases that must share a printed value.
        numbers: Mean and range by attribute; given before the counts of its bands.
    """
    names = dict.fromkeys(name for case in cases for name in case.attributes)
    counts: list[SampleCount] = []
    for name in names:
        filled = sum(1 for case in cases if case.attributes.get(name, "").strip())
        if name in numbers and filled >= threshold:
            counts.append(SampleCount(name, "", filled, numbers[name]))
        counts += _counts(name, cases, threshold)
    return tuple(counts)


def _counts(name: str, cases: Sequence[Case], threshold: int) -> Iterator[SampleCount]:
    values = Counter(case.attributes.get(name, "").strip() for case in cases)
    missing = values.pop("", 0)
    printed = {value: n for value, n in values.items() if n >= threshold}
    other_count = sum(values.values()) - sum(printed.values())
    # The rest must not be small either: the reader knows the total and could infer it.
    while printed and 0 < other_count < threshold:
        least = min(printed, key=lambda value: printed[value])
        other_count += printed.pop(least)
    # A small number of missing values would follow from the total.
    if not printed or 0 < missing < threshold:
        return
    for value in sorted(printed, key=lambda value: -printed[value]):
        yield SampleCount(name, value, printed[value])
    if other_count:
        yield SampleCount(name, "", other_count)
    if missing:
        yield SampleCount(name, None, missing)
