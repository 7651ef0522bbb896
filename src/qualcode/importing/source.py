"""The result of a file reader, before speakers and turns are known.

A document source is frozen unchanged, with its labels and time stamps. An utterance source
(captions, tables) is a list of utterances; the text is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from qualcode.errors import Problem

T = TypeVar("T")

Cells = tuple[tuple[int, int], ...]
LONGEST_TEXT = 5_000_000
"""Characters of the longest text that is read: some hundred interviews."""


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """The text of a document with its layout.

    Attributes:
        text: The text that will be frozen.
        paragraphs: Start and end of each paragraph; if empty, the lines divide the text.
        tables: Per table, per row, start and end of each cell.
        times: Positions with a known time in milliseconds, in order (noScribe's anchors).
        problems: What was odd.
        headings: Start and end of each heading, which nobody says.
        emphases: Start and end of each passage in bold or italics.
        service_lines: Start and end of each line that a transcription program wrote.
    """

    text: str
    paragraphs: tuple[tuple[int, int], ...] = ()
    tables: tuple[tuple[Cells, ...], ...] = ()
    times: tuple[tuple[int, int], ...] = ()
    problems: tuple[Problem, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    emphases: tuple[tuple[int, int], ...] = ()
    service_lines: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Utterance:
    """An utterance with its speaker and its time in milliseconds; None if not given."""

    speaker: str | None
    text: str
    time_ms: int | None = None


@dataclass(frozen=True, slots=True)
class UtteranceSource:
    """A list of utterances.

    Attributes:
        utterances: In the order of the file.
        joins: Whether neighbours of one speaker form one turn, as captions do.
        problems: What was odd.
    """

    utterances: tuple[Utterance, ...]
    joins: bool = True
    problems: tuple[Problem, ...] = ()


class TextBuilder:
    r"""Collects the text of a document: paragraphs on lines, table cells between tabs."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._start = 0
        self.position = 0
        self.fresh = True
        self.paragraphs: list[tuple[int, int]] = []
        self.tables: list[tuple[Cells, ...]] = []
        self.times: list[tuple[int, int]] = []
        self.headings: list[tuple[int, int]] = []
        self.emphases: list[tuple[int, int]] = []

    def add(self, piece: str, *, emphasized: bool = False) -> None:
        """Append text to the current paragraph; ``emphasized``: whether it is bold or italic."""
        if not self.position:
            # A byte order mark is no text and would shift every position after it.
            piece = piece.removeprefix("\ufeff")
        self._pieces.append(piece)
        if emphasized and piece:
            self._emphasize(self.position, self.position + len(piece))
        self.position += len(piece)

    def _emphasize(self, start: int, end: int) -> None:
        # Programs divide a passage into runs: those that touch are one.
        if self.emphases and self.emphases[-1][1] == start:
            start, _ = self.emphases.pop()
        self.emphases.append((start, end))

    def take_back(self, count: int) -> None:
        """Remove the last ``count`` characters of what was added last."""
        self._pieces[-1] = self._pieces[-1][:-count]
        self.position -= count

    def open_paragraph(self) -> None:
        """Start a paragraph on a new line; in a text or cell that is still empty, on this one."""
        if not self.fresh:
            self.add("\n")
        self.fresh = False
        self._start = self.position

    def close_paragraph(self, *, heading: bool = False) -> None:
        """End the current paragraph here; ``heading`` says whether it is a heading."""
        self.paragraphs.append((self._start, self.position))
        # An empty line in the style of a heading holds no words to leave out.
        if heading and self.position > self._start:
            self.headings.append(self.paragraphs[-1])

    def add_table(self, rows: Iterable[Iterable[T]], walk: Callable[[T], None]) -> None:
        """Append a table: a row per line, ``walk`` writes each cell."""
        self.open_paragraph()
        written: list[Cells] = []
        for row in rows:
            if written:
                self.add("\n")
            cells: list[tuple[int, int]] = []
            for cell in row:
                if cells:
                    self.add("\t")
                start = self.position
                self.fresh = True
                walk(cell)
                cells.append((start, self.position))
            written.append(tuple(cells))
        self.fresh = False
        # Rows without cells would have no place in the text.
        self.tables.append(tuple(cells for cells in written if cells))

    def build(self, problems: tuple[Problem, ...] = ()) -> DocumentSource:
        """Return the text with its layout."""
        text = "".join(self._pieces)
        paragraphs, tables = tuple(self.paragraphs), tuple(self.tables)
        times, headings, emphases = map(tuple, (self.times, self.headings, self.emphases))
        return DocumentSource(text, paragraphs, tables, times, problems, headings, emphases)
