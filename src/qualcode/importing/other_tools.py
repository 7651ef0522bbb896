"""Tables of coded passages in the layouts of other programs.

Codes are the labels of that program, from the theme down; the project looks up the code and
the place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path

from qualcode.cell_guard import unguard_cell
from qualcode.errors import Problem, unknown_name
from qualcode.importing.cases import transcript_name
from qualcode.importing.column_aliases import match_columns, missing_columns
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import Row, read_table
from qualcode.messages import Message
from qualcode.model import CodingRow

_NAMES = ("transcript", "start", "end", "quote", "code", "coder", "memo")
# More parts would have too many divisions to try.
_MOST_PARTS = 16


@dataclass(frozen=True, slots=True)
class _Layout:
    """Layout of the table of one program.

    Attributes:
        columns: Our name by column title in lower case, where the usual aliases do not apply.
        between_levels: Pattern between a code and its subcode.
        between_codes: Pattern between codes in one cell; None if a cell holds one code.
        has_positions: Whether its start and end are positions in the text.
        paragraph: Titles of the column with the number of the paragraph.
        coders: Titles of the column that names the last editor, used if none names the coder.
        counts: Titles of the column with the number of codes in the cell. A table with that
            column has codes without levels: what its names hold is part of the name.
    """

    columns: Mapping[str, str]
    between_levels: str
    between_codes: str | None = None
    has_positions: bool = False
    paragraph: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()


LAYOUTS: Mapping[str, _Layout] = {
    "atlas.ti": _Layout(
        {
            "quotation content": "quote",
            "zitatinhalt": "quote",
            "citaatinhoud": "quote",
            "text content": "quote",
            "document": "transcript",
            "codes": "code",
        },
        r"(?<=\S)\s*(?::|>)\s+(?=\S)",
        r"[\n;]+",
        counts=("number of codes", "anzahl codes", "aantal codes"),
    ),
    "maxqda": _Layout(
        {
            "dokumentname": "transcript",
            "documentnaam": "transcript",
            "nombre del documento": "transcript",
            "nom du document": "transcript",
            "segmento": "quote",
            "codiertes segment": "quote",
            "código": "code",
            "document name": "transcript",
            "coded segment": "quote",
            "segment": "quote",
            "coded by": "coder",
            "created by": "coder",
            "autor": "coder",
            "gemaakt door": "coder",
            "commentaar": "memo",
        },
        r"\s*(?:>|\\)\s*",
        # MAXQDA's "begin" counts paragraphs, not characters.
        paragraph=("begin", "anfang", "beginning", "start", "inicio", "début"),
        coders=("modified by", "geändert von", "bearbeitet von", "gewijzigd door"),
    ),
    "qualcoder": _Layout(
        {
            "file": "transcript",
            "filename": "transcript",
            "codename": "code",
            "coded": "quote",
            "seltext": "quote",
            "owner": "coder",
        },
        r"\s*>\s*",
        has_positions=True,
    ),
    "taguette": _Layout({"tag": "code", "content": "quote", "document": "transcript"}, r"\."),
}
"""Layout by program."""


@dataclass(frozen=True, slots=True)
class ToolRow:
    """A row of another program's table.

    Attributes:
        row: The cells; ``code`` is unchanged.
        labels: The labels of the code from the theme down.
        levels: The same where the name of the code is divided; other than ``labels`` where the
            table does not say that its names have levels.
        paragraph: Number of the paragraph it starts in, from 1; None if the table has none.
    """

    row: CodingRow
    labels: tuple[str, ...]
    paragraph: int | None = None
    levels: tuple[str, ...] = ()


def read_tool_table(
    path: Path, tool: str, columns: Mapping[str, str] | None = None
) -> tuple[tuple[ToolRow, ...], tuple[Problem, ...]]:
    """Read a table that another program exported.

    Args:
        path: A csv, tsv or xlsx file.
        tool: ``atlas.ti``, ``maxqda``, ``qualcoder`` or ``taguette``.
        columns: Titles of columns by ours (``transcript``, ``code``, ``quote``, ``coder``,
            ``memo``), where a person said which is which.

    Raises:
        UnknownColumnsError: No column is known to hold the transcripts, codes or quotes.
        UnknownNameError: Another program.
        UnreadableFileError: The file cannot be read as a table.
    """
    layout = _layout(tool)
    table = read_table(read_bytes(path), path.name)
    chosen = {title.strip().casefold(): name for name, title in (columns or {}).items()}
    header = [
        # What a person says goes before what the program thinks a column is called.
        chosen.get(key) or ("" if usual in chosen.values() else usual)
        for title in table.header
        for key in (title.strip().casefold(),)
        for usual in (layout.columns.get(key, title),)
    ]
    column_by_name = match_columns(header, _NAMES)
    missing = [name for name in ("transcript", "code", "quote") if name not in column_by_name]
    if missing:
        raise missing_columns(path.name, missing, table.header)
    titles = [title.strip().casefold() for title in table.header]
    paragraph = next((titles.index(t) for t in layout.paragraph if t in titles), None)
    for title in layout.coders:
        if title in titles:
            # Who edited a coding last need not have made it, so this column only counts without a
            # better one.
            column_by_name.setdefault("coder", titles.index(title))
    count_column = next((titles.index(t) for t in layout.counts if t in titles), None)
    divide = _code_divider(table.rows, column_by_name["code"], count_column, layout)
    rows: list[ToolRow] = []
    problems = list(table.problems)
    for row in table.rows:
        codes = divide(row)
        if codes is None:
            problems.append(
                _miscounted(f"{path.name}, line {row.line}", row, column_by_name["code"])
            )
            continue
        tool_rows = _rows(row, column_by_name, codes, layout, paragraph)
        if count_column is not None:
            # Such a table does not say whether a sign in a name divides levels, so the whole name
            # is the label.
            tool_rows = [replace(tool_row, labels=(tool_row.row.code,)) for tool_row in tool_rows]
        if not tool_rows:
            message = "This row has no document, no code or no text."
            problems.append(
                Problem(
                    Message("{name}, line {line}", name=path.name, line=row.line),
                    message,
                    "It was left out.",
                )
            )
        rows += tool_rows
    return tuple(rows), tuple(problems)


def _layout(tool: str) -> _Layout:
    key = tool.strip().casefold()
    key = {"atlas": "atlas.ti", "atlasti": "atlas.ti"}.get(key, key)
    if key not in LAYOUTS:
        raise unknown_name("program", tool, LAYOUTS, "the layouts that can be read")
    return LAYOUTS[key]


def _code_divider(
    rows: Sequence[Row], code_column: int, count_column: int | None, layout: _Layout
) -> Callable[[Row], list[str] | None]:
    """Return what divides a cell into codes; None where it cannot tell them from each other."""

    def divide(row: Row) -> list[str]:
        cell = row.cell(code_column)
        return re.split(layout.between_codes, cell) if layout.between_codes else [cell]

    if count_column is None:
        return divide
    counts = {row.line: _number(row.cell(count_column)) for row in rows}
    names = {row.cell(code_column).strip() for row in rows if counts[row.line] == 1}
    return lambda row: divide_codes(row.cell(code_column), counts[row.line], names)


def divide_codes(cell: str, count: int | None, names: Collection[str]) -> list[str] | None:
    """Return the codes of a cell that should hold ``count`` of them.

    Commas divide codes, and may stand in the name of one.

    Args:
        cell: The cell.
        count: Number of codes; None where the table does not say it.
        names: Codes known from cells that hold one only.

    Returns:
        The codes, or None where no division gives their number, or more than one does.
    """
    if count == 1:
        return [cell]
    for mark in (r"[\n;]+", r",\s+"):
        parts = [part.strip() for part in re.split(mark, cell) if part.strip()]
        if len(parts) == (count or len(parts)) and (count is not None or len(parts) > 1):
            return parts
    parts = [part.strip() for part in re.split(r",\s+", cell)]
    if count is None or len(parts) < count or len(parts) > _MOST_PARTS:
        return [cell] if count is None else None
    divisions = [
        division
        for division in _divisions(parts, count)
        if all(", " not in code or code in names for code in division)
    ]
    # With several divisions that fit, any choice could give a passage a code that nobody assigned.
    return divisions[0] if len(divisions) == 1 else None


def _divisions(parts: Sequence[str], count: int) -> Iterator[list[str]]:
    """Yield every way to put neighbouring parts together into ``count`` codes."""
    for cuts in combinations(range(1, len(parts)), count - 1):
        edges = (0, *cuts, len(parts))
        yield [", ".join(parts[start:end]) for start, end in pairwise(edges)]


def _miscounted(where: str, row: Row, code_column: int) -> Problem:
    message = Message(
        "The codes '{codes}' cannot be separated: the file gives another number of codes.",
        codes=row.cell(code_column).strip(),
    )
    hint = Message("Put a line break or a semicolon between them.")
    return Problem(where, message, hint)


def _rows(
    row: Row,
    columns: Mapping[str, int],
    codes: Sequence[str],
    layout: _Layout,
    paragraph: int | None,
) -> list[ToolRow]:
    # Programs put an apostrophe before some signs, lest a spreadsheet reads a formula.
    cells = {name: unguard_cell(row.cell(columns.get(name))) for name in _NAMES}
    quote = cells["quote"]
    if not (cells["transcript"].strip() and cells["code"].strip() and quote.strip()):
        return []
    tool_rows: list[ToolRow] = []
    for code in filter(str.strip, map(unguard_cell, codes)):
        labels = tuple(part.strip() for part in re.split(layout.between_levels, code.strip()))
        start, end = _positions(cells) if layout.has_positions else (None, None)
        tool_rows.append(
            ToolRow(
                CodingRow(
                    line=row.line,
                    transcript=transcript_name(cells["transcript"]),
                    start=start,
                    end=end,
                    quote=quote,
                    code=code.strip(),
                    coder=cells["coder"].strip(),
                    memo=cells["memo"].strip(),
                ),
                levels := tuple(filter(None, labels)) or (code.strip(),),
                _number(row.cell(paragraph)),
                levels,
            )
        )
    return tool_rows


def _positions(cells: Mapping[str, str]) -> tuple[int | None, int | None]:
    start, end = _number(cells["start"]), _number(cells["end"])
    return (None, None) if start is None or end is None else (start, end)


def _number(cell: str) -> int | None:
    words = cell.strip()
    # No text has a position of ten digits, and int() is slow for a cell with thousands.
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 10 else None
