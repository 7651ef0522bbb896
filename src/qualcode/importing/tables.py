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
        rows = _rows(text[skip:], delimiter, strict=True)
    except csv.Error as error:
        rows = _rows(text[skip:], delimiter, strict=False)
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


def _rows(text: str, delimiter: str, *, strict: bool) -> list[Row]:
    # One cell may hold a whole interview; the limit of the csv module is global.
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    # Rows, not lines: a cell may hold line breaks, and spreadsheets number rows.
    return [Row(number, tuple(cells)) for number, cells in enumerate(reader, 1)]


def _read_xlsx(data: bytes, file_name: str) -> tuple[list[Row], tuple[Problem, ...]]:
    # openpyxl parses the XML itself, so entities must be refused before it runs.
    Archive(data, file_name).refuse_doctypes()
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # openpyxl warns of parts that it does not read, such as styles; cells are not affected.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [(sheet.title, _values(sheet)) for sheet in book.worksheets]
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


def _values(sheet: Any) -> list[tuple[object, ...]]:
    # Some programs write a wrong size of the sheet, which would hide its cells.
    sheet.reset_dimensions()
    return list(sheet.iter_rows(values_only=True))


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
