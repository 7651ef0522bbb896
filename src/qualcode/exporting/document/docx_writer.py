"""A document as docx: real styles and headings, a table of contents, page numbers."""

from __future__ import annotations

import io
import re
from datetime import UTC
from itertools import zip_longest
from typing import TYPE_CHECKING

from qualcode.exporting.document.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Kind,
    Paragraph,
    ParagraphStyle,
    Picture,
    QuoteBlock,
    Table,
    Value,
    numbered_headings,
)
from qualcode.exporting.document.docx_styles import TABLE_STYLE, apply_styles
from qualcode.exporting.document.typography import cell_text, one_line, printable
from qualcode.exporting.document.zip_archive import settled
from qualcode.exporting.words import Words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.table import CT_Tbl
    from docx.oxml.text.paragraph import CT_P
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

_STYLES = {
    ParagraphStyle.BODY: "Normal",
    ParagraphStyle.REACH: "Reach",
    ParagraphStyle.NOTE: "Note",
}
_TEXT_WIDTH = 156
"""Width of the text in millimetres."""
_TEXT_HEIGHT = 225
"""Height of the text in millimetres."""
_TEXT_CHARACTERS = 104
"""About as many characters of a table as fit on a line."""
_LONGEST_WORD, _LONGEST_LINE = 24, 60
_RIGHT = frozenset({Kind.COUNT, Kind.FIGURE, Kind.SHARE})


def docx_bytes(document: Document) -> bytes:
    """Return the bytes of a docx file; the same document gives the same bytes."""
    import docx

    word = docx.Document()
    apply_styles(word, document.language)
    _set_properties(word, document)
    _add_footer(word, document.full_title)
    page = _Page(word, document.language)
    page.add_paragraph("Title", one_line(document.title))
    if document.study:
        page.add_paragraph("Subtitle", one_line(document.study))
    for block in document.lead:
        page.add_block(block)
    _add_contents(page, document)
    for number, (block, after) in enumerate(zip_longest(document.blocks, document.blocks[1:])):
        page.add_block(block, f"_Toc{number:06}", keep=isinstance(after, Table | Picture))
    out = io.BytesIO()
    word.save(out)
    return settled(out.getvalue())


def _set_properties(word: WordDocument, document: Document) -> None:
    package = word.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
    about = word.core_properties
    about.title, about.author = one_line(document.full_title)[:255], one_line(document.author)[:255]
    about.last_modified_by, about.comments = about.author, ""
    about.language = {"nl": "nl-NL", "en": "en-GB"}[document.language]
    date = document.created
    date = date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date
    about.created = about.modified = date.replace(microsecond=0)
    about.revision = 1


class _Page:
    """Adds blocks to the end of a Word document.

    Styles are set by their id: python-docx looks a name up in all styles, for every paragraph.
    """

    def __init__(self, word: WordDocument, language: str) -> None:
        self._word = word
        self._language = language
        self._ids = {str(style.name): style.style_id for style in word.styles}

    def add_paragraph(self, style: str, text: str = "") -> WordParagraph:
        paragraph = self._word.add_paragraph(text)
        paragraph._p.style = self._ids[style]  # noqa: SLF001
        return paragraph

    def add_block(self, block: Block, mark: str = "", *, keep: bool = False) -> None:
        """Add a block; a note is kept on one page with the table or drawing that it is about."""
        match block:
            case Heading():
                heading = self.add_paragraph(f"Heading {block.level}")
                _add_marked(heading, one_line(block.text), mark if block.level <= 2 else "")
            case Paragraph():
                told = self.add_paragraph(_STYLES[block.style], printable(block.text))
                if keep and block.style is ParagraphStyle.NOTE:
                    told.paragraph_format.keep_with_next = True
            case Bullets():
                for item in block.items:
                    self.add_paragraph("List Bullet", printable(item))
            case QuoteBlock():
                self._add_quote(block)
            case Table():
                self._add_table(block)
            case Picture():
                self._add_picture(block)

    def _add_picture(self, picture: Picture) -> None:
        from docx.shared import Mm

        wide, high = picture.size
        # two pixels a point, as drawn; smaller where the page ends
        width = min(_TEXT_WIDTH, wide / 2 / 72 * 25.4, _TEXT_HEIGHT * wide / high)
        run = self.add_paragraph("Normal").add_run()
        drawing = run.add_picture(io.BytesIO(picture.png), width=Mm(width))
        drawing._inline.docPr.set("descr", one_line(picture.text))  # noqa: SLF001

    def _add_quote(self, quote: QuoteBlock) -> None:
        if quote.before:
            before = self.add_paragraph("Quote context", "… " + printable(quote.before))
            before.paragraph_format.keep_with_next = True
        self.add_paragraph("Quote text", printable(quote.text))
        if quote.after:
            after = self.add_paragraph("Quote context", printable(quote.after) + " …")
            after.paragraph_format.keep_with_next = True
        line = self.add_paragraph("Quote attribution", one_line(quote.attribution))
        if quote.reference:
            gap = "  ·  " if quote.attribution else ""
            run = line.add_run(gap + one_line(quote.reference))
            run._r.style = self._ids["Quote reference"]  # noqa: SLF001

    def _add_table(self, table: Table) -> None:
        from docx.oxml import OxmlElement

        if table.caption:
            self.add_paragraph("Caption", one_line(table.caption))
        grid = self._word.add_table(rows=1 + len(table.rows), cols=len(table.columns))._tbl  # noqa: SLF001
        grid.tblStyle_val = self._ids[TABLE_STYLE]
        _set_widths(grid, table, self._language)
        lines = [tuple(column.title for column in table.columns), *table.rows]
        for row, values in zip(grid.tr_lst, lines, strict=True):
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, value, column in zip(row.tc_lst, values, table.columns, strict=True):
                self._fill(cell.p_lst[0], value, column)
        grid.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell in grid.tr_lst[0].tc_lst:
            # a heading row never stands alone at the foot of a page
            cell.p_lst[0].get_or_add_pPr().get_or_add_keepNext()
        self.add_paragraph("Note")

    def _fill(self, p: CT_P, value: Value, column: Column) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        p.style = self._ids["Table text"]
        p.add_r().text = cell_text(value, column.kind, self._language)
        if column.kind in _RIGHT:
            p.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_widths(grid: CT_Tbl, table: Table, language: str) -> None:
    """Share the width of the page over the columns: long words first, then long texts."""
    from docx.shared import Mm

    needs, wishes = [], []
    for place, column in enumerate(table.columns):
        texts = [column.title, *(cell_text(r[place], column.kind, language) for r in table.rows)]
        lines = [line for text in texts for line in text.split("\n")]
        words = [word for line in lines for word in re.split(r"[ \t]|(?<=/)", line)]
        needs.append(min(max(len(word) for word in words), _LONGEST_WORD) + 3)
        wishes.append(min(max(len(line) for line in lines), _LONGEST_LINE) + 3)
    spare = max(_TEXT_CHARACTERS - sum(needs), 0)
    more = [max(wish - need, 0) for wish, need in zip(wishes, needs, strict=True)]
    parts = [n + m * min(1.0, spare / max(sum(more), 1)) for n, m in zip(needs, more, strict=True)]
    widths = [Mm(_TEXT_WIDTH * part / sum(parts)) for part in parts]
    for row in grid.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width
    for column_element, width in zip(grid.tblGrid.gridCol_lst, widths, strict=True):
        column_element.w = width


# Fields: what Word itself keeps up to date


def _add_contents(page: _Page, document: Document) -> None:
    """Add a table of contents that shows its entries before Word is asked to update it."""
    headings = list(numbered_headings(document))
    if not headings:
        return
    page.add_paragraph("TOC Heading", Words(document.language)("contents"))
    for place, (number, heading) in enumerate(headings):
        entry = page.add_paragraph(f"toc {heading.level}")
        if place == 0:
            _add_field_start(entry, r'TOC \o "1-2" \h \z \u')
        _add_link(entry, one_line(heading.text), f"_Toc{number:06}")
        if place == len(headings) - 1:
            _add_field_mark(entry.add_run(), "end")


def _add_footer(word: WordDocument, title: str) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = word.sections[0]
    footer = section.footer.paragraphs[0]
    stops = footer.paragraph_format.tab_stops
    stops.clear_all()
    for stop in word.styles["Footer"].paragraph_format.tab_stops:
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(_TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(one_line(title) + "\t")
    _add_field_start(footer, "PAGE")
    footer.add_run("1")
    _add_field_mark(footer.add_run(), "end")


def _add_field_start(paragraph: WordParagraph, instruction: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    _add_field_mark(paragraph.add_run(), "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)  # noqa: SLF001
    _add_field_mark(paragraph.add_run(), "separate")


def _add_field_mark(run: Run, kind: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)  # noqa: SLF001


def _add_link(paragraph: WordParagraph, text: str, target: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), target)
    link.set(qn("w:history"), "1")
    link.append(paragraph.add_run(text)._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001


def _add_marked(paragraph: WordParagraph, text: str, mark: str) -> None:
    """Add the text of a heading, inside the bookmark that the contents point to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(text)
    if not mark:
        return
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), mark.removeprefix("_Toc").lstrip("0") or "0")
    start.set(qn("w:name"), mark)
    run._r.addprevious(start)  # noqa: SLF001
    run._r.addnext(end)  # noqa: SLF001
