"""Reads codebooks in Excel and Word: a row of cells for each code, by column title."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import InvalidTableError
from qualcode.importing.docx import read_docx
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import indents_of_first_column, read_table
from qualcode.messages import Message


def read_codebook_table(path: Path) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the titles and rows of an ``.xlsx`` table or of a ``.docx`` document of codes.

    In Word each code is a table of two columns, field and text; or all codes are one table
    with titles above.

    Raises:
        InvalidTableError: there is no table with a field ``code`` in a document.
        UnreadableFileError: the file cannot be read.
    """
    data = read_bytes(path)
    if path.suffix.casefold() != ".docx":
        table = read_table(data, path.name)
        indents = indents_of_first_column(data) if path.suffix.casefold() == ".xlsx" else {}
        # Excel may show a level by the indent of a cell, which is no part of its text.
        rows = [_indented(list(row.cells), indents.get(row.line, 0)) for row in table.rows]
        return table.header, rows
    word_rows = _word_rows(data, path.name)
    if not word_rows or "code" not in word_rows[0]:
        raise InvalidTableError(
            Message(
                "'{name}' has no table with a field 'code'. Export a codebook to see one.",
                name=path.name,
            )
        )
    titles = tuple(dict.fromkeys(title for row in word_rows for title in row))
    return titles, [[row.get(title, "") for title in titles] for row in word_rows]


def _indented(cells: list[str], indent: int) -> list[str]:
    return ["  " * indent + cells[0], *cells[1:]] if cells and indent else cells


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
