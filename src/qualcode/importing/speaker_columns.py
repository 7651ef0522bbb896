"""Finds speakers in the tables of a document: the columns of speaker, time and text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualcode.importing.column_aliases import SPEAKER, TEXT, TIME, match_column
from qualcode.importing.label_candidates import LabelCandidate, LabelLayout
from qualcode.importing.source import Cells
from qualcode.importing.speaker_labels import is_common_label
from qualcode.importing.times import is_stamp, milliseconds

_LONGEST_LABEL = 40
# A few cells of a column of times may hold a remark instead.
_MOSTLY = 0.8


def find_table_candidates(text: str, tables: Sequence[Sequence[Cells]]) -> list[LabelCandidate]:
    """Return a label candidate for each row of the tables that have a column of speakers."""
    candidates: list[LabelCandidate] = []
    for table in tables:
        candidates.extend(_heads_of(text, table))
    return candidates


def _heads_of(text: str, table: Sequence[Cells]) -> list[LabelCandidate]:
    rows = [row for row in table if len(row) > 1]
    if not rows:
        return []
    cells = [[text[start:end].strip() for start, end in row] for row in rows]
    time_column, speaker_column, text_column = (
        match_column(cells[0], name) for name in (TIME, SPEAKER, TEXT)
    )
    first = 1
    if speaker_column is None or text_column is None:
        guess = _guess(cells)
        if guess is None:
            return []
        speaker_column, text_column, time_column = guess
        first = 0
    return _heads_of_rows(rows[first:], cells[first:], speaker_column, text_column, time_column)


def _heads_of_rows(
    rows: Sequence[Cells],
    cells: Sequence[Sequence[str]],
    speaker_column: int,
    text_column: int,
    time_column: int | None,
) -> list[LabelCandidate]:
    candidates: list[LabelCandidate] = []
    label = ""
    for row, texts in zip(rows, cells, strict=True):
        if len(row) <= max(speaker_column, text_column):
            continue
        # An empty cell continues the speaker of the row above, as a merged cell does.
        label = texts[speaker_column].rstrip(":").strip() or label
        if not label or not texts[text_column]:
            continue
        time = (
            milliseconds(texts[time_column])
            if time_column is not None and time_column < len(texts)
            else None
        )
        start, end = row[text_column]
        candidates.append(
            LabelCandidate(row[0][0], label, LabelLayout.CELL, start, time, speech_end=end)
        )
    return candidates


def _guess(cells: Sequence[Sequence[str]]) -> tuple[int, int, int | None] | None:
    """Return the columns of speaker, text and time, judged by their content."""
    width = max(map(len, cells))
    columns = [[row[i] for row in cells if i < len(row)] for i in range(width)]
    time_column = next((i for i, column in enumerate(columns) if _share(column, is_stamp)), None)
    speaker_column = next(
        (i for i, column in enumerate(columns) if i != time_column and _are_labels(column)), None
    )
    other_columns = [i for i in range(width) if i not in {speaker_column, time_column}]
    if speaker_column is None or not other_columns or len(cells) < 2:
        return None
    return speaker_column, max(other_columns, key=lambda i: sum(map(len, columns[i]))), time_column


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
    # Speakers recur: one name fills three cells on average, or all are usual labels.
    return len(set(filled)) <= len(filled) // 3 or all(map(is_common_label, filled))
