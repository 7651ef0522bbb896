"""Reads a table of ratings: one row for each unit, one column for each coder."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from contextlib import suppress
from math import isfinite
from pathlib import Path

from qualcode.agreement.rating_table import RatingTable
from qualcode.agreement.unit_table import UNIT_COLUMNS
from qualcode.errors import InvalidTableError, unknown_name
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import Table, read_table
from qualcode.messages import Message

_MISSING = {"", ".", "*", "NA", "NaN", "N/A"}
"""How other programs write that a coder gave no label (R, SPSS, Krippendorff's tables)."""
# As written: "na" is a Dutch word, and may be a label.

_DOCUMENTS, *_OTHERS = UNIT_COLUMNS


def read_ratings(path: Path, coders: Sequence[str] = (), documents: str = "") -> RatingTable:
    """Read a table of ratings from csv, tsv or xlsx.

    Args:
        path: The file.
        coders: Titles of the columns of the coders; by default every column but the first,
            and none of those that ``agreement units`` writes beside the coders.
        documents: Title of the column that names the interview of a unit; by default
            ``transcript`` where there is such a column.

    Raises:
        UnknownNameError: there is no such column.
        InvalidTableError: fewer than two coders, or rows of several codes.
        UnreadableFileError: the file cannot be read as a table.
    """
    table = read_table(read_bytes(path), path.name)
    for title in (*coders, *filter(None, [documents])):
        if title not in table.header:
            raise unknown_name("column", title, filter(None, table.header), path.name)
    _refuse_several_codes(table, path.name)
    documents = documents or (_DOCUMENTS if _DOCUMENTS in table.header else "")
    beside = {"", documents, *UNIT_COLUMNS, *([] if documents else table.header[:1])}
    names = tuple(coders) or tuple(title for title in table.header if title not in beside)
    if len(names) < 2:
        raise InvalidTableError(
            Message(
                "'{file}' has fewer than two columns of coders. Each coder needs a column of "
                "labels.",
                file=path.name,
            )
        )
    columns = {name: _cells(table, name) for name in names}
    labels = {label for column in columns.values() for label in column if label is not None}
    # Figures of distances need numbers, and 2 and 2.0 are one label where all are numbers.
    is_numeric = all(isinstance(read_label(label), int | float) for label in labels)
    ratings: dict[str, list[Hashable | None]] = {
        name: [read_label(label) if label and is_numeric else label for label in column]
        for name, column in columns.items()
    }
    return RatingTable(ratings, _documents(table, documents))


def _refuse_several_codes(table: Table, file_name: str) -> None:
    # Rows of several codes in one coefficient would answer a question that nobody asked.
    if "code" in table.header and len(set(_cells(table, "code"))) > 1:
        raise InvalidTableError(
            Message(
                "'{file}' has rows of several codes. Write the rows of one code: qualcode "
                "agreement units --code CODE",
                file=file_name,
            )
        )


def _cells(table: Table, title: str) -> list[str | None]:
    place = table.header.index(title)
    cells = [row.cell(place).strip() for row in table.rows]
    return [None if cell in _MISSING else cell for cell in cells]


def _documents(table: Table, title: str) -> tuple[str, ...] | None:
    return tuple(cell or "" for cell in _cells(table, title)) if title else None


def read_label(text: str) -> Hashable:
    """Return a label as a number where it is one; a comma may be the decimal sign."""
    with suppress(ValueError):
        number = float(text.replace(",", "."))
        # Not a number, as a word: "nan" and "inf" are read by float as well.
        if isfinite(number):
            return int(number) if number == int(number) else number
    return text
