"""A table as a value: each column knows its heading and how to read its cell from a row.

Every writer (docx, html, md, xlsx, csv) takes the same table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, Self, TypeVar

from qualcode.messages import Message

Value = str | int | float | None
"""The content of a cell; None is an empty one."""

Row = TypeVar("Row")


class Kind(StrEnum):
    """What the cells of a column are, which decides alignment, width and number format."""

    TEXT = "text"
    LONG = "long"
    COUNT = "count"
    COEFFICIENT = "coefficient"
    SHARE = "share"


# Aligned to the right, digits of the same value line up.
NUMBERS = frozenset({Kind.COUNT, Kind.COEFFICIENT, Kind.SHARE})
"""The kinds that are aligned to the right."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a table.

    Attributes:
        key: Its name for programs: the header in csv. Unique in its table.
        name: Its heading for people: a message, or a name that is the same in every language.
        value: Reads the cell from what a row is about.
        kind: What the cells are.
    """

    key: str
    name: str
    value: Callable[[Row], Value]
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Rows under columns; numbers are not yet turned into text.

    Attributes:
        name: Short and unique in the file: the name of the sheet in xlsx.
        columns: Its columns.
        rows: What each row is about.
        caption: Printed above it in a document.
    """

    name: str
    columns: tuple[Column[Row], ...]
    rows: tuple[Row, ...]
    caption: str = ""

    def cells(self) -> Iterator[tuple[Value, ...]]:
        """Yield the cells of each row, in the order of the columns."""
        for row in self.rows:
            yield tuple(column.value(row) for column in self.columns)

    def keep(self, *keys: str) -> Self:
        """Return the table with only these columns, in its own order."""
        return replace(self, columns=tuple(c for c in self.columns if c.key in keys))

    def drop(self, *keys: str) -> Self:
        """Return the table without these columns."""
        return replace(self, columns=tuple(c for c in self.columns if c.key not in keys))


def heading(text: str) -> Message:
    """Return the heading of a column.

    Headings have a context of their own: "case" is a respondent above a column, but not in every
    sentence.

    Args:
        text: The English heading; its Dutch is in the catalogue under ``column``.
    """
    return Message.within("column", text)


def text_table(name: str, title: str, lines: tuple[str, ...]) -> Table[str]:
    """Return a table of one column with a line of text in each row.

    Args:
        name: The name of the sheet.
        title: The heading of its only column.
        lines: The texts.
    """
    return Table(name, (Column("description", title, str, Kind.LONG),), lines)
