"""Theme summaries as docx, xlsx, html, md or json."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.reports.analysis_tables import analysis_tables
from qualcode.exporting.reports.colophon import About, provenance_tables, report_json, report_xlsx
from qualcode.exporting.reports.theme_chapters import TITLE, ThemesJob, themes_document
from qualcode.exporting.reports.theme_tables import theme_tables
from qualcode.model import Figure, ThemeReport
from qualcode.model.json_values import to_json_value


def write_themes(
    report: ThemeReport,
    path: Path,
    about: About | None = None,
    figures: Sequence[Figure] = (),
) -> None:
    """Write theme summaries to a file, in the format that its suffix names.

    docx, html and md are for reading; xlsx has every figure, a sheet per kind; json has every
    field, also the ids of the codings that each cell counts. The same report gives the same bytes.
    A file that is there is replaced.

    Args:
        report: From ``themes``.
        path: Where to write: .docx, .html, .md, .xlsx or .json.
        about: Title, language, date, and how it was made.
        figures: To print in docx and html.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: reports are not written in the language.
    """
    path = Path(path)
    about = about or About()
    writer = writer_for(path, WRITERS, "theme summaries")
    write_bytes(path, writer(ThemesJob(report, about, about.words(), figures=tuple(figures))))


def _xlsx(job: ThemesJob) -> bytes:
    tables = (
        *theme_tables(job.report, job.words),
        *analysis_tables(job.report, job.words),
        *provenance_tables(job.about.provenance, job.words),
    )
    return report_xlsx(tables, job.about, job.words(TITLE))


def _json(job: ThemesJob) -> bytes:
    return report_json("themes", job.about, to_json_value(job.report))


WRITERS: Mapping[str, Callable[[ThemesJob], bytes]] = MappingProxyType(
    {
        ".docx": lambda job: docx_bytes(themes_document(job)),
        ".xlsx": _xlsx,
        # a browser scrolls to the side: only paper needs the tables cut
        ".html": lambda job: html_bytes(themes_document(replace(job, widest=1_000))),
        ".md": lambda job: markdown_bytes(themes_document(job)),
        ".json": _json,
    }
)
"""Writer of theme summaries by suffix."""
