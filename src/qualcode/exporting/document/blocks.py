"""A document as a value: the blocks that docx, html and md print.

Each content (quotes, themes, agreement) is turned into these blocks once; each format prints
them once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from qualcode.exporting.document.table import Table

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The date inside a file where none is given, so that the same project gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a theme, 2 a code, 3 what is below that."""

    level: int
    text: str


class ParagraphStyle(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    REACH = "reach"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    style: ParagraphStyle = ParagraphStyle.BODY


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A quote as a block, with typographic quotation marks already in place.

    Attributes:
        text: The words, between quotation marks.
        attribution: Who said it.
        reference: Its place in the transcript.
        before: Text before it in the transcript.
        after: Text after it.
    """

    text: str
    attribution: str = ""
    reference: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing; formats that cannot hold one leave it out.

    Attributes:
        png: The bytes of the drawing as png.
        svg: The same as svg.
        text: What it shows, for who cannot see it.
    """

    png: bytes
    svg: bytes
    text: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the png, in pixels."""
        # The first chunk of a png holds its width and height at a fixed place.
        return int.from_bytes(self.png[16:20]), int.from_bytes(self.png[20:24])


Block = Heading | Paragraph | Bullets | QuoteBlock | Table[Any] | Picture
"""What a document is made of. Its texts may be messages: the writer translates them."""


@dataclass(frozen=True, slots=True)
class Document:
    """What one file says, from top to bottom.

    Attributes:
        title: Title of the document.
        study: Name of the study, printed under the title; may be empty.
        language: ``nl`` or ``en``; of the printed words.
        lead: Blocks under the title, before the contents.
        blocks: Everything after that.
        author: Name to put in the file's properties; ``""`` for nobody.
        created: Date to put in the file's properties.
    """

    title: str
    study: str
    language: str
    lead: tuple[Block, ...]
    blocks: tuple[Block, ...]
    author: str = ""
    created: datetime = UNDATED

    @property
    def full_title(self) -> str:
        """The title with the name of the study, as the file's own title."""
        return f"{self.title} – {self.study}" if self.study else self.title


def numbered_headings(document: Document, deepest: int = 2) -> Iterator[tuple[int, Heading]]:
    """Yield the headings of the table of contents, each with the number of its block."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.level <= deepest:
            yield number, block


def note(text: str) -> Paragraph:
    """Return a paragraph that says how to read what follows it."""
    return Paragraph(text, ParagraphStyle.NOTE)
