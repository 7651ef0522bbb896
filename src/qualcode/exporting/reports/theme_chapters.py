"""Theme summaries laid out for reading: a chapter per theme, then one on all cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualcode.exporting.document.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    ParagraphStyle,
    QuoteBlock,
    note,
)
from qualcode.exporting.document.table import Column, Kind, Table, Value, heading
from qualcode.exporting.document.typography import between_quotes
from qualcode.exporting.figures.files import figure_blocks
from qualcode.exporting.reports.analysis_chapter import (
    WIDEST_ON_PAPER,
    analysis_blocks,
)
from qualcode.exporting.reports.colophon import About, provenance_blocks, report_document
from qualcode.exporting.reports.passage_tables import DEVIANT, REPRESENTATIVE
from qualcode.exporting.reports.quotes import CHOSEN, turn_text, who_and_where
from qualcode.exporting.reports.reach import (
    coding_columns,
    group_column,
    reach_line,
    reach_text,
    unattributed_column,
)
from qualcode.exporting.reports.theme_patterns import (
    attribute_blocks,
    contrast_blocks,
    deviant_case_blocks,
    pair_blocks,
    reach_in_group_column,
    word_blocks,
)
from qualcode.exporting.reports.theme_tables import (
    in_words_column,
    reaches_in_words,
)
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    CodeSummary,
    CountInWords,
    Figure,
    LocalText,
    Memo,
    Passage,
    Reach,
    ThemeReport,
    ThemeSummary,
)

TITLE = Message("Theme summaries")


@dataclass(frozen=True, slots=True)
class ThemesJob:
    """What is to be written, and how; ``widest`` is the number of columns that fit."""

    report: ThemeReport
    about: About
    words: Wording
    widest: int = WIDEST_ON_PAPER
    figures: tuple[Figure, ...] = ()


def themes_document(job: ThemesJob) -> Document:
    """Return the report as a document."""
    words, report = job.words, job.report
    blocks = [block for theme in report.themes for block in _theme_blocks(theme, words)]
    blocks += figure_blocks(job.figures)
    blocks += analysis_blocks(report, words, job.widest)
    lead = (*provenance_blocks(job.about.provenance, words), *_lead(report, words))
    return report_document(words(TITLE), job.about, lead, tuple(blocks))


def _lead(report: ThemeReport, words: Wording) -> tuple[Block, ...]:
    """Return the rules by which passages were picked, each once."""
    if not report.themes:
        return (Paragraph(Message("There are no themes.")),)
    passages = [passage for theme in report.themes for passage in theme.representative]
    codes = [code for theme in report.themes for code in theme.codes]
    passages += [passage for code in codes for passage in (*code.representative, *code.deviant)]
    rules = tuple(dict.fromkeys(words.of(passage.rule) for passage in passages if passage.rule))
    return (note(Message("How the passages were picked:")), Bullets(rules)) if rules else ()


# One theme


def _theme_blocks(theme: ThemeSummary, words: Wording) -> Iterator[Block]:
    """Yield the results of the theme as a whole, then those of each of its codes."""
    labels = {code.code: words.of(code.label) or code.code for code in theme.codes}
    labels[theme.theme] = words.of(theme.label) or theme.theme
    yield Heading(1, labels[theme.theme])
    yield from _definition(theme.definition, words)
    yield note(
        Message(
            "Reach: cases that bring it up, of those asked about it. Codings: coded passages. "
            "Share of words: how much of what respondents say."
        )
    )
    yield _reach_table(theme, words)
    if any(code.codings for code in theme.codes):
        yield _codes_table(theme, words)
    if theme.unused:
        unused = ", ".join(labels.get(path, path) for path in theme.unused)
        yield note(Message("Not used: {codes}.", codes=unused))
    yield from _passages(theme.representative, REPRESENTATIVE, words)
    yield from _reason(theme.no_quote_because)
    yield from _memos(theme.memos, words)
    yield from contrast_blocks(theme, words)
    yield from word_blocks(theme, words)
    yield from pair_blocks(theme, words)
    yield from attribute_blocks(theme, labels, words)
    yield from deviant_case_blocks(theme, labels, words)
    for code in theme.codes:
        if code.codings:
            yield from _code_blocks(code, words)


def _definition(text: LocalText, words: Wording) -> Iterator[Block]:
    if words.of(text):
        yield Paragraph(words.of(text))


class _GroupReach(NamedTuple):
    """The reach of a theme in one group, and what it comes to in words."""

    reach: Reach
    in_words: CountInWords | None


def _reach_table(theme: ThemeSummary, words: Wording) -> Table[_GroupReach]:
    columns: tuple[Column[_GroupReach], ...] = (
        group_column(words, lambda row: row.reach),
        Column("reach", heading("reach"), lambda row: reach_text(row.reach, words)),
        in_words_column(words, lambda row: row.in_words),
        *coding_columns(lambda row: row.reach),
    )
    rows = tuple(_GroupReach(*row) for row in reaches_in_words(theme))
    if any(row.reach.unattributed for row in rows):
        columns = (*columns, unattributed_column(lambda row: row.reach))
    return Table(Message("Reach"), columns, rows)


def _codes_table(theme: ThemeSummary, words: Wording) -> Table[CodeSummary]:
    """Return the theme's codes by reach, a column per group."""
    groups = [reach.group for reach in theme.reaches]
    columns: tuple[Column[CodeSummary], ...] = (
        Column("code", heading("code"), lambda code: words.of(code.label) or code.code),
        *(reach_in_group_column(group, words) for group in groups),
        Column("codings", heading("codings"), _codings, Kind.COUNT),
        Column("words_share", heading("share of words"), _words_share, Kind.SHARE),
    )
    codes = tuple(code for code in theme.codes if code.codings)
    return Table(Message("Codes"), columns, codes, Message("Codes"))


def _codings(code: CodeSummary) -> Value:
    return None if code.hides_codings else code.codings


def _words_share(code: CodeSummary) -> Value:
    return None if code.hides_codings else code.words_share


def _code_blocks(code: CodeSummary, words: Wording) -> Iterator[Block]:
    yield Heading(2, words.of(code.label) or code.code)
    in_words = {count.group: words.of(count.text) for count in code.in_words}
    line = reach_line(code.reaches, words, in_words)
    if line:
        yield Paragraph(line, ParagraphStyle.REACH)
    yield from _definition(code.definition, words)
    yield from _passages(code.representative, REPRESENTATIVE, words)
    yield from _reason(code.no_quote_because)
    yield from _passages(code.deviant, DEVIANT, words)
    yield from _memos(code.memos, words)


def _passages(passages: Sequence[Passage], title: Message, words: Wording) -> Iterator[Block]:
    if passages:
        yield Heading(3, title)
    for passage in passages:
        place = list(who_and_where(passage.case, passage.transcript))
        if passage.turn is not None:
            place.append(turn_text(passage.turn))
        if passage.chosen:
            place.append(CHOSEN)
        yield QuoteBlock(
            between_quotes(passage.text),
            passage.attribution,
            ", ".join(words(part) for part in place if part),
            lines=passage.lines,
        )


def _reason(no_quote_because: str | None) -> Iterator[Block]:
    if no_quote_because:
        yield note(no_quote_because)


def _memos(memos: Sequence[Memo], words: Wording) -> Iterator[Block]:
    if memos:
        yield Heading(3, Message("Memos"))
        yield Bullets(tuple(f"{memo.text} ({_signature(memo, words)})" for memo in memos))


def _signature(memo: Memo, words: Wording) -> str:
    day = words.day(memo.created_at) if memo.created_at else ""
    return ", ".join(part for part in (memo.author, day) if part)
