"""Theme summaries as tables of a workbook, a sheet for each kind of result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from qualcode.exporting.document.table import Column, Kind, Table, Value, heading
from qualcode.exporting.reports.passage_tables import (
    code_of,
    collect_summaries,
    deviant_cases_table,
    memos_table,
    passages_table,
    theme_of,
)
from qualcode.exporting.reports.reach import group_name, reach_columns, reach_text
from qualcode.exporting.reports.shared_columns import limit_columns, reason_column, theme_column
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AttributeReach,
    CodePair,
    CodeSummary,
    Contrast,
    CountInWords,
    DistinctiveWord,
    Reach,
    ThemeReport,
    ThemeSummary,
)

Row = TypeVar("Row")

PAIR_UNITS = {
    "passage": Message.within("unit", "passage"),
    "answer": Message.within("unit", "answer"),
}
"""What codes can occur together in."""


def theme_tables(report: ThemeReport, words: Wording) -> tuple[Table[Any], ...]:
    """Return the results of each theme and its codes, a sheet per kind."""
    contrasts = tuple(contrast for theme in report.themes for contrast in theme.contrasts)
    return (
        _reach_table(report, words),
        Table(Message("Contrasts"), contrast_columns(words), contrasts),
        _words_table(report, words),
        pairs_table([pair for theme in report.themes for pair in theme.pairs], words),
        passages_table(report, words),
        _attributes_table(report, words),
        deviant_cases_table(report),
        memos_table(report),
    )


# Reach


class _SummaryReach(NamedTuple):
    """The reach of a theme or code in one group, and what it comes to in words."""

    summary: ThemeSummary | CodeSummary
    reach: Reach
    in_words: CountInWords | None


def _reach_table(report: ThemeReport, words: Wording) -> Table[_SummaryReach]:
    columns: tuple[Column[_SummaryReach], ...] = (
        theme_column(lambda row: theme_of(row.summary)),
        Column("code", heading("code"), lambda row: code_of(row.summary)),
        Column("label", heading("label"), lambda row: words.of(row.summary.label)),
        *reach_columns(words, lambda row: row.reach),
        *in_words_columns(words, lambda row: row.in_words),
    )
    rows = tuple(
        _SummaryReach(summary, reach, in_words)
        for summary in collect_summaries(report)
        for reach, in_words in reaches_in_words(summary)
    )
    return Table(Message("Reach"), columns, rows)


def reaches_in_words(
    summary: ThemeSummary | CodeSummary | AttributeReach,
) -> Iterator[tuple[Reach, CountInWords | None]]:
    """Yield each reach with what it comes to in words."""
    in_words = {count.group: count for count in summary.in_words}
    for reach in summary.reaches:
        yield reach, in_words.get(reach.group)


def in_words_columns(
    words: Wording, in_words: Callable[[Row], CountInWords | None]
) -> tuple[Column[Row], ...]:
    """Return the columns of a count in words: the words, and the percentage they stand for."""

    def percentage(row: Row) -> float | None:
        count = in_words(row)
        return count.percentage if count else None

    return (
        in_words_column(words, in_words),
        Column("percentage", heading("percentage"), percentage, Kind.COEFFICIENT),
    )


def in_words_column(words: Wording, in_words: Callable[[Row], CountInWords | None]) -> Column[Row]:
    """Return the column of a count in words."""

    def text(row: Row) -> str:
        count = in_words(row)
        return words.of(count.text) if count else ""

    return Column("in_words", heading("in words"), text, Kind.LONG)


# Contrasts between groups


def contrast_columns(words: Wording) -> tuple[Column[Contrast], ...]:
    """Return the columns of a table of contrasts, for documents and workbooks."""
    return (
        Column("code", heading("code"), lambda row: row.code),
        Column("label", heading("label"), lambda row: words.of(row.label)),
        Column("first_group", heading("group 1"), lambda row: group_name(row.first.group, words)),
        Column("first_reach", heading("reach 1"), lambda row: reach_text(row.first, words)),
        Column("second_group", heading("group 2"), lambda row: group_name(row.second.group, words)),
        Column("second_reach", heading("reach 2"), lambda row: reach_text(row.second, words)),
        Column("difference", heading("difference"), lambda row: row.difference, Kind.COEFFICIENT),
        *limit_columns(lambda row: row.interval),
        Column("in_words", heading("in words"), lambda row: words.of(row.in_words), Kind.LONG),
        reason_column(words, lambda row: row.undefined_because),
    )


# Distinctive words, codes that occur together


class _ThemeWord(NamedTuple):
    """A distinctive word of a theme, or why there is none."""

    theme: str
    word: DistinctiveWord | None
    reason: str


def _words_table(report: ThemeReport, words: Wording) -> Table[_ThemeWord]:
    rows: list[_ThemeWord] = []
    for theme in report.themes:
        rows += [_ThemeWord(theme.theme, word, "") for word in theme.distinctive_words]
        if theme.words_undefined_because:
            rows.append(_ThemeWord(theme.theme, None, theme.words_undefined_because))
    by_language: tuple[Column[_ThemeWord], ...] = (
        _word_column("language", heading("language"), lambda word: word.language, Kind.TEXT),
    )
    several = any(row.word and row.word.language for row in rows)
    columns: tuple[Column[_ThemeWord], ...] = (
        theme_column(lambda row: row.theme),
        *(by_language if several else ()),
        _word_column("word", heading("word"), lambda word: word.word, Kind.TEXT),
        _word_column("z", heading("z"), lambda word: word.z, Kind.COEFFICIENT),
        _word_column("log_odds", heading("log-odds"), lambda w: w.log_odds, Kind.COEFFICIENT),
        _word_column("inside", heading("inside"), lambda word: word.inside, Kind.COUNT),
        _word_column("outside", heading("outside"), lambda word: word.outside, Kind.COUNT),
        reason_column(words, lambda row: row.reason),
    )
    return Table(Message("Words"), columns, tuple(rows))


def _word_column(
    key: str, name: Message, value: Callable[[DistinctiveWord], Value], kind: Kind
) -> Column[_ThemeWord]:
    return Column(key, name, lambda row: value(row.word) if row.word else None, kind)


def pairs_table(pairs: Iterable[CodePair], words: Wording) -> Table[CodePair]:
    """Return codes that occur together, each pair and unit once."""
    # A pair of codes of two themes is in the summary of both.
    unique = {(pair.unit, pair.first, pair.second): pair for pair in pairs}
    columns: tuple[Column[CodePair], ...] = (
        Column("first", heading("code 1"), lambda pair: words.of(pair.first_label)),
        Column("second", heading("code 2"), lambda pair: words.of(pair.second_label)),
        Column("unit", heading("per"), lambda pair: PAIR_UNITS[pair.unit]),
        Column("together", heading("together"), lambda pair: pair.together, Kind.COUNT),
        Column("first_count", heading("count 1"), lambda pair: pair.first_count, Kind.COUNT),
        Column("second_count", heading("count 2"), lambda pair: pair.second_count, Kind.COUNT),
        Column(
            "c_coefficient",
            heading("c-coefficient"),
            lambda pair: pair.c_coefficient,
            Kind.COEFFICIENT,
        ),
    )
    return Table(Message("Together"), columns, tuple(unique.values()))


# Values of code attributes, deviant cases, memos


class _ValueReach(NamedTuple):
    """The reach of the codes of a theme that have one value of an attribute."""

    theme: str
    value: AttributeReach
    reach: Reach
    in_words: CountInWords | None


def _attributes_table(report: ThemeReport, words: Wording) -> Table[_ValueReach]:
    columns: tuple[Column[_ValueReach], ...] = (
        theme_column(lambda row: row.theme),
        Column("attribute", heading("attribute"), lambda row: words.attribute(row.value.attribute)),
        Column(
            "value",
            heading("value"),
            lambda row: words.value(row.value.attribute, row.value.value),
        ),
        Column("codes", heading("codes"), lambda row: ", ".join(row.value.codes)),
        *reach_columns(words, lambda row: row.reach),
        *in_words_columns(words, lambda row: row.in_words),
    )
    rows = tuple(
        _ValueReach(theme.theme, value, reach, in_words)
        for theme in report.themes
        for value in theme.by_attribute
        for reach, in_words in reaches_in_words(value)
    )
    return Table(Message("Attributes of codes"), columns, rows)
