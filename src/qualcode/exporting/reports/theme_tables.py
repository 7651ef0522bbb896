"""Theme summaries as tables of a workbook, a sheet for each kind of result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from qualcode.exporting.document.table import Column, Kind, Table, Value, heading
from qualcode.exporting.reports.quotes import yes_or_no
from qualcode.exporting.reports.reach import group_name, reach_columns, reach_text
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AttributeReach,
    CodePair,
    CodeSummary,
    Contrast,
    CountInWords,
    DeviantCase,
    DistinctiveWord,
    Memo,
    Passage,
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
REPRESENTATIVE, DEVIANT = Message("Representative quotes"), Message("Deviant passages")


def theme_tables(report: ThemeReport, words: Wording) -> tuple[Table[Any], ...]:
    """Return the results of each theme and its codes, a sheet per kind."""
    contrasts = tuple(contrast for theme in report.themes for contrast in theme.contrasts)
    return (
        _reach_table(report, words),
        Table(Message("Contrasts"), contrast_columns(words), contrasts),
        _words_table(report, words),
        pairs_table([pair for theme in report.themes for pair in theme.pairs], words),
        _passages_table(report, words),
        _attributes_table(report, words),
        _deviant_cases_table(report),
        _memos_table(report),
    )


def _theme_of(summary: ThemeSummary | CodeSummary) -> str:
    return _code_of(summary).partition("/")[0]


def _code_of(summary: ThemeSummary | CodeSummary) -> str:
    return summary.theme if isinstance(summary, ThemeSummary) else summary.code


def _summaries(report: ThemeReport) -> Iterator[ThemeSummary | CodeSummary]:
    for theme in report.themes:
        yield theme
        yield from theme.codes


def theme_column(theme: Callable[[Row], str]) -> Column[Row]:
    """Return the column of the theme of a row."""
    return Column("theme", heading("theme"), theme)


# Reach


class _SummaryReach(NamedTuple):
    """The reach of a theme or code in one group, and what it comes to in words."""

    summary: ThemeSummary | CodeSummary
    reach: Reach
    in_words: CountInWords | None


def _reach_table(report: ThemeReport, words: Wording) -> Table[_SummaryReach]:
    columns: tuple[Column[_SummaryReach], ...] = (
        theme_column(lambda row: _theme_of(row.summary)),
        Column("code", heading("code"), lambda row: _code_of(row.summary)),
        Column("label", heading("label"), lambda row: words.of(row.summary.label)),
        *reach_columns(words, lambda row: row.reach),
        *in_words_columns(words, lambda row: row.in_words),
    )
    rows = tuple(
        _SummaryReach(summary, reach, in_words)
        for summary in _summaries(report)
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


def limit_columns(
    interval: Callable[[Row], tuple[float, float] | None],
) -> tuple[Column[Row], Column[Row]]:
    """Return the columns of the limits of a 95% interval.

    Args:
        interval: Reads the interval from a row.
    """
    return (
        Column("low", heading("95% from"), lambda row: _limit(interval(row), 0), Kind.COEFFICIENT),
        Column("high", heading("95% to"), lambda row: _limit(interval(row), 1), Kind.COEFFICIENT),
    )


def _limit(interval: tuple[float, float] | None, end: int) -> float | None:
    return interval[end] if interval else None


def reason_column(words: Wording, reason: Callable[[Row], str | None]) -> Column[Row]:
    """Return the column of why a figure does not exist.

    Args:
        words: Of the language.
        reason: Reads the reason from a row.
    """
    return Column("reason", heading("why not"), lambda row: words.reason(reason(row)), Kind.LONG)


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
    columns: tuple[Column[_ThemeWord], ...] = (
        theme_column(lambda row: row.theme),
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
    # a pair of codes of two themes is in the summary of both
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


# Passages


class _KindOfPassage(NamedTuple):
    """A passage of a theme and why it is listed."""

    theme: str
    kind: Message
    passage: Passage


def _passages_table(report: ThemeReport, words: Wording) -> Table[_KindOfPassage]:
    rows: list[_KindOfPassage] = []
    for summary in _summaries(report):
        theme = _theme_of(summary)
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


class _ThemeCase(NamedTuple):
    theme: str
    case: DeviantCase


def _deviant_cases_table(report: ThemeReport) -> Table[_ThemeCase]:
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


def _memos_table(report: ThemeReport) -> Table[_SummaryMemo]:
    columns: tuple[Column[_SummaryMemo], ...] = (
        theme_column(lambda row: _theme_of(row.summary)),
        Column("code", heading("code"), lambda row: _code_of(row.summary)),
        Column("about", heading("about"), lambda row: f"{row.memo.target_kind}: {row.memo.target}"),
        Column("author", heading("by"), lambda row: row.memo.author),
        Column("created_at", heading("made at (UTC)"), lambda row: _moment(row.memo)),
        Column("memo", heading("memo"), lambda row: row.memo.text, Kind.LONG),
    )
    rows = tuple(
        _SummaryMemo(summary, memo) for summary in _summaries(report) for memo in summary.memos
    )
    return Table(Message("Memos"), columns, rows)


def _moment(memo: Memo) -> str | None:
    return memo.created_at.isoformat() if memo.created_at else None
