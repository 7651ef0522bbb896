"""Theme summaries laid out for reading: a chapter per theme, then the whole study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from qualcode.exporting.document.blocks import (
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
from qualcode.exporting.document.typography import between_quotes
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.analysis_chapter import WIDEST_ON_PAPER, study_blocks
from qualcode.exporting.reports.colophon import About, made_blocks, report_document
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.reports.quotes import reach_line
from qualcode.exporting.reports.theme_tables import (
    code_counts,
    contrast_columns,
    contrast_row,
    group_title,
    n_of,
    pairs_table,
    reach_row,
)
from qualcode.exporting.words import Words
from qualcode.model import (
    CodeSummary,
    Contrast,
    LocalText,
    Memo,
    Passage,
    ThemeReport,
    ThemeSummary,
)

_MOST_WORDS = 25
_MOST_PAIRS = 10
_FEWEST_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class ThemesJob:
    """What is to be written, and how; ``widest`` is the number of columns that fit."""

    report: ThemeReport
    about: About
    words: Words
    widest: int = WIDEST_ON_PAPER


def themes_document(job: ThemesJob) -> Document:
    """Return the report as a document."""
    words, report = job.words, job.report
    blocks = [block for theme in report.themes for block in _theme_blocks(theme, words)]
    blocks += study_blocks(report, words, job.widest)
    lead = (*made_blocks(job.about.made, words), *_lead(report, words))
    return report_document(words("themes_title"), job.about, lead, tuple(blocks))


def _lead(report: ThemeReport, words: Words) -> tuple[Block, ...]:
    """Return the rules by which passages were picked, each told once."""
    if not report.themes:
        return (Paragraph(words("no_themes")),)
    passages = [passage for theme in report.themes for passage in theme.representative]
    codes = [code for theme in report.themes for code in theme.codes]
    passages += [passage for code in codes for passage in (*code.representative, *code.deviant)]
    rules = tuple(dict.fromkeys(words.of(passage.rule) for passage in passages if passage.rule))
    return (Paragraph(words("rules"), ParagraphStyle.NOTE), Bullets(rules)) if rules else ()


def _note(words: Words, key: str, **values: object) -> Paragraph:
    return Paragraph(words(key, **values), ParagraphStyle.NOTE)


# One theme


def _theme_blocks(theme: ThemeSummary, words: Words) -> Iterable[Block]:
    """Give what is said of the theme as a whole, then each of its codes."""
    labels = {code.code: words.of(code.label) or code.code for code in theme.codes}
    labels[theme.theme] = words.of(theme.label) or theme.theme
    yield Heading(1, labels[theme.theme])
    yield from _definition(theme.definition, words)
    yield _note(words, "about_reach")
    yield _reach_table(theme, words)
    if any(code.codings for code in theme.codes):
        yield _codes_table(theme, words)
    if theme.unused:
        unused = ", ".join(labels.get(path, path) for path in theme.unused)
        yield _note(words, "unused", codes=unused)
    yield from _passages(theme.representative, "representative", words)
    yield from _memos(theme.memos, words)
    yield from _contrasts(theme, words)
    yield from _distinctive_words(theme, words)
    often = [pair for pair in theme.pairs if pair.together >= _FEWEST_TOGETHER]
    if often:
        pairs = pairs_table(often, words)
        yield Heading(3, words("pairs"))
        yield _note(words, "about_pairs")
        yield replace(pairs, rows=pairs.rows[:_MOST_PAIRS])
    yield from _by_attribute(theme, labels, words)
    yield from _deviant_cases(theme, labels, words)
    for code in theme.codes:
        if code.codings:
            yield from _code_blocks(code, words)


def _definition(text: LocalText, words: Words) -> Iterable[Block]:
    if words.of(text):
        yield Paragraph(words.of(text))


def _reach_table(theme: ThemeSummary, words: Words) -> Table:
    spoken = {one.group: one for one in theme.in_words}
    rows = tuple(
        (row[0], n_of(reach, words), row[5], row[3], row[4])
        for reach in theme.reaches
        for row in [reach_row(reach, spoken.get(reach.group), words)]
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
    for code in (code for code in theme.codes if code.codings):
        found = {reach.group: n_of(reach, words) for reach in code.reaches}
        reached = (found.get(group) for group in groups)
        rows.append((words.of(code.label) or code.code, *reached, *code_counts(code)))
    return Table(words("codes"), shown, tuple(rows), words("codes"))


def _code_blocks(code: CodeSummary, words: Words) -> Iterable[Block]:
    yield Heading(2, words.of(code.label) or code.code)
    spoken = {one.group: words.of(one.text) for one in code.in_words}
    line = reach_line(code.reaches, words, spoken)
    if line:
        yield Paragraph(line, ParagraphStyle.REACH)
    yield from _definition(code.definition, words)
    yield from _passages(code.representative, "representative", words)
    yield from _passages(code.deviant, "deviant", words)
    yield from _memos(code.memos, words)


def _passages(passages: Sequence[Passage], kind: str, words: Words) -> Iterable[Block]:
    if passages:
        yield Heading(3, words(kind))
    for passage in passages:
        place = [passage.case, passage.transcript if passage.transcript != passage.case else ""]
        if passage.turn is not None:
            place.append(words("turn", n=passage.turn))
        if passage.chosen:
            place.append(words("chosen"))
        yield QuoteBlock(
            between_quotes(passage.text),
            passage.attribution,
            ", ".join(part for part in place if part),
        )


def _memos(memos: Sequence[Memo], words: Words) -> Iterable[Block]:
    if memos:
        yield Heading(3, words("memos"))
        yield Bullets(tuple(f"{memo.text} ({_signed(memo, words)})" for memo in memos))


def _signed(memo: Memo, words: Words) -> str:
    day = words.day(memo.created_at) if memo.created_at else ""
    return ", ".join(part for part in (memo.author, day) if part)


def _contrasts(theme: ThemeSummary, words: Words) -> Iterable[Block]:
    """Give the contrasts that say something, and name the codes that have too few cases once."""
    if not theme.contrasts:
        return
    told = [c for c in theme.contrasts if c.difference is not None and not c.too_few_cases]
    too_few = [c for c in theme.contrasts if c.too_few_cases]
    yield Heading(3, words("contrasts"))
    if told:
        yield _note(words, "about_contrasts")
        yield _contrasts_table(told, words)
    if too_few:
        names = dict.fromkeys(words.of(one.label) or one.code for one in too_few)
        every = len(too_few) == len(theme.contrasts)
        codes = words("every_code") if every else ", ".join(names)
        yield _note(words, "too_few_to_contrast", codes=codes)
    elif not told:
        yield _note(words, "undefined", reason=words.of(theme.contrasts[0].in_words))


def _contrasts_table(contrasts: Sequence[Contrast], words: Words) -> Table:
    shown = {column.key: column for column in contrast_columns(words)}
    pairs = {(c.first.group, c.second.group) for c in contrasts}
    left_out = {"code", "reason"}
    if len(pairs) == 1:
        one, two = next(iter(pairs))
        left_out |= {"first_group", "second_group"}
        shown["first_reach"] = Column("first_reach", group_title(one, words))
        shown["second_reach"] = Column("second_reach", group_title(two, words))
    places = [place for place, key in enumerate(shown) if key not in left_out]
    rows = [contrast_row(contrast, words) for contrast in contrasts]
    return Table(
        words("contrasts"),
        tuple(list(shown.values())[place] for place in places),
        tuple(tuple(row[place] for place in places) for row in rows),
    )


def _distinctive_words(theme: ThemeSummary, words: Words) -> Iterable[Block]:
    said = [f"{w.word} ({w.inside})" for w in theme.distinctive_words[:_MOST_WORDS]]
    reason = theme.words_undefined_because
    if said or reason:
        yield Heading(3, words("distinctive_words"))
    if said:
        yield Paragraph(", ".join(said))
        yield _note(words, "about_words")
    elif reason:
        yield _note(words, "no_words", reason=said_in(reason, words.language))


def _by_attribute(theme: ThemeSummary, labels: dict[str, str], words: Words) -> Iterable[Block]:
    for attribute in dict.fromkeys(part.attribute for part in theme.by_attribute):
        parts = [part for part in theme.by_attribute if part.attribute == attribute]
        groups = [reach.group for reach in parts[0].reaches]
        rows = []
        for part in parts:
            found = {reach.group: n_of(reach, words) for reach in part.reaches}
            codes = ", ".join(labels.get(code, code) for code in part.codes)
            value = words.value(attribute, part.value)
            rows.append((value, codes, *(found.get(group) for group in groups)))
        name = words.attribute(attribute)
        shown = (
            Column("value", name),
            *columns(words, "codes"),
            *(Column(group, group_title(group, words)) for group in groups),
        )
        yield Heading(3, words("by_attribute", attribute=name))
        yield _note(words, "about_by_attribute")
        yield Table(attribute, shown, tuple(rows))


def _deviant_cases(theme: ThemeSummary, labels: dict[str, str], words: Words) -> Iterable[Block]:
    if theme.deviant_cases:
        yield Heading(3, words("deviant_cases"))
        yield Bullets(
            tuple(
                words(
                    "deviant_case",
                    case=f"{one.case} ({words.group(one.group)})" if one.group else one.case,
                    lacks=words.of(one.lacks_label) or one.lacks,
                    codes=", ".join(labels.get(code, code) for code in one.codes),
                )
                for one in theme.deviant_cases
            )
        )
