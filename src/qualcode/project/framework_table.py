"""A framework matrix as a table of cells that a researcher edits elsewhere and reads back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from qualcode import exporting
from qualcode.errors import Problem
from qualcode.importing.framework import SummaryRow
from qualcode.messages import Message
from qualcode.model.framework import CellSummary, FrameworkCell, FrameworkGrid
from qualcode.project.evidence import Evidence
from qualcode.project.summary_text import format_summary
from qualcode.translation import translator

KEYS = ("participant", "group", "code", "label", "summary", "marks", "passages", "version")


def write_cells(grid: FrameworkGrid, evidence: Evidence, path: Path) -> None:
    """Write a row per cell: the summary with what it rests on, and the passages by their ids."""
    project = evidence.info
    # The titles stay as they are, to be read back; the marks are for people.
    words = translator(project.report_language)
    titles = {c.path: c.title(project.report_language) for c in evidence.codebook.codes}
    rows = (
        (
            cell.case,
            row.group,
            cell.code,
            titles[cell.code],
            format_summary(cell.summary.sentences) if cell.summary else "",
            "; ".join(map(words.translate, _marks(cell))),
            "\n".join(_passages(cell, evidence)),
            cell.version,
        )
        for row in grid.rows
        for cell in row.cells
    )
    exporting.write_rows(
        "framework",
        KEYS,
        rows,
        path,
        created=project.created_at,
        decimal_comma=project.decimal_comma,
    )


def _marks(cell: FrameworkCell) -> Iterator[Message]:
    if cell.is_missing:
        yield Message("not summarised yet")
    if cell.is_stale:
        yield Message("codings changed")
    if cell.others:
        yield Message("written by more than one")
    if cell.unsupported:
        # People count sentences from 1.
        numbers = ", ".join(str(place + 1) for place in cell.unsupported)
        yield Message("without a passage: sentence {numbers}", numbers=numbers)
    if cell.summary and cell.unmentioned:
        ids = ", ".join(key[:8] for key in cell.unmentioned)
        yield Message("not mentioned: {ids}", ids=ids)


def _passages(cell: FrameworkCell, evidence: Evidence) -> Iterator[str]:
    for key in cell.codings:
        quote = " ".join(evidence.codings[key].quote.split())
        yield f"[{key[:8]}] {quote}"


def is_unchanged(row: SummaryRow, cell: FrameworkCell) -> bool:
    """Tell whether a row says what its cell says."""
    said = format_summary(cell.summary.sentences) if cell.summary else ""
    return " ".join(row.text.split()) == said


def refuse_twice(
    file: str, changed: Sequence[tuple[FrameworkCell, CellSummary]], misfits: list[Problem]
) -> None:
    """Add a Problem per cell that two rows of a table change."""
    counts = Counter((cell.case, cell.code) for cell, _ in changed)
    misfits += [
        Problem(
            file,
            Message(
                "Two rows have another summary of {case} on {code}. Keep one of them.",
                case=case,
                code=code,
            ),
        )
        for (case, code), count in counts.items()
        if count > 1
    ]


def refusal(misfits: Sequence[Problem]) -> Message:
    """Return why a table is refused as a whole: its first row that does not fit."""
    if len(misfits) == 1:
        return Message("{problem} No summary was read.", problem=misfits[0])
    return Message.counted(
        "{problem} And {count} more row. No summary was read.",
        "{problem} And {count} more rows. No summary was read.",
        len(misfits) - 1,
        problem=misfits[0],
    )


def list_gaps(grid: FrameworkGrid) -> tuple[Problem, ...]:
    """Return what is not finished in a matrix: a line for each kind, with how many cells."""
    cells = [*grid.cells()]
    kinds = (
        (
            [c for c in cells if c.is_stale],
            Message("Codings changed since these summaries were looked at."),
            Message("Read the passages again: qualcode framework looked"),
        ),
        (
            [c for c in cells if c.others],
            Message("More than one person wrote a summary, in a blind round."),
            Message("Write the one that holds: qualcode framework write"),
        ),
        (
            [c for c in cells if c.is_missing],
            Message("There are passages, and no summary."),
            Message("Write one: qualcode framework write"),
        ),
        (
            [c for c in cells if c.unsupported],
            Message("A sentence rests on no passage."),
            Message("Name one: qualcode framework link"),
        ),
        (
            [c for c in cells if c.summary and c.unmentioned],
            Message("A passage is mentioned by no sentence."),
            Message("Name it, or leave it: qualcode framework link"),
        ),
    )
    return tuple(Problem(_places(listed), why, hint) for listed, why, hint in kinds if listed)


def _places(cells: Sequence[FrameworkCell]) -> Message:
    first = Message("{case}, {code}", case=cells[0].case, code=cells[0].code)
    if len(cells) == 1:
        return first
    return Message.counted(
        "{place} and {count} other cell",
        "{place} and {count} other cells",
        len(cells) - 1,
        place=first,
    )
