"""A document as docx: real styles and headings, a table of contents, page numbers."""

from __future__ import annotations

import io
from datetime import UTC
from typing import TYPE_CHECKING

from qualcode.exporting.archives import settled
from qualcode.exporting.document import (
    Block,
    Bullets,
    Document,
    Heading,
    Kind,
    Paragraph,
    ParagraphStyle,
    QuoteBlock,
    Table,
    numbered_headings,
)
from qualcode.exporting.docx_styles import TABLE_STYLE, apply_styles
from qualcode.exporting.typography import cell_text, one_line, printable
from qualcode.exporting.words import Words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

_STYLES = {
    ParagraphStyle.BODY: "Normal",
    ParagraphStyle.REACH: "Reach",
    ParagraphStyle.NOTE: "Note",
}
_RIGHT = frozenset({Kind.COUNT, Kind.FIGURE, Kind.SHARE})


def docx_bytes(document: Document) -> bytes:
    """Return the bytes of a docx file; the same document gives the same bytes."""
    import docx

    word = docx.Document()
    apply_styles(word, document.language)
    _set_properties(word, document)
    _add_footer(word, document.full_title)
    word.add_paragraph(one_line(document.title), "Title")
    if document.study:
        word.add_paragraph(one_line(document.study), "Subtitle")
    for block in document.lead:
        _add_block(word, block, document.language)
    _add_contents(word, document)
    for number, block in enumerate(document.blocks):
        _add_block(word, block, document.language, f"_Toc{number:06}")
    out = io.BytesIO()
    word.save(out)
    return settled(out.getvalue())


def _set_properties(word: WordDocument, document: Document) -> None:
    about = word.core_properties
    about.title, about.author = one_line(document.full_title)[:255], one_line(document.author)[:255]
    about.last_modified_by, about.comments = about.author, ""
    about.language = {"nl": "nl-NL", "en": "en-GB"}[document.language]
    date = document.created
    date = date.astimezone(UTC).replace(tzinfo=None) if date.tzinfo else date
    about.created = about.modified = date.replace(microsecond=0)
    about.revision = 1


def _add_block(word: WordDocument, block: Block, language: str, mark: str = "") -> None:
    match block:
        case Heading():
            heading = word.add_paragraph(style=f"Heading {block.level}")
            _add_marked(heading, one_line(block.text), mark if block.level <= 2 else "")
        case Paragraph():
            word.add_paragraph(printable(block.text), _STYLES[block.style])
        case Bullets():
            for item in block.items:
                word.add_paragraph(printable(item), "List Bullet")
        case QuoteBlock():
            _add_quote(word, block)
        case Table():
            _add_table(word, block, language)


def _add_quote(word: WordDocument, quote: QuoteBlock) -> None:
    if quote.before:
        before = word.add_paragraph("… " + printable(quote.before), "Quote context")
        before.paragraph_format.keep_with_next = True
    word.add_paragraph(printable(quote.text), "Quote text")
    if quote.after:
        after = word.add_paragraph(printable(quote.after) + " …", "Quote context")
        after.paragraph_format.keep_with_next = True
    line = word.add_paragraph(one_line(quote.attribution), "Quote attribution")
    if quote.reference:
        gap = "  ·  " if quote.attribution else ""
        line.add_run(gap + one_line(quote.reference), "Quote reference")


def _add_table(word: WordDocument, table: Table, language: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    if table.caption:
        word.add_paragraph(one_line(table.caption), "Caption")
    grid = word.add_table(rows=1 + len(table.rows), cols=len(table.columns), style=TABLE_STYLE)
    lines = [tuple(c.title for c in table.columns), *table.rows]
    for row, values in zip(grid.rows, lines, strict=True):
        for cell, value, column in zip(row.cells, values, table.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = "Table text"
            paragraph.add_run(cell_text(value, column.kind, language))
            if column.kind in _RIGHT:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    word.add_paragraph(style="Note")


# Fields: what Word itself keeps up to date


def _add_contents(word: WordDocument, document: Document) -> None:
    """Add a table of contents that shows its entries before Word is asked to update it."""
    headings = list(numbered_headings(document))
    if not headings:
        return
    word.add_paragraph(Words(document.language)("contents"), "TOC Heading")
    for place, (number, heading) in enumerate(headings):
        entry = word.add_paragraph(style=f"toc {heading.level}")
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
    stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
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
