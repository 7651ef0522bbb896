"""Reads a table of the summaries of a framework matrix."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.cell_guard import unguard_cell
from qualcode.errors import Problem
from qualcode.importing.column_aliases import match_columns, missing_columns
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import read_table
from qualcode.messages import Message

_COLUMNS = ("participant", "code", "summary", "version")


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One row of a table of summaries.

    Attributes:
        line: Number of the row in the file, the header being 1.
        case: Name of the participant.
        code: Path of the code.
        text: The summary with its marks.
        version: Version of the summary when the table was made; None if the table does not say.
    """

    line: int
    case: str
    code: str
    text: str
    version: str | None


def read_summaries(path: Path) -> tuple[tuple[SummaryRow, ...], tuple[Problem, ...]]:
    """Read a csv, tsv or xlsx table of summaries: ``participant``, ``code``, ``summary``.

    Args:
        path: The table; its ``version`` tells whether a summary changed since.

    Returns:
        The rows that name a cell, and a Problem per row that does not.

    Raises:
        InvalidTableError: a column is missing.
        UnreadableFileError: the file cannot be read as a table.
    """
    table = read_table(read_bytes(path), path.name)
    columns = match_columns(table.header, _COLUMNS)
    # A table that a person made has no versions, and is read all the same.
    missing = [name for name in _COLUMNS[:3] if name not in columns]
    if missing:
        raise missing_columns(path.name, missing, table.header)
    rows: list[SummaryRow] = []
    problems = list(table.problems)
    for row in table.rows:
        case, code, text, version = (row.cell(columns.get(name)).strip() for name in _COLUMNS)
        if not case or not code:
            where = Message("{name}, line {line}", name=path.name, line=row.line)
            problems.append(
                Problem(where, "This row names no participant or no code; it was left out.")
            )
            continue
        version_known = version if "version" in columns else None
        # A written table guards what a spreadsheet would compute; a summary must come back as it
        # was.
        rows.append(
            SummaryRow(row.line, unguard_cell(case), code, unguard_cell(text), version_known)
        )
    return tuple(rows), tuple(problems)
