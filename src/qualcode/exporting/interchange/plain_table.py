"""Any one table as csv or xlsx: rows under their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qualcode.exporting.document.blocks import UNDATED
from qualcode.exporting.document.table import Column, Kind, Table, Value
from qualcode.exporting.document.table_writers import csv_bytes, parquet_bytes, xlsx_bytes
from qualcode.exporting.files import write_bytes, writer_for

_LONG = {"quote", "memo", "text", "reason", "question", "quotes_a", "quotes_b"}
_Cells = tuple[Value, ...]


def write_rows(
    name: str,
    keys: Sequence[str],
    rows: Iterable[Sequence[Value]],
    path: Path,
    *,
    created: datetime = UNDATED,
    decimal_comma: bool = False,
) -> None:
    """Write one table; titles are the same in every language, so that it can be read back.

    Args:
        name: What it holds, for the sheet and for messages ("codings").
        keys: Titles of the columns.
        rows: As long as the keys; None is an empty cell.
        path: Where to write: .csv, .xlsx or .parquet.
        created: Date for the file's properties.
        decimal_comma: Whether a csv file has decimal commas and semicolons.

    Raises:
        UnsupportedFormatError: another suffix.
        WriteError: the file cannot be written.
    """
    path = Path(path)
    writer = writer_for(path, WRITERS, name)
    cells = tuple(tuple(row) for row in rows)
    columns = tuple(_column(key, place, cells) for place, key in enumerate(keys))
    write_bytes(path, writer(Table(name, columns, cells), created, decimal_comma))


def _column(key: str, place: int, rows: Sequence[_Cells]) -> Column[_Cells]:
    return Column(key, key, itemgetter(place), _kind(key, [row[place] for row in rows]))


def _kind(key: str, values: Sequence[Value]) -> Kind:
    if key in _LONG:
        return Kind.LONG
    filled = [value for value in values if value is not None]
    # A column of numbers stays one where some cells are empty.
    if filled and all(isinstance(value, int) for value in filled):
        return Kind.COUNT
    return Kind.TEXT


WRITERS: Mapping[str, Callable[[Table[Any], datetime, bool], bytes]] = MappingProxyType(
    {
        ".csv": lambda table, _, comma: csv_bytes(table, "en", decimal_comma=comma),
        ".parquet": lambda table, _created, _comma: parquet_bytes(table),
        ".xlsx": lambda table, created, _: xlsx_bytes(
            (table,), title=table.name, language="en", created=created
        ),
    }
)
"""Writer of one table by suffix."""
