"""The figures of a report of agreement as tables of a workbook: numbers, limits, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.agreement_basis import AgreementJob
from qualcode.exporting.reports.agreement_tables import (
    OVERALL,
    PAIRS_OF_CODERS,
    count_columns,
    used_columns,
)
from qualcode.exporting.reports.coefficients import (
    COEFFICIENT_HEADINGS,
    PAIR_KEYS,
    TEAM_KEYS,
    figure_name,
)
from qualcode.exporting.reports.shared_columns import limit_columns, reason_column
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AgreementStudy,
    CodeAgreement,
    Coefficient,
    TeamAgreement,
    TeamReport,
)

Row = TypeVar("Row")
Codes = Sequence[CodeAgreement] | Sequence[TeamAgreement]


def figure_tables(job: AgreementJob) -> Iterator[Table[Any]]:
    """Yield the figures as tables of a workbook: numbers, limits, reasons."""
    report, words = job.report, job.words
    yield _numbers(job, Message("By code"), report.codes)
    yield _numbers(job, Message("By theme"), report.themes)
    yield _figure_list(OVERALL, [_AboutFigure("", figure) for figure in report.overall], words)
    if isinstance(report, TeamReport):
        pairs = [
            _AboutFigure(" + ".join(pair.coders), figure)
            for pair in report.pairs
            for figure in pair.overall
        ]
        yield _figure_list(PAIRS_OF_CODERS, pairs, words)
    passages = [_AboutFigure(row.code, row.figure) for row in report.passages]
    yield _figure_list(Message("Passages compared"), passages, words)
    if isinstance(job.study, AgreementStudy) and job.study.groups:
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
    per_code = [
        _GroupFigure(group.group, _AboutFigure(row.code, row.kappa))
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


def _numbers(job: AgreementJob, name: Message, rows: Codes) -> Table[Any]:
    if isinstance(job.report, TeamReport):
        return Table(name, _team_columns(job, job.report), tuple(rows))
    return Table(name, _pair_columns(job), tuple(rows))


def _pair_columns(job: AgreementJob) -> tuple[Column[CodeAgreement], ...]:
    keys = PAIR_KEYS[1:]
    return (
        Column("code", heading("code"), lambda row: row.code),
        Column("label", heading("label"), lambda row: job.labels(row.code)),
        *count_columns(),
        Column("observed", heading("observed"), lambda row: row.observed, Kind.COEFFICIENT),
        _number_column("positive_agreement"),
        *_number_columns(keys, job.words),
        _reasons_column(keys, job.words),
        Column(
            "warnings",
            heading("note"),
            lambda row: " ".join(map(job.words.reason, row.warnings)),
            Kind.LONG,
        ),
    )


def _team_columns(job: AgreementJob, report: TeamReport) -> tuple[Column[TeamAgreement], ...]:
    keys = TEAM_KEYS[1:]
    return (
        Column("code", heading("code"), lambda row: row.code),
        Column("label", heading("label"), lambda row: job.labels(row.code)),
        *used_columns(report.coders),
        _number_column("percent"),
        *_number_columns(keys, job.words),
        _reasons_column(keys, job.words),
    )


def _number_column(key: str) -> Column[Row]:
    return Column(
        key, COEFFICIENT_HEADINGS[key], lambda row: getattr(row, key).value, Kind.COEFFICIENT
    )


def _number_columns(keys: Sequence[str], words: Wording) -> Iterator[Column[Any]]:
    """Yield the columns of coefficients, each with the two limits of its interval."""
    return chain.from_iterable(_with_limits(key, words) for key in keys)


def _with_limits(key: str, words: Wording) -> tuple[Column[Any], ...]:
    name = words(COEFFICIENT_HEADINGS[key])
    limits: tuple[Column[Any], ...] = limit_columns(lambda row: getattr(row, key).interval)
    return (
        _number_column(key),
        *(
            replace(limit, key=f"{key}_{limit.key}", name=f"{name} {words(limit.name)}")
            for limit in limits
        ),
    )


def _reasons_column(keys: Sequence[str], words: Wording) -> Column[Any]:
    def reasons(row: CodeAgreement | TeamAgreement) -> str:
        figures = [getattr(row, key) for key in keys]
        # most often the coefficients of a code do not exist for one reason
        reasons = dict.fromkeys(f.undefined_because for f in figures if f.undefined_because)
        return "; ".join(map(words.reason, reasons))

    return Column("reason", heading("why not"), reasons, Kind.LONG)
