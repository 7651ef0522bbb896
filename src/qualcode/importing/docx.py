"""Word documents: one walk over ``word/document.xml`` collects the text that Word would show.

Tracked insertions are kept and deletions dropped; hidden text and field codes are dropped;
tables go row by row with tabs between cells; text boxes follow their paragraph, once; list
numbers that Word makes are written out. Notes and comments are listed as Problems.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.errors import Problem, UnreadableFileError
from qualcode.importing.archive import Archive
from qualcode.importing.docx_styles import ListNumbers, Styles, W
from qualcode.importing.source import DocumentSource, TextBuilder
from qualcode.importing.text_encoding import unify_line_ends
from qualcode.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

# Strict Open XML has other namespaces for all elements, so such a file would look empty.
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_TEXTS = frozenset({f"{W}t", f"{W}sym", *_SIGNS})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_NOTES = {
    f"{W}footnoteReference": ("word/footnotes.xml", "footnote"),
    f"{W}endnoteReference": ("word/endnotes.xml", "endnote"),
    f"{W}commentReference": ("word/comments.xml", "comment"),
}
_RANGES = {f"{W}commentRangeStart": "start", f"{W}commentRangeEnd": "end"}
_SILENT = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "tblGrid", "sdtPr", "instrText", "delText")
)
_BLOCKS = frozenset({f"{W}p", f"{W}tbl"})
_LONGEST_NOTE = 80
# A document may have hundreds of notes; more than these are only counted.
_MOST_NOTES = 20


def read_docx(data: bytes, file_name: str) -> DocumentSource:
    """Return the text of a Word document."""
    return walk_docx(data, file_name)[0]


def walk_docx(data: bytes, file_name: str) -> tuple[DocumentSource, dict[str, tuple[int, int]]]:
    """Return the text of a Word document, and the positions of each comment by its id."""
    archive = Archive(data, file_name)
    document = archive.read_xml("word/document.xml")
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        saved = document is not None and _STRICT in str(document.tag)
        raise UnreadableFileError(
            Message(
                "'{file_name}' is saved as 'Strict Open XML'. Open it in Word and save it as an "
                "ordinary .docx.",
                file_name=file_name,
            )
            if saved
            else Message(
                "'{file_name}' is not a Word document inside. Open it in Word and save it as an "
                "ordinary .docx.",
                file_name=file_name,
            )
        )
    walker = _Walker(archive)
    walker.walk_blocks(body)
    return walker.builder.build(walker.problems()), walker.ranges()


class _Walker:
    """Walks the blocks of a document and collects its text."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.builder = TextBuilder()
        self.styles = Styles(archive.read_xml("word/styles.xml"))
        self.numbers = ListNumbers(archive.read_xml("word/numbering.xml"))
        self.counts: Counter[str] = Counter()
        self.notes: list[tuple[str, str, str]] = []
        self._boxes: list[_Element] = []
        self._marks: dict[str, dict[str, int]] = {}
        self._properties: _Element | None = None
        self._is_emphasized = False

    def walk_blocks(self, parent: _Element) -> None:
        """Walk paragraphs and tables, each on a line of its own."""
        for block in self._blocks(parent):
            if block.tag == f"{W}tbl":
                self._walk_table(block)
            else:
                self._walk_paragraph(block)

    def _blocks(self, parent: _Element) -> Iterator[_Element]:
        """Yield the blocks of ``parent``, also those inside content controls and insertions."""
        for child in parent:
            if child.tag in _BLOCKS:
                yield child
            elif child.tag == f"{_MC}AlternateContent":
                yield from self._blocks(_alternative(child))
            elif child.tag in _RANGES:
                self._mark(child)
            elif child.tag not in _SILENT | _DELETED:
                yield from self._blocks(child)

    def _mark(self, child: _Element) -> None:
        marks = self._marks.setdefault(child.get(f"{W}id", ""), {})
        marks.setdefault(_RANGES[child.tag], self.builder.position)

    def ranges(self) -> dict[str, tuple[int, int]]:
        """Return start and end of the passage of each comment, by the id of the comment."""
        return {
            key: (marks["start"], marks["end"])
            for key, marks in self._marks.items()
            if "start" in marks and "end" in marks
        }

    def _walk_paragraph(self, paragraph: _Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        number = self.numbers.next_number(properties, self.styles)
        hidden = self.styles.hides_paragraph(properties)
        self._properties = properties
        self.builder.open_paragraph()
        self._add(number, hidden=hidden)
        self._walk_inline(paragraph, hidden=hidden)
        self._is_emphasized = False
        self.builder.close_paragraph(heading=self.styles.is_heading(properties))
        # A paragraph mark that was deleted joins the paragraph to the next one.
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self.builder.fresh = True
        # Text boxes follow their paragraph: inside it they would cut a sentence in two.
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.walk_blocks(box)

    def _walk_inline(self, parent: _Element, *, hidden: bool) -> None:
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._is_emphasized = self.styles.emphasizes_run(child, self._properties)
                self._walk_inline(child, hidden=self.styles.hides_run(child, hidden))
            elif tag in _TEXTS:
                self._add(_text_of(child), hidden=hidden)
            elif tag == f"{_MC}AlternateContent":
                # Choice and Fallback hold the same text box twice.
                self._walk_inline(_alternative(child), hidden=hidden)
            elif not self._set_aside(child) and tag not in _SILENT:
                self._walk_inline(child, hidden=hidden)

    def _set_aside(self, child: _Element) -> bool:
        """Keep an element that is no running text; return whether ``child`` is such an element."""
        if child.tag in _NOTES:
            self.notes.append((*_NOTES[child.tag], child.get(f"{W}id", "")))
        elif child.tag in _RANGES:
            self._mark(child)
        elif child.tag in _DELETED:
            self.counts["deleted"] += 1
        elif child.tag == f"{W}txbxContent":
            self._boxes.append(child)
        else:
            return False
        return True

    def _add(self, text: str, *, hidden: bool) -> None:
        if hidden:
            self.counts["hidden"] += len(text)
        else:
            self.builder.add(text, emphasized=self._is_emphasized)

    def _walk_table(self, table: _Element) -> None:
        rows = [row for row in self._rows(table, f"{W}tr") if self._is_kept(row)]
        cells = (list(self._rows(row, f"{W}tc")) for row in rows)
        self.builder.add_table(cells, self.walk_blocks)

    def _is_kept(self, row: _Element) -> bool:
        is_deleted = row.find(f"{W}trPr/{W}del") is not None
        self.counts["deleted"] += is_deleted
        return not is_deleted

    def _rows(self, parent: _Element, tag_name: str) -> Iterator[_Element]:
        """Yield rows or cells, also those inside content controls."""
        for child in parent:
            if child.tag == tag_name:
                yield child
            elif child.tag not in _SILENT | _BLOCKS | _DELETED:
                yield from self._rows(child, tag_name)

    def problems(self) -> tuple[Problem, ...]:
        """Return what was left out of the text."""
        where = self.archive.file_name
        problems = []
        if self.counts["deleted"]:
            message = Message.counted(
                "{count} tracked deletion was left out.",
                "{count} tracked deletions were left out.",
                self.counts["deleted"],
            )
            hint = "Tracked insertions were kept; accept or reject all changes in Word to be sure."
            problems.append(Problem(where, message, hint))
        if self.counts["hidden"]:
            message = Message.counted(
                "{count} character of hidden text was left out.",
                "{count} characters of hidden text were left out.",
                self.counts["hidden"],
            )
            problems.append(Problem(where, message, "Make them visible in Word to import them."))
        return (*problems, *self._note_problems())

    def _note_problems(self) -> Iterator[Problem]:
        where = self.archive.file_name
        texts = {part: self._note_texts(part) for part in {part for part, _, _ in self.notes}}
        hint = "Notes are not part of the text; keep what matters as a memo."
        for part, kind, number in self.notes[:_MOST_NOTES]:
            words = texts[part].get(number, "")
            short = words if len(words) <= _LONGEST_NOTE else words[:_LONGEST_NOTE].rstrip() + "…"
            yield Problem(
                Message("{file}, {kind} {number}", file=where, kind=kind, number=number),
                Message("A {kind} was left out: '{short}'.", kind=kind, short=short),
                hint,
            )
        if len(self.notes) > _MOST_NOTES:
            remaining = len(self.notes) - _MOST_NOTES
            yield Problem(
                where,
                Message("{remaining} more notes or comments were left out.", remaining=remaining),
                hint,
            )

    def _note_texts(self, part: str) -> dict[str, str]:
        root = self.archive.read_xml(part)
        if root is None:
            return {}
        return {
            note.get(f"{W}id", ""): " ".join(
                "".join(
                    (t.text or "") if t.tag == f"{W}t" else " " for t in note.iter(f"{W}t", f"{W}p")
                ).split()
            )
            for note in root
        }


def _alternative(content: _Element) -> _Element:
    """Return the branch to read: the first choice that holds something, or the fallback."""
    for branch in content:
        if len(branch):
            return branch
    return content


def _text_of(element: _Element) -> str:
    """Return the text of an element of a run."""
    if element.tag == f"{W}t":
        # Line ends in the XML are not line ends in the document.
        return " ".join(unify_line_ends(element.text or "").split("\n"))
    return _symbol(element) if element.tag == f"{W}sym" else _SIGNS[element.tag]


def _symbol(element: _Element) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    # Control characters and surrogates (0xD800 to 0xDFFF) may not occur in a text.
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x10FFFF else ""
