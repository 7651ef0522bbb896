"""A document as docx: real styles and headings, a table of contents, page numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qualcode.exporting.document.blocks import (
    INTERVIEWER,
    Block,
    Bullets,
    Document,
    Heading,
    Paper,
    Paragraph,
    ParagraphStyle,
    Picture,
    QuoteBlock,
    numbered_headings,
)
from qualcode.exporting.document.docx_styles import TABLE_STYLE, apply_styles
from qualcode.exporting.document.table import NUMBERS, Column, Kind, Table, Value
from qualcode.exporting.document.typography import cell_text, one_line, printable
from qualcode.exporting.document.zip_archive import settled
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import DialogueLine

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.table import CT_Tbl
    from docx.oxml.text.paragraph import CT_P
    from docx.text.paragraph import Paragraph as WordParagraph
from qualcode.exporting.document.docx_fields import (
    add_field_mark,
    add_field_start,
    add_footer,
    add_link,
)

_STYLES = {
    ParagraphStyle.BODY: "Normal",
    ParagraphStyle.REACH: "Reach",
    ParagraphStyle.NOTE: "Note",
    ParagraphStyle.CODE: "Code",
}
_CHARACTERS_PER_MILLIMETRE = 104 / 156
"""About as many characters of a table as fit on a line."""
_LONGEST_WORD, _LONGEST_LINE = 24, 60


def docx_bytes(document: Document) -> bytes:
    """Return the bytes of a docx file; the same document gives the same bytes."""
    import docx

    word = docx.Document()
    apply_styles(word, document.language, document.paper)
    _set_properties(word, document)
    add_footer(word, document.full_title, document.paper.text_width)
    page = _Page(word, Wording(document.language), document.paper, _pieces_of(document))
    page.add_paragraph("Title", one_line(document.title))
    if document.study:
        page.add_paragraph("Subtitle", one_line(document.study))
    for block in document.lead:
        page.add_block(block)
    _add_contents(page, document)
    # The number of a block names its bookmark: headings may have equal texts.
    for number, (block, after) in enumerate(zip_longest(document.blocks, document.blocks[1:])):
        page.add_block(block, f"_Toc{number:06}", keep=isinstance(after, Table | Picture))
    out = io.BytesIO()
    word.save(out)
    return settled(out.getvalue())


def _pieces_of(document: Document) -> dict[int, list[Table[Any]]]:
    """Return the tables that share their columns: one table in pieces, by its columns."""
    pieces: dict[int, list[Table[Any]]] = {}
    for block in document.blocks:
        if isinstance(block, Table):
            pieces.setdefault(id(block.columns), []).append(block)
    return pieces


def _set_properties(word: WordDocument, document: Document) -> None:
    package = word.part.package
    # The template of python-docx has a thumbnail of an empty page.
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    about = word.core_properties
    # python-docx refuses a property of more than 255 characters.
    about.title, about.author = one_line(document.full_title)[:255], one_line(document.author)[:255]
    # The template names its maker here.
    about.last_modified_by, about.comments = about.author, ""
    about.language = {"nl": "nl-NL", "en": "en-GB"}[document.language]
    date = document.created
    date = date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date
    # The format has no fractions of a second.
    about.created = about.modified = date.replace(microsecond=0)
    about.revision = 1


class _Page:
    """Adds blocks to the end of a Word document.

    Styles are set by their id: python-docx looks a name up in all styles, for every paragraph.
    """

    def __init__(
        self,
        word: WordDocument,
        words: Wording,
        paper: Paper,
        pieces: Mapping[int, Sequence[Table[Any]]] = MappingProxyType({}),
    ) -> None:
        self._word, self._pieces = word, pieces
        self._paper = paper
        self._words = words
        self._ids = {str(style.name): style.style_id for style in word.styles}

    def add_paragraph(self, style: str, text: str = "") -> WordParagraph:
        from docx.oxml import OxmlElement
        from docx.text.paragraph import Paragraph as WordParagraph

        # python-docx looks through the whole document for the place of each paragraph: before the
        # section, which is last.
        element = OxmlElement("w:p")
        self._word.element.body[-1].addprevious(element)
        paragraph = WordParagraph(element, self._word._body)  # noqa: SLF001
        if text:
            paragraph.add_run(text)
        paragraph._p.style = self._ids[style]  # noqa: SLF001
        return paragraph

    def one_line(self, text: str) -> str:
        """Return a text in the language of the document, without line breaks."""
        return one_line(self._words(text))

    def _printable(self, text: str) -> str:
        return printable(self._words(text))

    def add_block(self, block: Block, mark: str = "", *, keep: bool = False) -> None:
        """Add a block; a note is kept on one page with the table or drawing that it is about."""
        match block:
            case Heading():
                heading = self.add_paragraph(f"Heading {block.level}")
                # The contents go down to level 2 only.
                _add_marked(heading, self.one_line(block.text), mark if block.level <= 2 else "")
            case Paragraph():
                paragraph = self.add_paragraph(_STYLES[block.style], self._printable(block.text))
                # An explanation must not be torn from the table that it explains.
                if keep and block.style is ParagraphStyle.NOTE:
                    paragraph.paragraph_format.keep_with_next = True
            case Bullets():
                for item in block.items:
                    self.add_paragraph("List Bullet", self._printable(item))
            case QuoteBlock():
                self._add_quote(block)
            case Table():
                self._add_table(block)
            case Picture():
                self._add_picture(block)

    def _add_picture(self, picture: Picture) -> None:
        from docx.shared import Mm

        wide, high = picture.size
        # As large as drawn; smaller where the page ends.
        width_drawn = wide / picture.resolution * 25.4
        width = min(self._paper.text_width, width_drawn, self._paper.text_height * wide / high)
        run = self.add_paragraph("Normal").add_run()
        drawing = run.add_picture(io.BytesIO(picture.png), width=Mm(width))
        drawing._inline.docPr.set("descr", self.one_line(picture.text))  # noqa: SLF001

    def _add_quote(self, quote: QuoteBlock) -> None:
        # All parts of a quote stay on one page, or a reader misses who said it.
        if quote.before:
            before = self.add_paragraph("Quote context", "… " + printable(quote.before))
            before.paragraph_format.keep_with_next = True
        if quote.lines:
            self._add_dialogue(quote.lines)
        else:
            self.add_paragraph("Quote text", printable(quote.text))
        if quote.after:
            after = self.add_paragraph("Quote context", printable(quote.after) + " …")
            after.paragraph_format.keep_with_next = True
        line = self.add_paragraph("Quote attribution", self.one_line(quote.attribution))
        if quote.reference:
            gap = "  ·  " if quote.attribution else ""
            run = line.add_run(gap + self.one_line(quote.reference))
            run._r.style = self._ids["Quote reference"]  # noqa: SLF001

    def _add_dialogue(self, lines: Sequence[DialogueLine]) -> None:
        for line in lines:
            paragraph = self.add_paragraph("Quote text")
            paragraph.add_run(f"{self.one_line(line.speaker or INTERVIEWER)}: ").bold = True
            paragraph.add_run(printable(line.text)).italic = line.is_interviewer or None

    def _add_table(self, table: Table[Any]) -> None:
        from docx.oxml import OxmlElement

        if table.caption:
            self.add_paragraph("Caption", self.one_line(table.caption))
        lines = self._lines(table)
        grid = self._word.add_table(rows=len(lines), cols=len(table.columns))._tbl  # noqa: SLF001
        grid.tblStyle_val = self._ids[TABLE_STYLE]
        # The pieces of one table have columns of the same width, or nobody reads them as one.
        pieces = self._pieces.get(id(table.columns), (table,))
        measured = [line for piece in pieces for line in self._lines(piece)]
        _set_widths(grid, measured if len(pieces) > 1 else lines, self._paper.text_width)
        for row, texts in zip(grid.tr_lst, lines, strict=True):
            # A row that is split over two pages is hard to read.
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, text, column in zip(row.tc_lst, texts, table.columns, strict=True):
                self._fill(cell.p_lst[0], text, column.kind)
        grid.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell in grid.tr_lst[0].tc_lst:
            # A heading row must not be left alone at the foot of a page.
            cell.p_lst[0].get_or_add_pPr().get_or_add_keepNext()
        # Without a paragraph between them Word joins two tables to one.
        self.add_paragraph("Note")

    def _lines(self, table: Table[Any]) -> list[list[str]]:
        lines = [self._texts(table.columns, [column.name for column in table.columns])]
        return lines + [self._texts(table.columns, cells) for cells in table.cells()]

    def _texts(self, columns: Sequence[Column[Any]], cells: Sequence[Value]) -> list[str]:
        return [
            cell_text(value, column.kind, self._words)
            for value, column in zip(cells, columns, strict=True)
        ]

    def _fill(self, p: CT_P, text: str, kind: Kind) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        p.style = self._ids["Table text"]
        p.add_r().text = text
        if kind in NUMBERS:
            p.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_widths(grid: CT_Tbl, texts: Sequence[Sequence[str]], text_width: int) -> None:
    """Share the width of the page over the columns: long words first, then long texts."""
    from docx.shared import Mm

    needs, wishes = [], []
    for column_texts in zip(*texts, strict=True):
        lines = [line for text in column_texts for line in text.split("\n")]
        # A path such as "users/current_use" may break after its slash.
        words = [word for line in lines for word in re.split(r"[ \t]|(?<=/)", line)]
        # 4 characters: the margins of a cell, and room for a font wider than ours.
        needs.append(min(max(len(word) for word in words), _LONGEST_WORD) + 4)
        wishes.append(min(max(len(line) for line in lines), _LONGEST_LINE) + 4)
    spare = max(text_width * _CHARACTERS_PER_MILLIMETRE - sum(needs), 0)
    extras = [max(wish - need, 0) for wish, need in zip(wishes, needs, strict=True)]
    # Every column first gets room for its longest word; what is left goes to the longest texts.
    parts = [
        n + m * min(1.0, spare / max(sum(extras), 1)) for n, m in zip(needs, extras, strict=True)
    ]
    widths = [Mm(text_width * part / sum(parts)) for part in parts]
    for row in grid.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width
    # Word reads the widths of the cells, other programs those of the grid.
    for column_element, width in zip(grid.tblGrid.gridCol_lst, widths, strict=True):
        column_element.w = width


# Fields: what Word itself keeps up to date


def _add_contents(page: _Page, document: Document) -> None:
    """Add a table of contents that shows its entries before Word is asked to update it."""
    headings = list(numbered_headings(document))
    if not headings:
        return
    page.add_paragraph("TOC Heading", page.one_line(Message("Contents")))
    for place, (number, heading) in enumerate(headings):
        entry = page.add_paragraph(f"toc {heading.level}")
        # One field holds all entries: it begins in the first and ends in the last.
        if place == 0:
            add_field_start(entry, r'TOC \o "1-2" \h \z \u')
        add_link(entry, page.one_line(heading.text), f"_Toc{number:06}")
        if place == len(headings) - 1:
            add_field_mark(entry.add_run(), "end")


def _add_marked(paragraph: WordParagraph, text: str, mark: str) -> None:
    """Add the text of a heading, inside the bookmark that the contents point to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(text)
    if not mark:
        return
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        # Ids are numbers; the names of bookmarks must begin with a letter or "_".
        element.set(qn("w:id"), mark.removeprefix("_Toc").lstrip("0") or "0")
    start.set(qn("w:name"), mark)
    run._r.addprevious(start)  # noqa: SLF001
    run._r.addnext(end)  # noqa: SLF001
