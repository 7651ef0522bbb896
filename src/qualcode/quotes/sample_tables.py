"""Tables of the sample per group, in which no small count can be read or worked out.

A count from 1 to below the threshold is hidden, and with it the smallest other count of its row
and of its column, as long as the margins would give it away (complementary suppression; Willenborg
and de Waal 2001, ch. 5). Rare values are counted together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from qualcode.messages import Message
from qualcode.model import Attribute, AttributeType, Case, NumberSummary
from qualcode.model.annex import SampleAttribute, SampleRow, SampleTable
from qualcode.quotes.cell_suppression import BESIDE
from qualcode.quotes.disclosure import stable_id

MOST_ROWS = 15
"""An attribute with more values than this is no table that anybody reads."""

Grid = list[list[int]]


def sample_risk(attribute: str) -> str:
    """Return the id of the risk that small counts of an attribute point at somebody."""
    return stable_id("sample", attribute)


@dataclass(frozen=True, slots=True)
class SampleRules:
    """What may be printed of a sample.

    Attributes:
        threshold: Counts from 1 to below this are hidden.
        suppressed: Attributes that are not printed of anybody.
        confirmed: Why a risk was accepted, by its id.
    """

    threshold: int
    suppressed: Collection[str]
    confirmed: Mapping[str, str]


def tabulate_sample(
    cases: Sequence[Case],
    attributes: Sequence[Attribute],
    groups: Sequence[str],
    rules: SampleRules,
) -> SampleTable:
    """Return the table of the sample.

    Args:
        cases: The participants, with exact values as they may be printed.
        attributes: Their attributes, with types and bands, in the order to print them.
        groups: The groups in the order to print them; one ``""`` for a study without groups.
        rules: What may be printed.
    """
    sizes = [sum(_group(case, groups) == group for case in cases) for group in groups]
    # A group too small to be counted is told by its name only.
    shown_sizes = [
        size if size >= rules.threshold or sample_risk("group") in rules.confirmed else None
        for size in sizes
    ]
    if shown_sizes.count(None) == 1 and len(sizes) > 1:
        smallest = min((s for s in shown_sizes if s is not None), default=None)
        shown_sizes = [None if size == smallest else size for size in shown_sizes]
    return SampleTable(
        tuple(groups),
        tuple(shown_sizes),
        len(cases),
        rules.threshold,
        tuple(
            _tabulate(attribute, cases, groups, rules)
            for attribute in attributes
            if attribute.name != "group"
        ),
    )


def _group(case: Case, groups: Sequence[str]) -> str:
    return case.attributes.get("group", "").strip() if any(groups) else ""


def _tabulate(
    attribute: Attribute, cases: Sequence[Case], groups: Sequence[str], rules: SampleRules
) -> SampleAttribute:
    name = attribute.name
    accepted = rules.confirmed.get(sample_risk(name), "")
    if name in rules.suppressed:
        reason: str = Message("It was decided not to print it of anybody.")
        return SampleAttribute(name, left_out=reason)
    values = [attribute.category(case.attributes.get(name, "").strip()) for case in cases]
    totals = Counter(values)
    missing = totals.pop("", 0)
    if not totals:
        return SampleAttribute(name, left_out=Message("No participant has a value."))
    threshold = 1 if accepted else rules.threshold
    kept, rare, has_unknown = _printed_values(totals, missing, threshold)
    numbers = _numbers(attribute, cases, groups, rules.threshold)
    if any(numbers) and not 0 < len(kept) <= MOST_ROWS:
        return SampleAttribute(name, (), numbers)
    if not kept:
        reason = Message.counted(
            "It has {count} value, and too few participants have it.",
            "It has {count} different values, and too few participants share one.",
            len(totals),
        )
        return SampleAttribute(name, left_out=reason)
    if len(kept) > MOST_ROWS:
        reason = Message(
            "It has {count} different values, too many for a table. Give it bands or wider values.",
            count=len(totals),
        )
        return SampleAttribute(name, left_out=reason)
    labels: list[str | None] = [*sorted(kept, key=lambda v: (attribute.sort_key(v), -totals[v], v))]
    labels += [""] if rare else []
    labels += [None] if has_unknown else []
    row_of = _row_finder(labels, kept, has_unknown=has_unknown)
    grid = [[0] * len(groups) for _ in labels]
    for case, value in zip(cases, values, strict=True):
        group = _group(case, groups)
        if group in groups:
            grid[row_of(value)][groups.index(group)] += 1
    row_totals = Counter(row_of(value) for value in values)
    hidden = hide_grid(grid, threshold)
    rows = tuple(
        SampleRow(
            label,
            tuple(None if mark else count for mark, count in zip(marks, counts, strict=True)),
            tuple(marks),
            row_totals[place],
        )
        for place, (label, counts, marks) in enumerate(zip(labels, grid, hidden, strict=True))
    )
    return SampleAttribute(name, rows, numbers, accepted=accepted)


def _printed_values(
    totals: Counter[str], missing: int, threshold: int
) -> tuple[set[str], int, bool]:
    """Return values with a row, how many cases have others, and whether unknown has a row."""
    kept = {value for value, count in totals.items() if count >= threshold}
    rare = sum(totals.values()) - sum(totals[value] for value in kept)
    # Few unknown values would follow from the total: they are counted with the rare ones.
    has_unknown = missing >= threshold
    pooled = rare + (0 if has_unknown else missing)
    while kept and 0 < pooled < threshold:
        least = min(sorted(kept), key=totals.__getitem__)
        kept.remove(least)
        pooled += totals[least]
    return kept, pooled, has_unknown


def _row_finder(
    labels: Sequence[str | None], kept: Collection[str], *, has_unknown: bool
) -> Callable[[str], int]:
    places = {label: place for place, label in enumerate(labels)}

    def row_of(value: str) -> int:
        if value in kept:
            return places[value]
        return places[None] if not value and has_unknown else places[""]

    return row_of


def hide_grid(grid: Grid, threshold: int) -> list[list[str]]:
    """Return what is printed in the place of each count of a table with known margins.

    Args:
        grid: Counts by row and column.
        threshold: Counts from 1 to below this are hidden.

    Returns:
        ``""`` for a count that is printed, "<3" for a small one, "…" for one that would give a
        small one away. Where a small count cannot be protected so, all are hidden.
    """
    small = f"<{threshold}"
    marks = [[small if 0 < count < threshold else "" for count in row] for row in grid]
    columns = range(len(grid[0])) if grid else range(0)
    # Hiding a count for a row may leave one hidden count alone in a column, and so on.
    for _ in range(sum(map(len, grid))):
        lines = [[(r, c) for c in columns] for r in range(len(grid))]
        lines += [[(r, c) for r in range(len(grid))] for c in columns]
        alone = [line for line in lines if sum(bool(marks[r][c]) for r, c in line) == 1]
        if not alone:
            return marks
        for line in alone:
            candidates = [(grid[r][c], r, c) for r, c in line if not marks[r][c] and grid[r][c]]
            if sum(bool(marks[r][c]) for r, c in line) != 1:
                continue
            if not candidates:
                # The margin is this count: only a table without groups keeps it.
                return [[mark or BESIDE for mark in row] for row in marks]
            _, row, column = min(candidates)
            marks[row][column] = BESIDE
    return marks


def _numbers(
    attribute: Attribute, cases: Sequence[Case], groups: Sequence[str], threshold: int
) -> tuple[NumberSummary | None, ...]:
    if attribute.type is not AttributeType.NUMBER:
        return ()

    def summary(members: Sequence[Case]) -> NumberSummary | None:
        values = [case.attributes.get(attribute.name, "") for case in members]
        # The range of two people is the two people.
        enough = sum(bool(value.strip()) for value in values) >= threshold
        return NumberSummary.of(values) if enough else None

    return (
        *(summary([c for c in cases if _group(c, groups) == group]) for group in groups),
        summary(cases),
    )
