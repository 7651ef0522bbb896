"""Theme summaries as tables."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.exporting.document.blocks import Column, Table, Value
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.words import Words
from qualcode.model import (
    CodePair,
    CodeSummary,
    Contrast,
    CountInWords,
    Passage,
    Reach,
    ThemeReport,
    ThemeSummary,
)

Row = tuple[Value, ...]


def theme_tables(report: ThemeReport, words: Words) -> tuple[Table, ...]:
    """Return what is said of each theme and its codes, a sheet per kind."""
    contrasts = (contrast for theme in report.themes for contrast in theme.contrasts)
    return (
        _reach_table(report, words),
        Table(
            words("sheet_contrasts"),
            contrast_columns(words),
            tuple(contrast_row(contrast, words) for contrast in contrasts),
        ),
        _words_table(report, words),
        pairs_table([pair for theme in report.themes for pair in theme.pairs], words),
        _passages_table(report, words),
        _attributes_table(report, words),
        _deviant_cases_table(report, words),
        _memos_table(report, words),
    )


def _named(summary: ThemeSummary | CodeSummary) -> tuple[str, str]:
    if isinstance(summary, ThemeSummary):
        return summary.theme, summary.theme
    return summary.code.partition("/")[0], summary.code


def _summaries(report: ThemeReport) -> Iterable[ThemeSummary | CodeSummary]:
    for theme in report.themes:
        yield theme
        yield from theme.codes


def group_title(group: str, words: Words) -> str:
    """Return what a group is called in a table."""
    return words.group(group) if group else words("all_respondents")


def group_of(reach: Reach, words: Words) -> str:
    """Return the group of a reach, as it stands in a table."""
    return group_title(reach.group, words)


def reach_row(reach: Reach, spoken: CountInWords | None, words: Words) -> Row:
    """Return one reach: group, cases, of, codings, share of words, in words, percentage."""
    return (
        group_of(reach, words),
        None if reach.of is None else reach.hidden or reach.cases,
        reach.of,
        reach.codings,
        reach.words_share,
        words.of(spoken.text) if spoken else "",
        spoken.percentage if spoken else None,
    )


def _reach_table(report: ThemeReport, words: Words) -> Table:
    rows = []
    for summary in _summaries(report):
        spoken = {one.group: one for one in summary.in_words}
        for reach in summary.reaches:
            row = reach_row(reach, spoken.get(reach.group), words)
            rows.append((*_named(summary), words.of(summary.label), *row))
    keys = "theme code label group cases of codings words_share in_words percentage"
    return Table(words("sheet_reach"), columns(words, keys), tuple(rows))


def contrast_columns(words: Words) -> tuple[Column, ...]:
    """Return the columns of :func:`contrast_row`."""
    return columns(
        words,
        "code label first_group first_reach second_group second_reach difference low high "
        "in_words reason",
    )


def contrast_row(contrast: Contrast, words: Words) -> Row:
    """Return one contrast as a row."""
    low, high = contrast.interval or (None, None)
    return (
        contrast.code,
        words.of(contrast.label),
        group_title(contrast.first.group, words),
        n_of(contrast.first, words),
        group_title(contrast.second.group, words),
        n_of(contrast.second, words),
        contrast.difference,
        low,
        high,
        words.of(contrast.in_words),
        said_in(contrast.undefined_because or "", words.language),
    )


def n_of(reach: Reach, words: Words) -> str:
    """Return "7 of 10", or that the group was not asked."""
    if reach.of is None:
        return words("was_not_asked")
    return words("n_of", n=reach.hidden or reach.cases, of=reach.of)


def code_counts(code: CodeSummary) -> Row:
    """Return the codings of a code and their share of the words; empty where its reach hides."""
    if code.reaches and code.reaches[0].hidden:
        return None, None
    return code.codings, code.words_share


def _words_table(report: ThemeReport, words: Words) -> Table:
    rows: list[Row] = []
    for theme in report.themes:
        rows += [
            (theme.theme, w.word, w.z, w.log_odds, w.inside, w.outside, "")
            for w in theme.distinctive_words
        ]
        if theme.words_undefined_because:
            reason = said_in(theme.words_undefined_because, words.language)
            rows.append((theme.theme, None, None, None, None, None, reason))
    keys = "theme word z log_odds inside outside reason"
    return Table(words("sheet_words"), columns(words, keys), tuple(rows))


def pairs_table(pairs: Iterable[CodePair], words: Words) -> Table:
    """Return codes that occur together, each pair and unit once."""
    once = {(pair.unit, pair.first, pair.second): pair for pair in pairs}
    rows = tuple(
        (
            words.of(pair.first_label),
            words.of(pair.second_label),
            words(f"unit_{pair.unit}"),
            pair.together,
            pair.first_count,
            pair.second_count,
            pair.c_coefficient,
        )
        for pair in once.values()
    )
    keys = "first second unit together first_count second_count c_coefficient"
    return Table(words("sheet_pairs"), columns(words, keys), rows)


def _passages_table(report: ThemeReport, words: Words) -> Table:
    keys = (
        "theme code kind group case quote words transcript turn start end coder chosen score "
        "rule memo coding"
    )
    rows = tuple(
        (_named(summary)[0], passage.code, words(kind), *_passage_row(passage, words))
        for summary in _summaries(report)
        for kind in ("representative", "deviant")
        for passage in getattr(summary, kind, ())
    )
    return Table(words("sheet_passages"), columns(words, keys), rows)


def _passage_row(passage: Passage, words: Words) -> Row:
    return (
        passage.group,
        passage.case,
        passage.text,
        passage.words,
        passage.transcript,
        passage.turn,
        passage.span.start,
        passage.span.end,
        passage.coder,
        words("yes" if passage.chosen else "no"),
        passage.score,
        words.of(passage.rule),
        passage.memo,
        passage.coding,
    )


def _attributes_table(report: ThemeReport, words: Words) -> Table:
    rows = []
    for theme in report.themes:
        for part in theme.by_attribute:
            spoken = {one.group: one for one in part.in_words}
            for reach in part.reaches:
                row = reach_row(reach, spoken.get(reach.group), words)
                codes = ", ".join(part.codes)
                value = words.value(part.attribute, part.value)
                named = words.attribute(part.attribute)
                rows.append((theme.theme, named, value, codes, *row))
    keys = "theme attribute value codes group cases of codings words_share in_words percentage"
    return Table(words("sheet_attributes"), columns(words, keys), tuple(rows))


def _deviant_cases_table(report: ThemeReport, words: Words) -> Table:
    rows = tuple(
        (theme.theme, case.case, case.group, case.lacks, ", ".join(case.codes))
        for theme in report.themes
        for case in theme.deviant_cases
    )
    keys = "theme case group lacks codes"
    return Table(words("sheet_deviant_cases"), columns(words, keys), rows)


def _memos_table(report: ThemeReport, words: Words) -> Table:
    rows = tuple(
        (
            *_named(summary),
            f"{memo.target_kind}: {memo.target}",
            memo.author,
            memo.created_at.isoformat() if memo.created_at else None,
            memo.text,
        )
        for summary in _summaries(report)
        for memo in summary.memos
    )
    keys = "theme code about author created_at memo"
    return Table(words("sheet_memos"), columns(words, keys), rows)
