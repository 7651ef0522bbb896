"""Agreement between coders as json, md, xlsx, html or docx."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import MissingExtraError
from qualcode.exporting.agreement_study import (
    method_blocks,
    readable,
    study_blocks,
    study_tables,
)
from qualcode.exporting.columns import columns
from qualcode.exporting.document import (
    UNDATED,
    Block,
    Bullets,
    Document,
    Heading,
    Kind,
    Paragraph,
    ParagraphStyle,
    Picture,
    Table,
    Value,
)
from qualcode.exporting.docx_format import docx_bytes
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.json_format import json_bytes
from qualcode.exporting.methods import methods_paragraphs
from qualcode.exporting.plots import draw_agreement, picture_bytes
from qualcode.exporting.reasons import said_in
from qualcode.exporting.tables_format import xlsx_bytes
from qualcode.exporting.text_formats import html_bytes, markdown_bytes
from qualcode.exporting.typography import number
from qualcode.exporting.words import Words
from qualcode.model import AgreementReport, CodeAgreement, Codebook, Coefficient
from qualcode.model.agreement_study import AgreementStudy
from qualcode.model.plain import plain

_CLUSTERED_BELOW = 20
"""Below as many interviews intervals come from the jackknife, from there on from resampling."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be written, and how."""

    report: AgreementReport
    study: AgreementStudy | None
    codebook: Codebook | None
    title: str
    words: Words
    author: str
    created: datetime


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
        report: The figures alone, or the whole study with method, differences and outcome.
        path: Where to write: .json, .md, .xlsx, .html or .docx.
        codebook: Gives the labels and colours of the forest plot.
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
    job = _Job(figures, study, codebook, title, Words(language), author, created)
    write_bytes(path, writer(job))


# For reading


def _document(job: _Job, *, drawn: bool = False, wide: bool = False) -> Document:
    words, report = job.words, job.report
    blocks: list[Block] = []
    if job.study is not None:
        blocks += method_blocks(job.study, words)
    for key, rows in (("per_code", report.codes), ("per_theme", report.themes)):
        if rows:
            blocks += [Heading(2, words(key)), _code_table(words(key), rows, words)]
    if report.overall:
        blocks += [Heading(2, words("overall")), _overall_table(report.overall, words)]
    if drawn and job.study is not None:
        blocks += _forest(job)
    said = _warnings(report, words)
    if said:
        blocks += [Heading(2, words("warnings")), Bullets(said)]
    if job.study is not None:
        blocks += study_blocks(job.study, words, wide=wide)
    return Document(
        words("agreement_title"),
        job.title,
        words.language,
        _lead(report, words),
        tuple(blocks),
        job.author,
        job.created,
    )


def _forest(job: _Job) -> tuple[Block, ...]:
    """Return the forest plot of kappa; nothing where drawings cannot be made."""
    used = tuple(row for row in job.report.codes if row.only_a or row.only_b or row.both)
    if not used:
        return ()
    language = job.words.language
    chart = draw_agreement(replace(job.report, codes=used), job.codebook, language=language)
    try:
        png, svg = picture_bytes(chart)
    except MissingExtraError:
        # the same figures stand in the tables
        return ()
    title = job.words("forest")
    return (Heading(2, title), Picture(png, svg, title))


def _lead(report: AgreementReport, words: Words) -> tuple[Block, ...]:
    about = words(
        "agreement_lead",
        a=report.coders[0],
        b=report.coders[1],
        units=words.count("unit", report.units),
        unit=said_in(report.unit, words.language),
        transcripts=words.count("transcript", len(report.transcripts)),
        codebook=report.codebook,
        version=report.codebook_version,
    )
    interviews = len(report.transcripts)
    few = interviews < _CLUSTERED_BELOW
    how = words("jackknifed", n=interviews) if few else words("intervals", n=report.resamples)
    return (Paragraph(about), Paragraph(how, ParagraphStyle.NOTE))


def _warnings(report: AgreementReport, words: Words) -> tuple[str, ...]:
    """Return the warnings; one that holds for several codes once, with the codes after it."""
    about: dict[str, list[str]] = {warning: [] for warning in report.warnings}
    for row in report.codes:
        reason = row.kappa.undefined_because
        used = row.only_a or row.only_b or row.both
        for warning in (*row.warnings, *([reason] if reason and used else ())):
            about.setdefault(warning, []).append(row.code)
    return tuple(
        said_in(warning, words.language) + (f" ({', '.join(codes)})" if codes else "")
        for warning, codes in about.items()
    )


def _code_table(name: str, rows: Iterable[CodeAgreement], words: Words) -> Table:
    keys = "code only_a only_b both neither"
    figures = ("positive_agreement", "kappa", "alpha", "ac1")
    shown = (
        *columns(words, keys),
        *(replace(column, kind=Kind.TEXT) for column in columns(words, " ".join(figures))),
    )
    made = []
    for row in rows:
        values = [_figure(getattr(row, key), words) for key in figures]
        values[-1] = values[-1] and values[-1].partition("\n")[0]
        made.append((readable(row.code), row.only_a, row.only_b, row.both, row.neither, *values))
    return Table(name, shown, tuple(made))


def _figure(figure: Coefficient, words: Words) -> str | None:
    """Return "0,72" with "(0,51; 0,88)" below it; None where there is no figure."""
    if figure.value is None:
        return None
    value = number(figure.value, words.language)
    return f"{value}\n{_interval(figure, words)}".rstrip()


def _interval(figure: Coefficient, words: Words) -> str:
    if figure.interval is None:
        return ""
    low, high = (number(end, words.language) for end in figure.interval)
    return f"({low};\N{NO-BREAK SPACE}{high})"


def _overall_table(overall: Sequence[Coefficient], words: Words) -> Table:
    keys = "figure value low high units reason"
    rows = tuple(
        (
            _figure_name(figure.name, words),
            figure.value,
            *(figure.interval or (None, None)),
            figure.units,
            said_in(figure.undefined_because or "", words.language),
        )
        for figure in overall
    )
    return Table(words("overall"), columns(words, keys), rows)


def _figure_name(name: str, words: Words) -> str:
    key = f"figure_{name}"
    return words(key) if words.has(key) else name.replace("_", " ")


# For computing with


def _xlsx(job: _Job) -> bytes:
    words, report = job.words, job.report
    tables = (
        _figures_table(words("sheet_agreement"), report.codes, words),
        _figures_table(words("sheet_agreement_themes"), report.themes, words),
        _overall_table(report.overall, words),
        *(study_tables(job.study, words) if job.study is not None else ()),
        _about_table(job),
    )
    title = job.title or words("agreement_title")
    return xlsx_bytes(tables, title=title, language=words.language, created=job.created)


def _figures_table(name: str, rows: Iterable[CodeAgreement], words: Words) -> Table:
    keys = (
        "code only_a only_b both neither observed positive_agreement kappa kappa_low kappa_high "
        "alpha alpha_low alpha_high ac1 ac1_low ac1_high reason warnings"
    )
    made: list[tuple[Value, ...]] = []
    for row in rows:
        figures = (row.kappa, row.alpha, row.ac1)
        reasons = {f.undefined_because: 1 for f in figures if f.undefined_because}
        made.append(
            (
                row.code,
                row.only_a,
                row.only_b,
                row.both,
                row.neither,
                row.observed,
                row.positive_agreement.value,
                *(v for f in figures for v in (f.value, *(f.interval or (None, None)))),
                "; ".join(said_in(reason, words.language) for reason in reasons),
                " ".join(said_in(warning, words.language) for warning in row.warnings),
            )
        )
    return Table(name, columns(words, keys), tuple(made))


def _about_table(job: _Job) -> Table:
    words, report = job.words, job.report
    lines = [block.text for block in _lead(report, words) if isinstance(block, Paragraph)]
    lines += [report.description, *(said_in(w, words.language) for w in report.warnings)]
    rows = tuple((line,) for line in lines)
    return Table(words("sheet_about"), columns(words, "description"), rows)


def _json(job: _Job) -> bytes:
    beside = {}
    if job.study is not None:
        beside = {key: value for key, value in plain(job.study).items() if key != "report"}
        beside["methods"] = list(methods_paragraphs(job.study, job.words.language))
    return json_bytes(
        {
            "format": "qualcode agreement 1",
            "title": job.title,
            "language": job.words.language,
            **plain(job.report),
            **beside,
        }
    )


WRITERS: Mapping[str, Callable[[_Job], bytes]] = MappingProxyType(
    {
        ".json": _json,
        ".md": lambda job: markdown_bytes(_document(job)),
        ".xlsx": _xlsx,
        ".html": lambda job: html_bytes(_document(job, drawn=True, wide=True)),
        ".docx": lambda job: docx_bytes(_document(job, drawn=True)),
    }
)
"""Writer of agreement reports by suffix."""
