"""Reads a table of decisions on disagreements: the exported queue, filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from qualcode.errors import InvalidTableError, Problem, QualcodeError
from qualcode.importing.column_aliases import match_columns, missing_columns
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import read_table
from qualcode.messages import Message
from qualcode.model import Choice, Decision, Span

_CHOICES = {choice.value: choice for choice in Choice} | {
    "beide": Choice.BOTH,
    "geen": Choice.NEITHER,
    "geen van beide": Choice.NEITHER,
    "none": Choice.NEITHER,
    "nieuw": Choice.NEW,
}
_COLUMNS = (
    "disagreement",
    "transcript",
    "choice",
    "reason",
    "note",
    "new_code",
    "new_quote",
    "new_start",
    "new_end",
)

Locate = Callable[[str, str], Span]
"""Finds a passage: takes the id of the disagreement and the words, returns the span."""

Follow = Callable[[str, str], Decision]
"""Decides as one coder did: takes the id of the disagreement and the name of the coder."""


def read_decisions(
    path: Path, by: str, locate: Locate | None = None, follow: Follow | None = None
) -> tuple[Decision, ...]:
    """Read a csv, tsv or xlsx table of decisions: ``disagreement``, ``choice``, ``reason``.

    The ``note`` follows the reason. A new coding needs ``new_code``, and
    ``new_quote`` or ``new_start`` and ``new_end``. Rows without a choice are undecided and
    left out.

    Args:
        path: The table.
        by: Who decided.
        locate: Finds the words of ``new_quote``.
        follow: Decides as a coder did, where ``choice`` is a coder's name.

    Raises:
        InvalidTableError: a column is missing, a choice is none of a, b, both, neither, new, or
            a new coding has no place; carries each row's problem.
        UnreadableFileError: the file cannot be read as a table.
    """
    table = read_table(read_bytes(path), path.name)
    columns = match_columns(table.header, _COLUMNS)
    missing = [name for name in ("disagreement", "choice") if name not in columns]
    if missing:
        raise missing_columns(path.name, missing, table.header)
    decisions: list[Decision] = []
    row_problems: list[Problem] = []
    for row in table.rows:
        cells = {name: row.cell(columns.get(name)).strip() for name in _COLUMNS}
        if not cells["choice"]:
            continue
        try:
            decisions.append(_decision(cells, by, locate, follow))
        except (QualcodeError, ValueError) as error:
            row_problems.append(
                Problem(Message("{name}, line {line}", name=path.name, line=row.line), str(error))
            )
    # Nothing is taken over after an error, so that the corrected table can be read as a whole.
    if row_problems:
        problem, remaining_count = row_problems[0], len(row_problems) - 1
        message = Message("{problem} No decision was imported.", problem=problem)
        if remaining_count:
            message = Message.counted(
                "{problem} And {count} more row. No decision was imported.",
                "{problem} And {count} more rows. No decision was imported.",
                remaining_count,
                problem=problem,
            )
        raise InvalidTableError(message, row_problems)
    return tuple(decisions)


def _decision(
    cells: Mapping[str, str], by: str, locate: Locate | None, follow: Follow | None
) -> Decision:
    """Return the decision of a row.

    Raises:
        ValueError: its choice or the place of its new coding does not hold; says what to do.
    """
    choice = _CHOICES.get(cells["choice"].casefold())
    reason = ": ".join(part for part in (cells["reason"], cells["note"]) if part)
    if not cells["disagreement"]:
        raise ValueError("It names no disagreement. Use a, b, both, neither or new on one.")
    # A coder may be called anything, so the fixed words (a, b, both ...) are tried first.
    if choice is None and follow is not None:
        return replace(follow(cells["disagreement"], cells["choice"]), reason=reason)
    if choice is None:
        raise ValueError(
            Message(
                "'{cells}' is not a choice. Use a, b, both, neither or new.", cells=cells["choice"]
            )
        )
    span = _span(cells, locate) if choice is Choice.NEW else None
    return Decision(
        cells["disagreement"],
        choice,
        by,
        cells["transcript"],
        reason,
        span,
        # Only a new coding has a code of its own: the other choices take that of a side.
        cells["new_code"] if choice is Choice.NEW else "",
    )


def _span(cells: Mapping[str, str], locate: Locate | None) -> Span:
    if not cells["new_code"]:
        raise ValueError("A new coding needs a code. Fill in new_code.")
    if cells["new_start"] and cells["new_end"]:
        start, end = cells["new_start"], cells["new_end"]
        if not (start.isdecimal() and end.isdecimal()):
            raise ValueError(
                Message(
                    "'{start}' to '{end}' is no place in a text. Use whole numbers.",
                    start=start,
                    end=end,
                )
            )
        return Span(int(start), int(end))
    if cells["new_quote"] and locate is not None:
        return locate(cells["disagreement"], cells["new_quote"])
    raise ValueError("A new coding needs its words. Fill in new_quote, or new_start and new_end.")
