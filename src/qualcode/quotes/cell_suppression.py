"""Hides small counts of cases, and counts from which they could be computed.

A count from 1 to below the threshold is printed as "<3". If one hidden count of a row would
follow from the others and the total, a second one is hidden too (complementary suppression;
Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, ch. 5). Columns of codes
do not add up, because one case may have several codes, so only rows are treated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from qualcode.model import Cell, CodePair, CountInWords, CrossTable, LocalText, Reach
from qualcode.model.codebook import parent_path

BESIDE = "…"
"""Printed in the place of a count that is hidden because it would reveal another one."""


def hide_row(counts: Sequence[int | None], threshold: int) -> tuple[str, ...]:
    """Return the mark to print for each part of a row whose total may be known.

    Args:
        counts: Cases per group; None if there is no count.
        threshold: Counts from 1 to below this are hidden.

    Returns:
        ``""`` for a count that may be printed, ``"<3"`` for a small one, and ``"…"`` for one
        that is hidden because a small one would follow from it.
    """
    marks = [f"<{threshold}" if n is not None and 0 < n < threshold else "" for n in counts]
    # A 0 is never hidden for another: the mark for that stands for the threshold or more.
    visible = [n for n, mark in zip(counts, marks, strict=True) if not mark and n]
    if sum(map(bool, marks)) == 1 and visible:
        # The smallest visible count costs the reader least.
        marks[list(counts).index(min(visible))] = BESIDE
    return tuple(marks)


def total_gives_away(
    counts: Sequence[int], of: Sequence[int], marks: Sequence[str], threshold: int
) -> bool:
    """Tell whether the total of a row leaves only one value for a small count.

    Args:
        counts: Cases per group, which add up to the total.
        of: Cases that could have been counted, per group.
        marks: From :func:`hide_row`.
        threshold: As there.
    """
    hidden = [
        (threshold, maximum) if mark == BESIDE else (1, min(threshold - 1, maximum))
        for maximum, mark in zip(of, marks, strict=True)
        if mark
    ]
    hidden_sum = sum(n for n, mark in zip(counts, marks, strict=True) if mark)
    # Each hidden count has a range; the sum of the hidden counts narrows the range of each.
    lows, highs = sum(low for low, _ in hidden), sum(high for _, high in hidden)
    return any(
        max(low, hidden_sum - (highs - high)) >= min(high, hidden_sum - (lows - low))
        for low, high in hidden
        if low < threshold
    )


def hide_reaches(reaches: Sequence[Reach], threshold: int) -> tuple[Reach, ...]:
    """Return the reach of one code without small counts and counts that reveal them.

    Args:
        reaches: All cases (group ``""``) and the groups, in any order.
        threshold: As in :func:`hide_row`.
    """
    parts = [reach for reach in reaches if reach.group]
    adding = [r for r in parts if r.of is not None and r.cases is not None]
    counts = [reach.cases or 0 for reach in adding]
    marks = hide_row(counts, threshold)
    by_group = {reach.group: mark for reach, mark in zip(adding, marks, strict=True)}
    pinned = total_gives_away(counts, [reach.of or 0 for reach in adding], marks, threshold)
    printed_reaches = []
    for reach in reaches:
        # The line of all cases, and counts of groups that were not asked, are not in the sum.
        mark = by_group.get(reach.group) or hide_row([reach.cases], threshold)[0]
        if not reach.group and not mark and pinned:
            mark = BESIDE
        # "<3 of 2" would tell of how many it is, and "0 of 2" how small the group is.
        printed_reach = replace(reach, hidden_of=hide_row([reach.of], threshold)[0])
        printed_reaches.append(_hidden(printed_reach, mark) if mark else printed_reach)
    return tuple(printed_reaches)


def _hidden(reach: Reach, mark: str) -> Reach:
    # Codings and words come from the same few cases, and would show how many there are.
    return replace(reach, cases=None, codings=None, words_share=None, hidden=mark)


def codings_that_tell(codings: Mapping[str, int | None], threshold: int) -> set[str]:
    """Return the codes from whose number of codings that of a hidden code below could be computed.

    Args:
        codings: Codings by path of the code, those of the codes below it included; None if the
            number is hidden.
        threshold: As in :func:`hide_row`.
    """
    counts, telling = dict(codings), set()
    below: dict[str, list[str]] = {}
    for path in counts:
        below.setdefault(parent_path(path), []).append(path)
    # From the lowest codes up: a number that is hidden here may follow from the one above it.
    for path in sorted(counts, key=lambda path: -path.count("/")):
        children = [counts[child] for child in below.get(path, ())]
        hidden, count = children.count(None), counts[path]
        if count is None or not hidden:
            continue
        left = count - sum(child or 0 for child in children)
        # Each hidden code has a coding: what is left for one of them may be too few for a range.
        if hidden == 1 or left - (hidden - 1) < threshold - 1:
            counts[path] = None
            telling.add(path)
    return telling


def pairs_of_enough(
    pairs: Iterable[CodePair],
    hidden: Collection[str],
    cases_by_coding: Mapping[str, Collection[str]],
    threshold: int,
) -> tuple[CodePair, ...]:
    """Return the pairs of codes that show no small count.

    Args:
        pairs: Pairs of codes.
        hidden: Paths of codes with a hidden count.
        cases_by_coding: Names of the cases who say part of a coding, by its id.
        threshold: As in :func:`hide_row`.
    """

    def is_of_enough(pair: CodePair) -> bool:
        cases = {name for id_ in pair.codings for name in cases_by_coding.get(id_, ())}
        return len(cases) >= threshold and pair.first not in hidden and pair.second not in hidden

    return tuple(pair for pair in pairs if is_of_enough(pair))


def hide_words(
    reaches: Sequence[Reach], words: Sequence[CountInWords], threshold: int
) -> tuple[CountInWords, ...]:
    """Return the counts in words, without those of hidden reaches."""
    marks = {reach.group: reach.hidden for reach in reaches}
    fewer_than = LocalText({"nl": f"minder dan {threshold}", "en": f"fewer than {threshold}"})
    hidden = {f"<{threshold}": fewer_than, BESIDE: LocalText({"nl": BESIDE, "en": BESIDE})}
    return tuple(
        CountInWords(count.group, hidden[mark]) if (mark := marks.get(count.group)) else count
        for count in words
    )


def hide_cells(table: CrossTable, threshold: int) -> CrossTable:
    """Return a table of counts of cases with its small counts hidden; other tables unchanged.

    A hidden cell also loses the codings that lead to its passages, and so does that of a code
    above it: they would be left over after those of the other codes.
    """
    if table.counts != "cases":
        return table
    rows = []
    for cells in table.cells:
        counts = [cell.count for cell in cells]
        # A cell without a total (a group that was not asked) is in no sum of the row.
        countable = [
            n if cell.of is not None else None for n, cell in zip(counts, cells, strict=True)
        ]
        marks = [
            mark or (hide_row([n], threshold)[0] if cell.of is None else "")
            for mark, n, cell in zip(hide_row(countable, threshold), counts, cells, strict=True)
        ]
        rows.append(
            tuple(
                replace(cell, count=None, codings=(), hidden=mark) if mark else cell
                for plain, mark in zip(cells, marks, strict=True)
                for cell in (replace(plain, hidden_of=hide_row([plain.of], threshold)[0]),)
            )
        )
    return replace(table, cells=_without_remainders(table.rows, rows))


def hide_rows(
    table: CrossTable, reaches: Mapping[str, Sequence[Reach]], threshold: int
) -> CrossTable:
    """Return codes by case without the rows of which a small count could be counted.

    Args:
        table: Codes against single cases.
        reaches: The reach of each code: all cases and the groups.
        threshold: As in :func:`hide_row`.
    """
    hidden = {
        path
        for path in table.rows
        if any(reach.hidden for reach in hide_reaches(reaches.get(path, ()), threshold))
    }
    # What a code above it has more than the codes that are shown would be what is hidden.
    hidden |= {above for path in hidden for above in _above(path)}
    cells = (
        tuple(replace(cell, count=None, codings=(), hidden=BESIDE) for cell in cells)
        if path in hidden
        else cells
        for path, cells in zip(table.rows, table.cells, strict=True)
    )
    return replace(table, cells=tuple(cells))


def _without_remainders(
    paths: Sequence[str], rows: Sequence[tuple[Cell, ...]]
) -> tuple[tuple[Cell, ...], ...]:
    hidden = [
        (place, path)
        for path, cells in zip(paths, rows, strict=True)
        for place, cell in enumerate(cells)
        if cell.hidden
    ]
    above = {(place, parent) for place, path in hidden for parent in _above(path)}
    return tuple(
        tuple(
            replace(cell, codings=()) if (place, path) in above else cell
            for place, cell in enumerate(cells)
        )
        for path, cells in zip(paths, rows, strict=True)
    )


def _above(path: str) -> Iterator[str]:
    while path := parent_path(path):
        yield path
