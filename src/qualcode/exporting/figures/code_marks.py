"""How codes look in all figures: a colour and a number per theme, a label, a bar per group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.figures.drawing import DARK, FAINT, SMALL, Drawing
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, Reach
from qualcode.model.codebook import theme_path

TRACK = "#e7e5e4"
_SECOND = (DARK, "#d6d3d1", "#292524")


@dataclass(frozen=True, slots=True)
class ThemeMark:
    """The colour of a theme, and its number in the figure: colour alone is not for everyone."""

    number: int
    color: str
    label: str


class CodeMarks:
    """Labels of codes and marks of themes in one language.

    Args:
        codebook: The codebook.
        paths: The codes that are drawn; themes are numbered in the order of the book.
        words: The language.
    """

    def __init__(self, codebook: Codebook, paths: Iterable[str], words: Wording) -> None:
        self.labels = Labels(codebook, words.language)
        drawn_themes = {theme_path(path) for path in paths}
        themes = [theme for theme in codebook.themes if theme.path in drawn_themes]
        self._themes = {
            theme.path: ThemeMark(number, theme.color, self.labels(theme.path))
            for number, theme in enumerate(themes, 1)
        }

    def theme(self, path: str) -> ThemeMark:
        """Return the mark of the theme of a code."""
        return self._themes[theme_path(path)]

    def legend(self) -> list[tuple[str, str, str]]:
        """Return colour, sign and name of each theme."""
        return [(m.color, str(m.number), m.label) for m in self._themes.values()]


def groups_of(reaches: Iterable[Sequence[Reach]]) -> tuple[str, ...]:
    """Return the groups that reaches are printed of; ``("",)`` for all cases together."""
    first = next(iter(reaches), ())
    return tuple(reach.group for reach in first if reach.group) or ("",)


def describe_groups(reaches: Iterable[Sequence[Reach]], words: Wording) -> str:
    """Return "users (N = 6), professionals (N = 4)": the most who were asked about a code."""
    largest: dict[str, Reach] = {}
    for code_reaches in reaches:
        for reach in code_reaches:
            before = largest.get(reach.group)
            if before is None or (reach.of or 0) > (before.of or 0):
                largest[reach.group] = reach
    names = [group for group in largest if group] or [""]
    sizes = {name: largest[name].printed_of or 0 if name in largest else 0 for name in names}
    return ", ".join(f"{words.group(name)} (N = {size})" for name, size in sizes.items())


def reach_in_words(reach: Reach, words: Wording) -> str:
    """Return a reach as "users: 5 of 6"."""
    if reach.hidden:
        text = reach.hidden
    elif reach.of is None and not reach.cases:
        text = words(Message("not asked"))
    elif reach.of is None:
        text = str(reach.cases)
    else:
        text = words(Message("{cases} of {asked}", cases=reach.cases, asked=reach.printed_of))
    return f"{words.group(reach.group)}: {text}"


def draw_bars(
    drawing: Drawing,
    x: float,
    y: float,
    width: float,
    height: float,
    reaches: Sequence[Reach],
    color: str,
) -> None:
    """Draw one bar per group: how many of those who were asked.

    Args:
        drawing: Where to draw.
        x: Its left.
        y: The top of the first bar.
        width: Of a whole bar.
        height: Of each bar; the gap below it is half of that.
        reaches: One per group.
        color: Of the first group; the others are grey.
    """
    for place, reach in enumerate(reaches):
        top = y + place * height * 1.5
        fill = color if place == 0 else _SECOND[(place - 1) % len(_SECOND)]
        if reach.hidden:
            # No length: it would show the count that is hidden.
            drawing.text(x, top + height, reach.hidden, size=SMALL - 1)
            continue
        if reach.of is None and not reach.cases:
            drawing.box(
                x, top, width, height, fill="#ffffff", stroke=FAINT, radius=height / 2, dash="3 2"
            )
            continue
        drawing.box(x, top, width, height, fill=TRACK, radius=height / 2)
        share = (reach.cases or 0) / reach.of if reach.of else 0.0
        if reach.of is None:
            # Brought up without being asked: a dot, as there is no share.
            drawing.add("circle", cx=x + height / 2, cy=top + height / 2, r=height / 2, fill=fill)
        elif share:
            # a bar shorter than it is high could not have round ends
            length = max(width * share, height)
            drawing.box(x, top, length, height, fill=fill, radius=height / 2)
