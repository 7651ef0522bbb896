"""An audit trail that reads: per kind of record what was done, the records, and memos if asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.document.blocks import (
    Block,
    Document,
    Heading,
    Paragraph,
    ParagraphStyle,
    note,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Column, Kind, Table
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.colophon import About, report_document, report_json
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Memo
from qualcode.model.audit import AuditKind, AuditSection, AuditTable
from qualcode.model.json_values import to_json_value

_TITLES: Mapping[AuditKind, tuple[Message, Message]] = MappingProxyType(
    {
        AuditKind.RAW_DATA: (
            Message("Raw data"),
            Message("What was said, as it was imported."),
        ),
        AuditKind.REDUCTION: (
            Message("Reduction and analysis"),
            Message("How the texts were cut and coded, and by how many."),
        ),
        AuditKind.RECONSTRUCTION: (
            Message("Reconstruction and synthesis"),
            Message("How codings became themes, types and results."),
        ),
        AuditKind.PROCESS: (
            Message("Process"),
            Message("The order of the work, and what was done so that it can be trusted."),
        ),
        AuditKind.INTENTIONS: (
            Message("Intentions and dispositions"),
            Message("What the researchers planned and noted of themselves."),
        ),
        AuditKind.INSTRUMENTS: (
            Message("Instruments"),
            Message("Topic guides and codebook, and how they changed."),
        ),
    }
)
_SOURCE = Message(
    "The kinds of records are those of Halpern (1983), as in Lincoln and Guba (1985). Interviews "
    "and coders have aliases."
)


def write_audit(sections: Sequence[AuditSection], path: Path, about: About) -> None:
    """Write an audit trail to a file, in the format that its suffix names.

    Args:
        sections: The records by kind, as they may be printed.
        path: Where to write: .docx, .html, .md or .json.
        about: Title, language and date.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
    """
    path = Path(path)
    writer = writer_for(path, _WRITERS, "an audit trail")
    write_bytes(path, writer(sections, about))


def _document(sections: Sequence[AuditSection], about: About) -> Document:
    words = about.words()
    blocks = tuple(block for section in sections for block in _blocks(section, words))
    return report_document(words(Message("Audit trail")), about, (note(_SOURCE),), blocks)


def _blocks(section: AuditSection, words: Wording) -> Iterator[Block]:
    title, lead = _TITLES[section.kind]
    yield Heading(2, title)
    yield note(lead)
    if section.sentences:
        yield Paragraph(" ".join(map(words, section.sentences)))
    elif not section.tables and not section.memos:
        yield Paragraph(Message("The project records nothing of this kind."))
    for table in section.tables:
        yield _table(table)
    if section.memos:
        yield Heading(3, Message("Memos"))
        for memo in section.memos:
            yield Paragraph(memo.text)
            yield Paragraph(_signature(memo, words), ParagraphStyle.NOTE)


def _signature(memo: Memo, words: Wording) -> str:
    day = words.day(memo.created_at) if memo.created_at else ""
    return " · ".join(filter(None, (words(memo.author), day, memo.target)))


def _table(table: AuditTable) -> Table[tuple[str | int, ...]]:
    columns = tuple(
        Column(
            f"column_{place}",
            name,
            partial(_cell, place),
            Kind.COUNT if all(isinstance(row[place], int) for row in table.rows) else Kind.TEXT,
        )
        for place, name in enumerate(table.columns)
    )
    return Table(table.title, columns, table.rows, caption=table.title)


def _cell(place: int, row: tuple[str | int, ...]) -> str | int:
    return row[place]


_Writer = Callable[[Sequence[AuditSection], About], bytes]
_WRITERS: Mapping[str, _Writer] = MappingProxyType(
    {
        ".docx": lambda sections, about: docx_bytes(_document(sections, about)),
        ".html": lambda sections, about: html_bytes(_document(sections, about)),
        ".md": lambda sections, about: markdown_bytes(_document(sections, about)),
        ".json": lambda sections, about: report_json(
            "audit", about, {"sections": to_json_value(tuple(sections))}
        ),
    }
)
"""Writer of audit trails by suffix."""
