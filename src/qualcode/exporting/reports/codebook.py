"""A codebook as a Word document: a heading and a table of two columns for each code."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from qualcode.exporting.document.blocks import UNDATED
from qualcode.exporting.document.zip_archive import settled
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.model.extension_block import xml_safe

_DEEPEST = 9
_MILLIMETRE = 36_000
_WIDTHS = (34 * _MILLIMETRE, 118 * _MILLIMETRE)


def write_codebook_docx(
    title: str,
    fields: Sequence[str],
    rows: Sequence[Sequence[str]],
    path: Path,
    *,
    created: datetime = UNDATED,
) -> None:
    """Write a codebook; empty fields are left out.

    Args:
        title: Above the first page.
        fields: Names of the fields; the first one is the path of the code.
        rows: A row for each code.
        path: Where to write: .docx.
        created: Date for the file's properties.

    Raises:
        UnsupportedFormatError: another suffix.
        WriteError: the file cannot be written.
    """
    import docx

    writer_for(path, {".docx": None}, "a codebook")
    document = docx.Document()
    properties = document.core_properties
    # python-docx names itself in the comments, and refuses a title of more than 255 characters
    properties.author, properties.title, properties.comments = "", xml_safe(title)[:255], ""
    properties.created = properties.modified = created.astimezone(UTC).replace(tzinfo=None)
    document.add_heading(xml_safe(title), 0)
    for row in rows:
        heading = row[1] or row[2] or row[0].rpartition("/")[2]
        filled_fields = [(field, text) for field, text in zip(fields, row, strict=True) if text]
        heading += " (retired)" if "retired" in dict(filled_fields) else ""
        # Word has nine levels of headings.
        document.add_heading(xml_safe(heading), min(row[0].count("/") + 1, _DEEPEST))
        table = document.add_table(rows=len(filled_fields), cols=2, style="Table Grid")
        # The widths below hold only where Word does not fit columns to their text.
        table.autofit = False
        for place, (field, text) in enumerate(filled_fields):
            cells = table.rows[place].cells
            for cell, words, width in zip(cells, (field, text), _WIDTHS, strict=True):
                cell.text, cell.width = xml_safe(words), width
        for column, width in zip(table.columns, _WIDTHS, strict=True):
            column.width = width
    out = io.BytesIO()
    document.save(out)
    write_bytes(path, settled(out.getvalue()))
