"""What is said of the whole study, as tables: matrices, saturation, types, coverage."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.exporting.document.blocks import Column, Kind, Table, Value
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.reports.theme_tables import Row, group_title
from qualcode.exporting.words import Words
from qualcode.model import (
    AttributeCount,
    Cell,
    CodeCount,
    Coverage,
    CrossTable,
    Saturation,
    SaturationFinding,
    ThemeReport,
    TypeGroup,
)


def study_tables(report: ThemeReport, words: Words) -> tuple[Table, ...]:
    """Return what is said of the whole study, a sheet per kind."""
    types = (*(report.typology.groups if report.typology else ()), *report.types)
    tables = (
        *(cross_table(table, words) for table in report.tables),
        saturation_table(report.saturation, words),
        findings_table(report.saturation, words),
        types_table(types, words),
    )
    if not report.coverage:
        return tables
    return (
        *tables,
        questions_table(report.coverage, words),
        coverage_table(report.coverage, words),
    )


def cross_table(table: CrossTable, words: Words) -> Table:
    """Return a matrix; a cell of a group that was not asked is empty."""
    key = f"table_{table.name}"
    name = words(key) if words.has(key) else table.name.replace("_", " ")
    texts = any(cell.text for row in table.cells for cell in row)
    caption = name if texts else words(f"table_counting_{table.counts}", name=name)
    kind = Kind.TEXT if texts else Kind.COUNT
    about = "code" if table.rows and table.name.startswith("code_by") else "case"
    named = about == "code"
    shown = (
        *columns(words, "code label" if named else "case"),
        *(
            Column(column, _column_title(table, column, words.of(label) or column, words), kind)
            for column, label in zip(table.columns, table.column_labels, strict=True)
        ),
    )
    rows = tuple(
        (
            row,
            *((words.of(label),) if named else ()),
            *(
                _cell(column, cell, words)
                for column, cell in zip(table.columns, cells, strict=True)
            ),
        )
        for row, label, cells in zip(table.rows, table.row_labels, table.cells, strict=True)
    )
    return Table(name, shown, rows, caption)


def _column_title(table: CrossTable, column: str, label: str, words: Words) -> str:
    if table.name == "case_by_attribute":
        return words.attribute(column)
    return words.group(label) if table.name == "code_by_group" else label


def _cell(column: str, cell: Cell, words: Words) -> Value:
    return words.value(column, cell.text) if cell.text else cell.hidden or cell.count


def saturation_table(saturations: Iterable[Saturation], words: Words) -> Table:
    """Return new and known codes per interview, for each group."""
    rows = tuple(
        (group_title(one.group, words), interview, new, known)
        for one in saturations
        for interview, new, known in zip(
            one.interviews, one.new_codes, one.known_codes, strict=True
        )
    )
    keys = "group interview new_codes known_codes"
    return Table(words("sheet_saturation"), columns(words, keys), rows)


def findings_table(saturations: Iterable[Saturation], words: Words) -> Table:
    """Return where saturation was reached, for each run length and threshold."""
    rows = tuple(
        (
            group_title(one.group, words),
            finding.run_length,
            finding.threshold,
            finding.reached_after,
            finding.notation or words("not_reached"),
            _spread(finding, words),
            said_in(finding.undefined_because or "", words.language),
        )
        for one in saturations
        for finding in one.findings
    )
    keys = "group run_length threshold reached_after reach spread reason"
    return Table(words("sheet_findings"), columns(words, keys), rows)


def _spread(finding: SaturationFinding, words: Words) -> str:
    spread = finding.spread
    if not spread:
        return ""
    told = words("spread", reached=spread.reached, orders=spread.orders)
    if spread.median is None:
        return told
    low, high = (words("never") if end is None else end for end in (spread.low, spread.high))
    return words("median", median=spread.median, low=low, high=high) + ", " + told


def types_table(groups: Iterable[TypeGroup], words: Words) -> Table:
    """Return the codes and attributes that go with each type, with counts."""
    rows: list[Row] = []
    for group in groups:
        members = words("type_withheld") if group.withheld else ", ".join(group.cases)
        head = (group.name, members)
        counted = [
            *((*head, code.code, words.of(code.label), *_counts(code)) for code in group.codes),
            *(
                (
                    *head,
                    words.attribute(one.attribute),
                    words.value(one.attribute, one.value),
                    *_counts(one),
                )
                for one in group.attributes
            ),
        ]
        rows += counted or [(*head, None, None, None, None, None, None)]
    keys = "type members attribute value inside of_inside outside of_outside"
    return Table(words("sheet_types"), columns(words, keys), tuple(rows))


def _counts(one: AttributeCount | CodeCount) -> Row:
    outside = (one.outside, one.of_outside) if one.of_outside else (None, None)
    return one.inside, one.of_inside, *outside


def questions_table(coverage: Coverage, words: Words) -> Table:
    """Return in which interviews each question of the guides was asked."""
    rows = tuple(
        (
            words.group(one.group) if one.group else one.guide,
            one.question,
            words.of(one.text),
            words("n_of", n=len(one.asked), of=len(one.asked) + len(one.missed)),
            ", ".join(one.missed),
        )
        for one in coverage.questions
    )
    keys = "asked_of question text asked missed"
    return Table(words("sheet_questions"), columns(words, keys), rows)


def coverage_table(coverage: Coverage, words: Words) -> Table:
    """Return the coded share of what respondents say, per interview and over all."""
    rows = tuple(
        (
            one.transcript or words("all_together"),
            one.case,
            one.words,
            one.coded_words,
            one.share,
            one.codings,
        )
        for one in (*coverage.transcripts, coverage.overall)
    )
    keys = "transcript case words coded_words share codings"
    return Table(words("sheet_coverage"), columns(words, keys), rows)
