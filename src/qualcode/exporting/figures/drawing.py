"""A drawing in the making: shapes and texts, and the SVG that they come to.

One unit is a pixel of CSS, 96 to the inch. A drawing is as wide as the text of an A4 page, so
that type of 11 units prints as 8 points.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

from qualcode.exporting.figures.text_width import keep_widths, text_width, wrap
from qualcode.model import Figure, FigureKind, FigureMark

MARGIN = 2.0
WIDTH = 590.0 - 2 * MARGIN
"""With its margins 156 mm, the width of the text in our documents."""
SMALL, NORMAL, TITLE = 9.5, 11.0, 16.0
INK, SOFT, FAINT, LINE, PAPER = "#1f1d1a", "#57534e", "#a8a29e", "#a8a29e", "#ffffff"
DARK = "#57534e"
# Liberation Sans is as wide as Arial, by whose widths lines are broken
_FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
_MM_PER_UNIT = 25.4 / 96


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    # rounding gives a negative zero too: the same drawing should give the same bytes
    return "0" if text in {"", "-0"} else text


def _attributes(values: dict[str, float | str | None]) -> str:
    pairs = (
        (name.rstrip("_").replace("_", "-"), _number(v) if isinstance(v, int | float) else v)
        for name, v in values.items()
        if v is not None
    )
    return "".join(f" {name}={quoteattr(value)}" for name, value in pairs)


def ink_on(color: str) -> str:
    """Return black or white, whichever reads better on a colour ``#rrggbb`` (WCAG 2.2, 1.4.3)."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return PAPER if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else "#000000"


def blend(color: str, share: float) -> str:
    """Return a colour mixed with white; ``share`` 1 is the colour itself."""
    mixed = (round(255 - (255 - int(color[p : p + 2], 16)) * share) for p in (1, 3, 5))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


class Drawing:
    """Shapes one after another; what is drawn later lies on top.

    Args:
        title: Printed above the drawing, and its name for a screen reader.
        note: How to read it, in small type below the title.
        width: In units.
    """

    def __init__(self, title: str, note: str = "", width: float = WIDTH) -> None:
        self.title = title
        self.width = width
        self.marks: list[FigureMark] = []
        self._parts: list[str] = []
        self.top = 20.0
        for line in wrap(title, width, TITLE, bold=True):
            self.text(0, self.top - 2, line, size=TITLE, bold=True)
            self.top += 21
        for line in wrap(note, width, NORMAL) if note else ():
            self.text(0, self.top - 2, line, color=SOFT)
            self.top += 15

    def add(self, name: str, **values: float | str | None) -> None:
        """Add an element without content; ``fill_opacity`` becomes ``fill-opacity``."""
        self._parts.append(f"<{name}{_attributes(values)}/>")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str | None = None,
        radius: float | None = None,
        dash: str | None = None,
    ) -> None:
        """Add a rectangle by its corner at the top left."""
        self.add(
            # SVG refuses a negative width or height
            "rect", x=x, y=y, width=max(width, 0), height=max(height, 0), rx=radius, fill=fill,
            stroke=stroke, stroke_dasharray=dash,
        )  # fmt: skip

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = NORMAL,
        bold: bool = False,
        color: str = INK,
        anchor: str | None = None,
        turned: float = 0,
    ) -> None:
        """Add a line of text on a base line.

        Args:
            x: Where it begins; its middle or end with an anchor.
            y: Its base line.
            text: The line.
            size: Type size.
            bold: Whether it is bold.
            color: Its colour.
            anchor: ``middle`` or ``end``.
            turned: Degrees that it is turned by around its beginning, clockwise.
        """
        values: dict[str, float | str | None] = {
            "x": x,
            "y": y,
            "font-size": size,
            "font-weight": "bold" if bold else None,
            "fill": color,
            "text-anchor": anchor,
            "transform": f"rotate({_number(turned)} {_number(x)} {_number(y)})" if turned else None,
        }
        self._parts.append(f"<text{_attributes(values)}>{escape(text)}</text>")

    @contextmanager
    def mark(self, title: str, codings: tuple[str, ...] = ()) -> Iterator[None]:
        """Group what is drawn inside the block as one part, which leads to its codings.

        Args:
            title: What it is; a reader sees it under the pointer.
            codings: Ids of its codings.
        """
        key = f"m{len(self.marks) + 1}"
        self.marks.append(FigureMark(key, title, codings))
        self._parts.append(f'<g data-mark="{key}"><title>{escape(title)}</title>')
        yield
        self._parts.append("</g>")

    def figure(self, kind: FigureKind, text: str, height: float) -> Figure:
        """Return the figure.

        Args:
            kind: What it shows.
            text: The same in words.
            height: In units.
        """
        # Lines at the edge are half outside, and would be cut.
        width = self.width + 2 * MARGIN
        size = f'width="{_number(width * _MM_PER_UNIT)}mm"'
        size += f' height="{_number(height * _MM_PER_UNIT)}mm"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="{-MARGIN:g} 0 {_number(width)} {_number(height)}" role="img" '
            f'aria-labelledby="t d" font-family="{_FONT}">'
            f'<title id="t">{escape(self.title)}</title><desc id="d">{escape(text)}</desc>'
            f'<rect x="{-MARGIN:g}" width="{_number(width)}" height="{_number(height)}" '
            f'fill="{PAPER}"/>'
        )
        svg = f"{head}\n" + "\n".join(self._parts) + "\n</svg>\n"
        svg = keep_widths(svg)
        return Figure(kind, self.title, text, svg.encode("utf-8"), tuple(self.marks))


def legend(
    drawing: Drawing, y: float, entries: list[tuple[str, str, str]], width: float | None = None
) -> float:
    """Draw a legend in as many lines as it takes, and return where it ends.

    Args:
        drawing: Where to draw.
        y: Its top.
        entries: Colour, the sign in it, and the name.
        width: How wide it may be; as wide as the drawing by default.
    """
    x, limit = 0.0, width or drawing.width
    for color, sign, name in entries:
        needed = 20 + text_width(name, NORMAL) + 18
        if x and x + needed > limit:
            x, y = 0.0, y + 19
        drawing.box(x, y, 14, 14, fill=color, radius=3)
        if sign:
            ink = ink_on(color)
            drawing.text(x + 7, y + 11, sign, size=SMALL, bold=True, color=ink, anchor="middle")
        drawing.text(x + 20, y + 11, name)
        x += needed
    return y + 19 if entries else y
