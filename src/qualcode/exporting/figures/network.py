"""The network of codes that occur together: codes on a circle, by theme, with lines across it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.exporting.figures.code_marks import CodeMarks
from qualcode.exporting.figures.drawing import NORMAL, SMALL, SOFT, Drawing, legend
from qualcode.exporting.figures.text_width import shorten, text_width
from qualcode.exporting.figures.theme_map import (
    describe_map,
    describe_pair,
    describe_passages,
)
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, CodePair, Figure, FigureKind, MapCode

_LABEL = 185.0
"""The most room of a label; a longer one is cut off."""
_FONT = NORMAL - 0.5
_THEME_GAP = 1.2
_LARGEST = 7.0
_SMALLEST, _ROOM = 70.0, 34.0
"""The smallest radius, and the room of a code on the circle."""


@dataclass(frozen=True, slots=True)
class _Node:
    """The place of a code on the circle; its angle is in radians, 0 to the right."""

    x: float
    y: float
    angle: float


def draw_network(
    codes: Sequence[MapCode],
    pairs: Sequence[CodePair],
    codebook: Codebook,
    *,
    title: str = "",
    language: str = "nl",
) -> Figure:
    """Return the codes that occur together as a network.

    Args:
        codes: The codes, in the order of the codebook; those without a pair are left out.
        pairs: Codes that occur together, most often first.
        codebook: Gives labels and colours.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.
    """
    words = Wording(language)
    drawn_paths = {code.path for code in codes}
    links = [pair for pair in pairs if pair.first in drawn_paths and pair.second in drawn_paths]
    linked = {path for pair in links for path in (pair.first, pair.second)}
    codes = [code for code in codes if code.path in linked]
    marks = CodeMarks(codebook, [code.path for code in codes], words)
    drawing = Drawing(
        title or words(Message("Codes that occur together")),
        words(
            Message(
                "Line: two codes on one passage; the thicker, the more passages. Circle: number of "
                "passages of the code."
            )
        ),
    )
    # A few codes on a wide circle would stand in an empty page.
    labels = [_label_of(code, marks) for code in codes]
    room = min(max((text_width(label, _FONT) for label in labels), default=0.0) + 2, _LABEL)
    widest = drawing.width / 2 - room - 14
    radius = min(widest, max(_SMALLEST, len(codes) * _ROOM / (2 * math.pi)))
    middle = drawing.top + 8 + radius + room
    nodes = _place_codes(codes, marks, drawing.width / 2, middle, radius)
    _draw_links(drawing, links, nodes, marks, words, middle)
    _draw_nodes(drawing, codes, nodes, marks, words)
    bottom = middle + radius + room + 10
    end = legend(drawing, bottom, marks.legend())
    if links:
        strongest = words(
            Message.counted(
                "Thickest line: {count} passage",
                "Thickest line: {count} passages",
                links[0].together,
            )
        )
        drawing.text(drawing.width, end + 8, strongest, size=SMALL, color=SOFT, anchor="end")
    return drawing.figure(
        FigureKind.CO_OCCURRENCE, describe_map(codes, links, marks, words), end + 14
    )


def _place_codes(
    codes: Sequence[MapCode], marks: CodeMarks, x: float, y: float, radius: float
) -> dict[str, _Node]:
    themes = [marks.theme(code.path).number for code in codes]
    room = len(codes) + _THEME_GAP * len(set(themes))
    nodes: dict[str, _Node] = {}
    # The first code stands at the top, and the circle goes on clockwise.
    step = _THEME_GAP / 2
    for code, theme, before in zip(codes, themes, [themes[:1], *themes], strict=False):
        step += _THEME_GAP if theme != before and nodes else 0
        angle = 2 * math.pi * (step + 0.5) / room - math.pi / 2
        nodes[code.path] = _Node(x + radius * math.cos(angle), y + radius * math.sin(angle), angle)
        step += 1
    return nodes


def _draw_links(
    drawing: Drawing,
    links: Sequence[CodePair],
    nodes: dict[str, _Node],
    marks: CodeMarks,
    words: Wording,
    middle: float,
) -> None:
    strongest = links[0].together if links else 1
    # the most frequent pairs last, so that their lines lie on top
    for pair in reversed(links):
        a, b = nodes[pair.first], nodes[pair.second]
        # Bent towards the middle, so that lines of neighbours do not lie on the circle.
        bend_x, bend_y = drawing.width / 2, middle
        mid_x, mid_y = (a.x + b.x) / 2, (a.y + b.y) / 2
        control = (mid_x * 0.35 + bend_x * 0.65, mid_y * 0.35 + bend_y * 0.65)
        first, second = marks.theme(pair.first), marks.theme(pair.second)
        share = pair.together / strongest
        with drawing.mark(describe_pair(pair, marks, words), pair.codings):
            drawing.add(
                "path",
                d=f"M{a.x:.2f} {a.y:.2f}Q{control[0]:.2f} {control[1]:.2f} {b.x:.2f} {b.y:.2f}",
                fill="none",
                stroke=first.color if first == second else "#78716c",
                stroke_width=0.5 + 6 * share,
                stroke_opacity=0.2 + 0.6 * share,
                stroke_linecap="round",
            )


def _draw_nodes(
    drawing: Drawing,
    codes: Sequence[MapCode],
    nodes: dict[str, _Node],
    marks: CodeMarks,
    words: Wording,
) -> None:
    # A theme has all passages below it: its codes would be dots next to it.
    counts = [code.passages or 0 for code in codes]
    largest = max((n for n, c in zip(counts, codes, strict=True) if "/" in c.path), default=0)
    largest = largest or max(counts, default=0) or 1
    for code in codes:
        node, theme = nodes[code.path], marks.theme(code.path)
        label = marks.labels(code.path)
        with drawing.mark(f"{label} ({describe_passages(code, words)})", code.codings):
            hidden = code.passages is None
            share = min((code.passages or 0) / largest, 1.0)
            radius = 3.5 if hidden else max(_LARGEST * math.sqrt(share), 2)
            drawing.add(
                "circle", cx=node.x, cy=node.y, r=radius,
                fill="#ffffff" if hidden else theme.color, stroke="#ffffff",
            )  # fmt: skip
            _draw_label(drawing, node, _label_of(code, marks), radius)


def _label_of(code: MapCode, marks: CodeMarks) -> str:
    return f"{marks.theme(code.path).number}  {marks.labels(code.path)}"


def _draw_label(drawing: Drawing, node: _Node, label: str, radius: float) -> None:
    # Outwards along the ray; on the left it would stand on its head, so it is turned round.
    gap = max(radius, _LARGEST) + 4
    degrees = math.degrees(node.angle)
    # straight up and down, rounding must not turn a label round
    x0 = math.cos(node.angle) < -1e-9
    baseline = 3.6 * (-1 if x0 else 1)
    x = node.x + gap * math.cos(node.angle) - baseline * math.sin(node.angle)
    y = node.y + gap * math.sin(node.angle) + baseline * math.cos(node.angle)
    drawing.text(
        x, y, shorten(label, _LABEL, _FONT), size=_FONT,
        anchor="end" if x0 else None, turned=degrees + 180 if x0 else degrees,
    )  # fmt: skip
