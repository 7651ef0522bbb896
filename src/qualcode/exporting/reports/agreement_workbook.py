"""The figures of a report of agreement as tables of a workbook: numbers, limits, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from qualcode.exporting.code_labels import label_in_rows
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.agreement_basis import AgreementJob
from qualcode.exporting.reports.agreement_tables import OVERALL, PAIRS_OF_CODERS, by_unit_table
from qualcode.exporting.reports.coefficients import count_columns, figure_name
from qualcode.exporting.reports.shared_columns import limit_columns, reason_column
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import AgreementStudy, CodeAgreement, Coefficient, FigureColumn

Row = TypeVar("Row")


def figure_tables(job: AgreementJob) -> Iterator[Table[Any]]:
    """Yield the figures as tables of a workbook: numbers, limits, reasons."""
    report, words = job.report, job.words
    yield _numbers(job, Message("By code"), report.codes)
    yield _numbers(job, Message("By theme"), report.themes)
    yield _figure_list(OVERALL, [_AboutFigure("", figure) for figure in report.overall], words)
    if report.by_unit:
        yield by_unit_table(job)
    if not report.is_pair:
        pairs = [
            _AboutFigure(" + ".join(pair.coders), figure)
            for pair in report.pairs
            for figure in pair.overall
        ]
        yield _figure_list(PAIRS_OF_CODERS, pairs, words)
    passages = [_AboutFigure(row.code, row.figure) for row in report.passages]
    yield _figure_list(Message("Passages compared"), passages, words)
    if job.study is not None and job.study.groups:
        yield _by_group(job.study, words)


# Figures below one another


class _AboutFigure(NamedTuple):
    """A figure, and the code or pair of coders that it is about."""

    about: str
    figure: Coefficient


def _figure_list(name: str, figures: Sequence[_AboutFigure], words: Wording) -> Table[_AboutFigure]:
    return Table(name, _figure_columns(words, lambda row: row), tuple(figures))


def _figure_columns(
    words: Wording, about: Callable[[Row], _AboutFigure]
) -> tuple[Column[Row], ...]:
    return (
        Column("about", heading("about"), lambda row: about(row).about),
        Column("figure", heading("figure"), lambda row: figure_name(about(row).figure.name)),
        Column("value", heading("value"), lambda row: about(row).figure.value),
        *limit_columns(lambda row: about(row).figure.interval),
        Column("units", heading("units"), lambda row: about(row).figure.units, Kind.COUNT),
        reason_column(words, lambda row: about(row).figure.undefined_because),
    )


class _GroupFigure(NamedTuple):
    group: str
    figure: _AboutFigure


def _by_group(study: AgreementStudy, words: Wording) -> Table[_GroupFigure]:
    headline = study.report.headline.key
    per_code = [
        _GroupFigure(group.group, _AboutFigure(row.code, row.figure(headline)))
        for group in study.groups
        for row in group.report.codes
    ]
    overall = [
        _GroupFigure(group.group, _AboutFigure("", figure))
        for group in study.groups
        for figure in group.report.overall
    ]
    columns: tuple[Column[_GroupFigure], ...] = (
        Column("group", study.attribute, lambda row: row.group or Message("No group")),
        *_figure_columns(words, lambda row: row.figure),
    )
    return Table(Message("By group"), columns, (*per_code, *overall))


# Figures of a code next to one another


def _numbers(
    job: AgreementJob, name: Message, rows: Sequence[CodeAgreement]
) -> Table[CodeAgreement]:
    """Return the coefficients of each code; shares without limits, which are in the documents."""
    words, report = job.words, job.report
    corrected = [column for column in report.columns if column.chance_corrected]
    paths = [row.code for row in rows]
    columns: list[Column[CodeAgreement]] = [
        Column("code", heading("code"), lambda row: row.code),
        Column("label", heading("label"), lambda row: label_in_rows(job.labels, row.code, paths)),
        *count_columns(report),
    ]
    if report.is_pair:
        observed = heading("observed")
        columns.append(Column("observed", observed, lambda row: row.observed, Kind.COEFFICIENT))
    shares = (column for column in report.columns if not column.chance_corrected)
    columns += [_number_column(column, words) for column in shares]
    columns += chain.from_iterable(_with_limits(column, words) for column in corrected)
    columns.append(_reasons_column(corrected, words))
    if report.is_pair:
        columns.append(_warnings_column(words))
    return Table(name, tuple(columns), tuple(rows))


def _number_column(column: FigureColumn, words: Wording) -> Column[CodeAgreement]:
    return Column(
        column.key,
        words.of(column.label),
        lambda row: row.figure(column.key).value,
        Kind.COEFFICIENT,
    )


def _with_limits(column: FigureColumn, words: Wording) -> Iterator[Column[CodeAgreement]]:
    """Yield the column of a coefficient and those of the two limits of its interval."""
    yield _number_column(column, words)
    limits: tuple[Column[CodeAgreement], ...] = limit_columns(
        lambda row: row.figure(column.key).interval
    )
    for limit in limits:
        name = f"{words.of(column.label)} {words(limit.name)}"
        yield replace(limit, key=f"{column.key}_{limit.key}", name=name)


def _reasons_column(columns: Sequence[FigureColumn], words: Wording) -> Column[CodeAgreement]:
    def reasons(row: CodeAgreement) -> str:
        figures = [row.figure(column.key) for column in columns]
        # Most often the coefficients of a code do not exist for one reason.
        reasons = dict.fromkeys(f.undefined_because for f in figures if f.undefined_because)
        return "; ".join(map(words.reason, reasons))

    return Column("reason", heading("why not"), reasons, Kind.LONG)


def _warnings_column(words: Wording) -> Column[CodeAgreement]:
    return Column(
        "warnings",
        heading("note"),
        lambda row: " ".join(map(words.reason, row.warnings)),
        Kind.LONG,
    )
