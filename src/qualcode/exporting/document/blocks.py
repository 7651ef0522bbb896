"""A laid-out document as values: what docx, html and md print, and the tables of csv and xlsx.

Each content (quotes, themes, agreement, codings) is turned into these blocks once; each format
prints them once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

Value = str | int | float | None

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""The date inside a file where none is given, so that the same project gives the same bytes."""


class Kind(StrEnum):
    """How a column of a table is printed."""

    TEXT = "text"
    LONG = "long"
    COUNT = "count"
    FIGURE = "figure"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: Its name for programs: the header in csv.
        title: Its name for people.
        kind: How its values are printed.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; values as they are, numbers not yet turned into text.

    Attributes:
        name: Short and unique in the file: the name of the sheet in xlsx.
        columns: Its columns.
        rows: One tuple per row, as long as the columns. None is an empty cell.
        caption: Printed above it in a document.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    caption: str = ""


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
    """A quote set apart, with typographic quotation marks already in place.

    Attributes:
        text: The words, between quotation marks.
        attribution: Who said it.
        reference: Where it stands.
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
        return int.from_bytes(self.png[16:20]), int.from_bytes(self.png[20:24])


Block = Heading | Paragraph | Bullets | QuoteBlock | Table | Picture


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
    """Give the headings of the table of contents with the number of their block."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.level <= deepest:
            yield number, block
