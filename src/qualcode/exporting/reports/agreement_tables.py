"""The figures of a report of agreement: each table with what its figures are, and on what.

Blocks for a document to read, tables for a workbook to compute with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import (
    Block,
    Column,
    Heading,
    Kind,
    Paragraph,
    ParagraphStyle,
    Table,
    Value,
)
from qualcode.exporting.document.typography import number
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.words import Words
from qualcode.model import (
    AgreementReport,
    AgreementStudy,
    CodeAgreement,
    Codebook,
    Coefficient,
    FigureColumn,
)
from qualcode.model.comparison import BOOTSTRAP_INTERVIEWS, CountColumn


@dataclass(frozen=True, slots=True)
class Figured:
    """What is to be written, and how."""

    report: AgreementReport
    study: AgreementStudy | None
    codebook: Codebook | None
    title: str
    words: Words
    labels: Labels
    author: str
    created: datetime


# What the figures rest on


def lead_blocks(job: Figured) -> tuple[Block, ...]:
    """Return what was compared, and how the intervals were found."""
    words, report = job.words, job.report
    about = words(
        "agreement_lead",
        coders=_coders(report.coders, words),
        units=words.count("unit", report.units),
        unit=said_in(report.unit, words.language),
        transcripts=words.count("transcript", len(report.transcripts)),
        codebook=report.codebook,
        version=report.codebook_version,
    )
    return (Paragraph(about), Paragraph(_intervals(job), ParagraphStyle.NOTE))


def _coders(coders: Sequence[str], words: Words) -> str:
    named = coders if len(coders) > 2 else [f"{coders[0]} (A)", f"{coders[1]} (B)"]
    return f"{', '.join(named[:-1])} {words('conjunction')} {named[-1]}"


def _intervals(job: Figured) -> str:
    interviews = len(job.report.transcripts)
    if interviews < 2:
        return job.words("no_intervals")
    if interviews < BOOTSTRAP_INTERVIEWS:
        return job.words("jackknifed", n=interviews)
    return job.words("intervals", n=job.report.resamples)


def _basis(job: Figured, told: str) -> Paragraph:
    """Return what the figures below are, on how many units, and who saw suggestions."""
    words, report = job.words, job.report
    basis = words(
        "basis",
        units=words.count("unit", report.units),
        unit=said_in(report.unit, words.language),
        transcripts=words.count("transcript", len(report.transcripts)),
    )
    said = [told, basis, _intervals(job)]
    if job.study is not None:
        method = job.study.method
        key = "shown" if method.exposures else "not_shown"
        said.append(words(f"basis_{key}", n=method.exposures, m=method.adopted))
    return Paragraph(" ".join(said), ParagraphStyle.NOTE)


def warnings_of(job: Figured) -> tuple[str, ...]:
    """Return the warnings; one that holds for several codes once, with the codes after it."""
    about: dict[str, list[str]] = {warning: [] for warning in job.report.warnings}
    for row in job.report.codes:
        for warning in (*row.warnings, *(row.reasons[:1] if any(row.used) else ())):
            about.setdefault(warning, []).append(job.labels(row.code))
    return tuple(
        job.labels.within(said_in(warning, job.words.language))
        + (f" ({', '.join(codes)})" if codes else "")
        for warning, codes in about.items()
    )


# For reading


def figure_blocks(job: Figured, forest: Sequence[Block]) -> Iterator[Block]:
    """Yield the figures, each table under what its figures are.

    Args:
        job: What is written.
        forest: The drawing of the figures per code.
    """
    words, report = job.words, job.report
    for key, told, rows in (
        ("per_code", _defined(job), report.codes),
        ("per_theme", words("defined_theme"), report.themes),
    ):
        if rows:
            yield Heading(2, words(key))
            yield _basis(job, told)
            yield _code_table(job, words(key), rows)
    yield from forest
    if report.overall:
        yield Heading(2, words("overall"))
        yield _basis(job, words("defined_overall"))
        yield _overall_table(report.overall, words)
    if report.pairs:
        yield Heading(2, words("pairs_of_coders"))
        yield _basis(job, words("defined_pairs"))
        yield _pairs_table(report, words)
    if report.passages:
        yield Heading(2, words("passages_compared"))
        told = words("defined_passages")
        yield _basis(job, told if report.is_pair else f"{told} {words('passages_of_all')}")
        yield _passages_table(job)
    if job.study is not None and job.study.groups:
        yield from _group_blocks(job, job.study)


def _defined(job: Figured) -> str:
    """Return what the columns per code are."""
    words, columns_shown = job.words, _document_columns(job.report)
    shares = [
        words.of(column.explanation) for column in columns_shown if not column.chance_corrected
    ]
    cited = [words.of(column.citation) for column in columns_shown if column.chance_corrected]
    counts = "defined_counts" if job.report.is_pair else "defined_counts_team"
    corrected = words("defined_corrected", figures=_capital(listed(cited, words)))
    missing = () if job.report.is_pair else (words("defined_missing"),)
    return " ".join((words(counts), *shares, corrected, *missing, words("defined_dash")))


def listed(names: Sequence[str], words: Words) -> str:
    """Return "a, b and c"."""
    return f" {words('conjunction')} ".join(
        part for part in (", ".join(names[:-1]), *names[-1:]) if part
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _document_columns(report: AgreementReport) -> list[FigureColumn]:
    return [column for column in report.columns if column.document]


def _code_table(job: Figured, name: str, rows: Sequence[CodeAgreement]) -> Table:
    words, shown = job.words, _document_columns(job.report)
    table = tuple(
        (
            job.labels(row.code),
            *row.counts,
            *(
                figure_text(row.figures[column.key], words, interval=column.document == "interval")
                for column in shown
            ),
        )
        for row in rows
    )
    counts = count_columns(job.report.count_columns, words)
    figures = (Column(column.key, words.of(column.label)) for column in shown)
    return Table(name, (*columns(words, "code"), *counts, *figures), table)


def count_columns(counts: Sequence[CountColumn], words: Words) -> Iterator[Column]:
    """Yield the columns of the counts of units per code."""
    for count in counts:
        if count.key == "used":
            yield Column(count.coder, count.coder, Kind.COUNT)
        else:
            yield from columns(words, count.key)


def per_code_title(column: FigureColumn, words: Words) -> str:
    """Return "Kappa by code": the title of a drawing or table of one coefficient."""
    return words("figure_by_code", figure=_capital(words.of(column.label)))


def figure_text(
    figure: Coefficient | None, words: Words, *, interval: bool = True, apart: str = "\n"
) -> str | None:
    """Return "0,72" with "(0,51; 0,88)" after it; None where there is no figure."""
    if figure is None:
        return None
    limits = f"{apart}({{low}};\N{NO-BREAK SPACE}{{high}})" if interval else ""
    return figure.text(lambda value: number(value, words.language), limits) or None


def figure_name(name: str, words: Words) -> str:
    """Return what a figure is called."""
    key = f"figure_{name}"
    return words(key) if words.has(key) else name.replace("_", " ")


def _told(figure: Coefficient, words: Words) -> str:
    """Return what a figure is, or why there is none."""
    if figure.undefined_because:
        return said_in(figure.undefined_because, words.language)
    key = f"told_{figure.name}"
    return words(key) if words.has(key) else ""


def _overall_table(overall: Sequence[Coefficient], words: Words) -> Table:
    shown = (*columns(words, "figure"), Column("value", words("col_value_interval")))
    shown = (*shown, Column("told", words("col_told"), Kind.LONG))
    rows = tuple(
        (figure_name(figure.name, words), figure_text(figure, words), _told(figure, words))
        for figure in overall
    )
    return Table(words("overall"), shown, rows)


def _pairs_table(report: AgreementReport, words: Words) -> Table:
    names = ("pooled_kappa", "alpha_masi")
    shown = (
        Column("pair", words("col_pair")),
        *columns(words, "interviews units"),
        *(Column(name, figure_name(name, words)) for name in names),
    )
    rows = tuple(
        (
            f" {words('conjunction')} ".join(pair.coders),
            len(pair.transcripts),
            pair.units,
            *(figure_text(pair.figure(name), words, apart=" ") for name in names),
        )
        for pair in report.pairs
    )
    return Table(words("pairs_of_coders"), shown, rows)


def _passages_table(job: Figured) -> Table:
    words = job.words
    rows: list[tuple[Value, ...]] = []
    for one in job.report.passages:
        name = figure_name(one.figure.name, words)
        told = said_in(one.figure.undefined_because or "", words.language)
        about = job.labels(one.code) if one.code else words("overall")
        rows.append((about, name, figure_text(one.figure, words, apart=" "), told))
    shown = (
        *columns(words, "code figure"),
        Column("value", words("col_value_interval")),
        *columns(words, "reason"),
    )
    return Table(words("passages_compared"), shown, tuple(rows))


def _group_blocks(job: Figured, study: AgreementStudy) -> Iterator[Block]:
    words = job.words
    attribute = study.attribute
    yield Heading(2, words("groups_compared", attribute=attribute))
    yield _basis(job, words("defined_groups"))
    names = ("pooled_kappa", "alpha_masi")
    labels = [words.group(one.group) if one.group else words("no_group") for one in study.groups]
    rows: list[tuple[Value, ...]] = []
    for label, one in zip(labels, study.groups, strict=True):
        figures = {figure.name: figure for figure in one.report.overall}
        told = {f.undefined_because: 1 for f in figures.values() if f.undefined_because}
        counts = (len(one.report.transcripts), one.report.units)
        shown = (figure_text(figures.get(name), words, apart=" ") for name in names)
        why = "; ".join(said_in(reason, words.language) for reason in told)
        rows.append((label, *counts, *shown, why))
    yield Table(
        words("groups_compared", attribute=attribute),
        (
            Column("group", attribute),
            *columns(words, "interviews units"),
            *(Column(name, figure_name(name, words)) for name in names),
            *columns(words, "reason"),
        ),
        tuple(rows),
    )
    yield _groups_by_code(job, study, labels)


def _groups_by_code(job: Figured, study: AgreementStudy, labels: Sequence[str]) -> Table:
    """Return the main coefficient per code and group; where it does not exist, why."""
    words, column = job.words, study.report.headline
    per_group = [
        {row.code: row.figures[column.key] for row in group.report.codes} for group in study.groups
    ]
    codes = dict.fromkeys(code for figures in per_group for code in figures)
    rows = tuple(
        (
            job.labels(code),
            *(
                figure_text(figures.get(code), words, apart=" ")
                or said_in(figures[code].undefined_because or "", words.language)
                if code in figures
                else None
                for figures in per_group
            ),
        )
        for code in codes
        if any(code in figures and figures[code].value is not None for figures in per_group)
    )
    shown = (*columns(words, "code"), *(Column(label, label) for label in labels))
    caption = per_code_title(column, words)
    return Table(words("groups_by_code"), shown, rows, caption=caption)
