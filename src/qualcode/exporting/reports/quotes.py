"""Quotes per theme, code and group as docx, xlsx, csv, md, html or json."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from qualcode.exporting.document.blocks import (
    Block,
    Document,
    Heading,
    Paragraph,
    ParagraphStyle,
    QuoteBlock,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.document.table_writers import csv_bytes
from qualcode.exporting.document.typography import between_quotes, clock
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.colophon import (
    About,
    count_material,
    provenance_blocks,
    provenance_tables,
    report_document,
    report_json,
    report_xlsx,
)
from qualcode.exporting.reports.reach import asked_columns, cases_column, group_column, reach_line
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Quote, QuoteSection, Reach
from qualcode.model.json_values import to_json_value


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be written, and how."""

    sections: tuple[QuoteSection, ...]
    about: About
    words: Wording


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
        InvalidValueError: reports are not written in the language.
    """
    path = Path(path)
    about = about or About()
    writer = writer_for(path, WRITERS, "quotes")
    write_bytes(path, writer(_Job(tuple(sections), about, about.words())))


TITLE = Message("Quotes by theme")


# For reading


def _document(job: _Job) -> Document:
    lead = (Paragraph(_lead(job)), *provenance_blocks(job.about.provenance, job.words))
    blocks = tuple(
        block
        for _, sections in groupby(job.sections, key=lambda section: section.theme)
        for block in _theme_blocks(tuple(sections), job)
    )
    return report_document(job.words(TITLE), job.about, lead, blocks)


def _lead(job: _Job) -> Message:
    quotes = [quote for section in job.sections for quote in section.quotes]
    if not quotes:
        return Message("There are no quotes for this selection.")
    return Message(
        "{quotes} on {codes}, from {transcripts}.",
        quotes=Message.counted("{count} quote", "{count} quotes", len(quotes)),
        codes=Message.counted("{count} code", "{count} codes", len(job.sections)),
        transcripts=count_material(
            len({quote.transcript for quote in quotes}), job.about.provenance
        ),
    )


def _theme_blocks(sections: Sequence[QuoteSection], job: _Job) -> Iterator[Block]:
    words = job.words
    # The layer of a whole report is named on top; a quote names its coder only where the codings
    # of several coders are printed next to each other.
    coders = {quote.coder for section in job.sections for quote in section.quotes}
    several_groups = any(q.group for section in job.sections for q in section.quotes)
    provenance = job.about.provenance
    several_coders = len(coders) > 1 and (provenance is None or provenance.layer == "all")
    yield Heading(1, words.of(sections[0].theme_label))
    for section in sections:
        whole = section.code == section.theme
        title = Message("The theme as a whole") if whole else words.of(section.code_label)
        yield Heading(2, title)
        reach = reach_line(section.reaches, words)
        if reach:
            yield Paragraph(reach, ParagraphStyle.REACH)
        for group, quotes in groupby(section.quotes, key=lambda quote: quote.group):
            if group or several_groups:
                yield Heading(3, _group_heading(group, words))
            for quote in quotes:
                yield QuoteBlock(
                    between_quotes(quote.text),
                    quote.attribution,
                    reference(quote, words, with_coder=several_coders),
                    quote.context_before,
                    quote.context_after,
                    quote.lines,
                )


def _group_heading(group: str, words: Wording) -> str:
    if not group:
        return Message("No group")
    name = words.group(group)
    return name[:1].upper() + name[1:]


def reference(quote: Quote, words: Wording, *, with_coder: bool) -> str:
    """Return the place of a quote: "G3, U03, beurt 12, 4:31"."""
    parts = list(who_and_where(quote.case, quote.transcript))
    if quote.turn is not None:
        parts.append(turn_text(quote.turn))
    if quote.time_ms is not None:
        parts.append(clock(quote.time_ms))
    if with_coder:
        consensus = quote.coder == "consensus"
        coder = Message("consensus") if consensus else quote.coder
        parts.append(Message("coded by {coder}", coder=coder))
    if quote.chosen:
        parts.append(CHOSEN)
    return ", ".join(words(part) for part in parts if part)


def who_and_where(case: str, transcript: str) -> tuple[str, ...]:
    """Return the respondent and the interview; once if the interview bears the name: "G3 (2)"."""
    if transcript == case or (case and transcript.startswith(f"{case} (")):
        return (transcript,)
    return case, transcript


def turn_text(number: int) -> Message:
    """Return the place of a passage in its transcript: "turn 12"."""
    return Message("turn {n}", n=number)


CHOSEN = Message.within("quote", "chosen")
"""Mark of a passage that was chosen to be published."""


def yes_or_no(condition: object) -> Message:
    """Return "yes" or "no", as a cell of a table."""
    return Message("yes") if condition else Message("no")


# For computing with


def _quotes_table(job: _Job) -> Table[Quote]:
    quotes = tuple(quote for section in job.sections for quote in section.quotes)
    return Table(Message("Quotes"), _quote_columns(quotes, job.words), quotes)


def _quote_columns(quotes: Iterable[Quote], words: Wording) -> tuple[Column[Quote], ...]:
    # "group" has a column of its own.
    attributes = sorted({name for quote in quotes for name in quote.attributes} - {"group"})
    return (
        Column("theme", heading("theme"), lambda quote: quote.theme),
        Column("code", heading("code"), lambda quote: quote.code),
        Column("code_label", heading("name of the code"), lambda q: words.of(q.code_label)),
        Column("group", heading("group"), lambda quote: quote.group),
        Column("case", heading("case"), lambda quote: quote.case),
        *(_attribute_column(name, words) for name in attributes),
        Column("quote", heading("quote"), lambda quote: quote.text, Kind.LONG),
        Column("attribution", heading("attribution"), lambda quote: quote.attribution),
        Column("chosen", heading("chosen"), lambda quote: yes_or_no(quote.chosen)),
        Column("transcript", heading("transcript"), lambda quote: quote.transcript),
        Column("turn", heading("turn"), lambda quote: quote.turn, Kind.COUNT),
        Column("time", heading("time"), _time),
        Column("start", heading("start"), lambda quote: quote.span.start, Kind.COUNT),
        Column("end", heading("end"), lambda quote: quote.span.end, Kind.COUNT),
        Column("coder", heading("coder"), lambda quote: quote.coder),
        Column("round", heading("round"), lambda quote: quote.round),
        Column("memo", heading("memo"), lambda quote: quote.memo, Kind.LONG),
        Column("before", heading("before"), lambda quote: quote.context_before, Kind.LONG),
        Column("after", heading("after"), lambda quote: quote.context_after, Kind.LONG),
        Column("coding", heading("coding"), lambda quote: quote.coding),
    )


def _attribute_column(name: str, words: Wording) -> Column[Quote]:
    return Column(name, words.attribute(name), lambda quote: quote.attributes.get(name))


def _time(quote: Quote) -> str | None:
    return None if quote.time_ms is None else clock(quote.time_ms)


class _CodeReach(NamedTuple):
    """The reach of one code in one group."""

    section: QuoteSection
    reach: Reach


def _reach_table(job: _Job) -> Table[_CodeReach]:
    words = job.words
    columns: tuple[Column[_CodeReach], ...] = (
        Column("code", heading("code"), lambda row: row.section.code),
        Column(
            "code_label",
            heading("name of the code"),
            lambda row: words.of(row.section.code_label),
        ),
        group_column(words, lambda row: row.reach),
        # Somebody of a group that was not asked may still bring the code up.
        cases_column(lambda row: row.reach.hidden or row.reach.cases),
        *asked_columns(lambda row: row.reach),
        Column("reach", heading("reach"), lambda row: reach_line([row.reach], words)),
    )
    rows = tuple(
        _CodeReach(section, reach) for section in job.sections for reach in section.reaches
    )
    return Table(Message("Reach"), columns, rows)


def _xlsx(job: _Job) -> bytes:
    tables: list[Table[Any]] = [_quotes_table(job), _reach_table(job)]
    tables += provenance_tables(job.about.provenance, job.words)
    return report_xlsx(tables, job.about, job.words(TITLE))


def _json(job: _Job) -> bytes:
    return report_json("quotes", job.about, {"sections": to_json_value(job.sections)})


WRITERS: Mapping[str, Callable[[_Job], bytes]] = MappingProxyType(
    {
        ".docx": lambda job: docx_bytes(_document(job)),
        ".xlsx": _xlsx,
        # with decimal points and commas, the Excel of the Netherlands puts all into one column
        ".csv": lambda job: csv_bytes(
            _quotes_table(job), job.words.language, decimal_comma=job.words.language == "nl"
        ),
        ".md": lambda job: markdown_bytes(_document(job)),
        ".html": lambda job: html_bytes(_document(job)),
        ".json": _json,
    }
)
"""Writer of quotes by suffix."""
