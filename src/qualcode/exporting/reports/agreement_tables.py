"""The figures of a report of agreement, each table after what its figures are, and on what.

Blocks for a document to read; ``agreement_workbook`` has the tables to compute with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from qualcode.exporting.document.blocks import Block, Heading
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.agreement_basis import AgreementJob, basis_note
from qualcode.exporting.reports.coefficients import (
    BRIEF,
    COEFFICIENT_HEADINGS,
    PAIR_KEYS,
    TEAM_KEYS,
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
    AgreementStudy,
    CodeAgreement,
    Coefficient,
    PassageFigure,
    TeamAgreement,
    TeamReport,
)

OVERALL, PAIRS_OF_CODERS = Message("Over all codes"), Message("By pair of coders")

Row = TypeVar("Row")


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
        yield basis_note(
            job, _TEAM_DEFINITION if isinstance(report, TeamReport) else _PAIR_DEFINITION
        )
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
    if isinstance(report, TeamReport) and report.pairs:
        yield Heading(2, PAIRS_OF_CODERS)
        yield basis_note(
            job, Message("Each pair of coders on the interviews that both of them coded.")
        )
        yield _pairs_table(report, job.words)
    if report.passages:
        yield Heading(2, Message("Passages"))
        yield basis_note(job, *_passage_definitions(report))
        yield _passages_table(job)
    if isinstance(job.study, AgreementStudy) and job.study.groups:
        yield from group_blocks(job, job.study)


_PAIR_DEFINITION = Message(
    "Only A, only B, both, neither: number of units with the code. Positive agreement: "
    "2 × both / (2 × both + only A + only B), so of where anyone saw the code. Kappa "
    "(Cohen 1960), alpha (Krippendorff 2011) and AC1 (Gwet 2008): agreement above chance "
    "on ‘has the code or not’; 0 is chance, 1 is full. A dash is a figure that does not "
    "exist; why stands under ‘When reading these figures’."
)
_TEAM_DEFINITION = Message(
    "Under each coder: number of units with the code. Pairs: share of agreeing pairs of "
    "coders. The kappas of Fleiss (1971) and Conger (1980) and Krippendorff’s alpha "
    "(2011): agreement above chance on ‘has the code or not’; 0 is chance, 1 is full. An "
    "interview that a coder did not code is missing for that coder. A dash is a figure "
    "that does not exist; why stands under ‘When reading these figures’."
)


def _passage_definitions(report: AgreementReport | TeamReport) -> Iterator[Message]:
    yield Message(
        "How far the marked stretches of text coincide, in characters of what respondents say "
        "(Krippendorff et al. 2016): u-alpha counts boundaries and codes, binary u-alpha only "
        "whether anything is marked (per code: with that code), cu-alpha only the codes where "
        "all marked something."
    )
    if isinstance(report, TeamReport):
        yield Message("Here only the interviews count that all of them coded.")


def _code_table(
    job: AgreementJob, name: Message, rows: Sequence[CodeAgreement] | Sequence[TeamAgreement]
) -> Table[Any]:
    if isinstance(job.report, TeamReport):
        return Table(name, _team_columns(job, job.report), tuple(rows))
    return Table(name, _pair_columns(job), tuple(rows))


def _pair_columns(job: AgreementJob) -> tuple[Column[CodeAgreement], ...]:
    # AC1 comes without its interval: there is room for those of the others only
    return (
        Column("code", heading("code"), lambda row: job.labels(row.code)),
        *count_columns(),
        *(_coefficient_column(key, job.words, interval=key != PAIR_KEYS[-1]) for key in PAIR_KEYS),
    )


def _team_columns(job: AgreementJob, report: TeamReport) -> tuple[Column[TeamAgreement], ...]:
    return (
        Column("code", heading("code"), lambda row: job.labels(row.code)),
        *used_columns(report.coders),
        *(_coefficient_column(key, job.words, interval=key != "percent") for key in TEAM_KEYS[:4]),
    )


def count_columns() -> tuple[Column[CodeAgreement], ...]:
    """Return the columns of the four cells of the table of two coders."""
    return (
        Column("only_a", heading("only A"), lambda row: row.only_a, Kind.COUNT),
        Column("only_b", heading("only B"), lambda row: row.only_b, Kind.COUNT),
        Column("both", heading("both"), lambda row: row.both, Kind.COUNT),
        Column("neither", heading("neither"), lambda row: row.neither, Kind.COUNT),
    )


def used_columns(coders: Sequence[str]) -> Iterator[Column[TeamAgreement]]:
    """Yield for each coder of a team the column of how many units they gave the code."""
    for place, coder in enumerate(coders):
        yield _used_column(coder, place)


def _used_column(coder: str, place: int) -> Column[TeamAgreement]:
    return Column(coder, coder, lambda row: row.used[place], Kind.COUNT)


def _coefficient_column(key: str, words: Wording, *, interval: bool) -> Column[Row]:
    return Column(
        key,
        COEFFICIENT_HEADINGS[key],
        lambda row: figure_text(getattr(row, key), words, interval=interval),
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


def _pairs_table(report: TeamReport, words: Wording) -> Table[AgreementReport]:
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
        reason_column(words, lambda row: row.figure.undefined_because),
    )
    return Table(Message("Passages"), columns, job.report.passages)
