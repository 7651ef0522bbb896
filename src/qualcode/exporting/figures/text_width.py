"""How wide a text is, and where to break it: SVG itself does not say.

Advance widths of Arial (and of Liberation Sans, which has the same) in thousandths of the type
size, for the characters of ASCII. Others are counted as an average letter, or twice that.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_AVERAGE, _WIDE = 600, 1000
_SHORT = 60.0
"""Units within which another font makes no difference that one sees."""
# Fewer letters are never that wide, and a grid has thousands of numbers.
_LINE = re.compile(r"<text\b([^>]*)>([^<]{6,})</text>")
_SIZE = re.compile(r'\bfont-size="([0-9.]+)(?:px)?"')


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text, in the unit of its size.

    Args:
        text: The line.
        size: Type size.
        bold: Whether it is bold.
    """
    widths = _BOLD if bold else _REGULAR
    total = 0
    # An accent takes no room: only the letter under it is counted.
    for sign in unicodedata.normalize("NFD", text):
        place = ord(sign) - 32
        if 0 <= place < len(widths):
            total += widths[place]
        elif not unicodedata.combining(sign):
            total += _WIDE if unicodedata.east_asian_width(sign) in "WF" else _AVERAGE
    return total * size / 1000


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return a text that fits a width, with ``…`` in the place of what does not."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(text + "…", size, bold=bold) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text in lines that fit a width; a word that is too long is shortened."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(shorten(word, width, size, bold=bold))
    return lines or [""]


def keep_widths(svg: str) -> str:
    """Return a drawing whose long lines stay as wide as they were measured, in any font.

    A computer without Arial takes another font, whose letters may be a fifth wider: the end of a
    line would be cut off.
    """
    return _LINE.sub(_with_length, svg)


def _with_length(match: re.Match[str]) -> str:
    attributes, text = match.groups()
    size = _SIZE.search(attributes)
    bold = 'font-weight="bold"' in attributes
    width = text_width(unescape(text), float(size[1]), bold=bold) if size else 0.0
    if width <= _SHORT:
        return match.group()
    length = f'textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs"'
    return f"<text{attributes} {length}>{text}</text>"
