"""The line below a figure that says whose codings it counts."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.sax.saxutils import escape

from qualcode.exporting.figures.drawing import SMALL, SOFT
from qualcode.exporting.figures.text_width import keep_widths, wrap
from qualcode.model import Figure

_FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_LINE, _GAP = 13.0, 6.0
_PADDING = 12.0
"""Of a chart; see ``charts.style``."""
_ROOT = re.compile(r"<svg [^>]*>")
_VIEW = re.compile(r'viewBox="([^"]*)"')
_HEIGHT = re.compile(r'(?<=\sheight=")[0-9.]+')
_PAPER = re.compile(r"<rect [^>]*>")


def with_source(figure: Figure, source: str) -> Figure:
    """Return a figure with a line below it, which its words say too.

    Args:
        figure: From this program: its drawing has a view box, a height and a background.
        source: Whose codings the figure counts, in its language.
    """
    svg = figure.svg.decode("utf-8")
    root = _ROOT.search(svg)
    view = _VIEW.search(root.group()) if root else None
    if root is None or view is None:
        return figure
    left, top, width, height = map(float, view.group(1).replace(",", " ").split())
    # A drawing of ours begins at 0, inside its margin; a chart has padding inside its box.
    x = 0.0 if left < 0 else _PADDING
    lines = wrap(source, width - 2 * (abs(left) + x), SMALL)
    taller = height + len(lines) * _LINE + _GAP
    head = _VIEW.sub(f'viewBox="{left:g} {top:g} {width:g} {taller:g}"', root.group())
    head = _HEIGHT.sub(lambda match: f"{float(match.group()) * taller / height:.2f}", head)
    # the first rectangle is the background, the others belong to the figure
    rest = _PAPER.sub(
        lambda match: _HEIGHT.sub(f"{taller:g}", match.group()), svg[root.end() :], count=1
    )
    texts = "".join(
        f'<text x="{x:g}" y="{top + height + number * _LINE:g}" '
        f'font-family="{_FONT}" font-size="{SMALL:g}" fill="{SOFT}">{escape(line)}</text>\n'
        for number, line in enumerate(lines, 1)
    )
    before, end, _ = rest.rpartition("</svg>")
    text = f"{figure.text} {source}"
    # Who cannot see the figure reads its description.
    before = before.replace(f"{escape(figure.text)}</desc>", f"{escape(text)}</desc>", 1)
    drawing = f"{svg[: root.start()]}{head}{before}{keep_widths(texts)}{end}\n"
    return replace(figure, text=text, svg=drawing.encode("utf-8"))
