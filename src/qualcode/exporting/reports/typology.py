"""A typology for reading: the property space, the target groups, and a page per type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    QuoteBlock,
    note,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.document.typography import between_quotes
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.colophon import About, report_document, report_json
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, CodeCount, Quote
from qualcode.model.json_values import to_json_value
from qualcode.model.property_space import SpaceCell, TypeAgreement, TypePage, TypologyReport

_TITLE = Message("Typology")


@dataclass(frozen=True, slots=True)
class _Job:
    report: TypologyReport
    about: About
    words: Wording
    labels: Labels


def write_typology(report: TypologyReport, path: Path, about: About, codebook: Codebook) -> None:
    """Write a typology to a file, in the format that its suffix names.

    Args:
        report: As it may be printed.
        path: Where to write: .docx, .html, .md or .json.
        about: Title, language and date.
        codebook: Gives labels.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: reports are not written in the language.
    """
    path = Path(path)
    writer = writer_for(path, _WRITERS, "a typology")
    words = about.words()
    write_bytes(path, writer(_Job(report, about, words, Labels(codebook, words.language))))


def _document(job: _Job) -> Document:
    report, words = job.report, job.words
    blocks: list[Block] = []
    if report.space.cells:
        blocks += _space_blocks(job)
    if report.design.targets:
        blocks += _target_blocks(job)
    if report.comparison is not None:
        blocks += _agreement_blocks(job)
    for page in report.pages:
        blocks += _page_blocks(page, job)
    lead = Paragraph(
        Message(
            "{types}, of {cases}. A respondent may be of several types. {how}",
            types=Message.counted("{count} type", "{count} types", len(report.pages)),
            cases=Message.counted("{count} respondent", "{count} respondents", report.cases),
            how=_how(report),
        )
    )
    return report_document(words(_TITLE), job.about, (lead,), tuple(blocks))


def _how(report: TypologyReport) -> Message:
    """Return who said who belongs to which type."""
    if not report.is_settled:
        return Message("Who belongs to which type was assigned by a coder.")
    if report.settled is None:
        return Message("The coders decided together who belongs to which type.")
    return Message.counted(
        "Who belongs to which type was decided together for {count} respondent; the others are as "
        "the coders assigned them.",
        "Who belongs to which type was decided together for {count} respondents; the others are as "
        "the coders assigned them.",
        report.settled,
    )


def _space_blocks(job: _Job) -> Iterator[Block]:
    report = job.report
    yield Heading(1, Message("Property space"))
    yield note(
        Message(
            "Every combination of the dimensions, also those that nobody has. A respondent may be "
            "in several cells."
        )
    )
    if any(cell.hidden for cell in report.space.cells):
        yield note(
            Message(
                "<{n}: fewer than {n} respondents. …: a number that would give such a number away.",
                n=report.threshold,
            )
        )
    # the default binds each place at once: without it every column would show the last one
    columns: list[Column[SpaceCell]] = [
        Column(f"dimension_{place}", name, lambda cell, at=place: cell.categories[at])  # type: ignore[misc]
        for place, name in enumerate(report.space.dimensions)
    ]
    columns += [
        Column("cases", heading("cases"), lambda cell: cell.hidden or str(cell.count)),
        Column("type", heading("type"), lambda cell: "; ".join(cell.types) or "–"),
    ]
    yield Table(Message("Property space"), tuple(columns), report.space.cells)


def _target_blocks(job: _Job) -> Iterator[Block]:
    yield Heading(1, Message("Target groups"))
    for target in job.report.design.targets:
        types = [t for t in job.report.design.types if t.target == target]
        yield Heading(3, target)
        yield Bullets(tuple(f"{t.name}: {t.definition}" if t.definition else t.name for t in types))


def _agreement_blocks(job: _Job) -> Iterator[Block]:
    comparison, words = job.report.comparison, job.words
    if comparison is None:
        return
    yield Heading(1, Message("Agreement on the types"))
    yield note(
        Message(
            "Two coders assigned types to {count} respondents. Kappa of so few is unsure; read the "
            "counts.",
            count=comparison.cases,
        )
    )
    # small types were taken out before they came here: only what is missing tells of them
    if {row.type for row in comparison.rows} != {"", *(t.name for t in job.report.design.types)}:
        yield note(
            Message(
                "Types of fewer than {threshold} respondents are left out of this table, and so is "
                "the sum of all types.",
                threshold=job.report.threshold,
            )
        )
    columns: tuple[Column[TypeAgreement], ...] = (
        Column("type", heading("type"), lambda row: row.type or words(Message("all types"))),
        Column("both", heading("both"), lambda row: row.both, Kind.COUNT),
        Column("one", heading("one of them"), lambda r: r.first_only + r.second_only, Kind.COUNT),
        Column("neither", heading("neither"), lambda row: row.neither, Kind.COUNT),
        Column("kappa", heading("kappa"), lambda row: _kappa(row, words)),
    )
    yield Table(Message("Agreement on the types"), columns, comparison.rows)


def _kappa(row: TypeAgreement, words: Wording) -> str:
    return words.number(row.kappa) if row.kappa is not None else words.reason(row.undefined_because)


def _page_blocks(page: TypePage, job: _Job) -> Iterator[Block]:
    words = job.words
    yield Heading(1, page.type.name)
    if page.type.definition:
        yield Paragraph(page.type.definition)
    if page.type.target:
        yield note(Message("Target group: {target}.", target=page.type.target))
    yield Heading(2, Message("Who"))
    yield from _who_blocks(page, job)
    if page.codes:
        yield Heading(2, Message("What sets it apart"))
        yield _codes_table(page, job)
    for title, quotes in (
        (Message("In their words"), page.quotes),
        (Message("As others describe them"), page.described),
    ):
        if quotes:
            yield Heading(2, title)
            yield from (_quote_block(quote) for quote in quotes)
    if page.contrasts:
        yield Heading(2, Message("Contrasts with other types"))
        yield Bullets(
            tuple(
                words(
                    Message(
                        "{other}: here more often {codes}",
                        other=contrast.other,
                        codes=", ".join(job.labels(count.code) for count in contrast.codes),
                    )
                    if contrast.codes
                    else Message("{other}: no code is more common here", other=contrast.other)
                )
                for contrast in page.contrasts
            )
        )


def _who_blocks(page: TypePage, job: _Job) -> Iterator[Block]:
    words, report = job.words, job.report
    if page.withheld:
        yield Paragraph(
            Message(
                "Fewer than {threshold} respondents are of this type. Who they are and what sets "
                "them apart is left out, so that nobody is recognised.",
                threshold=report.threshold,
            )
        )
        return
    if not page.cases:
        yield Paragraph(Message("No respondent was assigned to this type."))
    else:
        count = Message("{cases} of {all}", cases=len(page.cases), all=report.cases)
        yield Paragraph(Message("{count} respondents are of this type.", count=count))
    for name, values in page.about:
        listed = ", ".join(f"{words.value(name, value)} ({n})" for value, n in values)
        yield Paragraph(f"{words.attribute(name).capitalize()}: {listed}")
    if page.informants:
        yield note(
            Message.counted(
                "{count} respondent describes this type without being of it.",
                "{count} respondents describe this type without being of it.",
                len(page.informants),
            )
        )
    if page.moves:
        # who moves twice is still one respondent
        moved = len({case for case, _, _ in page.moves})
        yield note(
            Message.counted(
                "{count} respondent is of this type in some waves, and of another in others.",
                "{count} respondents are of this type in some waves, and of another in others.",
                moved,
            )
        )


def _codes_table(page: TypePage, job: _Job) -> Table[CodeCount]:
    columns: tuple[Column[CodeCount], ...] = (
        Column("code", heading("code"), lambda row: job.labels(row.code)),
        Column("inside", heading("in this type"), lambda r: _share(r.inside, r.of_inside, job)),
        Column("outside", heading("others"), lambda r: _share(r.outside, r.of_outside, job)),
    )
    return Table(Message("What sets it apart"), columns, page.codes)


def _share(count: int, total: int, job: _Job) -> str:
    # nobody was asked: "0 of 0" would read as if nobody had it
    if not total:
        return "–"
    return job.words(Message("{cases} of {all}", cases=count, all=total))


def _quote_block(quote: Quote) -> QuoteBlock:
    return QuoteBlock(between_quotes(quote.text), quote.attribution, lines=quote.lines)


_WRITERS: Mapping[str, Callable[[_Job], bytes]] = MappingProxyType(
    {
        ".docx": lambda job: docx_bytes(_document(job)),
        ".html": lambda job: html_bytes(_document(job)),
        ".md": lambda job: markdown_bytes(_document(job)),
        ".json": lambda job: report_json("typology", job.about, to_json_value(job.report)),
    }
)
"""Writer of typologies by suffix."""
