"""Tables of coded passages in the layouts that other programs write and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from qualcode.errors import unknown_name
from qualcode.exporting.document.blocks import UNDATED
from qualcode.exporting.document.table import Value
from qualcode.exporting.interchange.plain_table import write_rows
from qualcode.model import Codebook, Coding, Transcript


def write_tool_table(
    codings: Iterable[Coding],
    book: Codebook,
    transcripts: Mapping[str, Transcript],
    path: Path,
    *,
    tool: str,
    created: datetime = UNDATED,
) -> None:
    """Write codings in the layout of another program, one row for a passage and code.

    Args:
        codings: The codings; codes are written by their labels, from the theme down.
        book: Their codebook.
        transcripts: By name.
        path: Where to write: .csv or .xlsx.
        tool: ``atlas.ti``, ``maxqda``, ``qualcoder`` or ``taguette``.
        created: Date for the file's properties.

    Raises:
        UnknownNameError: another program.
        UnsupportedFormatError: another suffix.
        WriteError: the file cannot be written.
    """
    # People write the name of this program in several ways.
    key = {"atlas": "atlas.ti", "atlasti": "atlas.ti"}.get(tool.casefold(), tool.casefold())
    if key not in LAYOUTS:
        raise unknown_name("program", tool, LAYOUTS, "the layouts that can be written")
    titles, make = LAYOUTS[key]
    rows = [
        make(number, coding, _labels(book, coding.code), transcripts[coding.transcript])
        for number, coding in enumerate(codings, 1)
    ]
    write_rows("codings", titles, rows, path, created=created)


def _labels(book: Codebook, path: str) -> list[str]:
    parts = path.split("/")
    above = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
    return [book.code(code_path).title(book.language) for code_path in above]


def _paragraphs(coding: Coding, text: str) -> tuple[int, int]:
    # Both programs count paragraphs from 1.
    first = text.count("\n", 0, coding.span.start) + 1
    # a line end at the end of a passage does not reach into the next paragraph
    return first, first + coding.quote.rstrip("\n").count("\n")


def _day(coding: Coding) -> str:
    created_at = coding.created_at
    return f"{created_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if created_at else ""


def _taguette(
    number: int, coding: Coding, labels: Sequence[str], transcript: Transcript
) -> tuple[Value, ...]:
    del transcript
    # A full stop is how Taguette nests tags.
    tag = ".".join(label.replace(".", " ") for label in labels)
    return number, coding.transcript, tag, coding.quote


def _maxqda(
    number: int, coding: Coding, labels: Sequence[str], transcript: Transcript
) -> tuple[Value, ...]:
    del number
    begin, end = _paragraphs(coding, transcript.text)
    code = " > ".join(labels)
    where = ("", "", coding.transcript, code, begin, end, 0)
    return (*where, coding.quote, coding.coder, _day(coding), coding.memo)


def _atlas(
    number: int, coding: Coding, labels: Sequence[str], transcript: Transcript
) -> tuple[Value, ...]:
    begin, end = _paragraphs(coding, transcript.text)
    code = ": ".join(labels)
    reference = f"{begin} - {end}"
    passage = (number, coding.transcript, coding.quote, code, reference)
    return (*passage, coding.memo, coding.coder, _day(coding))


def _qualcoder(
    number: int, coding: Coding, labels: Sequence[str], transcript: Transcript
) -> tuple[Value, ...]:
    del number, transcript
    span = coding.span
    where = (coding.transcript, " > ".join(labels), span.start, span.end, coding.quote)
    return (*where, coding.coder, _day(coding), coding.memo)


_Maker = Callable[[int, Coding, Sequence[str], Transcript], tuple[Value, ...]]

LAYOUTS: Mapping[str, tuple[tuple[str, ...], _Maker]] = MappingProxyType(
    {
        "atlas.ti": (
            (
                *("ID", "Document", "Quotation Content", "Codes", "Reference"),
                *("Comment", "Created by", "Created"),
            ),
            _atlas,
        ),
        "maxqda": (
            (
                *("Color", "Document group", "Document name", "Code", "Begin", "End"),
                *("Weight score", "Segment", "Modified by", "Modified", "Comment"),
            ),
            _maxqda,
        ),
        "qualcoder": (
            (*("file", "codename", "pos0", "pos1", "seltext"), *("owner", "date", "memo")),
            _qualcoder,
        ),
        "taguette": (("id", "document", "tag", "content"), _taguette),
    }
)
"""Titles and maker of rows by program."""
