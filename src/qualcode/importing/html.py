"""Web pages: block elements are paragraphs, ``br`` is a line end, scripts are not text.

noScribe keeps its times in anchors (``<a name="ts_START_END_SPK">``); the turns get them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.errors import UnreadableFileError
from qualcode.importing.archive import refuse_many_tags
from qualcode.importing.source import DocumentSource, TextBuilder
from qualcode.importing.text_encoding import decode_text
from qualcode.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary "
    "tbody tfoot thead ul caption".split()
)
_SILENT = frozenset(
    "head script style template title noscript iframe object svg math select textarea "
    "button".split()
)
_ANCHOR = re.compile(r"ts_(\d{1,9})_\d+")
_SPACE = re.compile(r"[ \t\n\f\r]+")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_WESTERN = frozenset({b"iso-8859-1", b"latin1", b"windows-1252", b"cp1252", b"us-ascii"})
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_EMPHASES = frozenset(("b", "strong", "i", "em"))
_STYLED = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font-style\s*:\s*(?:italic|oblique)")
# Each level takes two calls, and Python allows about a thousand inside each other.
_DEEPEST = 200
_MOST_TAGS = 500_000
"""Four seconds of work; a saved page of an interview has some 10,000."""


def read_html(data: bytes, file_name: str) -> DocumentSource:
    """Return the text of a web page."""
    from lxml import etree
    from lxml import html as lxml_html

    text, problems = decode_text(data, file_name)
    declared = _CHARSET.search(data[:4096])
    if declared is not None and declared[1].lower() in _WESTERN:
        # The page declares a western encoding, so a warning about it would be a false alarm.
        problems = ()
    refuse_many_tags(data, file_name, _MOST_TAGS)
    # A page may come from anyone: the parser must not fetch what it refers to.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        message = Message(
            "'{file_name}' is not a web page with text. Save the page again as .html.",
            file_name=file_name,
        )
        raise UnreadableFileError(message) from error
    walker = _Walker(file_name)
    walker.walk(root)
    walker.close()
    return walker.builder.build(problems)


class _Walker:
    """Walks the elements of a page and collects its text."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.builder = TextBuilder()
        self._is_open = False
        self._after_space = False
        self._is_emphasized = False

    def walk(self, element: _Element, *, keeps: bool = False, depth: int = 0) -> None:
        """Walk an element; ``keeps`` says that white space counts, as in ``pre``."""
        if depth > _DEEPEST:
            raise UnreadableFileError(
                Message(
                    "'{file_name}' has too many elements inside each other to be an interview. "
                    "Copy its text to a new file.",
                    file_name=self.file_name,
                )
            )
        tag = element.tag
        if tag in _SILENT:
            return
        is_block = tag in _BLOCKS
        if is_block or tag == "table":
            self.close()
        if tag == "table":
            self.builder.add_table(_rows(element), lambda cell: self._walk_cell(cell, depth))
            return
        self._note(element)
        outer = self._is_emphasized
        self._is_emphasized = outer or tag in _EMPHASES or _is_styled(element)
        self._walk_inside(element, keeps=keeps or tag == "pre", depth=depth)
        self._is_emphasized = outer
        if is_block:
            self.close(heading=tag in _HEADINGS)

    def _walk_inside(self, element: _Element, *, keeps: bool, depth: int) -> None:
        self._add(element.text, keeps=keeps)
        for child in element:
            self.walk(child, keeps=keeps, depth=depth + 1)
            self._add(child.tail, keeps=keeps)

    def _walk_cell(self, cell: _Element, depth: int) -> None:
        self._walk_inside(cell, keeps=False, depth=depth + 1)
        self.close()

    def _note(self, element: _Element) -> None:
        """Add the line end or the time that an element represents."""
        if element.tag == "br" and self._is_open:
            self.builder.add("\n")
            self._after_space = True
        anchor = _ANCHOR.match(element.get("name") or "") if element.tag == "a" else None
        if anchor is not None:
            self._open()
            self.builder.times.append((self.builder.position, int(anchor[1])))

    def _add(self, text: str | None, *, keeps: bool) -> None:
        if text and not keeps:
            # White space collapses as in a browser, across the borders of elements too.
            text = _SPACE.sub(" ", text)
            if self._after_space or not self._is_open:
                text = text.removeprefix(" ")
        if text:
            self._open()
            self.builder.add(text, emphasized=self._is_emphasized)
            self._after_space = text[-1] == " " and not keeps

    def _open(self) -> None:
        if not self._is_open:
            self.builder.open_paragraph()
            self._is_open = self._after_space = True

    def close(self, *, heading: bool = False) -> None:
        """Close the paragraph that is open, if any."""
        if self._is_open:
            self.builder.close_paragraph(heading=heading)
        self._is_open = self._after_space = False


def _is_styled(element: _Element) -> bool:
    return _STYLED.search(element.get("style") or "") is not None


def _rows(table: _Element) -> list[list[_Element]]:
    """Return the cells of each row of a table, not of the tables in it."""
    groups = [child for child in table if child.tag in {"thead", "tbody", "tfoot"}]
    rows = [row for group in (table, *groups) for row in group if row.tag == "tr"]
    return [[cell for cell in row if cell.tag in {"td", "th"}] for row in rows]
