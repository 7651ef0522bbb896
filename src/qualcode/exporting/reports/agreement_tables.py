"""The figures of a report of agreement, each table after what its figures are, and on what.

Blocks for a document to read; ``agreement_workbook`` has the tables to compute with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Block, Heading, Paragraph, note
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.colophon import count_interviews
from qualcode.exporting.reports.methods_section import CLUSTERED_BELOW, count_times
from qualcode.exporting.reports.theme_tables import reason_column
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AgreementReport,
    AgreementStudy,
    CodeAgreement,
    Codebook,
    Coefficient,
    GroupAgreement,
    PassageFigure,
    TeamAgreement,
    TeamReport,
    TeamStudy,
)

PAIR_KEYS = ("positive_agreement", "kappa", "alpha", "ac1")
TEAM_KEYS = ("percent", "fleiss", "conger", "alpha", "ac1")

COEFFICIENT_HEADINGS: Mapping[str, Message] = MappingProxyType(
    {
        "positive_agreement": heading("positive agreement"),
        "kappa": heading("kappa"),
        "alpha": heading("alpha"),
        "ac1": heading("AC1"),
        "percent": heading("pairs"),
        "fleiss": heading("Fleiss"),
        "conger": heading("Conger"),
    }
)
"""The columns of coefficients per code, by the name of their field in a report."""

FIGURES: Mapping[str, Message] = MappingProxyType(
    {
        "cohen_kappa": Message.within("figure", "Cohen's kappa"),
        "krippendorff_alpha": Message.within("figure", "Krippendorff's alpha"),
        "gwet_ac1": Message.within("figure", "Gwet's AC1"),
        "positive_agreement": Message.within("figure", "positive agreement"),
        "macro_mean_kappa": Message.within("figure", "mean kappa per code"),
        "macro_mean_fleiss": Message.within("figure", "mean of Fleiss' kappa"),
        "macro_mean_alpha": Message.within("figure", "mean alpha"),
        "pooled_kappa": Message.within("figure", "pooled kappa"),
        "stacked_kappa": Message.within("figure", "stacked kappa"),
        "alpha_nominal": Message.within("figure", "alpha"),
        "alpha_masi": Message.within("figure", "alpha (MASI distance)"),
        "alpha_jaccard": Message.within("figure", "alpha (Jaccard distance)"),
        "u_alpha": Message.within("figure", "u-alpha"),
        "u_alpha_binary": Message.within("figure", "binary u-alpha"),
        "cu_alpha": Message.within("figure", "cu-alpha"),
    }
)
"""What coefficients are called, by their names in a report."""

_DEFINITIONS: Mapping[str, Message] = MappingProxyType(
    {
        "macro_mean_kappa": Message(
            "Plain mean of the kappas per code; a rare code weighs as much as any."
        ),
        "pooled_kappa": Message(
            "Kappa of the observed and chance agreement averaged over the codes (De Vries et al. "
            "2008)."
        ),
        "stacked_kappa": Message(
            "Kappa of all judgments ‘unit has code’ on one pile; codes used much weigh more."
        ),
        "macro_mean_fleiss": Message("Plain mean over the codes of Fleiss' kappa."),
        "macro_mean_alpha": Message("Plain mean over the codes of Krippendorff's alpha."),
        "alpha_masi": Message(
            "Alpha of the set of codes of a unit; sets that are partly the same count as half "
            "agreement (MASI, Passonneau 2006)."
        ),
        "alpha_jaccard": Message(
            "The same with Jaccard's distance: the share of the codes that is not shared."
        ),
    }
)
"""What each overall coefficient is."""

OVERALL, PAIRS_OF_CODERS = Message("Over all codes"), Message("By pair of coders")
KAPPA_PER_CODE = Message("Kappa per code")

_BRIEF = ("pooled_kappa", "alpha_masi")
"""The overall coefficients of a table with a row per pair, group or exposure."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class AgreementJob:
    """What is to be written, and how."""

    report: AgreementReport | TeamReport
    study: AgreementStudy | TeamStudy | None
    codebook: Codebook | None
    title: str
    words: Wording
    labels: Labels
    author: str
    created: datetime


# What the figures rest on


def lead_blocks(job: AgreementJob) -> tuple[Paragraph, ...]:
    """Return what was compared, and how the intervals were found."""
    report = job.report
    lead = Message(
        "{coders}, on {units} ({unit}) from {transcripts}; codebook {codebook}, version {version}.",
        coders=_coders(report.coders),
        **_units(job),
        codebook=report.codebook,
        version=report.codebook_version,
    )
    return (Paragraph(lead), note(_intervals(job)))


def _coders(coders: Sequence[str]) -> tuple[str, ...]:
    if len(coders) > 2:
        return tuple(coders)
    return f"{coders[0]} (A)", f"{coders[1]} (B)"


def _units(job: AgreementJob) -> dict[str, object]:
    """Return the values of a sentence on how many units of how many interviews."""
    report = job.report
    return {
        "units": Message.counted("{count} unit", "{count} units", report.units),
        "unit": job.words.reason(report.unit),
        "transcripts": count_interviews(len(report.transcripts)),
    }


def _intervals(job: AgreementJob) -> Message:
    interviews = len(job.report.transcripts)
    if interviews < 2:
        return Message("With one interview there is no 95% interval.")
    if interviews < CLUSTERED_BELOW:
        return Message(
            "In brackets: 95% interval (jackknife over {n} interviews, t distribution).",
            n=interviews,
        )
    return Message(
        "In brackets: 95% interval (bootstrap over interviews, {n} samples).",
        n=job.report.resamples,
    )


def _basis(job: AgreementJob, *definitions: Message) -> Paragraph:
    """Return what the figures below are, on how many units, and who saw suggestions."""
    basis = Message("On {units} ({unit}) from {transcripts}.", **_units(job))
    sentences = [*definitions, basis, _intervals(job)]
    if job.study is not None:
        sentences.append(_exposure(job.study))
    return note(" ".join(map(job.words, sentences)))


def _exposure(study: AgreementStudy | TeamStudy) -> Message:
    method = study.method
    if not method.exposures:
        return Message("Nobody saw suggestions by software.")
    return Message(
        "Suggestions by software: shown {shown}, taken over {adopted}.",
        shown=count_times(method.exposures),
        adopted=count_times(method.adopted),
    )


def warnings_of(job: AgreementJob) -> tuple[str, ...]:
    """Return the warnings; one that holds for several codes once, with the codes after it."""
    codes_of: dict[str, list[str]] = {warning: [] for warning in job.report.warnings}
    for row in job.report.codes:
        figures = (getattr(row, key) for key in (PAIR_KEYS if _is_pair(row) else TEAM_KEYS))
        reasons = [f.undefined_because for f in figures if f.undefined_because]
        warnings = row.warnings if isinstance(row, CodeAgreement) else ()
        for warning in (*warnings, *(reasons[:1] if any(row.used) else ())):
            codes_of.setdefault(warning, []).append(job.labels(row.code))
    return tuple(
        job.labels.within(job.words.reason(warning)) + (f" ({', '.join(codes)})" if codes else "")
        for warning, codes in codes_of.items()
    )


def _is_pair(row: CodeAgreement | TeamAgreement) -> bool:
    return isinstance(row, CodeAgreement)


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
        yield _basis(job, _TEAM_DEFINITION if isinstance(report, TeamReport) else _PAIR_DEFINITION)
        yield _code_table(job, Message("By code"), report.codes)
    if report.themes:
        yield Heading(2, Message("By theme"))
        yield _basis(
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
        yield _basis(
            job,
            Message("Different questions, so different figures: always give one by its name."),
        )
        yield _overall_table(report.overall, job.words)
    if isinstance(report, TeamReport) and report.pairs:
        yield Heading(2, PAIRS_OF_CODERS)
        yield _basis(job, Message("Each pair of coders on the interviews that both of them coded."))
        yield _pairs_table(report, job.words)
    if report.passages:
        yield Heading(2, Message("Passages"))
        yield _basis(job, *_passage_definitions(report))
        yield _passages_table(job)
    if isinstance(job.study, AgreementStudy) and job.study.groups:
        yield from _group_blocks(job, job.study)


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


def figure_text(
    figure: Coefficient | None, words: Wording, *, interval: bool = True, apart: str = "\n"
) -> str | None:
    """Return "0,72" with "(0,51; 0,88)" after it; None where there is no figure."""
    if figure is None or figure.value is None:
        return None
    value = words.number(figure.value)
    if figure.interval is None or not interval:
        return value
    low, high = map(words.number, figure.interval)
    return f"{value}{apart}({low};\N{NO-BREAK SPACE}{high})"


def figure_name(name: str) -> str:
    """Return what a figure is called."""
    return FIGURES.get(name) or name.replace("_", " ")


def figure_column(
    name: str, words: Wording, figures: Callable[[Row], Sequence[Coefficient]]
) -> Column[Row]:
    """Return the column of one coefficient with its interval on the same line.

    Args:
        name: Name of the coefficient.
        words: Of the language.
        figures: Reads the coefficients from a row; a dash where this one is not among them.
    """

    def text(row: Row) -> str | None:
        figure = next((f for f in figures(row) if f.name == name), None)
        return figure_text(figure, words, apart=" ")

    return Column(name, figure_name(name), text)


def _definition(figure: Coefficient, words: Wording) -> str:
    """Return what a figure is, or why there is none."""
    return words.reason(figure.undefined_because) or _DEFINITIONS.get(figure.name, "")


def _overall_table(overall: Sequence[Coefficient], words: Wording) -> Table[Coefficient]:
    columns: tuple[Column[Coefficient], ...] = (
        Column("figure", heading("figure"), lambda figure: figure_name(figure.name)),
        Column("value", heading("value (95%)"), lambda figure: figure_text(figure, words)),
        Column(
            "definition",
            heading("what it is, or why not"),
            lambda figure: _definition(figure, words),
            Kind.LONG,
        ),
    )
    return Table(OVERALL, columns, tuple(overall))


def _pairs_table(report: TeamReport, words: Wording) -> Table[AgreementReport]:
    columns: tuple[Column[AgreementReport], ...] = (
        Column("pair", heading("pair"), lambda pair: words.listed(pair.coders)),
        Column("interviews", heading("interviews"), lambda pair: len(pair.transcripts)),
        Column("units", heading("units"), lambda pair: pair.units, Kind.COUNT),
        *(figure_column(name, words, lambda pair: pair.overall) for name in _BRIEF),
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
            lambda row: figure_text(row.figure, words, apart=" "),
        ),
        reason_column(words, lambda row: row.figure.undefined_because),
    )
    return Table(Message("Passages"), columns, job.report.passages)


# By group of cases


def group_label(group: str, words: Wording) -> str:
    """Return what the cases of a group are called, or that they have no group."""
    return words.group(group) if group else words(Message("No group"))


def _group_blocks(job: AgreementJob, study: AgreementStudy) -> Iterator[Block]:
    words = job.words
    title = Message("By {attribute}", attribute=study.attribute)
    yield Heading(2, title)
    yield _basis(
        job,
        Message(
            "The same comparison, on the interviews of each group apart. Below six interviews an "
            "interval is unsure itself, and too narrow where the interviews happen to be alike. "
            "Where a figure or interval is missing, the group has too few interviews or too little "
            "variation for it."
        ),
    )
    columns: tuple[Column[GroupAgreement], ...] = (
        Column("group", study.attribute, lambda row: group_label(row.group, words)),
        Column("interviews", heading("interviews"), lambda row: len(row.report.transcripts)),
        Column("units", heading("units"), lambda row: row.report.units, Kind.COUNT),
        *(figure_column(name, words, lambda row: row.report.overall) for name in _BRIEF),
        Column("reason", heading("why not"), lambda row: _reasons(row, words), Kind.LONG),
    )
    yield Table(title, columns, study.groups)
    yield _groups_by_code(job, study)


def _reasons(group: GroupAgreement, words: Wording) -> str:
    reasons = [f.undefined_because for f in group.report.overall if f.undefined_because]
    return "; ".join(map(words.reason, dict.fromkeys(reasons)))


class _CodeInGroups(NamedTuple):
    """The kappa of one code in each group that has it."""

    code: str
    kappas: Mapping[str, Coefficient]


def _groups_by_code(job: AgreementJob, study: AgreementStudy) -> Table[_CodeInGroups]:
    """Return kappa per code and group; where it does not exist, why."""
    words, labels = job.words, job.labels
    kappas: dict[str, dict[str, Coefficient]] = {}
    for group in study.groups:
        for row in group.report.codes:
            kappas.setdefault(row.code, {})[group.group] = row.kappa
    rows = tuple(
        _CodeInGroups(code, by_group)
        for code, by_group in kappas.items()
        if any(kappa.value is not None for kappa in by_group.values())
    )
    columns: tuple[Column[_CodeInGroups], ...] = (
        Column("code", heading("code"), lambda row: labels(row.code)),
        *(_kappa_column(group.group, words) for group in study.groups),
    )
    return Table(Message("Kappa by group"), columns, rows, caption=KAPPA_PER_CODE)


def _kappa_column(group: str, words: Wording) -> Column[_CodeInGroups]:
    def kappa_or_reason(row: _CodeInGroups) -> str | None:
        kappa = row.kappas.get(group)
        if kappa is None:
            return None
        return figure_text(kappa, words, apart=" ") or words.reason(kappa.undefined_because)

    label = group_label(group, words)
    return Column(label, label, kappa_or_reason)
