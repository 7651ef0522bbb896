"""Tables of coded passages, of qualcode itself and as other tools export them.

Only reads the rows; ``placement`` finds their passages in the transcripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qualcode.cell_guard import unguard_cell
from qualcode.errors import Problem
from qualcode.importing.cases import transcript_name
from qualcode.importing.column_aliases import match_columns, missing_columns
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import Row, read_table
from qualcode.messages import Message
from qualcode.model import CodingRow

_COLUMNS = ("transcript", "start", "end", "quote", "code", "coder", "memo", "turn")


def read_codings(path: Path) -> tuple[tuple[CodingRow, ...], tuple[Problem, ...]]:
    """Read a csv, tsv or xlsx table of codings.

    It needs columns ``transcript`` and ``code``, and ``quote`` or ``start`` with ``end``;
    ``coder``, ``memo`` and ``turn`` (which of several equal passages) are optional. Names may be
    Dutch, or those of other tools.

    Raises:
        InvalidTableError: A column is missing, or there is no row.
        UnreadableFileError: The file cannot be read as a table.
    """
    table = read_table(read_bytes(path), path.name)
    columns = match_columns(table.header, _COLUMNS)
    _refuse_missing(path.name, columns, table.header)
    rows: list[CodingRow] = []
    problems = list(table.problems)
    for row in table.rows:
        where = Message("{name}, line {line}", name=path.name, line=row.line)
        coding, row_problems = _read_row(row, columns, where)
        problems.extend(row_problems)
        if coding is not None:
            rows.append(coding)
    return tuple(rows), tuple(problems)


def _refuse_missing(file_name: str, columns: dict[str, int], header: Sequence[str]) -> None:
    # A start without an end is no span; the quote must locate the passage then.
    if not {"start", "end"} <= columns.keys():
        columns.pop("start", None)
        columns.pop("end", None)
    missing = [name for name in ("transcript", "code") if name not in columns]
    if "quote" not in columns and "start" not in columns:
        missing.append("quote")
    if missing:
        raise missing_columns(file_name, missing, header)


def _read_row(
    row: Row, columns: Mapping[str, int], where: str
) -> tuple[CodingRow | None, list[Problem]]:
    cells = {name: row.cell(columns.get(name)) for name in _COLUMNS}
    start, end, problems = _positions(cells, where)
    turn = cells["turn"].strip()
    absent = [name for name in ("transcript", "code") if not cells[name].strip()]
    if start is None and not cells["quote"].strip():
        absent.append("quote")
    # A row with wrong positions has its problem already, which says more than a missing cell.
    if absent and not problems:
        message = Message("This row has no {absent}.", absent=" and no ".join(absent))
        problems.append(Problem(where, message, "It was left out; complete it and import again."))
    if absent:
        return None, problems
    coding = CodingRow(
        line=row.line,
        transcript=transcript_name(cells["transcript"]),
        start=start,
        end=end,
        quote=unguard_cell(cells["quote"]),
        code=cells["code"].strip(),
        coder=cells["coder"].strip(),
        memo=unguard_cell(cells["memo"].strip()),
        turn=int(turn) if turn.isascii() and turn.isdecimal() and len(turn) < 10 else None,
    )
    return coding, problems


def _positions(
    cells: Mapping[str, str], where: str
) -> tuple[int | None, int | None, list[Problem]]:
    start, end = cells["start"].strip(), cells["end"].strip()
    if not start and not end:
        return None, None, []
    # isdecimal alone would accept the digits of every script.
    if start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal():
        return int(start), int(end), []
    has_quote = bool(cells["quote"].strip())
    message = Message(
        "Start '{start}' and end '{end}' are not two whole numbers.", start=start, end=end
    )
    hint = "The quote is looked up instead." if has_quote else "The row was left out."
    return None, None, [Problem(where, message, hint)]
