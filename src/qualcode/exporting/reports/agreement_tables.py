"""The figures of a report of agreement, each table after what its figures are, and on what.

Blocks for a document to read; ``agreement_workbook`` has the tables to compute with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.exporting.code_labels import label_in_rows
from qualcode.exporting.document.blocks import Block, Heading
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.agreement_basis import AgreementJob, basis_note
from qualcode.exporting.reports.coefficients import (
    BRIEF,
    capitalize,
    count_columns,
    document_columns,
    figure_column,
    figure_definition,
    figure_name,
    figure_text,
)
from qualcode.exporting.reports.group_tables import group_blocks
from qualcode.exporting.reports.shared_columns import reason_column
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AgreementReport,
    CodeAgreement,
    Coefficient,
    FigureColumn,
    PassageFigure,
    UnitFigure,
)
from qualcode.model.comparison import GAMMA_NOTE, PASSAGES_NOTE, UNIT_ROWS

OVERALL, PAIRS_OF_CODERS = Message("Over all codes"), Message("By pair of coders")
BY_UNIT = Message("By unit")


# For reading


def figure_blocks(job: AgreementJob, forest: Sequence[Block]) -> Iterator[Block]:
    """Yield the figures, each table under what its figures are.

    Args:
        job: What is written.
        forest: The drawing of the figures per code.
    """
    report = job.report
    if report.codes:
        yield Heading(2, Message("By code"))
        yield basis_note(job, *_definitions(job))
        yield _code_table(job, Message("By code"), report.codes)
    if report.themes:
        yield Heading(2, Message("By theme"))
        yield basis_note(
            job,
            Message(
                "The same figures with all codes of a theme taken together: a unit has the theme "
                "when it has one of its codes, or the theme itself."
            ),
        )
        yield _code_table(job, Message("By theme"), report.themes)
    yield from forest
    if report.overall:
        yield Heading(2, OVERALL)
        yield basis_note(
            job,
            Message("Different questions, so different figures: always give one by its name."),
        )
        yield _overall_table(report.overall, job.words)
    if report.by_unit:
        yield Heading(2, BY_UNIT)
        yield basis_note(
            job,
            Message(
                "The same codings on several units: over all codes the pooled kappa of two "
                "coders, or the mean alpha of a team; of passages u-alpha. A figure is of its unit "
                "only."
            ),
        )
        yield by_unit_table(job)
    if report.pairs:
        yield Heading(2, PAIRS_OF_CODERS)
        yield basis_note(
            job, Message("Each pair of coders on the interviews that both of them coded.")
        )
        yield _pairs_table(report, job.words)
    if report.passages:
        yield Heading(2, Message("Passages"))
        yield basis_note(job, *_passage_definitions(report))
        yield _passages_table(job)
    if job.study is not None and (job.study.groups or job.study.groups_held):
        yield from group_blocks(job, job.study)


def _definitions(job: AgreementJob) -> Iterator[str]:
    """Yield what the columns per code are."""
    words, pair = job.words, job.report.is_pair
    columns = document_columns(job.report)
    if pair:
        yield Message("Only A, only B, both, neither: number of units with the code.")
    else:
        yield Message("Under each coder: number of units with the code.")
    for column in columns:
        if not column.chance_corrected:
            yield words.of(column.explanation)
    cited = [words.of(column.citation) for column in columns if column.chance_corrected]
    yield Message(
        "{figures}: agreement above chance on ‘has the code or not’; 0 is chance, 1 is full.",
        figures=capitalize(words.listed(cited)),
    )
    if not pair:
        yield Message("An interview that a coder did not code is missing for that coder.")
    yield Message(
        "A dash means that the figure does not exist; the reason is given under ‘When "
        "reading these figures’."
    )


def _passage_definitions(report: AgreementReport) -> Iterator[Message]:
    yield PASSAGES_NOTE
    if report.gamma is not None:
        yield GAMMA_NOTE
        if report.gamma.detail:
            yield Message("Gamma: {detail}.", detail=report.gamma.detail)
    if not report.is_pair:
        yield Message("Here only the interviews count that all of them coded.")


def _code_table(
    job: AgreementJob, name: Message, rows: Sequence[CodeAgreement]
) -> Table[CodeAgreement]:
    paths = [row.code for row in rows]
    columns: tuple[Column[CodeAgreement], ...] = (
        Column("code", heading("code"), lambda row: label_in_rows(job.labels, row.code, paths)),
        *count_columns(job.report),
        *(_coefficient_column(column, job.words) for column in document_columns(job.report)),
    )
    return Table(name, columns, tuple(rows))


def _coefficient_column(column: FigureColumn, words: Wording) -> Column[CodeAgreement]:
    interval = column.document == "interval"
    return Column(
        column.key,
        words.of(column.label),
        lambda row: figure_text(row.figure(column.key), words, interval=interval),
    )


def _overall_table(overall: Sequence[Coefficient], words: Wording) -> Table[Coefficient]:
    columns: tuple[Column[Coefficient], ...] = (
        Column("figure", heading("figure"), lambda figure: figure_name(figure.name)),
        Column("value", heading("value (95%)"), lambda figure: figure_text(figure, words)),
        Column(
            "definition",
            heading("what it is, or why not"),
            lambda figure: figure_definition(figure, words),
            Kind.LONG,
        ),
    )
    return Table(OVERALL, columns, tuple(overall))


def by_unit_table(job: AgreementJob) -> Table[UnitFigure]:
    """Return the table of agreement over all codes by unit."""
    words = job.words
    columns: tuple[Column[UnitFigure], ...] = (
        Column("unit", heading("unit"), lambda row: words(UNIT_ROWS[row.unit])),
        Column("units", heading("units"), lambda row: row.units, Kind.COUNT),
        Column("figure", heading("figure"), lambda row: figure_name(row.figure.name)),
        Column(
            "value",
            heading("value (95%)"),
            lambda row: figure_text(row.figure, words, separator=" "),
        ),
        reason_column(words, lambda row: row.figure.undefined_because),
    )
    return Table(BY_UNIT, columns, job.report.by_unit)


def _pairs_table(report: AgreementReport, words: Wording) -> Table[AgreementReport]:
    columns: tuple[Column[AgreementReport], ...] = (
        Column("pair", heading("pair"), lambda pair: words.listed(pair.coders)),
        Column("interviews", heading("interviews"), lambda pair: len(pair.transcripts)),
        Column("units", heading("units"), lambda pair: pair.units, Kind.COUNT),
        *(figure_column(name, words, lambda pair: pair.overall) for name in BRIEF),
    )
    return Table(PAIRS_OF_CODERS, columns, report.pairs)


def _passages_table(job: AgreementJob) -> Table[PassageFigure]:
    words, labels = job.words, job.labels
    columns: tuple[Column[PassageFigure], ...] = (
        Column("code", heading("code"), lambda row: labels(row.code) if row.code else OVERALL),
        Column("figure", heading("figure"), lambda row: figure_name(row.figure.name)),
        Column(
            "value",
            heading("value (95%)"),
            lambda row: figure_text(row.figure, words, separator=" "),
        ),
        reason_column(words, lambda row: row.figure.remark),
    )
    return Table(Message("Passages"), columns, job.report.passages)
