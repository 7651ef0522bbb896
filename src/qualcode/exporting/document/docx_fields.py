"""Fields of a Word document, which Word itself keeps up to date: contents, page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.exporting.document.typography import one_line

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run


def add_footer(word: WordDocument, title: str, text_width: int) -> None:
    """Write the title and the page number at the foot of every page.

    Args:
        word: The document.
        title: Its title.
        text_width: Width of the text in millimetres.
    """
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section = word.sections[0]
    footer = section.footer.paragraphs[0]
    stops = footer.paragraph_format.tab_stops
    # The template has stops for a page of another width.
    stops.clear_all()
    for stop in word.styles["Footer"].paragraph_format.tab_stops:
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Mm(text_width), WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(one_line(title) + "\t")
    add_field_start(footer, "PAGE")
    # Shown until Word counts the pages.
    footer.add_run("1")
    add_field_mark(footer.add_run(), "end")


def add_field_start(paragraph: WordParagraph, instruction: str) -> None:
    """Begin a field; what Word shows until it updates the field comes after it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    add_field_mark(paragraph.add_run(), "begin")
    code = OxmlElement("w:instrText")
    # Word wants spaces around the instruction, which XML would drop.
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)  # noqa: SLF001
    add_field_mark(paragraph.add_run(), "separate")


def add_field_mark(run: Run, kind: str) -> None:
    """Add one of the marks of a field: ``begin``, ``separate`` or ``end``."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run._r.append(mark)  # noqa: SLF001


def add_link(paragraph: WordParagraph, text: str, target: str) -> None:
    """Add a link to a bookmark of the same document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), target)
    link.set(qn("w:history"), "1")
    link.append(paragraph.add_run(text)._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001
