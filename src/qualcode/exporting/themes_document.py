"""Theme summaries laid out for reading: a chapter per theme, then the whole study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from qualcode.exporting.columns import columns
from qualcode.exporting.document import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    ParagraphStyle,
    QuoteBlock,
    Table,
)
from qualcode.exporting.quotes import reach_line
from qualcode.exporting.reasons import said_in
from qualcode.exporting.themes_tables import (
    contrast_columns,
    contrast_row,
    coverage_table,
    cross_table,
    findings_table,
    group_title,
    n_of,
    pairs_table,
    questions_table,
    saturation_table,
)
from qualcode.exporting.typography import between_quotes
from qualcode.exporting.words import Words
from qualcode.model import (
    GROUP_LABELS,
    AttributeCount,
    CodeCount,
    CodeSummary,
    LocalText,
    Memo,
    Passage,
    ThemeReport,
    ThemeSummary,
    TypeGroup,
    Typology,
)

_WIDEST_ON_PAPER = 8
_MOST_WORDS = 25
_MOST_PAIRS = 10
_MOST_OF_A_TYPE = 5


@dataclass(frozen=True, slots=True)
class ThemesJob:
    """What is to be written, and how; ``widest`` is the number of columns that fit."""

    report: ThemeReport
    title: str
    words: Words
    author: str
    created: datetime
    widest: int = _WIDEST_ON_PAPER


def themes_document(job: ThemesJob) -> Document:
    """Return the report as a document."""
    words, report = job.words, job.report
    blocks: list[Block] = []
    for theme in report.themes:
        blocks += _theme_blocks(theme, job)
    blocks += _study_blocks(job)
    lead = _lead(report, words)
    return Document(
        words("themes_title"),
        job.title,
        words.language,
        lead,
        tuple(blocks),
        job.author,
        job.created,
    )


def _lead(report: ThemeReport, words: Words) -> tuple[Block, ...]:
    """Return the rules by which passages were picked, each told once."""
    if not report.themes:
        return (Paragraph(words("no_themes")),)
    passages = [passage for theme in report.themes for passage in theme.representative]
    codes = [code for theme in report.themes for code in theme.codes]
    passages += [passage for code in codes for passage in (*code.representative, *code.deviant)]
    rules = tuple(dict.fromkeys(words.of(passage.rule) for passage in passages if passage.rule))
    return (Paragraph(words("rules"), ParagraphStyle.NOTE), Bullets(rules)) if rules else ()


# One theme


def _theme_blocks(theme: ThemeSummary, job: ThemesJob) -> Iterable[Block]:
    words = job.words
    yield Heading(1, words.of(theme.label) or theme.theme)
    yield from _definition(theme.definition, words)
    yield _reach_table(theme, words)
    if theme.codes:
        yield _codes_table(theme, words)
    if theme.unused:
        yield Paragraph(words("unused", codes=", ".join(theme.unused)), ParagraphStyle.NOTE)
    yield from _passages(theme.representative, "representative", job)
    yield from _memos(theme.memos, words)
    for code in theme.codes:
        yield from _code_blocks(code, job)
    yield from _contrasts(theme, words)
    yield from _distinctive_words(theme, words)
    if theme.pairs:
        pairs = pairs_table(theme.pairs, words)
        yield Heading(2, words("pairs"))
        yield replace(pairs, rows=pairs.rows[:_MOST_PAIRS])
    yield from _by_attribute(theme, words)
    yield from _deviant_cases(theme, words)


def _definition(text: LocalText, words: Words) -> Iterable[Block]:
    if words.of(text):
        yield Paragraph(words.of(text))


def _reach_table(theme: ThemeSummary, words: Words) -> Table:
    spoken = {one.group: words.of(one.text) for one in theme.in_words}
    rows = tuple(
        (
            group_title(reach.group, words),
            n_of(reach, words),
            spoken.get(reach.group, ""),
            reach.codings,
            reach.words_share,
        )
        for reach in theme.reaches
    )
    keys = "group reach in_words codings words_share"
    return Table(words("sheet_reach"), columns(words, keys), rows)


def _codes_table(theme: ThemeSummary, words: Words) -> Table:
    """Return the theme's codes by reach, a column per group."""
    groups = [reach.group for reach in theme.reaches]
    shown = (
        *columns(words, "code"),
        *(Column(group, group_title(group, words)) for group in groups),
        *columns(words, "codings words_share"),
    )
    rows = []
    for code in theme.codes:
        found = {reach.group: n_of(reach, words) for reach in code.reaches}
        counts = (found.get(group) for group in groups)
        rows.append((words.of(code.label) or code.code, *counts, code.codings, code.words_share))
    return Table(words("codes"), shown, tuple(rows), words("codes"))


def _code_blocks(code: CodeSummary, job: ThemesJob) -> Iterable[Block]:
    words = job.words
    yield Heading(2, words.of(code.label) or code.code)
    spoken = {one.group: words.of(one.text) for one in code.in_words}
    line = reach_line(code.reaches, words, spoken)
    if line:
        yield Paragraph(line, ParagraphStyle.REACH)
    yield from _definition(code.definition, words)
    yield from _passages(code.representative, "representative", job)
    yield from _passages(code.deviant, "deviant", job)
    yield from _memos(code.memos, words)


def _passages(passages: Sequence[Passage], kind: str, job: ThemesJob) -> Iterable[Block]:
    words = job.words
    if passages:
        yield Heading(3, words(kind))
    for passage in passages:
        group = words.of(GROUP_LABELS[passage.group]) if passage.group in GROUP_LABELS else ""
        place = [passage.case, passage.transcript if passage.transcript != passage.case else ""]
        if passage.turn is not None:
            place.append(words("turn", n=passage.turn))
        if passage.chosen:
            place.append(words("chosen"))
        yield QuoteBlock(
            between_quotes(passage.text),
            group or passage.group,
            ", ".join(part for part in place if part),
        )


def _memos(memos: Sequence[Memo], words: Words) -> Iterable[Block]:
    if memos:
        yield Heading(3, words("memos"))
        yield Bullets(tuple(f"{memo.text} ({_signed(memo)})" for memo in memos))


def _signed(memo: Memo) -> str:
    day = memo.created_at.date().isoformat() if memo.created_at else ""
    return ", ".join(part for part in (memo.author, day) if part)


def _contrasts(theme: ThemeSummary, words: Words) -> Iterable[Block]:
    if not theme.contrasts:
        return
    yield Heading(2, words("contrasts"))
    shown = {column.key: column for column in contrast_columns(words)}
    pairs = {(c.first.group, c.second.group) for c in theme.contrasts}
    if len(pairs) == 1:
        one, two = next(iter(pairs))
        left_out = {"code", "reason", "first_group", "second_group"}
        shown["first_reach"] = Column("first_reach", group_title(one, words))
        shown["second_reach"] = Column("second_reach", group_title(two, words))
    else:
        left_out = {"code", "reason"}
    places = [place for place, key in enumerate(shown) if key not in left_out]
    rows = [contrast_row(contrast, words) for contrast in theme.contrasts]
    yield Table(
        words("contrasts"),
        tuple(list(shown.values())[place] for place in places),
        tuple(tuple(row[place] for place in places) for row in rows),
    )


def _distinctive_words(theme: ThemeSummary, words: Words) -> Iterable[Block]:
    said = [f"{w.word} ({w.inside})" for w in theme.distinctive_words[:_MOST_WORDS]]
    reason = theme.words_undefined_because
    if said or reason:
        yield Heading(2, words("distinctive_words"))
    if said:
        yield Paragraph(", ".join(said))
    elif reason:
        why = said_in(reason, words.language)
        yield Paragraph(words("no_words", reason=why), ParagraphStyle.NOTE)


def _by_attribute(theme: ThemeSummary, words: Words) -> Iterable[Block]:
    labels = {code.code: words.of(code.label) or code.code for code in theme.codes}
    for attribute in dict.fromkeys(part.attribute for part in theme.by_attribute):
        parts = [part for part in theme.by_attribute if part.attribute == attribute]
        groups = [reach.group for reach in parts[0].reaches]
        rows = []
        for part in parts:
            found = {reach.group: n_of(reach, words) for reach in part.reaches}
            codes = ", ".join(labels.get(code, code) for code in part.codes)
            rows.append((part.value, codes, *(found.get(group) for group in groups)))
        shown = (
            *columns(words, "value codes"),
            *(Column(group, group_title(group, words)) for group in groups),
        )
        yield Heading(2, words("by_attribute", attribute=attribute))
        yield Table(attribute, shown, tuple(rows))


def _deviant_cases(theme: ThemeSummary, words: Words) -> Iterable[Block]:
    labels = {code.code: words.of(code.label) or code.code for code in theme.codes}
    if theme.deviant_cases:
        yield Heading(2, words("deviant_cases"))
        yield Bullets(
            tuple(
                words(
                    "deviant_case",
                    case=f"{one.case} ({one.group})" if one.group else one.case,
                    lacks=words.of(one.lacks_label) or one.lacks,
                    codes=", ".join(labels.get(code, code) for code in one.codes),
                )
                for one in theme.deviant_cases
            )
        )


# The whole study


def _study_blocks(job: ThemesJob) -> Iterable[Block]:
    words, report = job.words, job.report
    has_any = report.tables or report.saturation or report.typology or report.types
    if not (has_any or report.coverage):
        return
    yield Heading(1, words("whole_project"))
    for table in report.tables:
        made = cross_table(table, words)
        yield Heading(2, made.name)
        yield from _fitting(made, job)
    if report.saturation:
        yield Heading(2, words("saturation"))
        yield from _fitting(findings_table(report.saturation, words), job)
        yield from _fitting(saturation_table(report.saturation, words), job)
    if report.typology:
        yield from _typology(report.typology, job)
    if report.types:
        yield Heading(2, words("types"))
        yield from _types(report.types, words)
    if report.coverage:
        yield Heading(2, words("coverage_words"))
        yield from _fitting(coverage_table(report.coverage, words), job)
        if report.coverage.questions:
            yield Heading(2, words("coverage_questions"))
            yield from _fitting(questions_table(report.coverage, words), job)


def _fitting(table: Table, job: ThemesJob) -> Iterable[Block]:
    if len(table.columns) > job.widest:
        yield Paragraph(job.words("too_wide", n=len(table.columns)), ParagraphStyle.NOTE)
    else:
        yield table


def _typology(typology: Typology, job: ThemesJob) -> Iterable[Block]:
    words = job.words
    yield Heading(2, words("typology"))
    yield Paragraph(words("measure", measure=typology.measure.capitalize()), ParagraphStyle.NOTE)
    if typology.undefined_because:
        why = said_in(typology.undefined_because, words.language)
        yield Paragraph(words("undefined", reason=why), ParagraphStyle.NOTE)
    yield from _types(typology.groups, words)


def _types(groups: Sequence[TypeGroup], words: Words) -> Iterable[Block]:
    """Give the members of each type, and the first of what sets it apart; xlsx has all."""
    for group in groups:
        yield Heading(3, words("type_members", name=group.name, members=", ".join(group.cases)))
        codes = ((words.of(code.label) or code.code, code) for code in group.codes)
        values = ((f"{one.attribute} {one.value}", one) for one in group.attributes)
        told: list[tuple[str, AttributeCount | CodeCount]] = [
            *islice(codes, _MOST_OF_A_TYPE),
            *islice(values, _MOST_OF_A_TYPE),
        ]
        yield Bullets(
            tuple(
                words(
                    "contrasting",
                    label=label,
                    inside=one.inside,
                    of_inside=one.of_inside,
                    outside=one.outside,
                    of_outside=one.of_outside,
                )
                for label, one in told
            )
        )
