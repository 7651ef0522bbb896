"""Saves all that is whole in a harmed project file into a new one, and lists what is not.

A row is whole if it has its check sum. So rows are found wherever they stand in the file, and it
does not matter which part of it SQLite can still read.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table

from qualcode.errors import DamagedProjectError, Problem, ProjectError
from qualcode.messages import Message
from qualcode.storage.engine import BUSY_SECONDS
from qualcode.storage.file_watch import connect
from qualcode.storage.new_file import new_file
from qualcode.storage.page_scan import Record, Value, read_records
from qualcode.storage.row_sums import (
    GROUPED,
    KEY_MARK,
    MASK,
    add_function,
    key_columns,
    row_sum,
    tables,
)
from qualcode.storage.session import ProjectSession

_Row = tuple[Value, ...]
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RescueReport:
    """What was saved from a harmed project.

    Attributes:
        saved: Number of rows by table.
        lost: What was stored and is not whole.
    """

    saved: dict[str, int]
    lost: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """How the rows of a table stand in a file."""

    table: Table
    columns: tuple[str, ...]
    defaults: tuple[Value, ...]
    rowid: int | None

    def row(self, record: Record) -> _Row | None:
        """Return the columns of a record; None if it is no row of this table."""
        missing = len(self.columns) - len(record.values)
        # Columns that a later schema added are not in the rows from before.
        if missing < 0 or (missing and None in self.defaults[-missing:]):
            return None
        values = [*record.values, *self.defaults[len(self.columns) - missing :]]
        if self.rowid is not None:
            if values[self.rowid] is not None:
                return None
            values[self.rowid] = record.rowid
        return tuple(values)

    def key(self, row: _Row) -> str:
        """Return the key of the sum for which a row counts."""
        named = dict(zip(self.columns, row, strict=True))
        return KEY_MARK.join(str(named[name]) for name in key_columns(self.table))

    def sum(self, row: _Row) -> int:
        """Return the check sum of a row."""
        named = dict(zip(self.columns, row, strict=True))
        return row_sum(str(self.table.name), *(named[column.name] for column in self.table.columns))


def rescue(file: Path, to: Path) -> RescueReport:
    """Save all that is whole in a harmed project file into a new project.

    Args:
        file: The harmed file, which stays as it is.
        to: The new file; it does not exist yet.

    Raises:
        DamagedProjectError: not one row of the file is whole.
        DuplicateError: the new file exists already.
        ProjectError: it cannot be written.
    """
    if not file.is_file():
        raise ProjectError(
            Message("'{path}' does not exist. Give the .qualcode file of a project.", path=file)
        )
    # In the folder of the new file, so that no text of it comes to another disk.
    with new_file(to) as unnamed, tempfile.TemporaryDirectory(dir=to.parent) as folder:
        data = _read_file(file, Path(folder))
        place = Path(folder) / "new.qualcode"
        ProjectSession.create(place, name=file.stem).close()
        with closing(connect(place, timeout=BUSY_SECONDS)) as new:
            new.execute("BEGIN IMMEDIATE")
            report = _fill(data, new)
            new.execute("COMMIT")
        with ProjectSession.open(place) as session:
            session.note_rescue(len(report.lost))
            problems = session.check()
        place.replace(unnamed)
    return RescueReport(report.saved, (*report.lost, *problems))


def _read_file(path: Path, folder: Path) -> bytes:
    """Return the bytes of a project file with what stands in its log."""
    # Of a copy: nothing is ever written to the harmed file.
    copy = Path(shutil.copy(path, folder / "harmed"))
    log = Path(f"{path}-wal")
    if log.exists():
        shutil.copy(log, f"{copy}-wal")
        with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(copy)) as merged:
            merged.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy.read_bytes()


def _fill(data: bytes, new: sqlite3.Connection) -> RescueReport:
    """Write the whole rows of a harmed file to a new project."""
    add_function(new)
    records = tuple(read_records(data))
    forms = {table.name: _form(new, table) for table in tables()}
    sums = _sums(records, forms)
    if not sums:
        raise DamagedProjectError(
            "Nothing in this file can be told whole: it has no check sums. Go back to a backup."
        )
    rows = _whole_rows(records, forms, sums)
    # Rows come in any order, and those that refer to lost ones are removed afterwards: this
    # connection does not check what they refer to.
    _replace_content(new, forms, rows)
    lost = [*_missing(sums, rows, forms), *_remove_orphans(new)]
    counts = {name: _count(new, name) for name in forms}
    return RescueReport({name: count for name, count in counts.items() if count}, tuple(lost))


def _form(new: sqlite3.Connection, table: Table) -> _Form:
    described = new.execute(f'PRAGMA table_info("{table.name}")').fetchall()
    columns = tuple(str(row[1]) for row in described)
    defaults = tuple(
        None if row[4] is None else new.execute(f"SELECT {row[4]}").fetchone()[0]
        for row in described
    )
    keys = [number for number, row in enumerate(described) if row[5]]
    is_rowid = len(keys) == 1 and str(described[keys[0]][2]).upper() == "INTEGER"
    return _Form(table, columns, defaults, keys[0] if is_rowid else None)


def _sums(records: tuple[Record, ...], forms: dict[str, _Form]) -> dict[_Key, int]:
    sums: dict[_Key, int] = {}
    for record in records:
        match record.values:
            case (str(table), str(key), int(value)) if table in forms:
                sums[table, key] = value
    return sums


def _whole_rows(
    records: tuple[Record, ...], forms: dict[str, _Form], sums: dict[_Key, int]
) -> dict[_Key, list[_Row]]:
    """Return the rows that have their sum, by table and key."""
    rows: dict[_Key, list[_Row]] = {}
    groups: dict[_Key, set[_Row]] = {}
    for record in records:
        for name, form in forms.items():
            row = form.row(record)
            if row is None:
                continue
            place = name, form.key(row)
            if place not in sums:
                continue
            if name in GROUPED:
                groups.setdefault(place, set()).add(row)
            elif form.sum(row) == sums[place]:
                rows[place] = [row]
    for place, found in groups.items():
        form = forms[place[0]]
        if sum(form.sum(row) for row in found) & MASK == sums[place]:
            rows[place] = sorted(found, key=repr)
    return rows


def _replace_content(
    new: sqlite3.Connection, forms: dict[str, _Form], rows: dict[_Key, list[_Row]]
) -> None:
    for name in reversed(forms):
        # What a new project has by itself stays, where the old one's is lost.
        if name not in {"project", "coders"} or any(table == name for table, _ in rows):
            new.execute(f'DELETE FROM "{name}"')
    for (name, _), found in rows.items():
        form = forms[name]
        columns = ", ".join(f'"{column}"' for column in form.columns)
        marks = ", ".join("?" * len(form.columns))
        new.executemany(f'INSERT OR IGNORE INTO "{name}" ({columns}) VALUES ({marks})', found)
    # The consensus is a coder of every project.
    new.execute("INSERT OR IGNORE INTO coders (name, position) VALUES ('consensus', 0)")


def _missing(
    sums: dict[_Key, int], rows: dict[_Key, list[_Row]], forms: dict[str, _Form]
) -> Iterator[Problem]:
    for name, key in sorted(sums.keys() - rows.keys()):
        # A group whose rows were all deleted has an empty sum.
        if name in forms and sums[name, key]:
            yield _problem(name, key, Message("It is not whole, and was left out."))


def _remove_orphans(new: sqlite3.Connection) -> Iterator[Problem]:
    """Remove rows that refer to lost ones, again and again until there is none."""
    while True:
        orphans = new.execute("PRAGMA foreign_key_check").fetchall()
        if not orphans:
            return
        for table, rowid, parent, _ in orphans:
            removed = new.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,)).rowcount
            if removed:
                message = Message("It belongs to a lost row of '{parent}'.", parent=parent)
                yield _problem(table, str(rowid), message)


def _count(new: sqlite3.Connection, table: str) -> int:
    (count,) = new.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    return int(count)


def _problem(table: str, key: str, message: str) -> Problem:
    row = key.replace(KEY_MARK, " ")
    return Problem(Message("table '{table}', row {row}", table=table, row=row), message)
