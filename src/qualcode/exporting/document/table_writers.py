"""Tables as csv and Parquet (one table) and xlsx (a sheet each); numbers stay numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qualcode.cell_guard import guard_cell
from qualcode.exporting.document.table import Kind, Table, Value
from qualcode.exporting.document.typography import one_line, printable
from qualcode.exporting.document.zip_archive import settled
from qualcode.exporting.wording import Wording
from qualcode.messages import Message

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_CELL_LIMIT = 32_767
_WIDTHS = {Kind.TEXT: 22, Kind.LONG: 70, Kind.COUNT: 11, Kind.COEFFICIENT: 11, Kind.SHARE: 11}
_NUMBERS = {Kind.COUNT: "0", Kind.COEFFICIENT: "0.00", Kind.SHARE: "0%"}


def csv_bytes(table: Table[Any], language: str, *, decimal_comma: bool = False) -> bytes:
    """Return a table as csv in UTF-8 with a BOM, lines ended by CRLF.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.

    Args:
        table: The table.
        language: ``nl`` or ``en``.
        decimal_comma: Whether decimals follow a comma and cells a semicolon, as the Excel of the
            Netherlands, Germany and France reads them; it puts all else into one column.
    """
    words = Wording(language)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if decimal_comma else ",", lineterminator="\r\n")
    # A title may be of the study too: a code, an attribute, the name of a coder.
    writer.writerow([guard_cell(column.key) for column in table.columns])
    writer.writerows(
        [_csv_value(value, words, decimal_comma=decimal_comma) for value in cells]
        for cells in table.cells()
    )
    return out.getvalue().encode("utf-8-sig", "replace")


def _csv_value(value: Value, words: Wording, *, decimal_comma: bool) -> str | int | float | None:
    if isinstance(value, float) and decimal_comma:
        return str(value).replace(".", ",")
    if not isinstance(value, str):
        return value
    # Many readers of csv stop at NUL; a quote that begins with "=" must not be computed.
    return guard_cell(words(value).replace("\x00", ""))


def parquet_bytes(table: Table[Any]) -> bytes:
    """Return a table as Parquet (https://parquet.apache.org), for DuckDB, Polars, R or Spark.

    A column in which all values are whole numbers is int64, one of numbers float64, any other
    one is text. Titles are the keys of the columns; an empty cell is null.
    """
    import pyarrow as pa
    from pyarrow import parquet

    rows = list(table.cells())
    columns = {
        column.key: _arrow_array([row[place] for row in rows])
        for place, column in enumerate(table.columns)
    }
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, compression="zstd")
    return out.getvalue()


def _arrow_array(values: Sequence[Value]) -> Any:
    import pyarrow as pa

    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return pa.array(values, pa.int64())
    if kinds and kinds <= {int, float}:
        return pa.array(values, pa.float64())
    texts = [None if value is None else str(value) for value in values]
    # Half of a pair of UTF-16 is in no file that others can read.
    cleaned = [text and text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    return pa.array(cleaned, pa.string())


def xlsx_bytes(
    tables: Sequence[Table[Any]], *, title: str, language: str, created: datetime
) -> bytes:
    """Return tables as an xlsx file, a sheet each; the same tables give the same bytes."""
    import xlsxwriter

    out, words = io.BytesIO(), Wording(language)
    # A passage that begins with "=" or "http" is text, not a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        date = created.astimezone(UTC).replace(tzinfo=None) if created.tzinfo else created
        book.set_properties({"title": one_line(title)[:255], "created": date})
        names: set[str] = set()
        for table in tables:
            _add_sheet(book, table, _sheet_name(words(table.name), names), words)
    return settled(out.getvalue())


def _add_sheet(book: Workbook, table: Table[Any], name: str, words: Wording) -> None:
    sheet = book.add_worksheet(name)
    plain = {"valign": "top", "font_name": "Arial", "font_size": 10}
    header = book.add_format({**plain, "bold": True, "bottom": 1, "text_wrap": True})
    looks: dict[Kind, Any] = {kind: book.add_format({**plain, "text_wrap": True}) for kind in Kind}
    for kind, number in _NUMBERS.items():
        looks[kind] = book.add_format({**plain, "num_format": number})
    for place, column in enumerate(table.columns):
        title = one_line(words(column.name))
        sheet.set_column(place, place, _width(title, column.kind))
        sheet.write_string(0, place, title, header)
        for line, row in enumerate(table.rows, start=1):
            value = column.value(row)
            if isinstance(value, str):
                text = _fitting(printable(words(value)), words)
                sheet.write_string(line, place, text, looks[Kind.TEXT])
            # Numbers stay numbers, whatever the language writes before decimals.
            elif value is not None:
                sheet.write_number(line, place, value, looks[column.kind])
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    # 9 is A4.
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _width(title: str, kind: Kind) -> float:
    longest = max((len(word) for word in title.split()), default=0)
    return max(_WIDTHS[kind], min(longest + 3, 30))


def _fitting(text: str, words: Wording) -> str:
    """Return the text, cut where a cell of Excel ends."""
    # Excel counts in UTF-16: an emoji is two.
    if len(text.encode("utf-16-le")) // 2 <= _CELL_LIMIT:
        return text
    notice = words(Message("[shortened: a cell in Excel holds 32,767 characters]"))
    # A character of two units that is cut in half is dropped by "ignore".
    room = 2 * (_CELL_LIMIT - len(notice) - 1)
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + " " + notice


def _sheet_name(name: str, names: set[str]) -> str:
    """Return a name that Excel accepts and that no other sheet has."""
    # Excel refuses these characters, and names of more than 31.
    base = re.sub(r"[\[\]:*?/\\]", " ", one_line(name)).strip("' ")[:31] or "1"
    unique, number = base, 1
    # For Excel "Codes" and "codes" are the same name.
    while unique.casefold() in names:
        number += 1
        unique = f"{base[: 30 - len(str(number))]} {number}"
    names.add(unique.casefold())
    return unique
