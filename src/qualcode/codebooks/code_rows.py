"""The codes in the rows of a table, whoever made it.

``code_columns`` knows the titles that other programs and people write, and ``code_levels`` the ways
in which tables show a tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.codebooks.code_columns import (
    find_columns,
    find_divider,
    find_level_columns,
    list_unread,
    refuse_codings,
    refuse_unknown_parents,
)
from qualcode.codebooks.code_levels import CodeLine, label_by_levels, label_lines
from qualcode.errors import Problem, UnknownColumnsError
from qualcode.messages import Message


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code in a table.

    Attributes:
        labels: Labels from the theme down, or the names of a path.
        is_path: Whether these are the names of a path, whose codes above have rows of their own.
        cells: The other cells by our titles.
    """

    labels: tuple[str, ...]
    is_path: bool
    cells: Mapping[str, str]


def read_code_rows(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    file: str,
    columns: Mapping[str, str] | None = None,
) -> tuple[tuple[CodeRow, ...], tuple[Problem, ...]]:
    """Return the codes of a table.

    Args:
        titles: Titles of the columns.
        rows: Cells as they are; white space before a code may say how deep it is.
        file: Name of the file, for the problems.
        columns: Titles of columns by ours (``code``, ``definition``), where a person said it.

    Raises:
        UnknownColumnsError: No column holds the codes, or one with an unknown title seems to hold
            the codes above them.
        InvalidTableError: The table holds quotes of interviews.
        InvalidCodebookError: A code is its own ancestor.
    """
    refuse_codings(titles, file)
    ours = find_columns(titles, columns or {}, file)
    levels = find_level_columns(titles, ours) if "code" not in (columns or {}) else ()
    if "code" not in ours and not levels:
        raise UnknownColumnsError(
            Message(
                "'{file}' has no column 'code' (the path, as 'influences/availability', or a "
                "name with its path above in a column 'parent'). It has: {titles}.",
                file=file,
                titles=", ".join(titles),
            ),
            tuple(titles),
        )
    lines = [line for row in rows if (line := _line(row, titles, ours, levels)) is not None]
    divide = find_divider(titles)
    if levels:
        labels = label_by_levels([line.levels for line in lines])
        lines = [line for line in lines if any(line.levels)]
        is_path = [False] * len(lines)
    else:
        lines = [line for line in lines if line.code.strip()]
        labels, is_path = label_lines(lines, divide, file)
        if not columns and all(len(row_labels) == 1 for row_labels in labels):
            refuse_unknown_parents(titles, rows, ours, file)
    code_rows = tuple(
        CodeRow(tuple(row_labels), path, line.cells)
        for row_labels, path, line in zip(labels, is_path, lines, strict=True)
    )
    return code_rows, list_unread(titles, ours, levels, file)


# --- columns ------------------------------------------------------------------------------------


def _line(
    row: Sequence[str], titles: Sequence[str], ours: Sequence[str], levels: Sequence[int]
) -> CodeLine | None:
    if not any(map(str.strip, row)):
        return None
    # A row may be shorter or longer than the titles.
    padded = [*row, *[""] * len(titles)]
    cells: dict[str, str] = {}
    groups: list[str] = []
    for place, name in enumerate(ours):
        if place in levels or not name:
            continue
        if name == "code_group":
            groups += [part.strip() for part in re.split(r"[\n;]", padded[place]) if part.strip()]
        elif name != "code":
            cells[name] = padded[place].strip()
    if groups:
        cells["attribute_code_group"] = "; ".join(groups)
    code = padded[ours.index("code")] if "code" in ours and not levels else ""
    return CodeLine(code, cells, tuple(padded[place].strip() for place in levels))


# --- what is below what -------------------------------------------------------------------------
