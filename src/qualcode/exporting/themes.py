"""Theme summaries as docx, xlsx, html, md or json."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from qualcode.exporting.document import UNDATED
from qualcode.exporting.docx_format import docx_bytes
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.json_format import json_bytes
from qualcode.exporting.tables_format import xlsx_bytes
from qualcode.exporting.text_formats import html_bytes, markdown_bytes
from qualcode.exporting.themes_document import ThemesJob, themes_document
from qualcode.exporting.themes_tables import all_tables
from qualcode.exporting.words import Words
from qualcode.model import GROUP_NAMES, LocalText, ThemeReport
from qualcode.model.plain import plain


def write_themes(
    report: ThemeReport,
    path: Path,
    *,
    title: str = "",
    language: str = "nl",
    author: str = "",
    created: datetime = UNDATED,
    group_names: Mapping[str, LocalText] = GROUP_NAMES,
) -> None:
    """Write theme summaries to a file, in the format that its suffix names.

    docx, html and md are for reading; xlsx has every figure, a sheet per kind; json has every
    field, also the ids of the codings behind each cell. The same report gives the same bytes.
    A file that is there is replaced.

    Args:
        report: From ``themes``.
        path: Where to write: .docx, .html, .md, .xlsx or .json.
        title: Name of the study, printed under the title of the document.
        language: ``nl`` or ``en``, for the words that are not the respondents'.
        author: Name for the file's properties; nobody where it is empty.
        created: Date for the file's properties.
        group_names: What the members of a respondent group are called together.

    Raises:
        UnsupportedFormatError: the suffix is none of these.
        WriteError: the file cannot be written.
        InvalidValueError: there are no words in ``language``.
    """
    path = Path(path)
    writer = writer_for(path, WRITERS, "theme summaries")
    job = ThemesJob(report, title, Words(language, group_names), author, created)
    write_bytes(path, writer(job))


def _xlsx(job: ThemesJob) -> bytes:
    tables = all_tables(job.report, job.words)
    title = job.title or job.words("themes_title")
    return xlsx_bytes(tables, title=title, language=job.words.language, created=job.created)


def _json(job: ThemesJob) -> bytes:
    return json_bytes(
        {
            "format": "qualcode themes 1",
            "title": job.title,
            "language": job.words.language,
            **plain(job.report),
        }
    )


WRITERS: Mapping[str, Callable[[ThemesJob], bytes]] = MappingProxyType(
    {
        ".docx": lambda job: docx_bytes(themes_document(job)),
        ".xlsx": _xlsx,
        ".html": lambda job: html_bytes(themes_document(replace(job, widest=1_000))),
        ".md": lambda job: markdown_bytes(themes_document(job)),
        ".json": _json,
    }
)
"""Writer of theme summaries by suffix."""
