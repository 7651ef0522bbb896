"""Figures of rows and columns: codes by participant, and codes that two coders confused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.figures.code_marks import TRACK, CodeMarks
from qualcode.exporting.figures.drawing import (
    FAINT,
    NORMAL,
    SMALL,
    SOFT,
    Drawing,
    blend,
    ink_on,
)
from qualcode.exporting.figures.text_width import shorten, text_width
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, Confusion, CrossTable, Figure, FigureKind

_ROW = 16.0
_WIDEST_LABEL = 215.0
_SMALLEST_NUMBER = 15.0
_AGREED, _CONFUSED = "#78716c", "#9a3412"


def draw_participants(
    table: CrossTable,
    codebook: Codebook,
    groups: Mapping[str, str],
    *,
    title: str = "",
    language: str = "nl",
) -> Figure:
    """Return codes by participant: the darker, the more passages.

    Args:
        table: ``code_by_case``.
        codebook: Gives labels and colours.
        groups: The group of each participant, for the order and the heads of columns.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.
    """
    words = Wording(language)
    marks = CodeMarks(codebook, table.rows, words)
    order = {group: place for place, group in enumerate(dict.fromkeys(groups.values()))}
    names = sorted(table.columns, key=lambda name: order[groups[name]])
    drawing = Drawing(
        title or words(Message("Codes by participant")),
        words(
            Message("Number of passages; the darker, the more. Dash: not asked. Empty: not said.")
        ),
    )
    x0, width = _columns(drawing, [marks.labels(path) for path in table.rows], len(names))
    y = _draw_heads(drawing, names, groups, x0, width, words)

    @cache
    def passages(count: int) -> str:
        # Thousands of cells share a few numbers.
        return words(Message.counted("{count} passage", "{count} passages", count))

    # a theme holds the passages of all its codes: beside it, every code would be pale
    largest = max((c.count or 0 for p, row in zip(table.rows, table.cells, strict=True)
                if "/" in p for c in row), default=0) or 1  # fmt: skip
    for path, cells in zip(table.rows, table.cells, strict=True):
        theme, is_theme = marks.theme(path), "/" not in path
        y += _ROW + (6 if is_theme else 0)
        indent = 0 if is_theme else 10
        drawing.text(
            indent, y - 4, shorten(marks.labels(path), x0 - indent - 8, NORMAL, bold=is_theme),
            bold=is_theme,
        )  # fmt: skip
        by_name = dict(zip(table.columns, cells, strict=True))
        for place, name in enumerate(names):
            cell, x = by_name[name], x0 + place * width
            if cell.count is None:
                drawing.text(x + width / 2, y - 4, "–", color=SOFT, size=SMALL, anchor="middle")
                continue
            with drawing.mark(
                f"{marks.labels(path)}, {name}: {passages(cell.count)}", cell.codings
            ):
                # a theme may have more passages than any code
                share = min(cell.count / largest, 1.0)
                # never quite white: one passage must differ from none
                shade = blend(theme.color, 0.15 + 0.85 * share) if cell.count else TRACK
                _draw_cell(drawing, x, y, width, shade, cell.count)
    return drawing.figure(FigureKind.PARTICIPANTS, _table_in_words(table, marks, words), y + 12)


def _columns(drawing: Drawing, labels: Sequence[str], count: int) -> tuple[float, float]:
    """Return where the columns begin, and how wide each is."""
    longest = max((text_width(label, NORMAL, bold=True) for label in labels), default=0.0)
    x0 = min(longest + 18, _WIDEST_LABEL)
    return x0, min((drawing.width - x0) / max(count, 1), 42.0)


def _draw_heads(
    drawing: Drawing,
    names: Sequence[str],
    groups: Mapping[str, str],
    x0: float,
    width: float,
    words: Wording,
) -> float:
    """Draw the names of participants and a line over each group; return where rows begin."""
    y = drawing.top + 16
    for group in dict.fromkeys(groups[name] for name in names):
        places = [place for place, name in enumerate(names) if groups[name] == group]
        start, end = x0 + places[0] * width, x0 + (places[-1] + 1) * width
        if group:
            label = shorten(words.group(group), end - start, SMALL, bold=True)
            drawing.text(start, y, label, size=SMALL, bold=True, color=SOFT)
            drawing.add("line", x1=start, x2=end - 2, y1=y + 4, y2=y + 4, stroke=FAINT)
    longest = max((text_width(name, SMALL) for name in names), default=0.0)
    turned = longest > width - 2
    y += 8 + (min(longest, 70.0) + 4 if turned else 12)
    for place, name in enumerate(names):
        x = x0 + (place + 0.5) * width
        text = shorten(name, 70.0, SMALL) if turned else name
        if turned:
            drawing.text(x + 3, y, text, size=SMALL, turned=-90)
        else:
            drawing.text(x, y, text, size=SMALL, anchor="middle")
    return y


def _draw_cell(drawing: Drawing, x: float, y: float, width: float, shade: str, count: int) -> None:
    drawing.box(x + 0.5, y - _ROW + 0.5, width - 1, _ROW - 1, fill=shade, radius=2)
    if count and width >= _SMALLEST_NUMBER:
        drawing.text(
            x + width / 2, y - 4.5, str(count), size=SMALL, color=ink_on(shade), anchor="middle"
        )


def _table_in_words(table: CrossTable, marks: CodeMarks, words: Wording) -> str:
    parts = []
    for path, cells in zip(table.rows, table.cells, strict=True):
        named = zip(table.columns, cells, strict=True)
        counts = [f"{name} {cell.count}" for name, cell in named if cell.count]
        nothing = words(Message("nobody"))
        parts.append(f"{marks.labels(path)}: {', '.join(counts) if counts else nothing}.")
    return " ".join(parts)


def draw_confusions(
    confusion: Confusion,
    codebook: Codebook,
    coders: Sequence[str],
    *,
    title: str = "",
    language: str = "nl",
    largest: int = 24,
) -> Figure:
    """Return which code of one coder met which code of the other.

    Args:
        confusion: The matrix.
        codebook: Gives labels.
        coders: What the two are called, the one of the rows first.
        title: Title of the figure; what it shows by default.
        language: ``nl`` or ``en``.
        largest: Codes to draw at the most: those confused most often.
    """
    words, labels = Wording(language), Labels(codebook, language)
    places = _confused_places(confusion, largest)
    drawing = Drawing(
        title or words(Message("Codes that coders confuse")),
        words(
            Message(
                "Row: code of {first}. Column: code of {second}. Grey: the same code from both. "
                "Brown: another one; the darker, the more units.",
                first=coders[0],
                second=coders[1],
            )
        ),
    )
    # The last row and column are for no code.
    rows = (*confusion.codes, "")
    names = [_name(rows[place], labels, words) for place in places]
    # room for the number of the row, which has two digits at most
    x0, width = _columns(drawing, [f"24  {name}" for name in names], len(places))
    y = drawing.top + 18
    for column in range(len(places)):
        x = x0 + (column + 0.5) * width
        drawing.text(x, y - 4, str(column + 1), size=SMALL, bold=True, anchor="middle")
    shade = _shades(confusion, places)
    for row, place in enumerate(places):
        y += _ROW
        drawing.text(16, y - 4, str(row + 1), size=SMALL, bold=True, anchor="end")
        drawing.text(22, y - 4, shorten(names[row], x0 - 30, NORMAL))
        for column, column_place in enumerate(places):
            count = confusion.counts[place][column_place]
            counts = Message.counted("{count} unit", "{count} units", count)
            with drawing.mark(f"{names[row]} / {names[column]}: {words(counts)}"):
                _draw_cell(
                    drawing, x0 + column * width, y, width, shade(place, column_place), count
                )
    text = _confusions_in_words(confusion, places, names, words)
    return drawing.figure(FigureKind.CONFUSIONS, text, y + 12)


def _name(code: str, labels: Labels, words: Wording) -> str:
    return labels(code) if code else words(Message("not coded"))


def _confused_places(confusion: Confusion, largest: int) -> list[int]:
    """Return the numbers of the codes that are confused most, in the order of the codebook."""
    sizes = range(len(confusion.counts))
    off = {
        i: sum(confusion.counts[i][j] + confusion.counts[j][i] for j in sizes if j != i)
        for i in sizes
    }
    confused = sorted((i for i in sizes if off[i]), key=lambda i: (-off[i], i))
    return sorted(confused[:largest])


def _shades(confusion: Confusion, places: Sequence[int]) -> Callable[[int, int], str]:
    counts = confusion.counts
    # two scales: coders mostly agree, and beside that every confusion would be pale
    same_count = max((counts[i][i] for i in places), default=0) or 1
    other_count = max((counts[i][j] for i in places for j in places if i != j), default=0) or 1

    def shade(row: int, column: int) -> str:
        count = counts[row][column]
        if not count:
            return TRACK
        color, largest = (_AGREED, same_count) if row == column else (_CONFUSED, other_count)
        return blend(color, 0.2 + 0.8 * count / largest)

    return shade


def _confusions_in_words(
    confusion: Confusion, places: Sequence[int], names: Sequence[str], words: Wording
) -> str:
    pairs = sorted(
        (-confusion.counts[i][j], a, b)
        for a, i in enumerate(places)
        for b, j in enumerate(places)
        if i != j and confusion.counts[i][j]
    )
    counts = "; ".join(f"{names[a]} / {names[b]}: {-count}" for count, a, b in pairs[:20])
    return counts + "." if counts else words(Message("No codes were confused."))
