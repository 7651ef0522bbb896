"""The chosen quotes as a journal wants them, and as a table for an appendix.

Neither says what program made it: no marks of choice, no numbers of turns. A last line says whose
codings the quotes are of; a table of comma-separated values has no place for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from qualcode.exporting.document.blocks import (
    Block,
    Document,
    Heading,
    Paragraph,
    ParagraphStyle,
    QuoteBlock,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Column, Table, heading, text_table
from qualcode.exporting.document.table_writers import csv_bytes, xlsx_bytes
from qualcode.exporting.document.typography import between_quotes
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.colophon import About, describe_basis
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Quote, QuoteSection


class _Row(NamedTuple):
    section: QuoteSection
    quote: Quote


def write_chosen(sections: Iterable[QuoteSection], path: Path, about: About) -> None:
    """Write quotes by theme and code, each with who said it and nothing else.

    Args:
        sections: The chosen quotes.
        path: Where to write: .docx, .html or .md.
        about: Language and date.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
    """
    words = about.words()
    writer = writer_for(Path(path), _PAGES, "quotes")
    blocks = (*_blocks(tuple(sections), words), *_source(about, words))
    title = words(Message("Quotes"))
    write_bytes(Path(path), writer(_document(title, blocks, about)))


def write_appendix(sections: Iterable[QuoteSection], path: Path, about: About) -> None:
    """Write the table theme, subtheme, quote, participant.

    Args:
        sections: The chosen quotes.
        path: Where to write: .docx, .html, .md, .xlsx or .csv.
        about: Language and date.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
    """
    words, path = about.words(), Path(path)
    table = _table(sections, words)
    title = words(Message("Quotes by theme"))
    writers: dict[str, Callable[[], bytes]] = {
        **{
            suffix: partial(writer, _document(title, (table, *_source(about, words)), about))
            for suffix, writer in _PAGES.items()
        },
        ".xlsx": lambda: xlsx_bytes(
            [table, *_source_tables(about, words)],
            title=title,
            language=words.language,
            created=about.created,
        ),
        # A csv has no place for the line on whose codings are counted.
        ".csv": lambda: csv_bytes(table, words.language),
    }
    write_bytes(path, writer_for(path, writers, "an appendix")())


def _document(title: str, blocks: tuple[Block, ...], about: About) -> Document:
    # No colophon, contents or name of the program: an editor would have to take them out.
    return Document(title, "", about.language, (), blocks, "", about.created, contents=False)


def _source_line(about: About, words: Wording) -> str:
    return " ".join(map(words, describe_basis(about.provenance))) if about.provenance else ""


def _source(about: About, words: Wording) -> tuple[Block, ...]:
    line = _source_line(about, words)
    return (Paragraph(line, ParagraphStyle.NOTE),) if line else ()


def _source_tables(about: About, words: Wording) -> tuple[Table[str], ...]:
    line = _source_line(about, words)
    return (text_table(Message("How made"), heading("description"), (line,)),) if line else ()


def _blocks(sections: Sequence[QuoteSection], words: Wording) -> Iterator[Block]:
    for _, of_theme in groupby(sections, key=lambda section: section.theme):
        theme_sections = tuple(of_theme)
        yield Heading(1, words.of(theme_sections[0].theme_label))
        for section in theme_sections:
            # a passage of the theme itself stands under the heading of the theme already
            if section.code != section.theme:
                yield Heading(2, words.of(section.code_label))
            for quote in section.quotes:
                yield QuoteBlock(between_quotes(quote.text), _who(quote), lines=quote.lines)


def _who(quote: Quote) -> str:
    return quote.attribution or quote.case


def _table(sections: Iterable[QuoteSection], words: Wording) -> Table[_Row]:
    columns: tuple[Column[_Row], ...] = (
        Column("theme", heading("theme"), lambda row: words.of(row.section.theme_label)),
        Column("subtheme", heading("subtheme"), lambda row: _subtheme(row.section, words)),
        Column("quote", heading("quote"), lambda row: between_quotes(row.quote.text)),
        Column("participant", heading("participant"), lambda row: _participant(row.quote)),
    )
    rows = tuple(_Row(section, quote) for section in sections for quote in section.quotes)
    return Table(Message("Quotes by theme"), columns, rows)


def _subtheme(section: QuoteSection, words: Wording) -> str:
    return "" if section.code == section.theme else words.of(section.code_label)


def _participant(quote: Quote) -> str:
    return ", ".join(part for part in (quote.case, quote.attribution) if part)


_PAGES: Mapping[str, Callable[[Document], bytes]] = MappingProxyType(
    {".docx": docx_bytes, ".html": html_bytes, ".md": markdown_bytes}
)
"""Writer of documents by suffix."""
