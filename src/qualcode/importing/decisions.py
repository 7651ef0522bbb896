"""A table of decisions on disagreements: the queue that was written, filled in."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import InvalidTableError, Problem
from qualcode.importing.columns import match_columns, missing_columns
from qualcode.importing.reading import read_bytes
from qualcode.importing.tables import read_table
from qualcode.model import Choice, Decision

_CHOICES = {choice.value: choice for choice in Choice if choice is not Choice.NEW} | {
    "beide": Choice.BOTH,
    "geen": Choice.NEITHER,
    "geen van beide": Choice.NEITHER,
    "none": Choice.NEITHER,
}


def read_decisions(path: Path, by: str) -> tuple[Decision, ...]:
    """Read a csv, tsv or xlsx table with columns ``disagreement``, ``choice`` and ``reason``.

    Rows without a choice are not decided yet and left out.

    Args:
        path: The table.
        by: Who decided.

    Raises:
        InvalidTableError: a column is missing, or a choice is none of a, b, both, neither;
            carries each row's problem.
        UnreadableFileError: the file cannot be read as a table.
    """
    table = read_table(read_bytes(path), path.name)
    columns = match_columns(table.header, ("disagreement", "transcript", "choice", "reason"))
    missing = [name for name in ("disagreement", "choice") if name not in columns]
    if missing:
        raise missing_columns(path.name, missing, table.header)
    decisions: list[Decision] = []
    wrong: list[Problem] = []
    for row in table.rows:
        key, place, choice, reason = (
            row.cell(columns.get(name)).strip()
            for name in ("disagreement", "transcript", "choice", "reason")
        )
        if not choice:
            continue
        if not key or choice.casefold() not in _CHOICES:
            message = f"'{choice}' is not a choice." if key else "It names no disagreement."
            wrong.append(
                Problem(f"{path.name}, line {row.line}", message, "Use a, b, both, neither.")
            )
            continue
        decisions.append(Decision(key, _CHOICES[choice.casefold()], by, place, reason))
    if wrong:
        more = f" And {len(wrong) - 1} more rows." if len(wrong) > 1 else ""
        raise InvalidTableError(f"{wrong[0]}{more} No decision was taken over.", wrong)
    return tuple(decisions)
