"""Analyses over all cases as tables: matrices, saturation, types, coverage of the guides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from qualcode.exporting.document.table import Column, Kind, Table, Value, heading
from qualcode.exporting.reports.reach import count_of, group_name
from qualcode.exporting.reports.shared_columns import reason_column
from qualcode.exporting.reports.typology_tables import types_table
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    Cell,
    Coverage,
    CrossTable,
    LocalText,
    QuestionCoverage,
    Saturation,
    SaturationFinding,
    ThemeReport,
    WaveChange,
    WordsCoverage,
)

_MATRICES = {
    "code_by_case": Message("Codes by case"),
    "code_by_group": Message("Codes by group"),
    "case_by_attribute": Message("Attributes of cases"),
}


def analysis_tables(report: ThemeReport, words: Wording) -> tuple[Table[Any], ...]:
    """Return the analyses over all cases, a sheet per kind."""
    types = (*(report.typology.groups if report.typology else ()), *report.types)
    tables: list[Table[Any]] = [cross_table(table, words) for table in report.tables]
    tables += (
        saturation_table(report.saturation, words),
        findings_table(report.saturation, words),
        types_table(types, words),
    )
    if report.changes:
        tables.append(changes_table(report.changes, words))
    if report.coverage:
        tables += (questions_table(report.coverage, words), coverage_table(report.coverage))
    return tuple(tables)


# Waves


def changes_table(changes: Iterable[WaveChange], words: Wording) -> Table[WaveChange]:
    """Return how many cases have each code at one wave, at the next, at both, at neither."""
    columns: tuple[Column[WaveChange], ...] = (
        Column("code", heading("code"), lambda row: row.code),
        Column("code_label", heading("name of the code"), lambda row: words.of(row.label)),
        Column("first", heading("first wave"), lambda row: row.first),
        Column("second", heading("second wave"), lambda row: row.second),
        Column("of", heading("took part in both"), lambda row: row.of, Kind.COUNT),
        Column("at_both", heading("at both"), lambda row: len(row.at_both), Kind.COUNT),
        Column(
            "only_first", heading("only at the first"), lambda row: len(row.only_first), Kind.COUNT
        ),
        Column(
            "only_second",
            heading("only at the second"),
            lambda row: len(row.only_second),
            Kind.COUNT,
        ),
        Column("at_neither", heading("at neither"), lambda row: row.at_neither, Kind.COUNT),
    )
    return Table(Message("Change between waves"), columns, tuple(changes))


# Matrices


class MatrixRow(NamedTuple):
    """One row of a matrix: a code or a case, its label, and its cells by column."""

    name: str
    label: LocalText
    cells: dict[str, Cell]


def cross_table(table: CrossTable, words: Wording) -> Table[MatrixRow]:
    """Return a matrix; a cell of a group that was not asked is empty."""
    name = _MATRICES.get(table.name) or table.name.replace("_", " ")
    texts = any(cell.text for row in table.cells for cell in row)
    columns = (
        *_row_columns(table, words),
        *(
            _matrix_column(table, name, words.of(label) or name, words, texts=texts)
            for name, label in zip(table.columns, table.column_labels, strict=True)
        ),
    )
    rows = tuple(
        MatrixRow(row, label, dict(zip(table.columns, cells, strict=True)))
        for row, label, cells in zip(table.rows, table.row_labels, table.cells, strict=True)
    )
    return Table(name, columns, rows, name if texts else _counting(table.counts, name))


def _counting(counts: str, name: str) -> Message:
    """Return the caption of a matrix of numbers, which says what is counted."""
    if counts == "cases":
        return Message("{name} (number of cases)", name=name)
    return Message("{name} (number of codings)", name=name)


def _row_columns(table: CrossTable, words: Wording) -> tuple[Column[MatrixRow], ...]:
    if table.rows and table.name.startswith("code_by"):
        return (
            Column("code", heading("code"), lambda row: row.name),
            Column("label", heading("label"), lambda row: words.of(row.label)),
        )
    return (Column("case", heading("case"), lambda row: row.name),)


def _matrix_column(
    table: CrossTable, key: str, label: str, words: Wording, *, texts: bool
) -> Column[MatrixRow]:
    title = label
    if table.name == "case_by_attribute":
        title = words.attribute(key)
    elif table.name == "code_by_group":
        title = words.group(label)
    kind = Kind.TEXT if texts else Kind.COUNT
    return Column(key, title, lambda row: _cell(key, row.cells[key], words), kind)


def _cell(column: str, cell: Cell, words: Wording) -> Value:
    return words.value(column, cell.text) if cell.text else cell.hidden or cell.count


# Saturation


class _Interview(NamedTuple):
    """How many codes were new, and known so far, after an interview."""

    group: str
    transcript: str
    new_codes: int
    known_codes: int


def saturation_table(saturations: Iterable[Saturation], words: Wording) -> Table[_Interview]:
    """Return new and known codes per interview, for each group."""
    columns: tuple[Column[_Interview], ...] = (
        Column("group", heading("group"), lambda row: group_name(row.group, words)),
        Column("interview", heading("interview"), lambda row: row.transcript),
        Column("new_codes", heading("new codes"), lambda row: row.new_codes, Kind.COUNT),
        Column("known_codes", heading("codes up to here"), lambda row: row.known_codes, Kind.COUNT),
    )
    rows = tuple(
        _Interview(saturation.group, *interview)
        for saturation in saturations
        for interview in zip(
            saturation.interviews, saturation.new_codes, saturation.known_codes, strict=True
        )
    )
    return Table(Message("Saturation"), columns, rows)


class _GroupFinding(NamedTuple):
    """Where saturation was reached in a group, for one run length and threshold."""

    group: str
    finding: SaturationFinding


def findings_table(saturations: Iterable[Saturation], words: Wording) -> Table[_GroupFinding]:
    """Return where saturation was reached, for each run length and threshold."""
    columns: tuple[Column[_GroupFinding], ...] = (
        Column("group", heading("group"), lambda row: group_name(row.group, words)),
        Column("run_length", heading("length"), lambda row: row.finding.run_length, Kind.COUNT),
        Column(
            "threshold", heading("threshold"), lambda row: row.finding.threshold, Kind.COEFFICIENT
        ),
        Column(
            "reached_after",
            heading("reached after"),
            lambda row: row.finding.reached_after,
            Kind.COUNT,
        ),
        Column(
            "reach",
            heading("reach"),
            lambda row: row.finding.notation or Message("not reached"),
        ),
        Column("spread", heading("random orders"), lambda row: _spread(row.finding, words)),
        reason_column(words, lambda row: row.finding.undefined_because),
    )
    rows = tuple(
        _GroupFinding(saturation.group, finding)
        for saturation in saturations
        for finding in saturation.findings
    )
    return Table(Message("Saturation reached"), columns, rows)


def _spread(finding: SaturationFinding, words: Wording) -> str:
    spread = finding.spread
    if not spread:
        return ""
    reached = words(
        Message(
            "reached in {reached} of {orders} orders",
            reached=spread.reached,
            orders=spread.orders,
        )
    )
    if spread.median is None:
        return reached
    low, high = (Message("never") if end is None else end for end in (spread.low, spread.high))
    median = Message("median {median} ({low} to {high})", median=spread.median, low=low, high=high)
    return f"{words(median)}, {reached}"


# Coverage


def questions_table(coverage: Coverage, words: Wording) -> Table[QuestionCoverage]:
    """Return in which interviews each question of the guides was asked."""
    columns: tuple[Column[QuestionCoverage], ...] = (
        Column(
            "asked_of",
            heading("asked of"),
            lambda row: words.group(row.group) if row.group else row.guide,
        ),
        Column("question", heading("question"), lambda row: row.question),
        Column("text", heading("text"), lambda row: words.of(row.text), Kind.LONG),
        Column(
            "asked",
            heading("asked in"),
            lambda row: count_of(len(row.asked), len(row.asked) + len(row.missed)),
        ),
        Column("missed", heading("not asked in"), lambda row: ", ".join(row.missed)),
    )
    return Table(Message("Questions"), columns, coverage.questions)


def coverage_table(coverage: Coverage) -> Table[WordsCoverage]:
    """Return the coded share of what respondents say, per interview and over all."""
    columns: tuple[Column[WordsCoverage], ...] = (
        Column(
            "transcript",
            heading("transcript"),
            lambda row: row.transcript or Message("all interviews"),
        ),
        Column("case", heading("case"), lambda row: row.case),
        Column("words", heading("words"), lambda row: row.words, Kind.COUNT),
        Column("coded_words", heading("coded words"), lambda row: row.coded_words, Kind.COUNT),
        Column("share", heading("share"), lambda row: row.share, Kind.SHARE),
        Column("codings", heading("codings"), lambda row: row.codings, Kind.COUNT),
    )
    return Table(Message("Coverage"), columns, (*coverage.transcripts, coverage.overall))
