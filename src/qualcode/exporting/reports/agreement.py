"""Agreement between coders as json, md, xlsx, html or docx: of two, or of a team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import MissingExtraError
from qualcode.exporting.charts.plots import draw_agreement, picture_bytes
from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import (
    UNDATED,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    ParagraphStyle,
    Picture,
    Table,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes, markdown_bytes
from qualcode.exporting.document.json_writer import json_bytes
from qualcode.exporting.document.table_writers import xlsx_bytes
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reasons import said_in
from qualcode.exporting.reports.agreement_sections import method_blocks, study_blocks, study_tables
from qualcode.exporting.reports.agreement_tables import (
    Figured,
    figure_blocks,
    lead_blocks,
    per_code_title,
    warnings_of,
)
from qualcode.exporting.reports.agreement_workbook import figure_tables
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.reports.methods_section import methods_paragraphs
from qualcode.exporting.words import Words
from qualcode.model import AgreementReport, AgreementStudy, Codebook
from qualcode.model.json_values import to_json_value


def write_agreement(
    report: AgreementReport | AgreementStudy,
    path: Path,
    *,
    codebook: Codebook | None = None,
    title: str = "",
    language: str = "nl",
    author: str = "",
    created: datetime = UNDATED,
) -> None:
    """Write an agreement report to a file, in the format that its suffix names.

    A figure that does not exist is a dash with the reason beside it (null in json, an empty
    cell in xlsx). The same report gives the same bytes. A file that is there is replaced.
    The forest plot is left out of docx and html where drawings cannot be made (extra
    ``plots``).

    Args:
        report: The figures alone, or the whole study with method, differences and outcome; of
            two coders or of a team.
        path: Where to write: .json, .md, .xlsx, .html or .docx.
        codebook: Gives the labels of the codes, and the colours of the forest plot.
        title: Name of the study, printed under the title of the document.
        language: ``nl`` or ``en``.
        author: Name for the file's properties; nobody where it is empty.
        created: Date for the file's properties.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: there are no words in ``language``.
    """
    path = Path(path)
    writer = writer_for(path, WRITERS, "an agreement report")
    study = report if isinstance(report, AgreementStudy) else None
    figures = report.report if isinstance(report, AgreementStudy) else report
    words = Words(language)
    labels = Labels(codebook, language)
    job = Figured(figures, study, codebook, title, words, labels, author, created)
    write_bytes(path, writer(job))


def _document(job: Figured, *, drawn: bool = False, wide: bool = False) -> Document:
    words = job.words
    blocks: list[Block] = []
    if job.study is not None:
        blocks += method_blocks(job.study, words, job.labels)
    blocks += figure_blocks(job, _forest(job) if drawn and job.study is not None else ())
    said = warnings_of(job)
    if said:
        blocks += [Heading(2, words("warnings")), Bullets(said)]
    if job.study is not None:
        blocks += study_blocks(job.study, words, job.labels, wide=wide)
    return Document(
        words("agreement_title"),
        job.title,
        words.language,
        lead_blocks(job),
        tuple(blocks),
        job.author,
        job.created,
    )


def _forest(job: Figured) -> tuple[Block, ...]:
    """Return the forest plot of one figure; nothing where drawings cannot be made."""
    report = job.report
    shown = tuple(row.code for row in report.codes if any(row.used))
    if not shown:
        return ()
    chart = draw_agreement(report, job.codebook, codes=shown, language=job.words.language)
    try:
        png, svg = picture_bytes(chart)
    except MissingExtraError:
        # the same figures stand in the tables
        return ()
    title = per_code_title(report.headline, job.words)
    note = job.words("forest_note")
    return (Heading(2, title), Paragraph(note, ParagraphStyle.NOTE), Picture(png, svg, title))


# For computing with


def _xlsx(job: Figured) -> bytes:
    words = job.words
    tables = [*figure_tables(job)]
    if job.study is not None:
        tables += study_tables(job.study, words, job.labels)
    tables.append(_about_table(job))
    title = job.title or words("agreement_title")
    return xlsx_bytes(tuple(tables), title=title, language=words.language, created=job.created)


def _about_table(job: Figured) -> Table:
    words, report = job.words, job.report
    lines = [block.text for block in lead_blocks(job) if isinstance(block, Paragraph)]
    lines += [report.description, *(said_in(w, words.language) for w in report.warnings)]
    rows = tuple((line,) for line in lines)
    return Table(words("sheet_about"), columns(words, "description"), rows)


def _json(job: Figured) -> bytes:
    beside = {}
    if job.study is not None:
        beside = {key: value for key, value in to_json_value(job.study).items() if key != "report"}
        beside["methods"] = list(methods_paragraphs(job.study, job.words.language, job.labels))
    return json_bytes(
        {
            "format": "qualcode agreement 1",
            "title": job.title,
            "language": job.words.language,
            **to_json_value(job.report),
            **beside,
        }
    )


WRITERS: Mapping[str, Callable[[Figured], bytes]] = MappingProxyType(
    {
        ".json": _json,
        ".md": lambda job: markdown_bytes(_document(job)),
        ".xlsx": _xlsx,
        ".html": lambda job: html_bytes(_document(job, drawn=True, wide=True)),
        ".docx": lambda job: docx_bytes(_document(job, drawn=True)),
    }
)
"""Writer of agreement reports by suffix."""
