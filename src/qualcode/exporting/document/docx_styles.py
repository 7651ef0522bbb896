"""The styles of the Word documents: all layout hangs on them, so a template can restyle it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.exporting.document.blocks import Paper

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import CharacterStyle, ParagraphStyle

SANS = "Arial"
SERIF = "Times New Roman"
MONO = "Courier New"
INK = "1F2937"
GREY = "5B6472"
TABLE_STYLE = "Qualcode table"
_LOCALES = {"nl": "nl-NL", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class _Look:
    """How one paragraph style looks; lengths in points."""

    name: str
    font: str = SERIF
    size: float = 11
    bold: bool = False
    italic: bool = False
    color: str = INK
    before: float = 0
    after: float = 6
    line: float = 1.15
    left: float = 0
    right: float = 0
    with_next: bool = False
    together: bool = False
    base: str = "Normal"
    follow: str = ""


_PARAGRAPHS = (
    _Look("Normal"),
    _Look("Title", SANS, 22, bold=True, after=6, line=1.05),
    _Look("Subtitle", SANS, 13, color=GREY, after=14, line=1.1),
    _Look("Heading 1", SANS, 16, bold=True, after=8, line=1.1, with_next=True, together=True),
    _Look(
        "Heading 2",
        SANS,
        12.5,
        bold=True,
        before=20,
        after=3,
        line=1.1,
        with_next=True,
        together=True,
    ),
    _Look(
        "Heading 3",
        SANS,
        10.5,
        color=GREY,
        before=12,
        after=6,
        line=1.1,
        with_next=True,
        together=True,
    ),
    _Look("TOC Heading", SANS, 12.5, bold=True, before=16, after=6, with_next=True, together=True),
    _Look("toc 1", SANS, 10.5, bold=True, before=6, after=2, line=1.1),
    _Look("toc 2", SANS, 10, after=2, line=1.1, left=14),
    _Look("Reach", SANS, 9.5, color=GREY, after=6, with_next=True, together=True),
    _Look("Note", SANS, 9.5, color=GREY, after=6),
    _Look("Code", MONO, 8, after=6, line=1.1, together=True),
    _Look(
        "Quote text",
        left=24,
        right=24,
        after=2,
        with_next=True,
        together=True,
        follow="Quote attribution",
    ),
    _Look("Quote context", size=9.5, italic=True, color=GREY, left=24, right=24, after=2),
    _Look("Quote attribution", SANS, 9, color=INK, left=24, right=24, after=12, line=1.1),
    _Look("List Bullet", after=3),
    _Look("Caption", SANS, 9.5, bold=True, before=10, after=4, with_next=True, together=True),
    _Look("Table text", SANS, 8.5, before=2, after=2, line=1.0),
    _Look("Footer", SANS, 8.5, color=GREY, after=0, line=1.0),
)


def apply_styles(word: WordDocument, language: str, paper: Paper) -> None:
    """Set the page, the language and all styles of a new Word document."""
    from docx.enum.style import WD_STYLE_TYPE

    _set_page(word, paper)
    _set_language(word, _LOCALES[language])
    for look in _PARAGRAPHS:
        # Styles that Word knows by name are changed, so that its own menus keep working.
        built_in = look.name in word.styles
        style = (
            word.styles[look.name]
            if built_in
            else word.styles.add_style(
                look.name, WD_STYLE_TYPE.PARAGRAPH, look.name.startswith(("toc", "TOC"))
            )
        )
        _set_look(style, look)
    # Only now do all styles exist that another one refers to.
    for look in _PARAGRAPHS:
        style = word.styles[look.name]
        if look.name != "Normal":
            style.base_style = word.styles["Normal"]
        if look.follow:
            style.next_paragraph_style = word.styles[look.follow]
    # Each theme begins on a page of its own.
    word.styles["Heading 1"].paragraph_format.page_break_before = True
    reference = word.styles.add_style("Quote reference", WD_STYLE_TYPE.CHARACTER)
    _set_font(reference, SANS, 9, GREY)
    _add_table_style(word)


def _set_page(word: WordDocument, paper: Paper) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = word.sections[0]
    # With room for a binding.
    section.page_width, section.page_height = Mm(paper.width), Mm(paper.height)
    if paper.width > paper.height:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = Mm(27)
    section.top_margin, section.bottom_margin = Mm(25), Mm(25)
    section.footer_distance = Mm(12)


def _set_language(word: WordDocument, locale: str) -> None:
    from docx.oxml.ns import qn

    for lang in word.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), locale)
    settings = word.settings.element
    for lang in settings.iter(qn("w:themeFontLang")):
        lang.set(qn("w:val"), locale)
    # Mode 15 is Word 2013 and later; without it Word opens the file as an old one.
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    # States of the machine on which the template was made.
    for name in ("w:proofState", "w:savePreviewPicture"):
        for element in list(settings.iter(qn(name))):
            settings.remove(element)
    for zoom in settings.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")


def _set_look(style: ParagraphStyle, look: _Look) -> None:
    from docx.shared import Pt

    _set_font(style, look.font, look.size, look.color)
    # The table style makes its first row bold: the paragraph in it must not undo that.
    style.font.bold = look.bold or (None if look.name == "Table text" else False)
    style.font.italic = look.italic
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = look.line
    # The indent of a list belongs to its numbering.
    if look.name != "List Bullet":
        layout.left_indent, layout.right_indent = Pt(look.left), Pt(look.right)
    layout.keep_with_next, layout.keep_together = look.with_next, look.together
    layout.widow_control = True
    style.hidden, style.quick_style = False, True
    _drop_borders(style)


def _set_font(style: CharacterStyle, font: str, size: float, color: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = font, Pt(size)
    style.font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.rPr.rFonts
    # Fonts of the theme of the template would take precedence over ours.
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), font)
    spacing = style.element.rPr.find(qn("w:spacing"))
    if spacing is not None:
        style.element.rPr.remove(spacing)


def _drop_borders(style: ParagraphStyle) -> None:
    from docx.oxml.ns import qn

    for name in ("w:pBdr", "w:contextualSpacing"):
        element = style.element.pPr.find(qn(name))
        if element is not None:
            style.element.pPr.remove(element)


def _add_table_style(word: WordDocument) -> None:
    """Add a table style of thin horizontal lines, with a heavier one under the header."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    style = word.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    line = 'w:val="single" w:space="0"'
    style.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>"
            f'<w:top {line} w:sz="8" w:color="{GREY}"/>'
            f'<w:bottom {line} w:sz="8" w:color="{GREY}"/>'
            f'<w:insideH {line} w:sz="4" w:color="D5D9E0"/>'
            '</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
            '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        )
    )
    style.element.append(
        parse_xml(
            f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
            f'<w:tcBorders><w:bottom {line} w:sz="8" w:color="{GREY}"/></w:tcBorders>'
            "</w:tcPr></w:tblStylePr>"
        )
    )
