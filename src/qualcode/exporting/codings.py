"""All codings as one table, csv or xlsx: to compute with, or to take to another program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.columns import columns
from qualcode.exporting.document import UNDATED, Table, Value
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.tables_format import csv_bytes, xlsx_bytes
from qualcode.exporting.words import Words
from qualcode.model import Coding

_COLUMNS = (
    "transcript start end quote code coder memo round codebook_version origin created_at coding"
)


def write_codings(
    codings: Iterable[Coding],
    path: Path,
    *,
    created: datetime = UNDATED,
) -> None:
    """Write codings as a table, in the order given; withdrawn ones are left out.

    Positions are code points, half-open. The first seven columns are those that a table of
    codings is read from; titles are the same in every language, so that it can be read back.

    Args:
        codings: The codings.
        path: Where to write: .csv or .xlsx.
        created: Date for the file's properties.

    Raises:
        UnsupportedFormatError: the suffix is neither.
        WriteError: the file cannot be written.
    """
    path = Path(path)
    writer = writer_for(path, WRITERS, "codings")
    rows = tuple(_row(coding) for coding in codings if coding.withdrawn_at is None)
    shown = (replace(column, title=column.key) for column in columns(Words("en"), _COLUMNS))
    write_bytes(path, writer(Table("codings", tuple(shown), rows), created))


def _row(coding: Coding) -> tuple[Value, ...]:
    made = coding.created_at
    return (
        coding.transcript,
        coding.span.start,
        coding.span.end,
        coding.quote,
        coding.code,
        coding.coder,
        coding.memo,
        coding.round,
        coding.codebook_version,
        coding.origin,
        made.astimezone(UTC).isoformat(timespec="seconds") if made and made.tzinfo else None,
        coding.id,
    )


WRITERS: Mapping[str, Callable[[Table, datetime], bytes]] = MappingProxyType(
    {
        ".csv": lambda table, _: csv_bytes(table),
        ".xlsx": lambda table, created: xlsx_bytes(
            (table,), title="codings", language="en", created=created
        ),
    }
)
"""Writer of codings by suffix."""
