"""A reporting checklist for its author to complete: what is known, what is asked, what is not true.

Items that the project answers stand beside those that nobody but the author can answer, each with
where the project has it, so that the author checks a sentence before it is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.document.blocks import Block, Document, Heading, Paragraph, note
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.colophon import About, report_document, report_json
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model.checklist import Checklist, ChecklistItem, ItemState
from qualcode.model.json_values import to_json_value


def write_checklist(checklist: Checklist, path: Path, about: About) -> None:
    """Write a checklist to a file, in the format that its suffix names.

    Args:
        checklist: The standard, filled in.
        path: Where to write: .docx, .html, .md or .json.
        about: Title, language and date.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: reports are not written in the language.
    """
    path = Path(path)
    writer = writer_for(path, _WRITERS, "a checklist")
    write_bytes(path, writer(checklist, about))


def _document(checklist: Checklist, about: About) -> Document:
    words = about.words()
    title = Message("Checklist {name}", name=checklist.name)
    lead = (Paragraph(_summary(checklist)), note(checklist.note), note(checklist.source))
    return report_document(words(title), about, lead, tuple(_blocks(checklist, words)))


def _summary(checklist: Checklist) -> Message:
    return Message(
        "Of {all} items the project answers {known} by itself and {partly} in part; {author} are "
        "for the author.",
        all=len(checklist.items),
        known=checklist.count(ItemState.KNOWN),
        partly=checklist.count(ItemState.PARTLY),
        author=checklist.count(ItemState.AUTHOR),
    )


def _blocks(checklist: Checklist, words: Wording) -> Iterator[Block]:
    columns: tuple[Column[ChecklistItem], ...] = (
        Column("number", heading("no."), lambda item: item.number),
        Column("item", heading("item"), lambda item: item.topic, Kind.LONG),
        Column("known", heading("from the project"), lambda item: _known(item, words), Kind.LONG),
        Column("author", heading("for the author"), lambda item: _asked(item, words), Kind.LONG),
    )
    for part, items in groupby(checklist.items, key=lambda item: item.part):
        # A heading of level 1 begins a page, and a part may have two items.
        yield Heading(3, part)
        yield Table(part, columns, tuple(items))


def _known(item: ChecklistItem, words: Wording) -> str:
    """Return the facts, and after those of one source where the project has them."""
    lines = [
        f"{' '.join(words(fact.text) for fact in facts)} [{words(source)}]"
        for source, facts in groupby(item.facts, key=lambda fact: fact.source)
    ]
    return "\n".join(lines) or "–"


def _asked(item: ChecklistItem, words: Wording) -> str:
    caution = Message("Cannot be claimed: {caution}", caution=item.caution) if item.caution else ""
    return "\n".join(filter(None, (words(item.ask), words(caution)))) or "–"


_WRITERS: Mapping[str, Callable[[Checklist, About], bytes]] = MappingProxyType(
    {
        ".docx": lambda checklist, about: docx_bytes(_document(checklist, about)),
        ".html": lambda checklist, about: html_bytes(_document(checklist, about)),
        ".md": lambda checklist, about: markdown_bytes(_document(checklist, about)),
        ".json": lambda checklist, about: report_json("checklist", about, to_json_value(checklist)),
    }
)
"""Writer of checklists by suffix."""
