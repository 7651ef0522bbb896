"""Reads Word documents with comments: the transcript, and the comments with their passages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.importing.archive import Archive
from qualcode.importing.damage import damage_refused
from qualcode.importing.docx import walk_docx
from qualcode.importing.docx_styles import W
from qualcode.importing.files import read_bytes
from qualcode.importing.transcripts import ReadResult, read_transcript_bytes
from qualcode.messages import Message
from qualcode.model import Span

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = re.compile(r"\s*[>/]\s*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in a Word document.

    Attributes:
        span: The passage.
        author: Who wrote it.
        labels: What its first line names, split at ``;``: each from the theme down.
        note: The lines below.
        at: Time of writing in UTC; None if the file gives none.
    """

    span: Span
    author: str
    labels: tuple[tuple[str, ...], ...]
    note: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CommentedDocument:
    """A transcript with its comments; comments without a passage are problems."""

    read: ReadResult
    comments: tuple[Comment, ...]
    problems: tuple[Problem, ...]


def read_docx_comments(path: Path, *, language: str = "nl") -> CommentedDocument:
    """Read a Word document with comments.

    Args:
        path: The ``.docx`` file.
        language: Language of the text.

    Raises:
        UnreadableFileError: it is not there, or no Word document.
    """
    with damage_refused(path):
        return _read(read_bytes(path), path, language)


def _read(data: bytes, path: Path, language: str) -> CommentedDocument:
    read = read_transcript_bytes(data, path.name, language=language)
    # The same walk as for the text, so that both count positions alike.
    _, ranges = walk_docx(data, path.name)
    root = Archive(data, path.name).read_xml("word/comments.xml")
    comments: list[Comment] = []
    problems: list[Problem] = []
    for element in () if root is None else root.iter(f"{W}comment"):
        start, end = ranges.get(element.get(f"{W}id", ""), (0, 0))
        if not read.transcript.text[start:end].strip():
            message = "This comment is about no words and was left out."
            problems.append(
                Problem(
                    Message("{name}, comment {get}", name=path.name, get=element.get(f"{W}id", "")),
                    message,
                )
            )
        else:
            comments.append(_comment(element, Span(start, end)))
    return CommentedDocument(read, tuple(comments), tuple(problems))


def _comment(element: _Element, span: Span) -> Comment:
    lines = [_line(paragraph) for paragraph in element.iter(f"{W}p")]
    first = next((line for line in lines if line.strip()), "")
    note_lines = lines[lines.index(first) + 1 :] if first else []
    # Only the first line names codes, so that the lines below it may hold any character.
    labels = (tuple(filter(None, _LEVELS.split(part.strip()))) for part in first.split(";"))
    return Comment(
        span=span,
        author=(element.get(f"{W}author") or "").strip(),
        labels=tuple(filter(None, labels)),
        note="\n".join(note_lines).strip(),
        at=_moment(element.get(f"{W}date")),
    )


def _line(paragraph: _Element) -> str:
    signs = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
    pieces = (signs.get(e.tag, e.text or "") for e in paragraph.iter(f"{W}t", *signs))
    return "".join(pieces)


def _moment(value: str | None) -> datetime | None:
    try:
        time = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
