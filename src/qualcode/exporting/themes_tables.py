"""Theme summaries and what is said of the whole study, as tables."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.exporting.columns import columns
from qualcode.exporting.document import Column, Kind, Table, Value
from qualcode.exporting.reasons import said_in
from qualcode.exporting.words import Words
from qualcode.model import (
    AttributeCount,
    Cell,
    CodeCount,
    CodePair,
    CodeSummary,
    Contrast,
    CountInWords,
    Coverage,
    CrossTable,
    Passage,
    Reach,
    Saturation,
    SaturationFinding,
    ThemeReport,
    ThemeSummary,
    TypeGroup,
)

Row = tuple[Value, ...]


def all_tables(report: ThemeReport, words: Words) -> list[Table]:
    """Return every table of a report, a sheet each."""
    tables = [
        _reach_table(report, words),
        Table(
            words("sheet_contrasts"),
            contrast_columns(words),
            tuple(contrast_row(c, words) for t in report.themes for c in t.contrasts),
        ),
        _words_table(report, words),
        pairs_table([pair for theme in report.themes for pair in theme.pairs], words),
        _passages_table(report, words),
        _attributes_table(report, words),
        _deviant_cases_table(report, words),
        _memos_table(report, words),
        *(cross_table(table, words) for table in report.tables),
        saturation_table(report.saturation, words),
        findings_table(report.saturation, words),
        types_table(type_groups(report), words),
    ]
    if report.coverage:
        tables += [questions_table(report.coverage, words), coverage_table(report.coverage, words)]
    return tables


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


# The whole study


def cross_table(table: CrossTable, words: Words) -> Table:
    """Return a matrix; a cell of a group that was not asked is empty."""
    key = f"table_{table.name}"
    name = words(key) if words.has(key) else table.name.replace("_", " ")
    texts = any(cell.text for row in table.cells for cell in row)
    caption = name if texts else words(f"table_counting_{table.counts}", name=name)
    kind = Kind.TEXT if texts else Kind.COUNT
    about = "code" if table.rows and table.name.startswith("code_by") else "case"
    named = about == "code"
    shown = (
        *columns(words, "code label" if named else "case"),
        *(
            Column(column, _column_title(table, column, words.of(label) or column, words), kind)
            for column, label in zip(table.columns, table.column_labels, strict=True)
        ),
    )
    rows = tuple(
        (
            row,
            *((words.of(label),) if named else ()),
            *(
                _cell(column, cell, words)
                for column, cell in zip(table.columns, cells, strict=True)
            ),
        )
        for row, label, cells in zip(table.rows, table.row_labels, table.cells, strict=True)
    )
    return Table(name, shown, rows, caption)


def _column_title(table: CrossTable, column: str, label: str, words: Words) -> str:
    if table.name == "case_by_attribute":
        return words.attribute(column)
    return words.group(label) if table.name == "code_by_group" else label


def _cell(column: str, cell: Cell, words: Words) -> Value:
    return words.value(column, cell.text) if cell.text else cell.hidden or cell.count


def saturation_table(saturations: Iterable[Saturation], words: Words) -> Table:
    """Return new and known codes per interview, for each group."""
    rows = tuple(
        (group_title(one.group, words), interview, new, known)
        for one in saturations
        for interview, new, known in zip(
            one.interviews, one.new_codes, one.known_codes, strict=True
        )
    )
    keys = "group interview new_codes known_codes"
    return Table(words("sheet_saturation"), columns(words, keys), rows)


def findings_table(saturations: Iterable[Saturation], words: Words) -> Table:
    """Return where saturation was reached, for each run length and threshold."""
    rows = tuple(
        (
            group_title(one.group, words),
            finding.run_length,
            finding.threshold,
            finding.reached_after,
            finding.notation or words("not_reached"),
            _spread(finding, words),
            said_in(finding.undefined_because or "", words.language),
        )
        for one in saturations
        for finding in one.findings
    )
    keys = "group run_length threshold reached_after reach spread reason"
    return Table(words("sheet_findings"), columns(words, keys), rows)


def _spread(finding: SaturationFinding, words: Words) -> str:
    spread = finding.spread
    if not spread:
        return ""
    told = words("spread", reached=spread.reached, orders=spread.orders)
    if spread.median is None:
        return told
    low, high = (words("never") if end is None else end for end in (spread.low, spread.high))
    return words("median", median=spread.median, low=low, high=high) + ", " + told


def type_groups(report: ThemeReport) -> tuple[TypeGroup, ...]:
    """Return the types that were computed, then those that were assigned."""
    return (*(report.typology.groups if report.typology else ()), *report.types)


def types_table(groups: Iterable[TypeGroup], words: Words) -> Table:
    """Return the codes and attributes that go with each type, with counts."""
    rows: list[Row] = []
    for group in groups:
        members = words("type_withheld") if group.withheld else ", ".join(group.cases)
        head = (group.name, members)
        counted = [
            *((*head, code.code, words.of(code.label), *_counts(code)) for code in group.codes),
            *(
                (
                    *head,
                    words.attribute(one.attribute),
                    words.value(one.attribute, one.value),
                    *_counts(one),
                )
                for one in group.attributes
            ),
        ]
        rows += counted or [(*head, None, None, None, None, None, None)]
    keys = "type members attribute value inside of_inside outside of_outside"
    return Table(words("sheet_types"), columns(words, keys), tuple(rows))


def _counts(one: AttributeCount | CodeCount) -> Row:
    outside = (one.outside, one.of_outside) if one.of_outside else (None, None)
    return one.inside, one.of_inside, *outside


def questions_table(coverage: Coverage, words: Words) -> Table:
    """Return in which interviews each question of the guides was asked."""
    rows = tuple(
        (
            words.group(one.group) if one.group else one.guide,
            one.question,
            words.of(one.text),
            words("n_of", n=len(one.asked), of=len(one.asked) + len(one.missed)),
            ", ".join(one.missed),
        )
        for one in coverage.questions
    )
    keys = "asked_of question text asked missed"
    return Table(words("sheet_questions"), columns(words, keys), rows)


def coverage_table(coverage: Coverage, words: Words) -> Table:
    """Return the coded share of what respondents say, per interview and over all."""
    rows = tuple(
        (
            one.transcript or words("all_together"),
            one.case,
            one.words,
            one.coded_words,
            one.share,
            one.codings,
        )
        for one in (*coverage.transcripts, coverage.overall)
    )
    keys = "transcript case words coded_words share codings"
    return Table(words("sheet_coverage"), columns(words, keys), rows)
