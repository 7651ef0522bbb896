"""The figures of a report of agreement as tables of a workbook: numbers, limits, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qualcode.exporting.document.blocks import Column, Kind, Table, Value
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.agreement_tables import Figured, count_columns, figure_name
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.words import Words
from qualcode.model import AgreementStudy, CodeAgreement, Coefficient, FigureColumn


def figure_tables(job: Figured) -> Iterator[Table]:
    """Yield the figures as tables of a workbook: numbers, limits, reasons."""
    words, report = job.words, job.report
    yield _numbers(job, words("sheet_agreement"), report.codes)
    yield _numbers(job, words("sheet_agreement_themes"), report.themes)
    yield _listed(words("overall"), [("", f) for f in report.overall], job)
    if not report.is_pair:
        pairs = [(" + ".join(pair.coders), f) for pair in report.pairs for f in pair.overall]
        yield _listed(words("pairs_of_coders"), pairs, job)
    passages = [(one.code, one.figure) for one in report.passages]
    yield _listed(words("sheet_passages_compared"), passages, job)
    if job.study is not None and job.study.groups:
        yield _grouped(job, job.study)


def _grouped(job: Figured, study: AgreementStudy) -> Table:
    headline = study.report.headline.key
    figures = [
        (one.group or job.words("no_group"), row.code, row.figures[headline])
        for one in study.groups
        for row in one.report.codes
    ]
    figures += [
        (one.group or job.words("no_group"), "", f)
        for one in study.groups
        for f in one.report.overall
    ]
    rows = tuple((group, *_row(code, figure, job)) for group, code, figure in figures)
    shown = (Column("group", study.attribute), *_listed_columns(job.words))
    return Table(job.words("sheet_groups_compared"), shown, rows)


def _listed(name: str, figures: Iterable[tuple[str, Coefficient]], job: Figured) -> Table:
    rows = tuple(_row(about, figure, job) for about, figure in figures)
    return Table(name, _listed_columns(job.words), rows)


def _listed_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("about", words("col_about")),
        *columns(words, "figure value low high units reason"),
    )


def _row(about: str, figure: Coefficient, job: Figured) -> tuple[Value, ...]:
    return (
        about,
        figure_name(figure.name, job.words),
        figure.value,
        *(figure.interval or (None, None)),
        figure.units,
        said_in(figure.undefined_because or "", job.words.language),
    )


def _numbers(job: Figured, name: str, rows: Sequence[CodeAgreement]) -> Table:
    """Return the coefficients of each code; shares without limits, which are in the documents."""
    corrected = [column for column in job.report.columns if column.chance_corrected]
    table = tuple(tuple(_number_row(job, row, corrected)) for row in rows)
    return Table(name, tuple(_number_columns(job, corrected)), table)


def _number_row(
    job: Figured, row: CodeAgreement, corrected: Sequence[FigureColumn]
) -> Iterator[Value]:
    report, language = job.report, job.words.language
    yield row.code
    yield job.labels(row.code)
    yield from row.counts
    if report.is_pair:
        yield row.observed
    for column in report.columns:
        if not column.chance_corrected:
            yield row.figures[column.key].value
    for column in corrected:
        figure = row.figures[column.key]
        low, high = figure.interval or (None, None)
        yield figure.value
        yield low
        yield high
    yield "; ".join(said_in(reason, language) for reason in _reasons(row, corrected))
    if report.is_pair:
        yield " ".join(said_in(warning, language) for warning in row.warnings)


def _reasons(row: CodeAgreement, shown: Sequence[FigureColumn]) -> dict[str, int]:
    """Return why figures of a row do not exist, each reason once."""
    reasons = (row.figures[column.key].undefined_because for column in shown)
    return {reason: 1 for reason in reasons if reason}


def _number_columns(job: Figured, corrected: Sequence[FigureColumn]) -> Iterator[Column]:
    words, report = job.words, job.report
    yield from columns(words, "code label")
    yield from count_columns(report.count_columns, words)
    if report.is_pair:
        yield from columns(words, "observed")
    for column in report.columns:
        if not column.chance_corrected:
            yield Column(column.key, words.of(column.label), Kind.FIGURE)
    for column in corrected:
        label = words.of(column.label)
        yield Column(column.key, label, Kind.FIGURE)
        for end in ("_low", "_high"):
            yield Column(column.key + end, label + words(f"limit{end}"), Kind.FIGURE)
    yield from columns(words, "reason warnings" if report.is_pair else "reason")
