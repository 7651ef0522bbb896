"""The theme map: themes, their codes by number of passages, and arcs where codes go together."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qualcode.exporting.figures.code_marks import CodeMarks
from qualcode.exporting.figures.drawing import LINE, NORMAL, SMALL, SOFT, Drawing, ink_on
from qualcode.exporting.figures.text_width import shorten, text_width
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, CodePair, Figure, FigureKind, MapCode

_ROW, _THEME_ROW, _TREE, _CODE_X = 19.0, 30.0, 9.0, 40.0
_LARGEST, _LABEL = 8.5, 225.0
_ARC = 230.0


def draw_theme_map(
    codes: Sequence[MapCode],
    pairs: Sequence[CodePair],
    codebook: Codebook,
    *,
    title: str = "",
    language: str = "nl",
) -> Figure:
    """Return themes with their codes as a tree, and arcs between codes that go together.

    Args:
        codes: Themes and codes, in the order of the codebook.
        pairs: Codes that occur together; pairs with a code that is not drawn are left out.
        codebook: Gives labels and colours.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.
    """
    words = Wording(language)
    marks = CodeMarks(codebook, [code.path for code in codes], words)
    rows = {code.path for code in codes}
    links = [p for p in pairs if p.first in rows and p.second in rows]
    drawing = Drawing(
        title or words(Message("Themes and how their codes go together")),
        words(
            Message(
                "Circle: number of passages. Arc: two codes on one passage; the thicker, the more "
                "passages."
            )
        ),
    )
    places = _place_rows(codes, drawing.top + 10)
    _draw_arcs(drawing, links, places, marks, words)
    # themes are drawn as boxes of one size: only codes set the scale of circles
    largest = max((code.passages or 0 for code in codes if "/" in code.path), default=0) or 1
    for code in codes:
        _draw_row(drawing, code, places, marks, largest, words)
    bottom = max(places.values(), default=drawing.top) + 22
    if links:
        strongest = max(pair.together for pair in links)
        drawing.text(
            drawing.width, bottom,
            words(Message.counted(
                    "Thickest arc: {count} passage", "Thickest arc: {count} passages", strongest
                )),
            size=SMALL, color=SOFT, anchor="end",
        )  # fmt: skip
    return drawing.figure(
        FigureKind.THEME_MAP, describe_map(codes, links, marks, words), bottom + 10
    )


def _place_rows(codes: Sequence[MapCode], top: float) -> dict[str, float]:
    places: dict[str, float] = {}
    y = top
    for code in codes:
        y += (_ROW if "/" in code.path else _THEME_ROW) if places else 8
        places[code.path] = y
    return places


def _draw_row(
    drawing: Drawing,
    code: MapCode,
    places: dict[str, float],
    marks: CodeMarks,
    largest: int,
    words: Wording,
) -> None:
    y, theme = places[code.path], marks.theme(code.path)
    label = marks.labels(code.path)
    words_of = describe_passages(code, words)
    with drawing.mark(f"{label} ({words_of})", code.codings):
        if "/" not in code.path:
            drawing.box(0, y - 9, 18, 18, fill=theme.color, radius=4)
            sign = str(theme.number)
            drawing.text(
                9, y + 4, sign, bold=True, color=ink_on(theme.color), anchor="middle", size=NORMAL
            )
            drawing.text(25, y + 4, label, bold=True, size=NORMAL + 1)
            return
        depth = code.path.count("/") - 1
        x = _CODE_X + depth * 14
        # From the middle of the number of the theme down, then to the code.
        above = places.get(code.path.rpartition("/")[0], y - _ROW)
        stem = _TREE if depth == 0 else x - 14
        path = f"M{stem:.2f} {above + 9:.2f}V{y - 5:.2f}q0 5 5 5H{x - _LARGEST - 2:.2f}"
        drawing.add("path", d=path, fill="none", stroke=LINE)
        if code.passages is None:
            drawing.add(
                "circle", cx=x, cy=y, r=3.5, fill="#ffffff", stroke=theme.color,
                stroke_dasharray="2 2",
            )  # fmt: skip
        else:
            # the eye compares areas: the radius grows with the root of the number
            radius = _LARGEST * math.sqrt(code.passages / largest)
            fill = theme.color if code.passages else "#ffffff"
            drawing.add("circle", cx=x, cy=y, r=max(radius, 1.5), fill=fill, stroke=theme.color)
        drawing.text(x + 14, y + 4, shorten(label, _LABEL, NORMAL))


def describe_passages(code: MapCode, words: Wording) -> str:
    """Return "12 passages" of a code; that they are few where the number is hidden."""
    if code.passages is None:
        return words(Message("too few to show"))
    return words(Message.counted("{count} passage", "{count} passages", code.passages))


def _draw_arcs(
    drawing: Drawing,
    links: Sequence[CodePair],
    places: dict[str, float],
    marks: CodeMarks,
    words: Wording,
) -> None:
    strongest = max((pair.together for pair in links), default=1)
    right = drawing.width - _ARC
    ends = [abs(places[pair.first] - places[pair.second]) / 2 for pair in links]
    longest = max(ends, default=1.0)
    # The strongest last, so that it lies on top of the many thin ones.
    for pair in reversed(links):
        first, second = sorted((places[pair.first], places[pair.second]))
        in_same_theme = marks.theme(pair.first) == marks.theme(pair.second)
        span = (second - first) / 2
        reach = min(span, (_ARC - 8) * (span / longest) ** 0.7)
        with drawing.mark(describe_pair(pair, marks, words), pair.codings):
            drawing.add(
                "path",
                d=f"M{right:.2f} {first:.2f}A{reach:.2f} {span:.2f} 0 0 1 {right:.2f} {second:.2f}",
                fill="none",
                stroke=marks.theme(pair.first).color if in_same_theme else "#78716c",
                stroke_width=0.6 + 5 * pair.together / strongest,
                stroke_opacity=0.35 + 0.5 * pair.together / strongest,
            )
    # In the order of their first pair: the order of a set differs from run to run.
    for path in dict.fromkeys(p for pair in links for p in (pair.first, pair.second)):
        _draw_leader(drawing, path, places[path], right, marks)


def _draw_leader(drawing: Drawing, path: str, y: float, right: float, marks: CodeMarks) -> None:
    label = shorten(marks.labels(path), _LABEL, NORMAL)
    depth = path.count("/") - 1
    start = _CODE_X + max(depth, 0) * 14 + 20 + text_width(label, NORMAL)
    if depth < 0:
        start = 32 + text_width(label, NORMAL + 1, bold=True)
    drawing.add(
        "line", x1=min(start, right), x2=right, y1=y, y2=y, stroke="#d6d3d1", stroke_dasharray="1 3"
    )


def describe_pair(pair: CodePair, marks: CodeMarks, words: Wording) -> str:
    """Return the two codes of a pair and how many passages have both."""
    return words(
        Message.counted(
            "{first} and {second}: {count} passage",
            "{first} and {second}: {count} passages",
            pair.together,
            first=marks.labels(pair.first),
            second=marks.labels(pair.second),
        )
    )


def describe_map(
    codes: Sequence[MapCode], links: Sequence[CodePair], marks: CodeMarks, words: Wording
) -> str:
    """Return a map of codes as sentences, for who cannot see it."""
    words_of = [f"{marks.labels(c.path)} ({describe_passages(c, words)})" for c in codes]
    text = ", ".join(words_of) + "."
    if links:
        pairs = "; ".join(describe_pair(pair, marks, words) for pair in links[:20])
        text += " " + words(Message("Together most often: {pairs}.", pairs=pairs))
    return text
