"""Reads rows of csv, tsv and xlsx files as text, without knowledge of their columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qualcode.errors import InvalidTableError, Problem, UnreadableFileError
from qualcode.importing.archive import Archive
from qualcode.importing.file_type import refuse_wrong_file_type
from qualcode.importing.text_encoding import decode_text, unify_line_ends
from qualcode.messages import Message

_LONGEST_CELL = 2**31 - 1
MAX_ROWS = 100_000
MAX_CELLS = 1_500_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in a spreadsheet, from 1, and its cells."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """Return a cell, ``""`` where the row has no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header row."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def untitled_columns(table: Table, file_name: str) -> tuple[Problem, ...]:
    """Return a Problem per column with values but no title, as merged cells in a header give."""
    width = max((len(row.cells) for row in table.rows), default=0)
    titles = [*table.header, *[""] * max(0, width - len(table.header))]
    return tuple(
        Problem(
            file_name,
            Message("Column {number} has values but no title.", number=i + 1),
            "It was not read. Give each column a title of its own; do not merge cells.",
        )
        for i, title in enumerate(titles)
        if not title.strip() and any(row.cell(i).strip() for row in table.rows)
    )


def read_table(data: bytes, file_name: str) -> Table:
    """Return the table in a csv, tsv or xlsx file; rows without any text are left out.

    Raises:
        InvalidTableError: There is no row in it, or only the names of the columns.
        UnreadableFileError: It is not such a file.
    """
    kind = file_name.rpartition(".")[2].casefold()
    refuse_wrong_file_type(data, kind, file_name)
    rows, problems = _read_xlsx(data, file_name) if kind == "xlsx" else _read_csv(data, file_name)
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise InvalidTableError(
            Message(
                "'{file_name}' is empty. Fill it with a row of column names and the rows below it.",
                file_name=file_name,
            )
        )
    if len(filled) == 1:
        raise InvalidTableError(
            Message(
                "'{file_name}' has one row, the names of its columns; there is nothing below them.",
                file_name=file_name,
            )
        )
    header = tuple(cell.strip() for cell in filled[0].cells)
    return Table(header, tuple(filled[1:]), problems)


def _read_csv(data: bytes, file_name: str) -> tuple[list[Row], tuple[Problem, ...]]:
    text, problems = decode_text(data, file_name)
    skip = 0
    # Excel names the delimiter in a first line such as "sep=;".
    if text[:4].casefold() == "sep=":
        delimiter, skip = text[4:5], text.find("\n") + 1
    else:
        delimiter = _delimiter(text)
    try:
        rows = _rows(text[skip:], delimiter, file_name, strict=True)
    except csv.Error as error:
        rows = _rows(text[skip:], delimiter, file_name, strict=False)
        message = Message("Its quotation marks do not match ({error}).", error=error)
        hint = "Check the rows after an odd one; save the table again as csv or xlsx."
        problems = (*problems, Problem(file_name, message, hint))
    return rows, problems


def _delimiter(text: str) -> str:
    """Return the delimiter of the header row; Dutch Excel writes a semicolon."""
    header = next((line for line in text.split("\n") if line.strip()), "")
    # Signs within quotation marks divide nothing.
    bare = "".join(header.split('"')[::2])
    return max(";\t,", key=lambda mark: (bare.count(mark), mark == ","))


def _rows(text: str, delimiter: str, file_name: str, *, strict: bool) -> list[Row]:
    # One cell may hold a whole interview; the limit of the csv module is global.
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    rows, count = [], 0
    # Rows, not lines: a cell may hold line breaks, and spreadsheets number rows.
    for number, cells in enumerate(reader, 1):
        rows.append(Row(number, tuple(cells)))
        count += len(cells)
        _refuse_large(number, count, file_name)
    return rows


def _read_xlsx(data: bytes, file_name: str) -> tuple[list[Row], tuple[Problem, ...]]:
    # openpyxl parses the XML itself, so entities must be refused before it runs.
    Archive(data, file_name).refuse_unsafe_xml()
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # openpyxl warns of parts that it does not read, such as styles; cells are not affected.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [(sheet.title, _values(sheet, file_name)) for sheet in book.worksheets]
            book.close()
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        SyntaxError,
    ) as error:
        raise UnreadableFileError(
            Message(
                "'{file_name}' is a damaged workbook. Open it in Excel or LibreOffice and save "
                "it again.",
                file_name=file_name,
            )
        ) from error
    tables = [(title, _sheet_rows(rows)) for title, rows in sheets]
    filled = [(title, rows) for title, rows in tables if rows]
    if not filled:
        return [], ()
    problems: tuple[Problem, ...] = ()
    if len(filled) > 1:
        other_titles = ", ".join(title for title, _ in filled[1:])
        message = Message(
            "Only the sheet '{filled}' was read, not {other_titles}.",
            filled=filled[0][0],
            other_titles=other_titles,
        )
        problems = (Problem(file_name, message, "Move what you need to the first sheet."),)
    return filled[0][1], problems


def indents_of_first_column(data: bytes) -> dict[int, int]:
    """Return the indents of the first cells of an xlsx file that was read, by row from 1."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        indents = {}
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=1), 1):
            alignment = getattr(cells[0], "alignment", None) if cells else None
            if alignment is not None and alignment.indent:
                indents[number] = int(alignment.indent)
        book.close()
    return indents


def _values(sheet: Any, file_name: str) -> list[tuple[object, ...]]:
    # Some programs write a wrong size of the sheet, which would hide its cells.
    sheet.reset_dimensions()
    rows, cells = [], 0
    # A cell far away makes empty rows before it, as wide as the widest.
    for row in sheet.iter_rows(values_only=True):
        rows.append(row)
        cells += len(row)
        _refuse_large(len(rows), cells, file_name)
    return rows


def _refuse_large(rows: int, cells: int, file_name: str) -> None:
    """Refuse a table that nobody made by hand, before it takes minutes and all memory.

    Raises:
        InvalidTableError: it has too many rows or cells.
    """
    if rows > MAX_ROWS or cells > MAX_CELLS:
        raise InvalidTableError(
            Message(
                "'{file_name}' has more than {rows} rows or {cells} cells. Remove the empty rows "
                "and columns behind the table, or divide it over several files.",
                file_name=file_name,
                rows=MAX_ROWS,
                cells=MAX_CELLS,
            )
        )


def _sheet_rows(rows: Iterable[tuple[object, ...]]) -> list[Row]:
    numbered = (Row(i, tuple(map(_cell_text, row))) for i, row in enumerate(rows, start=1))
    return [row for row in numbered if any(row.cells)]


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.timedelta):
        return str(value)
    # Excel keeps whole numbers as floats; respondent 1 must not become "1.0".
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # _x000D_ is Excel's escape of a carriage return, which openpyxl leaves in the text.
    return unify_line_ends(str(value)).replace("_x000D_", "")
