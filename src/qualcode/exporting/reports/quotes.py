"""Quotes per theme, code and group as docx, xlsx, csv, md, html or json."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.document.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    ParagraphStyle,
    QuoteBlock,
    Table,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes, markdown_bytes
from qualcode.exporting.document.table_writers import csv_bytes
from qualcode.exporting.document.typography import between_quotes, clock
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.colophon import (
    About,
    made_blocks,
    made_tables,
    report_document,
    report_json,
    report_xlsx,
)
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.words import Words
from qualcode.model import Quote, QuoteSection, Reach
from qualcode.model.json_values import to_json_value


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be written, and how."""

    sections: tuple[QuoteSection, ...]
    about: About
    words: Words


def write_quotes(sections: Iterable[QuoteSection], path: Path, about: About | None = None) -> None:
    """Write quotes to a file, in the format that its suffix names.

    docx, html and md are for reading: per theme, code and group, with the reach per group;
    the context of a quote is printed where the quote has it. xlsx, csv and json hold every
    field. The same quotes give the same bytes. A file that is there is replaced.

    Args:
        sections: From ``quotes.collect_quotes``; none at all gives a file that says so.
        path: Where to write: .docx, .html, .md, .xlsx, .csv or .json.
        about: Title, language, date, and how it was made.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: there are no words in the language.
    """
    path = Path(path)
    about = about or About()
    writer = writer_for(path, WRITERS, "quotes")
    write_bytes(path, writer(_Job(tuple(sections), about, about.words())))


# For reading


def _document(job: _Job) -> Document:
    lead = (Paragraph(_lead(job)), *made_blocks(job.about.made, job.words))
    blocks = tuple(
        block
        for _, sections in groupby(job.sections, key=lambda section: section.theme)
        for block in _theme_blocks(tuple(sections), job)
    )
    return report_document(job.words("quotes_title"), job.about, lead, blocks)


def _lead(job: _Job) -> str:
    quotes = [quote for section in job.sections for quote in section.quotes]
    if not quotes:
        return job.words("no_quotes")
    transcripts = len({quote.transcript for quote in quotes})
    return job.words(
        "quotes_lead",
        quotes=job.words.count("quote", len(quotes)),
        codes=job.words.count("code", len(job.sections)),
        transcripts=job.words.count("transcript", transcripts),
    )


def _theme_blocks(sections: Sequence[QuoteSection], job: _Job) -> Iterable[Block]:
    words = job.words
    # the layers of one report are told on top; here only coders that stand side by side
    coders = {quote.coder for section in job.sections for quote in section.quotes}
    several_groups = any(q.group for section in job.sections for q in section.quotes)
    made = job.about.made
    several_coders = len(coders) > 1 and (made is None or made.layer == "all")
    yield Heading(1, words.of(sections[0].theme_label))
    for section in sections:
        whole = section.code == section.theme
        yield Heading(2, words("whole_theme") if whole else words.of(section.code_label))
        reach = reach_line(section.reaches, words)
        if reach:
            yield Paragraph(reach, ParagraphStyle.REACH)
        for group, quotes in groupby(section.quotes, key=lambda quote: quote.group):
            if group or several_groups:
                yield Heading(3, _group_heading(group, job))
            for quote in quotes:
                yield QuoteBlock(
                    between_quotes(quote.text),
                    quote.attribution,
                    reference(quote, words, with_coder=several_coders),
                    quote.context_before,
                    quote.context_after,
                )


def _group_heading(group: str, job: _Job) -> str:
    if not group:
        return job.words("no_group")
    name = job.words.group(group)
    return name[:1].upper() + name[1:]


def reach_line(
    reaches: Iterable[Reach],
    words: Words,
    in_words: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the reach per group: "7 van 10 gebruikers; niet gevraagd aan professionals".

    All respondents together are told only where there are no groups, and nothing where there is
    one respondent. What is said of a group in words follows its numbers in brackets.
    """
    reaches = tuple(reaches)
    if sum(reach.of or 0 for reach in reaches if not reach.group) == 1:
        return ""
    per_group = tuple(reach for reach in reaches if reach.group) or reaches
    parts = []
    for reach in per_group:
        group = words.group(reach.group)
        if reach.of is None:
            parts.append(words("not_asked", group=group))
        elif reach.of:
            known = "" if reach.hidden else in_words.get(reach.group, "")
            spoken = f" ({known})" if known else ""
            cases = reach.hidden or reach.cases
            parts.append(words("reach", cases=cases, of=reach.of, group=group) + spoken)
    return "; ".join(parts)


def reference(quote: Quote, words: Words, *, with_coder: bool) -> str:
    """Return where a quote stands: "G3, U03, beurt 12, 4:31"."""
    parts = [quote.case, quote.transcript if quote.transcript != quote.case else ""]
    if quote.turn is not None:
        parts.append(words("turn", n=quote.turn))
    if quote.time_ms is not None:
        parts.append(clock(quote.time_ms))
    if with_coder:
        coder = words("consensus") if quote.coder == "consensus" else quote.coder
        parts.append(words("coded_by", coder=coder))
    if quote.chosen:
        parts.append(words("chosen"))
    return ", ".join(part for part in parts if part)


# For computing with

_QUOTE_COLUMNS = (
    "theme code code_label group case quote attribution chosen transcript turn time start end "
    "coder round memo before after coding"
)


def _quotes_table(job: _Job) -> Table:
    words = job.words
    quotes = [quote for section in job.sections for quote in section.quotes]
    extra = sorted({name for quote in quotes for name in quote.attributes} - {"group"})
    shown = list(columns(words, _QUOTE_COLUMNS))
    shown[5:5] = [Column(name, words.attribute(name)) for name in extra]
    rows = []
    for quote in quotes:
        row = [
            quote.theme,
            quote.code,
            words.of(quote.code_label),
            quote.group,
            quote.case,
            *(quote.attributes.get(name) for name in extra),
            quote.text,
            quote.attribution,
            words("yes" if quote.chosen else "no"),
            quote.transcript,
            quote.turn,
            None if quote.time_ms is None else clock(quote.time_ms),
            quote.span.start,
            quote.span.end,
            quote.coder,
            quote.round,
            quote.memo,
            quote.context_before,
            quote.context_after,
            quote.coding,
        ]
        rows.append(tuple(row))
    return Table(words("sheet_quotes"), tuple(shown), tuple(rows))


def _reach_table(job: _Job) -> Table:
    words = job.words
    rows = tuple(
        (
            section.code,
            words.of(section.code_label),
            words.group(reach.group) if reach.group else words("all_respondents"),
            reach.hidden or reach.cases,
            reach.of,
            reach.codings,
            reach.words_share,
            reach_line([reach], words),
        )
        for section in job.sections
        for reach in section.reaches
    )
    shown = columns(words, "code code_label group cases of codings words_share reach")
    return Table(words("sheet_reach"), shown, rows)


def _xlsx(job: _Job) -> bytes:
    tables = (_quotes_table(job), _reach_table(job), *made_tables(job.about.made, job.words))
    return report_xlsx(tables, job.about, job.words("quotes_title"))


def _json(job: _Job) -> bytes:
    return report_json("quotes", job.about, {"sections": to_json_value(job.sections)})


WRITERS: Mapping[str, Callable[[_Job], bytes]] = MappingProxyType(
    {
        ".docx": lambda job: docx_bytes(_document(job)),
        ".xlsx": _xlsx,
        ".csv": lambda job: csv_bytes(_quotes_table(job)),
        ".md": lambda job: markdown_bytes(_document(job)),
        ".html": lambda job: html_bytes(_document(job)),
        ".json": _json,
    }
)
"""Writer of quotes by suffix."""
