"""Findings for reading: a joint display, or each finding with all that carries it for an audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import (
    LANDSCAPE,
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
from qualcode.exporting.reports.colophon import About, report_document, report_json, report_xlsx
from qualcode.exporting.reports.reach import reach_line
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, Quote
from qualcode.model.finding import (
    RELATION_NAMES,
    EvidenceReport,
    FindingState,
    OutsideEvidence,
    Recommendation,
)
from qualcode.model.json_values import to_json_value

_QUOTES = 2
"""Of each side in a joint display; the audit has all of them."""


@dataclass(frozen=True, slots=True)
class _Job:
    report: EvidenceReport
    about: About
    words: Wording
    labels: Labels
    audit: bool

    @property
    def title(self) -> Message:
        return Message("Findings and what carries them") if self.audit else Message("Joint display")


def write_findings(
    report: EvidenceReport, path: Path, about: About, codebook: Codebook, *, audit: bool = False
) -> None:
    """Write findings to a file, in the format that its suffix names.

    Args:
        report: As it may be printed.
        path: Where to write: .docx, .xlsx, .html, .md or .json.
        about: Title, language and date.
        codebook: Gives labels.
        audit: Whether each finding is printed with all its passages; otherwise as a joint display.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: reports are not written in the language.
    """
    path = Path(path)
    writer = writer_for(path, _WRITERS, "findings")
    words = about.words()
    write_bytes(path, writer(_Job(report, about, words, Labels(codebook, words.language), audit)))


def _document(job: _Job) -> Document:
    if job.audit:
        blocks = tuple(b for state in job.report.findings for b in _finding_blocks(state, job))
        return report_document(job.words(job.title), job.about, tuple(_lead(job)), blocks)
    blocks = (_table(job), *_recommendation_blocks(job))
    document = report_document(job.words(job.title), job.about, tuple(_lead(job)), blocks)
    # A wide table has no room on an upright page; one table needs no list of contents.
    return replace(document, paper=LANDSCAPE["A4"], contents=False)


def _lead(job: _Job) -> Iterator[Block]:
    hidden = any(reach.hidden for state in job.report.findings for reach in state.reaches)
    if not job.report.findings:
        yield Paragraph(Message("No finding was written yet."))
    if hidden:
        yield note(
            Message(
                "<{n}: fewer than {n} respondents. …: a number that would give such a number away.",
                n=job.report.threshold,
            )
        )


def _table(job: _Job) -> Table[FindingState]:
    columns: tuple[Column[FindingState], ...] = (
        Column("finding", heading("finding"), _numbered, Kind.LONG),
        Column("codes", heading("codes"), lambda state: job.labels.listed(state.codes)),
        Column("participants", heading("participants"), lambda state: _reach(state, job)),
        Column(
            "supporting",
            heading("in their words"),
            lambda state: _quotes(state.supporting),
            Kind.LONG,
        ),
        Column(
            "contrary", heading("contrary voice"), lambda state: _quotes(state.contrary), Kind.LONG
        ),
        Column(
            "outside",
            heading("evidence from outside"),
            lambda state: "\n".join(_evidence(e, job) for e in state.finding.evidence) or "–",
            Kind.LONG,
        ),
        Column(
            "recommendation",
            heading("recommendation"),
            lambda state: "\n".join(f"{r.number}. {r.text}" for r in state.recommendations) or "–",
            Kind.LONG,
        ),
    )
    return Table(Message("Joint display"), columns, job.report.findings)


def _numbered(state: FindingState) -> str:
    return f"{state.finding.number}. {state.finding.text}"


def _reach(state: FindingState, job: _Job) -> str:
    return reach_line(state.reaches, job.words) or "–"


def _quotes(quotes: tuple[Quote, ...]) -> str:
    chosen = sorted(quotes, key=lambda quote: not quote.chosen)[:_QUOTES]
    return "\n".join(f"{between_quotes(q.text)} {q.attribution}".strip() for q in chosen) or "–"


def _evidence(evidence: OutsideEvidence, job: _Job) -> str:
    relation = job.words(RELATION_NAMES[evidence.relation])
    return f"{evidence.source} ({relation}){f': {evidence.text}' if evidence.text else ''}"


def _recommendation_blocks(job: _Job) -> Iterator[Block]:
    if not job.report.recommendations:
        return
    numbers = {state.finding.id: state.finding.number for state in job.report.findings}
    yield Heading(2, Message("Recommendations"))
    for recommendation in job.report.recommendations:
        yield Paragraph(f"{recommendation.number}. {recommendation.text}")
        yield note(_rests_on(recommendation, numbers))


def _rests_on(recommendation: Recommendation, numbers: Mapping[str, int]) -> Message:
    finding_numbers = sorted(numbers[key] for key in recommendation.findings if key in numbers)
    if not finding_numbers:
        return Message("It rests on no finding.")
    return Message(
        "Rests on finding {numbers}.", numbers=[str(number) for number in finding_numbers]
    )


def _finding_blocks(state: FindingState, job: _Job) -> Iterator[Block]:
    yield Heading(1, _numbered(state))
    if state.accepted:
        yield note(Message("Small counts are printed because: {reason}", reason=state.accepted))
    yield Paragraph(Message("Participants: {reach}.", reach=_reach(state, job)))
    if state.codes:
        yield Paragraph(Message("Codes: {codes}.", codes=job.labels.listed(state.codes)))
    for title, quotes in (
        (Message("Passages that carry it"), state.supporting),
        (Message("Passages that speak against it"), state.contrary),
    ):
        if quotes:
            yield Heading(2, title)
            yield from (_quote_block(quote, job) for quote in quotes)
    if state.finding.evidence:
        yield Heading(2, Message("Evidence from outside"))
        yield Bullets(tuple(_evidence(e, job) for e in state.finding.evidence))
    if state.recommendations:
        yield Heading(2, Message("Recommendations that rest on it"))
        yield Bullets(tuple(f"{r.number}. {r.text}" for r in state.recommendations))


def _quote_block(quote: Quote, job: _Job) -> QuoteBlock:
    place = Message(
        "{transcript}, turn {turn}", transcript=quote.transcript, turn=quote.turn or "-"
    )
    return QuoteBlock(
        between_quotes(quote.text), quote.attribution, job.words(place), lines=quote.lines
    )


def _sheets(job: _Job) -> bytes:
    numbers = {state.finding.id: state.finding.number for state in job.report.findings}
    columns: tuple[Column[Recommendation], ...] = (
        Column("number", heading("no."), lambda r: r.number, Kind.COUNT),
        Column("recommendation", heading("recommendation"), lambda r: r.text, Kind.LONG),
        Column("findings", heading("findings"), lambda r: _rests_on(r, numbers)),
    )
    sheet = Table(Message("Recommendations"), columns, job.report.recommendations)
    return report_xlsx((_table(job), sheet), job.about, job.words(job.title))


_WRITERS: Mapping[str, Callable[[_Job], bytes]] = MappingProxyType(
    {
        ".docx": lambda job: docx_bytes(_document(job)),
        ".xlsx": _sheets,
        ".html": lambda job: html_bytes(_document(job)),
        ".md": lambda job: markdown_bytes(_document(job)),
        ".json": lambda job: report_json("findings", job.about, to_json_value(job.report)),
    }
)
"""Writer of findings by suffix."""
