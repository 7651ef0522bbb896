"""The figures of a report of agreement as tables of a workbook: numbers, limits, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qualcode.exporting.document.blocks import Column, Kind, Table, Value
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.agreement_tables import PAIR_KEYS, TEAM_KEYS, Figured, figure_name
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.words import Words
from qualcode.model import (
    AgreementStudy,
    CodeAgreement,
    Coefficient,
    TeamAgreement,
    TeamReport,
)


def figure_tables(job: Figured) -> Iterator[Table]:
    """Yield the figures as tables of a workbook: numbers, limits, reasons."""
    words, report = job.words, job.report
    yield _numbers(job, words("sheet_agreement"), report.codes)
    yield _numbers(job, words("sheet_agreement_themes"), report.themes)
    yield _listed(words("overall"), [("", f) for f in report.overall], job)
    if isinstance(report, TeamReport):
        pairs = [(" + ".join(pair.coders), f) for pair in report.pairs for f in pair.overall]
        yield _listed(words("pairs_of_coders"), pairs, job)
    passages = [(one.code, one.figure) for one in report.passages]
    yield _listed(words("sheet_passages_compared"), passages, job)
    if isinstance(job.study, AgreementStudy) and job.study.groups:
        yield _grouped(job, job.study)


def _grouped(job: Figured, study: AgreementStudy) -> Table:
    figures = [
        (one.group or job.words("no_group"), row.code, row.kappa)
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


def _numbers(
    job: Figured, name: str, rows: Sequence[CodeAgreement] | Sequence[TeamAgreement]
) -> Table:
    words, report = job.words, job.report
    team = isinstance(report, TeamReport)
    keys = TEAM_KEYS[1:] if team else PAIR_KEYS[1:]
    made: list[tuple[Value, ...]] = []
    for row in rows:
        figures = [getattr(row, key) for key in keys]
        reasons = {f.undefined_because: 1 for f in figures if f.undefined_because}
        if isinstance(row, CodeAgreement):
            counts: tuple[Value, ...] = (row.only_a, row.only_b, row.both, row.neither)
            first: tuple[Value, ...] = (row.observed, row.positive_agreement.value)
            warnings = row.warnings
        else:
            counts, first, warnings = row.used, (row.percent.value,), ()
        made.append(
            (
                *(row.code, job.labels(row.code), *counts, *first),
                *(v for f in figures for v in (f.value, *(f.interval or (None, None)))),
                "; ".join(said_in(reason, words.language) for reason in reasons),
                *(() if team else (" ".join(said_in(w, words.language) for w in warnings),)),
            )
        )
    return Table(name, _number_columns(job, keys), tuple(made))


def _number_columns(job: Figured, keys: Sequence[str]) -> tuple[Column, ...]:
    words, report = job.words, job.report
    limits = [
        Column(
            f"{key}{end}", words(f"col_{key}") + (words(f"limit{end}") if end else ""), Kind.FIGURE
        )
        for key in keys
        for end in ("", "_low", "_high")
    ]
    if isinstance(report, TeamReport):
        used = [Column(coder, coder, Kind.COUNT) for coder in report.coders]
        percent = Column("percent", words("col_percent"), Kind.FIGURE)
        return (*columns(words, "code label"), *used, percent, *limits, *columns(words, "reason"))
    counts = "code label only_a only_b both neither observed positive_agreement"
    return (*columns(words, counts), *limits, *columns(words, "reason warnings"))
