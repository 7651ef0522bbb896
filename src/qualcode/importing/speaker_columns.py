"""Speakers in the tables of a document: which column holds who, when and what."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualcode.importing.column_aliases import SPEAKER, TEXT, TIME, match_column
from qualcode.importing.label_candidates import Head, Layout
from qualcode.importing.source import Cells
from qualcode.importing.speaker_labels import is_usual
from qualcode.importing.times import is_stamp, milliseconds

_LONGEST_LABEL = 40
_MOSTLY = 0.8


def heads_of_tables(text: str, tables: Sequence[Sequence[Cells]]) -> list[Head]:
    """Return a head for each row of the tables that have a column of speakers."""
    heads: list[Head] = []
    for table in tables:
        heads.extend(_heads_of(text, table))
    return heads


def _heads_of(text: str, table: Sequence[Cells]) -> list[Head]:
    rows = [row for row in table if len(row) > 1]
    if not rows:
        return []
    cells = [[text[start:end].strip() for start, end in row] for row in rows]
    when, who, what = (match_column(cells[0], name) for name in (TIME, SPEAKER, TEXT))
    first = 1
    if who is None or what is None:
        found = _guess(cells)
        if found is None:
            return []
        who, what, when = found
        first = 0
    return _heads_of_rows(rows[first:], cells[first:], who, what, when)


def _heads_of_rows(
    rows: Sequence[Cells], cells: Sequence[Sequence[str]], who: int, what: int, when: int | None
) -> list[Head]:
    heads: list[Head] = []
    label = ""
    for row, texts in zip(rows, cells, strict=True):
        if len(row) <= max(who, what):
            continue
        label = texts[who].rstrip(":").strip() or label
        if not label or not texts[what]:
            continue
        time = milliseconds(texts[when]) if when is not None and when < len(texts) else None
        start, end = row[what]
        heads.append(Head(row[0][0], label, Layout.CELL, start, time, body_end=end))
    return heads


def _guess(cells: Sequence[Sequence[str]]) -> tuple[int, int, int | None] | None:
    """Return the columns of speaker, text and time, judged by what they hold."""
    width = max(map(len, cells))
    columns = [[row[i] for row in cells if i < len(row)] for i in range(width)]
    when = next((i for i, column in enumerate(columns) if _share(column, is_stamp)), None)
    who = next((i for i, column in enumerate(columns) if i != when and _are_labels(column)), None)
    rest = [i for i in range(width) if i not in {who, when}]
    if who is None or not rest or len(cells) < 2:
        return None
    return who, max(rest, key=lambda i: sum(map(len, columns[i]))), when


def _share(column: Sequence[str], test: Callable[[str], bool]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and sum(map(test, filled)) >= _MOSTLY * len(filled)


def _are_labels(column: Sequence[str]) -> bool:
    """Tell whether a column repeats a few short names."""
    filled = [cell for cell in column if cell]
    if len(filled) < 2 or any(len(cell) > _LONGEST_LABEL or "\n" in cell for cell in filled):
        return False
    if not all(cell[0].isalpha() for cell in filled):
        return False
    return len(set(filled)) <= len(filled) // 3 or all(map(is_usual, filled))
