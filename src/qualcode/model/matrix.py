"""Tables of the whole project; each cell leads to its passages."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.frozen import LocalText
from qualcode.model.hidden_total import HiddenTotal


@dataclass(frozen=True, slots=True)
class Cell(HiddenTotal):
    """One cell of a table, with its passages.

    Attributes:
        count: The count; None if the question was not asked or the count is hidden.
        of: Cases that were asked, in tables that count cases.
        codings: Ids of the counted codings, in order of the texts.
        text: The value, in tables of attributes.
        hidden: Printed in the place of a suppressed count ("<3"); ``""`` if it is printed.
        hidden_of: Printed in the place of ``of`` where so few were asked; ``""`` if it is printed.
    """

    count: int | None
    of: int | None = None
    codings: tuple[str, ...] = ()
    text: str = ""
    hidden: str = ""
    hidden_of: str = ""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Rows against columns: code x case, code x group, case x attribute.

    Attributes:
        name: Its name: ``code_by_case``, ``code_by_group``, ``case_by_attribute``, ...
        counts: Unit of the counts: ``codings`` or ``cases``.
        rows: Keys of the rows: code paths or case names.
        columns: Keys of the columns: case names, groups, attribute names or values.
        row_labels: One per row, per language.
        column_labels: One per column, per language.
        cells: One tuple of cells per row.
    """

    name: str
    counts: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_labels: tuple[LocalText, ...]
    column_labels: tuple[LocalText, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        wide = any(len(row) != len(self.columns) for row in self.cells)
        if wide or len(self.cells) != len(self.rows):
            raise InvalidValueError(
                Message("Table '{name}' has cells outside rows and columns.", name=self.name)
            )

    def cell(self, row: str, column: str) -> Cell:
        """Return the cell of a row key and a column key."""
        return self.cells[self.rows.index(row)][self.columns.index(column)]
