"""The colors of codes: a hue for each theme, and shades of it for the codes below."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

from qualcode.model.codebook import DEFAULT_COLOR, Codebook

HUES = (
    *("#1d4ed8", "#0f766e", "#b45309", "#a21caf", "#be123c", "#4d7c0f"),
    *("#0369a1", "#7c3aed", "#c2410c", "#15803d", "#9d174d", "#854d0e"),
)
"""The colors of themes without one of their own, in the order of the codebook."""

# Hue in degrees and lightness that each next code differs by; neighbours in the tree differ most.
_SHADES = (
    *((0, 0.0), (12, 0.14), (-12, 0.07), (18, -0.06)),
    *((-6, 0.22), (6, 0.10), (-18, 0.16), (24, 0.04)),
)


def shade(color: str, number: int) -> str:
    """Return a shade of a color, another one for each number from 0."""
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    degrees, lighter = _SHADES[number % len(_SHADES)]
    # Not so light that the square of the code is lost on white, nor so dark that it is on black.
    lightness = min(max(lightness + lighter, 0.25), 0.68)
    parts = colorsys.hls_to_rgb((hue + degrees / 360) % 1, lightness, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def code_colors(codebook: Codebook) -> Mapping[str, str]:
    """Return the color to show for each code, by its path.

    A code keeps a color that somebody chose. One that has none, or only the color of the code
    above it, gets a shade of that color.
    """
    colors: dict[str, str] = {}
    theme_colors = {code.color for code in codebook.codes if not code.parent}
    free = [hue for hue in HUES if hue not in theme_colors] or [*HUES]
    children: dict[str, int] = {}
    # Parents before children, whatever the order of the codebook.
    for code in sorted(codebook.codes, key=lambda code: code.path.count("/")):
        number = children[code.parent] = children.get(code.parent, -1) + 1
        above = colors.get(code.parent, "")
        if code.color not in {DEFAULT_COLOR, above}:
            colors[code.path] = code.color
        elif above:
            # shade 0 is the colour of the code above itself
            colors[code.path] = shade(above, number + 1)
        else:
            colors[code.path] = free.pop(0)
            # a book with more themes than hues begins again with the first hue
            free.append(colors[code.path])
    return colors


def color_of_new_code(codebook: Codebook | None, parent: str) -> str:
    """Return the color of a code that is added below another one, or as a theme for ``""``."""
    codes = codebook.codes if codebook else ()
    colors = code_colors(codebook) if codebook else {}
    siblings = [code for code in codes if code.parent == parent]
    if parent:
        return shade(colors.get(parent, HUES[0]), len(siblings) + 1)
    theme_colors = {colors[code.path] for code in siblings}
    return next((hue for hue in HUES if hue not in theme_colors), HUES[len(siblings) % len(HUES)])
