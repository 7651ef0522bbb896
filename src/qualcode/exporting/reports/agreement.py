"""Agreement between coders as json, md, xlsx, html or docx: of two, or of a team."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import MissingExtraError
from qualcode.exporting.charts.chart_files import picture_bytes
from qualcode.exporting.charts.forest_plot import draw_agreement
from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import (
    UNDATED,
    Block,
    Bullets,
    Document,
    Heading,
    Picture,
    note,
)
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.json_writer import json_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Table, heading, text_table
from qualcode.exporting.document.table_writers import xlsx_bytes
from qualcode.exporting.figures.files import figure_picture
from qualcode.exporting.figures.grids import draw_confusions
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.agreement_basis import AgreementJob, lead_blocks, warnings_of
from qualcode.exporting.reports.agreement_sections import method_blocks, study_blocks, study_tables
from qualcode.exporting.reports.agreement_tables import figure_blocks
from qualcode.exporting.reports.agreement_workbook import figure_tables
from qualcode.exporting.reports.coefficients import per_code_title
from qualcode.exporting.reports.methods_section import methods_paragraphs
from qualcode.exporting.reports.omissions import omission_tables
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AgreementReport,
    AgreementStudy,
    Codebook,
)
from qualcode.model.json_values import to_json_value

_TITLE = Message("Agreement between coders")


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

    A figure that does not exist is a dash with the reason next to it (null in json, an empty
    cell in xlsx). The same report gives the same bytes. A file that is there is replaced.
    The forest plot is left out of docx and html where drawings cannot be made.

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
        InvalidValueError: reports are not written in ``language``.
    """
    path = Path(path)
    writer = writer_for(path, WRITERS, "an agreement report")
    study = report if isinstance(report, AgreementStudy) else None
    figures = report.report if isinstance(report, AgreementStudy) else report
    words = Wording(language)
    labels = Labels(codebook, language)
    job = AgreementJob(figures, study, codebook, title, words, labels, author, created)
    write_bytes(path, writer(job))


def _document(job: AgreementJob, *, with_forest: bool = False, wide: bool = False) -> Document:
    words = job.words
    return Document(
        words(_TITLE),
        job.title,
        words.language,
        lead_blocks(job),
        tuple(_blocks(job, with_forest=with_forest, wide=wide)),
        job.author,
        job.created,
    )


def _blocks(job: AgreementJob, *, with_forest: bool, wide: bool) -> Iterator[Block]:
    if job.study is not None:
        yield from method_blocks(job.study, job.words, job.labels)
    if job.report.verdict:
        yield Heading(2, Message("What the figures allow you to say"))
        yield Bullets(tuple(job.labels.within(job.words(text)) for text in job.report.verdict))
    with_figures = with_forest and job.study is not None
    yield from figure_blocks(job, (*_forest(job), *_confusions(job)) if with_figures else ())
    warnings = warnings_of(job)
    if warnings:
        yield Heading(2, Message("When reading these figures"))
        yield Bullets(warnings)
    if job.study is not None:
        yield from study_blocks(job.study, job.words, job.labels, wide=wide)


def _forest(job: AgreementJob) -> tuple[Block, ...]:
    """Return the forest plot of one figure; nothing where drawings cannot be made."""
    report = job.report
    # A code that nobody used has no figure to draw.
    codes = tuple(row.code for row in report.codes if any(row.used))
    if not codes:
        return ()
    chart = draw_agreement(report, job.codebook, codes=codes, language=job.words.language)
    try:
        png, svg = picture_bytes(chart)
    except MissingExtraError:
        # The same figures are in the tables.
        return ()
    title = per_code_title(report.headline, job.words)
    explanation = Message(
        "Dot: the figure; bar: its 95% interval; dotted lines: .667 (tentative conclusions) "
        "and .800 (reliable) by Krippendorff (2004). Without a bar there is no interval: fewer "
        "than three interviews have the code, or the figure is the same whichever interview is "
        "left out."
    )
    return (Heading(2, title), note(explanation), Picture(png, svg, title))


def _confusions(job: AgreementJob) -> tuple[Block, ...]:
    """Return the figure of the codes that two coders confused; nothing where there are none."""
    confusion = job.study.confusion if job.study is not None else None
    if confusion is None or job.codebook is None or not confusion.leaks:
        return ()
    figure = draw_confusions(confusion, job.codebook, confusion.coders, language=job.words.language)
    try:
        return (Heading(2, figure.title), figure_picture(figure))
    except MissingExtraError:
        return ()


# For computing with


def _xlsx(job: AgreementJob) -> bytes:
    words = job.words
    tables = [
        *omission_tables(job.report.codings, job.report.omissions, of_units=True),
        *figure_tables(job),
    ]
    if job.study is not None:
        tables += study_tables(job.study, words, job.labels)
    tables.append(_basis_table(job))
    title = job.title or words(_TITLE)
    return xlsx_bytes(tuple(tables), title=title, language=words.language, created=job.created)


def _basis_table(job: AgreementJob) -> Table[str]:
    report = job.report
    lines = [block.text for block in lead_blocks(job)]
    lines += [job.words(text) for text in report.verdict]
    lines += [report.description, *map(job.words.reason, report.warnings)]
    return text_table(Message("About these figures"), heading("description"), tuple(lines))


def _json(job: AgreementJob) -> bytes:
    study = {}
    if job.study is not None:
        study = {key: value for key, value in to_json_value(job.study).items() if key != "report"}
        study["methods"] = list(methods_paragraphs(job.study, job.words.language, job.labels))
    return json_bytes(
        {
            "format": "qualcode agreement 1",
            "title": job.title,
            "language": job.words.language,
            **to_json_value(job.report),
            **study,
        }
    )


WRITERS: Mapping[str, Callable[[AgreementJob], bytes]] = MappingProxyType(
    {
        ".json": _json,
        ".md": lambda job: markdown_bytes(_document(job)),
        ".xlsx": _xlsx,
        ".html": lambda job: html_bytes(_document(job, with_forest=True, wide=True)),
        ".docx": lambda job: docx_bytes(_document(job, with_forest=True)),
    }
)
"""Writer of agreement reports by suffix."""
