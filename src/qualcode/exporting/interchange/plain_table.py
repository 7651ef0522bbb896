"""Any one table as csv or xlsx: rows under their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.document.blocks import UNDATED, Column, Kind, Table, Value
from qualcode.exporting.document.table_writers import csv_bytes, xlsx_bytes
from qualcode.exporting.files import write_bytes, writer_for

_LONG = {"quote", "memo", "text", "reason", "question", "quotes_a", "quotes_b"}


def write_rows(
    name: str,
    keys: Sequence[str],
    rows: Iterable[Sequence[Value]],
    path: Path,
    *,
    created: datetime = UNDATED,
) -> None:
    """Write one table; titles are the same in every language, so that it can be read back.

    Args:
        name: What it holds, for the sheet and for messages ("codings").
        keys: Titles of the columns.
        rows: As long as the keys; None is an empty cell.
        path: Where to write: .csv or .xlsx.
        created: Date for the file's properties.

    Raises:
        UnsupportedFormatError: the suffix is neither.
        WriteError: the file cannot be written.
    """
    path = Path(path)
    writer = writer_for(path, WRITERS, name)
    kept = tuple(tuple(row) for row in rows)
    columns = tuple(Column(key, key, _kind(key, index, kept)) for index, key in enumerate(keys))
    write_bytes(path, writer(Table(name, columns, kept), created))


def _kind(key: str, index: int, rows: Sequence[Sequence[Value]]) -> Kind:
    if key in _LONG:
        return Kind.LONG
    values = [row[index] for row in rows if row[index] is not None]
    if values and all(isinstance(value, int) for value in values):
        return Kind.COUNT
    return Kind.TEXT


WRITERS: Mapping[str, Callable[[Table, datetime], bytes]] = MappingProxyType(
    {
        ".csv": lambda table, _: csv_bytes(table),
        ".xlsx": lambda table, created: xlsx_bytes(
            (table,), title=table.name, language="en", created=created
        ),
    }
)
"""Writer of one table by suffix."""
