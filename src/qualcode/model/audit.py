"""The audit trail of a study: what was done with the data, by kind of record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.model.coding import Memo


class AuditKind(StrEnum):
    """The kinds of records of an audit trail (Halpern 1983; Lincoln and Guba 1985, p. 319)."""

    RAW_DATA = "raw-data"
    REDUCTION = "reduction"
    RECONSTRUCTION = "reconstruction"
    PROCESS = "process"
    INTENTIONS = "intentions"
    INSTRUMENTS = "instruments"


@dataclass(frozen=True, slots=True)
class AuditTable:
    """Rows of one kind of record.

    Attributes:
        title: What the rows are.
        columns: Their headings.
        rows: The cells; texts may be messages.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class AuditSection:
    """All records of one kind.

    Attributes:
        kind: The kind.
        sentences: What the project knows, in sentences.
        tables: The records themselves.
        memos: Notes, as they may be printed; empty where nobody asked for them.
    """

    kind: AuditKind
    sentences: tuple[str, ...] = ()
    tables: tuple[AuditTable, ...] = ()
    memos: tuple[Memo, ...] = ()
