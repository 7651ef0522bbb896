"""Theme summaries laid out for reading: a chapter per theme, then one on all cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

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
from qualcode.exporting.reports.analysis_chapter import (
    WIDEST_ON_PAPER,
    analysis_blocks,
    undefined_note,
)
from qualcode.exporting.reports.colophon import About, provenance_blocks, report_document
from qualcode.exporting.reports.quotes import CHOSEN, turn_text
from qualcode.exporting.reports.reach import (
    coding_columns,
    group_column,
    group_name,
    reach_line,
    reach_text,
)
from qualcode.exporting.reports.theme_tables import (
    DEVIANT,
    REPRESENTATIVE,
    contrast_columns,
    in_words_column,
    pairs_table,
    reaches_in_words,
)
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AttributeReach,
    CodeSummary,
    Contrast,
    CountInWords,
    DeviantCase,
    LocalText,
    Memo,
    Passage,
    Reach,
    ThemeReport,
    ThemeSummary,
)

_MOST_WORDS = 25
_MOST_PAIRS = 10
_FEWEST_TOGETHER = 2

TITLE = Message("Theme summaries")


@dataclass(frozen=True, slots=True)
class ThemesJob:
    """What is to be written, and how; ``widest`` is the number of columns that fit."""

    report: ThemeReport
    about: About
    words: Wording
    widest: int = WIDEST_ON_PAPER


def themes_document(job: ThemesJob) -> Document:
    """Return the report as a document."""
    words, report = job.words, job.report
    blocks = [block for theme in report.themes for block in _theme_blocks(theme, words)]
    blocks += analysis_blocks(report, words, job.widest)
    lead = (*provenance_blocks(job.about.made, words), *_lead(report, words))
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
    yield from _memos(theme.memos, words)
    yield from _contrasts(theme, words)
    yield from _distinctive_words(theme, words)
    yield from _pairs(theme, words)
    yield from _by_attribute(theme, labels, words)
    yield from _deviant_cases(theme, labels, words)
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
    return Table(Message("Reach"), columns, rows)


def _codes_table(theme: ThemeSummary, words: Wording) -> Table[CodeSummary]:
    """Return the theme's codes by reach, a column per group."""
    groups = [reach.group for reach in theme.reaches]
    columns: tuple[Column[CodeSummary], ...] = (
        Column("code", heading("code"), lambda code: words.of(code.label) or code.code),
        *(_group_column(group, words) for group in groups),
        Column("codings", heading("codings"), _codings, Kind.COUNT),
        Column("words_share", heading("share of words"), _words_share, Kind.SHARE),
    )
    codes = tuple(code for code in theme.codes if code.codings)
    return Table(Message("Codes"), columns, codes, Message("Codes"))


def _group_column(group: str, words: Wording) -> Column[Any]:
    def reach_in_group(row: CodeSummary | AttributeReach) -> str | None:
        texts = {reach.group: reach_text(reach, words) for reach in row.reaches}
        return texts.get(group)

    return Column(group, group_name(group, words), reach_in_group)


def _codings(code: CodeSummary) -> Value:
    return None if _is_hidden(code) else code.codings


def _words_share(code: CodeSummary) -> Value:
    return None if _is_hidden(code) else code.words_share


def _is_hidden(code: CodeSummary) -> bool:
    # the number of codings would give away how many cases there are at the least
    return bool(code.reaches and code.reaches[0].hidden)


def _code_blocks(code: CodeSummary, words: Wording) -> Iterator[Block]:
    yield Heading(2, words.of(code.label) or code.code)
    in_words = {count.group: words.of(count.text) for count in code.in_words}
    line = reach_line(code.reaches, words, in_words)
    if line:
        yield Paragraph(line, ParagraphStyle.REACH)
    yield from _definition(code.definition, words)
    yield from _passages(code.representative, REPRESENTATIVE, words)
    yield from _passages(code.deviant, DEVIANT, words)
    yield from _memos(code.memos, words)


def _passages(passages: Sequence[Passage], title: Message, words: Wording) -> Iterator[Block]:
    if passages:
        yield Heading(3, title)
    for passage in passages:
        place = [passage.case, passage.transcript if passage.transcript != passage.case else ""]
        if passage.turn is not None:
            place.append(turn_text(passage.turn))
        if passage.chosen:
            place.append(CHOSEN)
        yield QuoteBlock(
            between_quotes(passage.text),
            passage.attribution,
            ", ".join(words(part) for part in place if part),
        )


def _memos(memos: Sequence[Memo], words: Wording) -> Iterator[Block]:
    if memos:
        yield Heading(3, Message("Memos"))
        yield Bullets(tuple(f"{memo.text} ({_signature(memo, words)})" for memo in memos))


def _signature(memo: Memo, words: Wording) -> str:
    day = words.day(memo.created_at) if memo.created_at else ""
    return ", ".join(part for part in (memo.author, day) if part)


# Contrasts between groups


def _contrasts(theme: ThemeSummary, words: Wording) -> Iterator[Block]:
    """Yield the contrasts that show something, and name the codes of too few cases once."""
    if not theme.contrasts:
        return
    clear = [c for c in theme.contrasts if c.difference is not None and not c.too_few_cases]
    too_few = [c for c in theme.contrasts if c.too_few_cases]
    yield Heading(3, Message("Contrasts between groups"))
    if clear:
        yield note(
            Message(
                "Difference: the share of cases with the code in the first group minus that in "
                "the second, with the limits of the exact 95% interval."
            )
        )
        yield _contrasts_table(clear, words)
    if too_few:
        names = dict.fromkeys(words.of(contrast.label) or contrast.code for contrast in too_few)
        every = len(too_few) == len(theme.contrasts)
        yield note(
            Message(
                "Too few cases to speak of a difference: {codes}. The reach per group is in the "
                "table of codes.",
                codes=Message("for every code") if every else ", ".join(names),
            )
        )
    elif not clear:
        yield undefined_note(words.of(theme.contrasts[0].in_words))


def _contrasts_table(contrasts: Sequence[Contrast], words: Wording) -> Table[Contrast]:
    """Return the contrasts; of two groups only, the names of the groups are the headings."""
    table = Table(
        Message("Contrasts between groups"), contrast_columns(words), tuple(contrasts)
    ).drop("code", "reason")
    groups = {(contrast.first.group, contrast.second.group) for contrast in contrasts}
    if len(groups) > 1:
        return table
    first, second = next(iter(groups))
    names = {"first_reach": group_name(first, words), "second_reach": group_name(second, words)}
    table = table.drop("first_group", "second_group")
    columns = tuple(replace(c, name=names.get(c.key, c.name)) for c in table.columns)
    return replace(table, columns=columns)


# Words, pairs, attributes, deviant cases


def _distinctive_words(theme: ThemeSummary, words: Wording) -> Iterator[Block]:
    frequent = [f"{w.word} ({w.inside})" for w in theme.distinctive_words[:_MOST_WORDS]]
    reason = theme.words_undefined_because
    if frequent or reason:
        yield Heading(3, Message("Words that set this theme apart"))
    if frequent:
        yield Paragraph(", ".join(frequent))
        yield note(Message("In brackets: how often respondents say the word in this theme."))
    elif reason:
        yield note(
            Message("There are no distinctive words: {reason}.", reason=words.reason(reason))
        )


def _pairs(theme: ThemeSummary, words: Wording) -> Iterator[Block]:
    pairs = [pair for pair in theme.pairs if pair.together >= _FEWEST_TOGETHER]
    if not pairs:
        return
    yield Heading(3, Message("Codes that occur together"))
    yield note(
        Message(
            "Together: passages or answers with both codes; count 1 and 2: with each of them. "
            "C-coefficient: together / (count 1 + count 2 − together), from 0 (never) to 1 "
            "(always)."
        )
    )
    table = pairs_table(pairs, words)
    yield replace(table, rows=table.rows[:_MOST_PAIRS])


def _by_attribute(
    theme: ThemeSummary, labels: Mapping[str, str], words: Wording
) -> Iterator[Block]:
    for attribute in dict.fromkeys(value.attribute for value in theme.by_attribute):
        values = tuple(value for value in theme.by_attribute if value.attribute == attribute)
        name = words.attribute(attribute)
        columns: tuple[Column[AttributeReach], ...] = (
            Column("value", name, lambda row: words.value(row.attribute, row.value)),
            Column(
                "codes",
                heading("codes"),
                lambda row: ", ".join(labels.get(code, code) for code in row.codes),
            ),
            *(_group_column(reach.group, words) for reach in values[0].reaches),
        )
        yield Heading(3, Message("By {attribute}", attribute=name))
        yield note(Message("Reach of the codes that have this value in the codebook."))
        yield Table(attribute, columns, values)


def _deviant_cases(
    theme: ThemeSummary, labels: Mapping[str, str], words: Wording
) -> Iterator[Block]:
    if theme.deviant_cases:
        yield Heading(3, Message("Cases without the commonest code"))
        yield Bullets(tuple(_deviant_case(case, labels, words) for case in theme.deviant_cases))


def _deviant_case(case: DeviantCase, labels: Mapping[str, str], words: Wording) -> Message:
    return Message(
        "{case}: not {lacks}, but {codes}",
        case=f"{case.case} ({words.group(case.group)})" if case.group else case.case,
        lacks=words.of(case.lacks_label) or case.lacks,
        codes=", ".join(labels.get(code, code) for code in case.codes),
    )
