"""Reads codebooks in Excel and Word: a row of cells for each code, by column title."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import InvalidTableError
from qualcode.importing.docx import read_docx
from qualcode.importing.tables import read_table
from qualcode.importing.transcripts import read_bytes
from qualcode.messages import Message


def read_codebook_rows(path: Path) -> list[dict[str, str]]:
    """Return a row for each code of an ``.xlsx`` table or of a ``.docx`` document.

    In Word each code is a table of two columns, field and text; or all codes are one table
    with titles above.

    Raises:
        InvalidTableError: there is no table with a field ``code``.
        UnreadableFileError: the file cannot be read.
    """
    data = read_bytes(path)
    if path.suffix.casefold() == ".docx":
        rows = _word_rows(data, path.name)
    else:
        table = read_table(data, path.name)
        titles = [title.strip().casefold() for title in table.header]
        rows = [
            {title: row.cell(place).strip() for place, title in enumerate(titles)}
            for row in table.rows
        ]
    if not rows or "code" not in rows[0]:
        raise InvalidTableError(
            Message(
                "'{name}' has no table with a field 'code'. Export a codebook to see one.",
                name=path.name,
            )
        )
    return rows


def _word_rows(data: bytes, file_name: str) -> list[dict[str, str]]:
    written = read_docx(data, file_name)
    rows: list[dict[str, str]] = []
    for table in written.tables:
        cells = [[written.text[start:end].strip() for start, end in row] for row in table]
        if not cells or not cells[0] or cells[0][0].casefold() != "code":
            continue
        if all(len(row) == 2 for row in cells):
            rows.append({key.casefold(): text for key, text in cells})
        else:
            titles = [title.casefold() for title in cells[0]]
            # Merged cells make a row of a Word table shorter than its header.
            rows += [dict(zip(titles, row, strict=False)) for row in cells[1:]]
    return rows
