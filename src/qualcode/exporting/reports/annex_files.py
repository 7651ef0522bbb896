"""Writes an annex of a paper in the format that the suffix of its name asks for.

An annex is part of somebody's paper: it has no colophon, and says nothing of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from qualcode.exporting.document.blocks import Block, Document
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Table
from qualcode.exporting.document.table_writers import csv_bytes, xlsx_bytes
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.colophon import About
from qualcode.exporting.wording import Wording


def write_annex(
    title: str,
    blocks: Sequence[Block],
    path: Path,
    about: About,
    tables: Sequence[Table[Any]] = (),
) -> None:
    """Write an annex.

    Args:
        title: Its title.
        blocks: What it says.
        path: Where to write: .docx, .html, .md; where it has tables, also .xlsx, and .csv for the
            first of them.
        about: Language and date.
        tables: The same as rows, for programs that count.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
    """
    words = Wording(about.language)
    document = Document(words(title), "", about.language, (), tuple(blocks), created=about.created)
    writers: dict[str, Callable[[], bytes]] = {
        ".docx": lambda: docx_bytes(document),
        ".html": lambda: html_bytes(document),
        ".md": lambda: markdown_bytes(document),
    }
    if tables:
        writers[".xlsx"] = lambda: xlsx_bytes(
            tables, title=words(title), language=about.language, created=about.created
        )
        writers[".csv"] = lambda: csv_bytes(tables[0], about.language)
    write_bytes(path, writer_for(path, writers, "an annex")())
