"""Tables of coded passages in the layouts of other programs.

Codes are the labels of that program, from the theme down; the project looks up the code and
the place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import Problem, unknown_name
from qualcode.importing.cases import transcript_name
from qualcode.importing.column_aliases import match_columns, missing_columns
from qualcode.importing.tables import Row, read_table
from qualcode.importing.transcripts import read_bytes
from qualcode.messages import Message
from qualcode.model import CodingRow

_NAMES = ("transcript", "start", "end", "quote", "code", "coder", "memo")
# Programs put an apostrophe before these signs, lest a spreadsheet reads a formula.
_ESCAPED = re.compile(r"'(?=[=+\-@\t])")


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
    """

    columns: Mapping[str, str]
    between_levels: str
    between_codes: str | None = None
    has_positions: bool = False
    paragraph: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()


LAYOUTS: Mapping[str, _Layout] = {
    "atlas.ti": _Layout(
        {
            "quotation content": "quote",
            "zitatinhalt": "quote",
            "citaatinhoud": "quote",
            "document": "transcript",
            "codes": "code",
        },
        r"(?<=\S)\s*(?::|>)\s+(?=\S)",
        r"[\n;]+",
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
        paragraph: Number of the paragraph it starts in, from 1; None if the table has none.
    """

    row: CodingRow
    labels: tuple[str, ...]
    paragraph: int | None = None


def read_tool_table(path: Path, tool: str) -> tuple[tuple[ToolRow, ...], tuple[Problem, ...]]:
    """Read a table that another program exported.

    Args:
        path: A csv, tsv or xlsx file.
        tool: ``atlas.ti``, ``maxqda``, ``qualcoder`` or ``taguette``.

    Raises:
        InvalidTableError: A column is missing.
        UnknownNameError: Another program.
        UnreadableFileError: The file cannot be read as a table.
    """
    layout = _layout(tool)
    table = read_table(read_bytes(path), path.name)
    header = [layout.columns.get(title.strip().casefold(), title) for title in table.header]
    columns = match_columns(header, _NAMES)
    missing = [name for name in ("transcript", "code", "quote") if name not in columns]
    if missing:
        raise missing_columns(path.name, missing, table.header)
    titles = [title.strip().casefold() for title in table.header]
    paragraph = next((titles.index(t) for t in layout.paragraph if t in titles), None)
    for title in layout.coders:
        if title in titles:
            columns.setdefault("coder", titles.index(title))
    rows: list[ToolRow] = []
    problems = list(table.problems)
    for row in table.rows:
        tool_rows = _rows(row, columns, layout, paragraph)
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


def _rows(
    row: Row, columns: Mapping[str, int], layout: _Layout, paragraph: int | None
) -> list[ToolRow]:
    cells = {name: row.cell(columns.get(name)) for name in _NAMES}
    quote = _ESCAPED.sub("", cells["quote"], count=1)
    if not (cells["transcript"].strip() and cells["code"].strip() and quote.strip()):
        return []
    codes = re.split(layout.between_codes, cells["code"]) if layout.between_codes else None
    tool_rows: list[ToolRow] = []
    for code in filter(str.strip, codes or [cells["code"]]):
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
                tuple(filter(None, labels)) or (code.strip(),),
                _number(row.cell(paragraph)),
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
