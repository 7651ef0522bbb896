"""A transcript as a Word document, each coding a comment by its coder."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.codebook_edits import find_code
from qualcode.exporting.document.blocks import UNDATED
from qualcode.exporting.document.zip_archive import settled
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.model import Codebook, Coding, Transcript
from qualcode.model.extension_block import xml_safe

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.run import Run


def write_commented(
    transcript: Transcript,
    codings: Sequence[Coding],
    book: Codebook,
    path: Path,
    *,
    created: datetime = UNDATED,
) -> None:
    """Write a transcript with its codings as comments: the code, below it the coder's memo.

    Args:
        transcript: The text; each of its lines is a paragraph.
        codings: Its codings.
        book: Their codebook.
        path: Where to write: .docx.
        created: Date for the file's properties.

    Raises:
        UnsupportedFormatError: another suffix.
        WriteError: the file cannot be written.
    """
    import docx

    writer_for(path, {".docx": None}, "a transcript with comments")
    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.title = "", xml_safe(transcript.name)[:255]
    date = created.astimezone(UTC).replace(tzinfo=None)
    properties.created = properties.modified = date
    properties.comments = ""
    # A comment in Word begins and ends with a run, so the text is cut at each edge.
    cuts = sorted({edge for c in codings for edge in (c.span.start, c.span.end)})
    starts, runs = _add_text(document, transcript.text, cuts)
    titles = {path: code_title(book, path) for path in {coding.code for coding in codings}}
    for coding in codings:
        quote = coding.span.of(transcript.text)
        # A line end has no run: the run before it holds the words of the paragraph above.
        skipped = len(quote) - len(quote.lstrip("\n")) if quote.strip() else 0
        first = bisect_right(starts, coding.span.start + skipped) - 1
        # The end is not part of the span.
        last = bisect_right(starts, coding.span.end - 1) - 1
        _add_comment(document, (runs[first], runs[last]), coding, titles[coding.code])
    out = io.BytesIO()
    document.save(out)
    write_bytes(path, settled(out.getvalue()))


def code_title(book: Codebook, path: str) -> str:
    """Return what to call a code in a comment: its label, or its path where that is not enough."""
    title = book.code(path).title(book.language)
    # These characters separate codes where comments are read back.
    if not title.strip() or set(title) & set(";>/\n"):
        return path
    # Another code may have that label, or a path that ends in it.
    return title if find_code(book, (title,)) == path else path


def _add_text(document: Document, text: str, cuts: Sequence[int]) -> tuple[list[int], list[Run]]:
    """Write the lines as paragraphs of runs that end where codings do; return where each starts."""
    starts: list[int] = []
    runs: list[Run] = []
    position = 0
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        edges = [position, *_between(cuts, position, position + len(line)), position + len(line)]
        for start, end in pairwise(edges):
            starts.append(start)
            runs.append(paragraph.add_run(xml_safe(text[start:end])))
        position += len(line) + 1
    return starts, runs


def _between(cuts: Sequence[int], start: int, end: int) -> Sequence[int]:
    return [cut for cut in cuts[bisect_right(cuts, start) :] if cut < end] if cuts else ()


def _add_comment(document: Document, runs: tuple[Run, Run], coding: Coding, title: str) -> None:
    from docx.oxml.ns import qn

    # Word shows the initials in the margin.
    initials = "".join(part[0] for part in coding.coder.split())[:3]
    comment = document.add_comment(runs, author=xml_safe(coding.coder), initials=xml_safe(initials))
    comment.paragraphs[0].add_run(xml_safe(title))
    for line in xml_safe(coding.memo).split("\n") if coding.memo else ():
        comment.add_paragraph(line)
    element = comment._comment_elm  # noqa: SLF001 - the library cannot set the time
    if coding.created_at is None:
        element.attrib.pop(qn("w:date"), "")
    else:
        created_at = coding.created_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        element.set(qn("w:date"), created_at.isoformat() + "Z")
