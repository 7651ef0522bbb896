"""Each theme has a hue of its own, and each code a shade of it, from the first code on."""

from __future__ import annotations

import colorsys

import pytest

from qualcode.model import Code, Codebook
from qualcode.model.code_colors import HUES, code_colors, color_of_new_code, shade


def book(*codes: Code) -> Codebook:
    return Codebook("proef", codes)


def hue(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return colorsys.rgb_to_hls(*parts)[0] * 360


def test_codes_without_a_color_differ_and_keep_the_hue_of_their_theme() -> None:
    paths = ["a", *(f"a/{letter}" for letter in "bcdef"), "g", "g/h", "g/h/i"]
    colors = code_colors(book(*map(Code, paths)))
    assert len(set(colors.values())) == len(paths)
    assert (colors["a"], colors["g"]) == HUES[:2]
    for path in paths[1:6]:
        assert abs(hue(colors[path]) - hue(colors["a"])) < 30, path


def test_a_color_that_somebody_chose_stays() -> None:
    colors = code_colors(book(Code("a", color=HUES[0]), Code("a/b", color="#123456"), Code("c")))
    assert colors["a"] == HUES[0]
    assert colors["a/b"] == "#123456"
    assert colors["c"] == HUES[1]


def test_a_code_with_the_color_of_its_theme_gets_a_shade() -> None:
    colors = code_colors(book(Code("a", color=HUES[3]), Code("a/b", color=HUES[3])))
    assert colors["a/b"] != HUES[3]


def test_new_codes_get_the_next_hue_and_the_next_shade() -> None:
    first = color_of_new_code(None, "")
    themes = book(Code("a", color=first))
    assert first == HUES[0]
    assert color_of_new_code(themes, "") == HUES[1]
    child = color_of_new_code(themes, "a")
    assert color_of_new_code(book(Code("a", color=first), Code("a/b", color=child)), "a") != child


@pytest.mark.parametrize("color", ["#000000", "#ffffff", "#64748b", "#ff0000"])
def test_no_shade_is_lost_on_white_or_black(color: str) -> None:
    for number in range(20):
        parts = (int(shade(color, number)[at : at + 2], 16) / 255 for at in (1, 3, 5))
        assert 0.24 <= colorsys.rgb_to_hls(*parts)[1] <= 0.69
