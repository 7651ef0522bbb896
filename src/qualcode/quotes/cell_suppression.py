"""Small counts of cases, hidden so that the counts beside them do not give them away.

A count from 1 up to the threshold is printed as "<3". Where one count of a row would follow from
the others and the total, a second one is hidden too (complementary suppression; Willenborg and
de Waal 2001, Elements of Statistical Disclosure Control, ch. 5). Rows of codes do not add up:
one case may have several. So only rows are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.model import CountInWords, CrossTable, LocalText, Reach

BESIDE = "…"
"""What stands for a count that is hidden because it would give another one away."""


def hide_row(counts: Sequence[int | None], threshold: int) -> tuple[str, ...]:
    """Return what to print for each part of a row whose total may be known.

    Args:
        counts: Cases per group; None where there is no count.
        threshold: Counts from 1 up to this are hidden.

    Returns:
        ``""`` where a count may be told, ``"<3"`` where it is small, and ``"…"`` where it is
        hidden because a small one would follow from it.
    """
    marks = [f"<{threshold}" if n is not None and 0 < n < threshold else "" for n in counts]
    told = [n for n, mark in zip(counts, marks, strict=True) if not mark and n]
    if sum(map(bool, marks)) == 1 and told:
        # the smallest that is left tells least
        marks[list(counts).index(min(told))] = BESIDE
    return tuple(marks)


def total_gives_away(
    counts: Sequence[int], of: Sequence[int], marks: Sequence[str], threshold: int
) -> bool:
    """Tell whether the total of a row leaves only one value for a small count.

    Args:
        counts: Cases per group, all of which add up to the total.
        of: Cases that could have been counted, per group.
        marks: From :func:`hide_row`.
        threshold: As there.
    """
    hidden = [
        (threshold, most) if mark == BESIDE else (1, min(threshold - 1, most))
        for most, mark in zip(of, marks, strict=True)
        if mark
    ]
    known = sum(n for n, mark in zip(counts, marks, strict=True) if mark)
    lows, highs = sum(low for low, _ in hidden), sum(high for _, high in hidden)
    return any(
        max(low, known - (highs - high)) >= min(high, known - (lows - low))
        for low, high in hidden
        if low < threshold
    )


def hide_reaches(reaches: Sequence[Reach], threshold: int) -> tuple[Reach, ...]:
    """Return the reach of one code with its small counts hidden, and what gives them away.

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
    found = []
    for reach in reaches:
        # the line of all, and what a group brought up unasked, are in no row that adds up
        mark = by_group.get(reach.group) or hide_row([reach.cases], threshold)[0]
        if not reach.group and not mark and pinned:
            mark = BESIDE
        found.append(_hidden(reach, mark) if mark else reach)
    return tuple(found)


def _hidden(reach: Reach, mark: str) -> Reach:
    return replace(reach, cases=None, codings=None, words_share=None, hidden=mark)


def hide_words(
    reaches: Sequence[Reach], words: Sequence[CountInWords], threshold: int
) -> tuple[CountInWords, ...]:
    """Return the counts in words, without those of reaches that are hidden."""
    marks = {reach.group: reach.hidden for reach in reaches}
    few = LocalText({"nl": f"minder dan {threshold}", "en": f"fewer than {threshold}"})
    hidden = {f"<{threshold}": few, BESIDE: LocalText({"nl": BESIDE, "en": BESIDE})}
    return tuple(
        CountInWords(one.group, hidden[mark]) if (mark := marks.get(one.group)) else one
        for one in words
    )


def hide_cells(table: CrossTable, threshold: int) -> CrossTable:
    """Return a table of counts of cases with its small counts hidden; other tables as they are.

    What leads from a hidden cell to its passages goes too.
    """
    if table.counts != "cases":
        return table
    rows = []
    for cells in table.cells:
        counts = [cell.count for cell in cells]
        asked = [n if cell.of is not None else None for n, cell in zip(counts, cells, strict=True)]
        marks = [
            mark or (hide_row([n], threshold)[0] if cell.of is None else "")
            for mark, n, cell in zip(hide_row(asked, threshold), counts, cells, strict=True)
        ]
        rows.append(
            tuple(
                replace(cell, count=None, codings=(), hidden=mark) if mark else cell
                for cell, mark in zip(cells, marks, strict=True)
            )
        )
    return replace(table, cells=tuple(rows))
