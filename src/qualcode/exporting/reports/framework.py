"""A framework matrix for reading: a table per group, on wide pages; and as sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import (
    LANDSCAPE,
    Block,
    Document,
    Heading,
    Paragraph,
    note,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.colophon import About, report_document, report_json, report_xlsx
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook
from qualcode.model.framework import FrameworkCell, FrameworkGrid, FrameworkRow
from qualcode.model.json_values import to_json_value

_TITLE = Message("Framework matrix")
_COLUMNS = {"A4": 4, "A3": 7}
"""Most codes next to one another on each paper: with more, the lines get too short to read."""


@dataclass(frozen=True, slots=True)
class _Job:
    grid: FrameworkGrid
    about: About
    words: Wording
    labels: Labels
    paper: str

    @property
    def named_groups(self) -> tuple[str, ...]:
        return tuple(filter(None, (*self.grid.groups, *self.grid.withheld)))


def write_framework(
    grid: FrameworkGrid, path: Path, about: About, codebook: Codebook, paper: str = "A4"
) -> None:
    """Write a framework matrix to a file, in the format that its suffix names.

    Args:
        grid: As it may be printed.
        path: Where to write: .docx, .xlsx, .html, .md or .json.
        about: Title, language and date.
        codebook: Gives labels.
        paper: Of a docx: ``A4`` or ``A3``, both landscape.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: reports are not written in the language.
    """
    path = Path(path)
    writer = writer_for(path, _WRITERS, "a framework matrix")
    words = about.words()
    labels = Labels(codebook, words.language)
    write_bytes(path, writer(_Job(grid, about, words, labels, paper)))


def _document(job: _Job) -> Document:
    grid = job.grid
    blocks: list[Block] = []
    for group in grid.groups:
        rows = tuple(row for row in grid.rows if row.group == group)
        blocks.append(Heading(2, _group_name(group, job)))
        reason = dict(grid.accepted).get(group)
        # the group may have grown since that decision: then there is nothing to explain
        if reason and len(rows) < grid.threshold:
            blocks.append(
                note(Message("Printed though few are in this group: {reason}", reason=reason))
            )
        blocks += _tables(rows, job)
    lead = [
        Paragraph(
            Message(
                "A row for each participant, a column for each code, in the words of the "
                "researchers. A dash: nothing was said about it."
            )
        ),
        *_withheld(job),
    ]
    document = report_document(job.words(_TITLE), job.about, tuple(lead), tuple(blocks))
    # A few tables need no list of contents.
    return replace(document, paper=LANDSCAPE[job.paper], contents=False)


def _withheld(job: _Job) -> Iterator[Block]:
    for group in job.grid.withheld:
        yield Paragraph(
            Message(
                "Fewer than {threshold} participants are of the group '{group}'. Their rows are "
                "left out, so that nobody is recognised.",
                threshold=job.grid.threshold,
                group=_group_name(group, job),
            )
        )


def _group_name(group: str, job: _Job) -> str:
    if group:
        name = job.words.group(group)
        # Not capitalize(): it would make "Ggz" of "GGZ".
        return name[:1].upper() + name[1:]
    # Where nobody is in a group, all participants are in one table.
    return Message("Without a group") if any(job.named_groups) else Message("Participants")


def _tables(rows: tuple[FrameworkRow, ...], job: _Job) -> Iterator[Block]:
    """Yield the table of some rows, cut into several where it is too wide for the page."""
    most_columns, codes = _COLUMNS[job.paper], job.grid.codes
    # Even parts: five codes become three and two, not four and one.
    parts = -(-len(codes) // most_columns)
    width = -(-len(codes) // parts)
    for start in range(0, len(codes), width):
        places = range(start, min(start + width, len(codes)))
        columns = (
            Column("participant", heading("participant"), lambda row: row.case),
            *(_code_column(place, job) for place in places),
        )
        yield Table(Message("Framework matrix"), columns, rows)


def _code_column(place: int, job: _Job) -> Column[FrameworkRow]:
    path = job.grid.codes[place]
    return Column(path, job.labels(path), lambda row: _text(row.cells[place]), Kind.LONG)


def _text(cell: FrameworkCell) -> str:
    if cell.summary:
        return cell.summary.text
    if not cell.is_asked:
        return Message("not asked")
    return Message("not summarised yet") if cell.codings else "–"


def _sheets(job: _Job) -> bytes:
    columns: tuple[Column[FrameworkRow], ...] = (
        Column("group", heading("group"), lambda row: _group_name(row.group, job)),
        Column("participant", heading("participant"), lambda row: row.case),
        *(_code_column(place, job) for place in range(len(job.grid.codes))),
    )
    table = Table(Message("Framework matrix"), columns, job.grid.rows)
    return report_xlsx((table,), job.about, job.words(_TITLE))


_WRITERS: Mapping[str, Callable[[_Job], bytes]] = MappingProxyType(
    {
        ".docx": lambda job: docx_bytes(_document(job)),
        ".xlsx": _sheets,
        ".html": lambda job: html_bytes(_document(job)),
        ".md": lambda job: markdown_bytes(_document(job)),
        ".json": lambda job: report_json("framework", job.about, to_json_value(job.grid)),
    }
)
"""Writer of framework matrices by suffix."""
