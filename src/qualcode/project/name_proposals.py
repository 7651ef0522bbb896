"""Names that were found, as a table to decide on: written out, and read once filled in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from qualcode.errors import InvalidTableError, InvalidValueError, Problem
from qualcode.exporting import write_rows
from qualcode.importing.column_aliases import missing_columns
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import read_table
from qualcode.messages import Message
from qualcode.pseudonyms import NameEntry, NameKind, Proposal, entry_for

COLUMNS = "name kind replacement decision times where context because".split()
# What people write in a spreadsheet, in both languages.
_ACCEPT = frozenset("a accept accepted accepteren akkoord ja j y yes vervang vervangen".split())
_IGNORE = frozenset("i ignore ignored negeer negeren nee n no laten".split())


def write_proposals(
    proposals: Sequence[Proposal], path: Path, created: datetime, *, decimal_comma: bool = False
) -> None:
    """Write proposals as csv or xlsx, with an empty column for the decision.

    Args:
        proposals: The names that were found.
        path: Where to write.
        created: Date for the file's properties.
        decimal_comma: Whether a csv file has semicolons, as Excel reads it in Dutch.
    """
    rows = (
        (
            *(p.text, p.kind.value, p.replacement, "", len(p.mentions)),
            "; ".join(dict.fromkeys(m.where for m in p.mentions))[:200],
            p.mentions[0].context if p.mentions else "",
            ", ".join(p.because),
        )
        for p in proposals
    )
    write_rows("names", COLUMNS, rows, path, created=created, decimal_comma=decimal_comma)


def read_proposals(path: Path) -> tuple[NameEntry, ...]:
    """Read the table of proposals, filled in: ``accept`` or ``ignore`` per name.

    Rows without a decision are not decided yet and left out.

    Raises:
        InvalidTableError: columns are missing, or a row cannot be read; carries the problems.
    """
    table = read_table(read_bytes(path), path.name)
    columns = {cell.casefold(): place for place, cell in enumerate(table.header)}
    missing = [name for name in ("name", "kind", "decision") if name not in columns]
    if missing:
        raise missing_columns(path.name, missing, table.header)
    entries: list[NameEntry] = []
    problems: list[Problem] = []
    for row in table.rows:
        cells = {name: row.cell(columns.get(name)) for name in COLUMNS}
        decision = cells["decision"].strip().casefold()
        if not decision:
            continue
        try:
            entries.append(_entry(cells, decision))
        except InvalidValueError as error:
            problems.append(
                Problem(Message("{name}, line {line}", name=path.name, line=row.line), str(error))
            )
    if problems:
        raise InvalidTableError(
            Message("{problems} No decision was imported.", problems=problems[0]), problems
        )
    return tuple(entries)


def _entry(cells: dict[str, str], decision: str) -> NameEntry:
    try:
        kind = NameKind(cells["kind"].strip().casefold())
    except ValueError as error:
        kinds = ", ".join(kind.value for kind in NameKind)
        raise InvalidValueError(
            Message("'{cells}' is no kind of name: {kinds}.", cells=cells["kind"], kinds=kinds)
        ) from error
    if decision in _IGNORE:
        return NameEntry(cells["name"], kind, "")
    if decision not in _ACCEPT:
        raise InvalidValueError(
            Message("'{decision}' is not a decision. Write accept or ignore.", decision=decision)
        )
    if not cells["replacement"].strip():
        raise InvalidValueError(
            Message("'{cells}' is accepted, but has no replacement.", cells=cells["name"])
        )
    return entry_for(cells["name"], kind, cells["replacement"])
