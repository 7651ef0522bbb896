"""OpenDocument texts: one walk over ``content.xml``.

White space collapses as the format prescribes; spaces, tabs and line ends are elements.
Tracked deletions and hidden text are dropped, notes and comments listed as Problems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode.errors import Problem, UnreadableFileError
from qualcode.importing.archive import Archive
from qualcode.importing.source import DocumentSource, TextBuilder
from qualcode.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_T, _TABLE, _OFFICE, _STYLE = (
    f"{{{_NS}{part}:1.0}}" for part in ("text", "table", "office", "style")
)
_FO = f"{{{_NS}xsl-fo-compatible:1.0}}"
_DRAW = f"{{{_NS}drawing:1.0}}"
_PARAGRAPHS = frozenset({f"{_T}p", f"{_T}h"})
_SILENT = frozenset(
    {
        f"{_T}tracked-changes",
        f"{_T}hidden-text",
        f"{_T}hidden-paragraph",
        f"{_T}sequence-decls",
        f"{_T}number",
        f"{_OFFICE}forms",
        f"{_T}table-of-content",
    }
)
_NOTES = {f"{_T}note": "footnote or endnote", f"{_OFFICE}annotation": "comment"}
_SPACE = re.compile(r"[ \t\n\r]+")
_BOLD = frozenset("bold 600 700 800 900".split())
_ITALIC = frozenset(("italic", "oblique"))
# Styles of a damaged document may be based on each other in a circle.
_MOST_LEVELS = 20
# One element may ask for billions of spaces.
_MOST_SPACES = 1000
_LONGEST_NOTE = 80


def read_odt(data: bytes, file_name: str) -> DocumentSource:
    """Return the text of an OpenDocument text."""
    archive = Archive(data, file_name)
    content = archive.read_xml("content.xml")
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if content is None or body is None:
        raise UnreadableFileError(
            Message(
                "'{file_name}' is not a text document inside. Open it in LibreOffice and save "
                "it as .odt.",
                file_name=file_name,
            )
        )
    styles = _TextStyles([content, archive.read_xml("styles.xml")])
    walker = _Walker(file_name, styles)
    walker.walk_blocks(body)
    return walker.builder.build(walker.problems())


class _TextStyles:
    """Which styles of a document hide text, and which make it bold or italic."""

    def __init__(self, roots: Iterable[_Element | None]) -> None:
        hidden = set()
        self._emphases: dict[str, bool] = {}
        self._parents: dict[str, str] = {}
        for root in roots:
            for style in () if root is None else root.iter(f"{_STYLE}style"):
                name = style.get(f"{_STYLE}name", "")
                self._parents[name] = style.get(f"{_STYLE}parent-style-name", "")
                for properties in style.iterfind(f"{_STYLE}text-properties"):
                    if properties.get(f"{_T}display") == "none":
                        hidden.add(name)
                    weight = properties.get(f"{_FO}font-weight")
                    slant = properties.get(f"{_FO}font-style")
                    if weight is not None or slant is not None:
                        self._emphases[name] = weight in _BOLD or slant in _ITALIC
        self.hidden = frozenset(hidden)

    def emphasis(self, style: str, outer: bool) -> bool:
        """Tell whether a style makes text bold or italic; ``outer`` is how the text around is."""
        for _ in range(_MOST_LEVELS):
            if style in self._emphases:
                return self._emphases[style]
            style = self._parents.get(style, "")
        return outer


class _Walker:
    """Walks the blocks of a document and collects its text."""

    def __init__(self, file_name: str, styles: _TextStyles) -> None:
        self.file_name = file_name
        self.builder = TextBuilder()
        self.counts: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []
        self._styles = styles
        self._is_emphasized = False
        self._boxes: list[_Element] = []
        self._after_space = True

    def walk_blocks(self, parent: _Element) -> None:
        """Walk paragraphs, lists and tables, each on a line of its own."""
        for block in parent:
            if block.tag in _PARAGRAPHS:
                self._walk_paragraph(block)
            elif block.tag == f"{_TABLE}table":
                rows = block.iter(f"{_TABLE}table-row")
                # iter also finds the rows of tables inside cells; those are written with their
                # cell.
                own_rows = (
                    row for row in rows if next(row.iterancestors(f"{_TABLE}table")) is block
                )
                self.builder.add_table(map(_cells, own_rows), self.walk_blocks)
            elif block.tag == f"{_T}tracked-changes":
                self.counts["deleted"] += sum(1 for _ in block.iter(f"{_T}deletion"))
            elif block.tag not in _SILENT:
                self.walk_blocks(block)

    def _walk_paragraph(self, paragraph: _Element) -> None:
        self.builder.open_paragraph()
        self._after_space = True
        self._walk_inline(paragraph)
        self.builder.close_paragraph(heading=paragraph.tag == f"{_T}h")
        # Text boxes follow their paragraph: inside it they would cut a sentence in two.
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.walk_blocks(box)

    def _walk_inline(self, element: _Element) -> None:
        style = element.get(f"{_T}style-name", "")
        # Hidden text is seen by nobody who reads the document, so that nobody would check it.
        if style in self._styles.hidden:
            self.counts["hidden"] += len("".join(map(str, element.itertext())))
            return
        outer = self._is_emphasized
        self._is_emphasized = self._styles.emphasis(style, outer)
        self._add_text(element.text)
        for child in element:
            self._walk_child(child)
            self._add_text(child.tail)
        self._is_emphasized = outer

    def _walk_child(self, child: _Element) -> None:
        if child.tag == f"{_T}s":
            count = child.get(f"{_T}c", "1")
            self._add_sign(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))
        elif child.tag == f"{_T}tab":
            self._add_sign("\t")
        elif child.tag == f"{_T}line-break":
            self._add_sign("\n")
        elif child.tag in _NOTES:
            body = child.find(f"{_T}note-body")
            words = " ".join(
                "".join(map(str, (child if body is None else body).itertext())).split()
            )
            self.notes.append((_NOTES[str(child.tag)], words))
        elif child.tag == f"{_DRAW}text-box":
            self._boxes.append(child)
        elif child.tag not in _SILENT:
            self._walk_inline(child)

    def _add_sign(self, sign: str) -> None:
        self.builder.add(sign)
        self._after_space = False

    def _add_text(self, text: str | None) -> None:
        if not text:
            return
        text = _SPACE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self.builder.add(text, emphasized=self._is_emphasized)
            self._after_space = text.endswith(" ")

    def problems(self) -> tuple[Problem, ...]:
        """Return what was left out of the text."""
        problems = []
        if self.counts["deleted"]:
            message = Message.counted(
                "{count} tracked deletion was left out.",
                "{count} tracked deletions were left out.",
                self.counts["deleted"],
            )
            hint = "Tracked insertions were kept; accept or reject all changes to be sure."
            problems.append(Problem(self.file_name, message, hint))
        if self.counts["hidden"]:
            message = Message.counted(
                "{count} character of hidden text was left out.",
                "{count} characters of hidden text were left out.",
                self.counts["hidden"],
            )
            problems.append(Problem(self.file_name, message, "Make them visible to import them."))
        hint = "Notes are not part of the text; keep what matters as a memo."
        for kind, words in self.notes:
            short = words if len(words) <= _LONGEST_NOTE else words[:_LONGEST_NOTE].rstrip() + "…"
            problems.append(
                Problem(
                    self.file_name,
                    Message("A {kind} was left out: '{short}'.", kind=kind, short=short),
                    hint,
                )
            )
        return tuple(problems)


def _cells(row: _Element) -> list[_Element]:
    kinds = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
    return [cell for cell in row if cell.tag in kinds]
