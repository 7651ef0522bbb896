"""Passages, memos and deviant cases of theme summaries as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.quotes import yes_or_no
from qualcode.exporting.reports.shared_columns import theme_column
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    CodeSummary,
    DeviantCase,
    Memo,
    Passage,
    ThemeReport,
    ThemeSummary,
)

REPRESENTATIVE, DEVIANT = Message("Representative quotes"), Message("Deviant passages")


def theme_of(summary: ThemeSummary | CodeSummary) -> str:
    """Return the path of the theme that a summary belongs to."""
    return code_of(summary).partition("/")[0]


def code_of(summary: ThemeSummary | CodeSummary) -> str:
    """Return the path of the code, or of the theme, of a summary."""
    return summary.theme if isinstance(summary, ThemeSummary) else summary.code


def collect_summaries(report: ThemeReport) -> Iterator[ThemeSummary | CodeSummary]:
    """Yield the summary of each theme, followed by those of its codes."""
    for theme in report.themes:
        yield theme
        yield from theme.codes


# Passages


class _KindOfPassage(NamedTuple):
    """A passage of a theme and why it is listed."""

    theme: str
    kind: Message
    passage: Passage


def passages_table(report: ThemeReport, words: Wording) -> Table[_KindOfPassage]:
    """Return the passages that are quoted, and why each of them is."""
    rows: list[_KindOfPassage] = []
    for summary in collect_summaries(report):
        theme = theme_of(summary)
        rows += [
            _KindOfPassage(theme, REPRESENTATIVE, passage) for passage in summary.representative
        ]
        if isinstance(summary, CodeSummary):
            rows += [_KindOfPassage(theme, DEVIANT, passage) for passage in summary.deviant]
    return Table(Message("Passages"), _passage_columns(words), tuple(rows))


def _passage_columns(words: Wording) -> tuple[Column[_KindOfPassage], ...]:
    return (
        theme_column(lambda row: row.theme),
        Column("code", heading("code"), lambda row: row.passage.code),
        Column("kind", heading("kind"), lambda row: row.kind),
        Column("group", heading("group"), lambda row: row.passage.group),
        Column("case", heading("case"), lambda row: row.passage.case),
        Column("quote", heading("quote"), lambda row: row.passage.text, Kind.LONG),
        Column("words", heading("words"), lambda row: row.passage.words, Kind.COUNT),
        Column("transcript", heading("transcript"), lambda row: row.passage.transcript),
        Column("turn", heading("turn"), lambda row: row.passage.turn, Kind.COUNT),
        Column("start", heading("start"), lambda row: row.passage.span.start, Kind.COUNT),
        Column("end", heading("end"), lambda row: row.passage.span.end, Kind.COUNT),
        Column("coder", heading("coder"), lambda row: row.passage.coder),
        Column("chosen", heading("chosen"), lambda row: yes_or_no(row.passage.chosen)),
        Column("score", heading("score"), lambda row: row.passage.score, Kind.COEFFICIENT),
        Column("rule", heading("rule"), lambda row: words.of(row.passage.rule)),
        Column("memo", heading("memo"), lambda row: row.passage.memo, Kind.LONG),
        Column("coding", heading("coding"), lambda row: row.passage.coding),
    )


class _ThemeCase(NamedTuple):
    theme: str
    case: DeviantCase


def deviant_cases_table(report: ThemeReport) -> Table[_ThemeCase]:
    """Return the cases that have a theme but not its commonest code."""
    columns: tuple[Column[_ThemeCase], ...] = (
        theme_column(lambda row: row.theme),
        Column("case", heading("case"), lambda row: row.case.case),
        Column("group", heading("group"), lambda row: row.case.group),
        Column("lacks", heading("lacks"), lambda row: row.case.lacks),
        Column("codes", heading("codes"), lambda row: ", ".join(row.case.codes)),
    )
    rows = tuple(
        _ThemeCase(theme.theme, case) for theme in report.themes for case in theme.deviant_cases
    )
    return Table(Message("Deviant cases"), columns, rows)


class _SummaryMemo(NamedTuple):
    summary: ThemeSummary | CodeSummary
    memo: Memo


def memos_table(report: ThemeReport) -> Table[_SummaryMemo]:
    """Return the memos on themes and codes."""
    columns: tuple[Column[_SummaryMemo], ...] = (
        theme_column(lambda row: theme_of(row.summary)),
        Column("code", heading("code"), lambda row: code_of(row.summary)),
        Column("about", heading("about"), lambda row: f"{row.memo.target_kind}: {row.memo.target}"),
        Column("author", heading("by"), lambda row: row.memo.author),
        Column("created_at", heading("made at (UTC)"), lambda row: _moment(row.memo)),
        Column("memo", heading("memo"), lambda row: row.memo.text, Kind.LONG),
    )
    rows = tuple(
        _SummaryMemo(summary, memo)
        for summary in collect_summaries(report)
        for memo in summary.memos
    )
    return Table(Message("Memos"), columns, rows)


def _moment(memo: Memo) -> str | None:
    return memo.created_at.isoformat() if memo.created_at else None
