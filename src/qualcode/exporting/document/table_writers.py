"""Tables as csv (one table) and xlsx (a sheet each); numbers stay numbers, text stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qualcode.exporting.document.blocks import Column, Kind, Table, Value
from qualcode.exporting.document.typography import one_line, printable
from qualcode.exporting.document.zip_archive import settled
from qualcode.exporting.words import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767
_WIDTHS = {Kind.TEXT: 22, Kind.LONG: 70, Kind.COUNT: 11, Kind.FIGURE: 11, Kind.SHARE: 11}
_NUMBERS = {Kind.COUNT: "0", Kind.FIGURE: "0.00", Kind.SHARE: "0%"}


def csv_bytes(table: Table) -> bytes:
    """Return a table as csv in UTF-8 with a BOM, lines ended by CRLF.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows([_csv_value(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _csv_value(value: Value) -> str | int | float | None:
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "")
    return "'" + text if text.startswith(_FORMULA) else text


def xlsx_bytes(tables: Sequence[Table], *, title: str, language: str, created: datetime) -> bytes:
    """Return tables as an xlsx file, a sheet each; the same tables give the same bytes."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        date = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
        book.set_properties({"title": one_line(title)[:255], "created": date})
        taken: set[str] = set()
        for table in tables:
            _add_sheet(book, table, _sheet_name(table.name, taken), Words(language))
    return settled(out.getvalue())


def _add_sheet(book: Workbook, table: Table, name: str, words: Words) -> None:
    sheet = book.add_worksheet(name)
    plain = {"valign": "top", "font_name": "Arial", "font_size": 10}
    header = book.add_format({**plain, "bold": True, "bottom": 1, "text_wrap": True})
    looks: dict[Kind, Any] = {kind: book.add_format({**plain, "text_wrap": True}) for kind in Kind}
    for kind, number in _NUMBERS.items():
        looks[kind] = book.add_format({**plain, "num_format": number})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, one_line(column.title), header)
        for line, row in enumerate(table.rows, start=1):
            value = row[place]
            if isinstance(value, str):
                text = _fitting(printable(value), words("cell_cut"))
                sheet.write_string(line, place, text, looks[Kind.TEXT])
            elif value is not None:
                sheet.write_number(line, place, value, looks[column.kind])
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _width(column: Column) -> float:
    longest = max((len(word) for word in column.title.split()), default=0)
    return max(_WIDTHS[column.kind], min(longest + 3, 30))


def _fitting(text: str, notice: str) -> str:
    """Return the text, cut where a cell of Excel ends (counted in UTF-16)."""
    if len(text.encode("utf-16-le")) // 2 <= _CELL_LIMIT:
        return text
    room = 2 * (_CELL_LIMIT - len(notice) - 1)
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + " " + notice


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts and that no other sheet has."""
    base = re.sub(r"[\[\]:*?/\\]", " ", one_line(name)).strip("' ")[:31] or "1"
    unique, number = base, 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{base[: 30 - len(str(number))]} {number}"
    taken.add(unique.casefold())
    return unique
