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
from qualcode.messages import Message
from qualcode.model import DialogueLine

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
    CODE = "code"


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
        lines: In the place of ``text``: what each of several speakers says.
    """

    text: str
    attribution: str = ""
    reference: str = ""
    before: str = ""
    after: str = ""
    lines: tuple[DialogueLine, ...] = ()


INTERVIEWER = Message.within("speaker", "Interviewer")
"""Printed before the words of an interviewer in a dialogue."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing; formats that cannot hold one leave it out.

    Attributes:
        png: The bytes of the drawing as png.
        svg: The same as svg.
        text: What it shows, for who cannot see it.
        resolution: Pixels of the png to the inch.
    """

    png: bytes
    svg: bytes
    text: str
    resolution: int = 144

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the png, in pixels."""
        # The first chunk of a png holds its width and height at a fixed place.
        return int.from_bytes(self.png[16:20]), int.from_bytes(self.png[20:24])


Block = Heading | Paragraph | Bullets | QuoteBlock | Table[Any] | Picture
"""What a document is made of. Its texts may be messages: the writer translates them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The pages of a document, in millimetres.

    Attributes:
        width: Width of a page.
        height: Its height.
    """

    width: int = 210
    height: int = 297

    @property
    def text_width(self) -> int:
        """Width of the text between the margins."""
        # the margins of Word documents: 27 mm on either side
        return self.width - 54

    @property
    def text_height(self) -> int:
        """Height of the text that a drawing may fill."""
        return self.height - 72


PORTRAIT = Paper()
"""A4, upright."""
LANDSCAPE = {"A4": Paper(297, 210), "A3": Paper(420, 297)}
"""Papers for wide tables, by name."""


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
        contents: Whether it has a table of contents.
        paper: Its pages, where the format has pages.
    """

    title: str
    study: str
    language: str
    lead: tuple[Block, ...]
    blocks: tuple[Block, ...]
    author: str = ""
    created: datetime = UNDATED
    contents: bool = True
    paper: Paper = PORTRAIT

    @property
    def full_title(self) -> str:
        """The title with the name of the study, as the file's own title."""
        return f"{self.title} – {self.study}" if self.study else self.title


def numbered_headings(document: Document, deepest: int = 2) -> Iterator[tuple[int, Heading]]:
    """Yield the headings of the table of contents, each with the number of its block."""
    if not document.contents:
        return
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.level <= deepest:
            yield number, block


def note(text: str) -> Paragraph:
    """Return a paragraph that says how to read what follows it."""
    return Paragraph(text, ParagraphStyle.NOTE)
