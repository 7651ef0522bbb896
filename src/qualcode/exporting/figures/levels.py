"""The level figure: codes on nested levels, each with a bar per group for its reach.

After the social-ecological model: the person in the middle, society around.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.exporting.figures.code_marks import (
    CodeMarks,
    describe_groups,
    draw_bars,
    groups_of,
    reach_in_words,
)
from qualcode.exporting.figures.drawing import INK, LINE, NORMAL, SMALL, Drawing, ink_on, legend
from qualcode.exporting.figures.text_width import text_width, wrap
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, Figure, FigureKind, LevelCode

_INSET, _PAD, _GAP = 15.0, 13.0, 6.0
_HEAD, _SIGN, _BAR, _THICK = 27.0, 14.0, 46.0, 5.0
_LABEL_WIDTH, _LINE_HEIGHT = 190.0, 13.0
_BAND = 12.0


@dataclass(frozen=True, slots=True)
class _Chip:
    """A code as it is drawn: its lines of text, and how much room it takes."""

    code: LevelCode
    lines: tuple[str, ...]
    width: float
    height: float


def draw_level_figure(
    levels: Mapping[str, Sequence[LevelCode]],
    codebook: Codebook,
    *,
    title: str = "",
    language: str = "nl",
    nested: bool = True,
) -> Figure:
    """Return the codes of each level, largest reach first.

    Args:
        levels: Codes by level, from the innermost level outwards.
        codebook: Gives labels and colours.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.
        nested: Whether a level lies inside the next one, or they are stacked.
    """
    words = Wording(language)
    codes = [code for level in levels.values() for code in level]
    marks = CodeMarks(codebook, [code.path for code in codes], words)
    reaches = [code.reaches for code in codes]
    names = [words.value("level", level) for level in levels]
    drawing = Drawing(
        title or words(Message("Factors by level")),
        words(
            Message(
                "Bar: share of those asked who brought it up; from the top: {groups}. "
                "Dashed bar: not asked.",
                groups=describe_groups(reaches, words),
            )
        ),
    )
    rows = _Rows(drawing, marks, words, groups_of(reaches))
    # the outermost first: what is drawn later lies on top
    boxes = list(zip(names, levels.values(), strict=True))[::-1]
    bottom = (_draw_nested if nested else _draw_stacked)(drawing, rows, boxes)
    end = legend(drawing, bottom + 12, marks.legend())
    return drawing.figure(FigureKind.LEVELS, _in_words(names, levels, marks, words), end)


class _Rows:
    """Lays the codes of a level out in rows, and draws them."""

    def __init__(
        self, drawing: Drawing, marks: CodeMarks, words: Wording, groups: Sequence[str]
    ) -> None:
        self._drawing, self._marks, self._words, self._groups = drawing, marks, words, groups

    def fill(self, codes: Sequence[LevelCode], width: float) -> list[list[_Chip]]:
        """Return codes in rows of a width; a row is filled before the next one begins."""
        rows: list[list[_Chip]] = []
        used = 0.0
        for code in codes:
            chip = self._chip(code)
            if not rows or used + chip.width > width:
                rows.append([])
                used = 0.0
            rows[-1].append(chip)
            used += chip.width + _GAP
        return rows

    def _chip(self, code: LevelCode) -> _Chip:
        lines = tuple(wrap(self._marks.labels(code.path), _LABEL_WIDTH, NORMAL))
        label = max(text_width(line, NORMAL) for line in lines)
        bars = len(self._groups) * _THICK * 1.5
        height = max(len(lines) * _LINE_HEIGHT + 11, bars + 12, 24.0)
        return _Chip(code, lines, _SIGN + 7 + label + 9 + _BAR + 8, height)

    def draw(self, rows: Sequence[Sequence[_Chip]], x: float, y: float) -> float:
        """Draw rows from a corner on, and return where they end."""
        for row in rows:
            height = max(chip.height for chip in row)
            x0 = x
            for chip in row:
                self._draw_chip(chip, x0, y, height)
                x0 += chip.width + _GAP
            y += height + _GAP
        return y

    def _draw_chip(self, chip: _Chip, x: float, y: float, height: float) -> None:
        drawing, theme = self._drawing, self._marks.theme(chip.code.path)
        reaches = {reach.group: reach for reach in chip.code.reaches}
        shown_reaches = [reaches[group] for group in self._groups if group in reaches]
        label = " ".join(chip.lines)
        words_of = "; ".join(reach_in_words(reach, self._words) for reach in shown_reaches)
        # the passages behind a hidden count would give it away
        codings = () if any(reach.hidden for reach in shown_reaches) else chip.code.codings
        with drawing.mark(f"{label} ({words_of})", codings):
            drawing.box(x, y, chip.width, height, fill="#ffffff", stroke=theme.color, radius=5)
            # The left edge holds the number of the theme, which grey print keeps.
            corner = (
                f"M{x + 5:.2f} {y:.2f}h{_SIGN - 5:.2f}v{height:.2f}h-{_SIGN - 5:.2f}"
                f"a5 5 0 0 1 -5 -5v-{height - 10:.2f}a5 5 0 0 1 5 -5z"
            )
            drawing.add("path", d=corner, fill=theme.color)
            middle = y + height / 2
            drawing.text(
                x + _SIGN / 2, middle + 3.5, str(theme.number), size=SMALL, bold=True,
                color=ink_on(theme.color), anchor="middle",
            )  # fmt: skip
            first = middle - (len(chip.lines) - 1) * _LINE_HEIGHT / 2 + 4
            for place, line in enumerate(chip.lines):
                drawing.text(x + _SIGN + 7, first + place * _LINE_HEIGHT, line)
            bars = len(shown_reaches) * _THICK * 1.5 - _THICK / 2
            draw_bars(
                drawing, x + chip.width - _BAR - 8, middle - bars / 2, _BAR, _THICK, shown_reaches,
                theme.color,
            )  # fmt: skip


_Box = tuple[str, Sequence[LevelCode]]


def _draw_nested(drawing: Drawing, rows: _Rows, boxes: Sequence[_Box]) -> float:
    """Draw each level inside the one around it; the outermost is the first."""
    # All boxes end on one line, so the lowest has to be known before the first is drawn.
    layouts = []
    y = drawing.top + 8
    for depth, (name, codes) in enumerate(boxes):
        x0 = depth * _INSET
        width = drawing.width - 2 * x0
        chips = rows.fill(codes, width - 2 * _PAD)
        layouts.append((name, chips, x0, y, width))
        inside = sum(max(chip.height for chip in row) + _GAP for row in chips)
        y += _HEAD + (inside or 4.0) + _BAND
    bottom = y + 2
    for depth, (name, chips, x0, top, width) in enumerate(layouts):
        shade = _shade(depth, len(layouts))
        drawing.box(x0, top, width, bottom - top, fill=shade, stroke=LINE, radius=14)
        drawing.text(x0 + _PAD, top + 18, _capital(name), size=NORMAL + 1, bold=True, color=INK)
        rows.draw(chips, x0 + _PAD, top + _HEAD)
    return bottom


def _draw_stacked(drawing: Drawing, rows: _Rows, boxes: Sequence[_Box]) -> float:
    """Draw the levels below each other, the outermost first."""
    y = drawing.top + 8
    for depth, (name, codes) in enumerate(boxes):
        chips = rows.fill(codes, drawing.width - 2 * _PAD)
        inside = sum(max(chip.height for chip in row) + _GAP for row in chips)
        height = _HEAD + (inside or 4.0) + _BAND / 2
        shade = _shade(depth, len(boxes))
        drawing.box(0, y, drawing.width, height, fill=shade, stroke=LINE, radius=10)
        drawing.text(_PAD, y + 18, _capital(name), size=NORMAL + 1, bold=True)
        rows.draw(chips, _PAD, y + _HEAD)
        y += height + _GAP
    return y - _GAP


def _shade(depth: int, count: int) -> str:
    light, dark = (247, 246, 244), (214, 211, 204)
    share = depth / (count - 1) if count > 1 else 0.0
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(light, dark, strict=True)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _in_words(
    names: Sequence[str],
    levels: Mapping[str, Sequence[LevelCode]],
    marks: CodeMarks,
    words: Wording,
) -> str:
    """Return the figure as sentences, for who cannot see it."""
    parts = []
    for name, codes in zip(names, levels.values(), strict=True):
        words_of = [
            f"{marks.labels(code.path)} ({_reaches_in_words(code, words)})" for code in codes
        ]
        nothing = words(Message("no codes"))
        parts.append(f"{_capital(name)}: {', '.join(words_of) if words_of else nothing}.")
    return " ".join(parts)


def _reaches_in_words(code: LevelCode, words: Wording) -> str:
    # All cases together are told only where there are no groups.
    parts = [reach for reach in code.reaches if reach.group] or code.reaches[:1]
    return "; ".join(reach_in_words(reach, words) for reach in parts)
