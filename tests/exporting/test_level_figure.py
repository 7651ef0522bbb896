"""The level figure: legible with 24 factors on A4, in grey, and with one group or four."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from qualcode.exporting import draw_level_figure
from qualcode.exporting.figures.text_width import shorten, text_width, wrap
from qualcode.model import Code, Codebook, LevelCode, LocalText, Reach

SVG = "{http://www.w3.org/2000/svg}"
MM = 25.4 / 96
GROUPS = ("users", "professionals", "partners", "employers")


def figure(factors: int, groups: int = 2, *, nested: bool = True) -> ET.Element:
    names = [f"factor_{number}" for number in range(factors)]
    themes = [f"theme_{number}" for number in range(4)]
    codes = [Code(theme, LocalText({"nl": f"Thema {theme}"})) for theme in themes]
    paths = [f"{themes[i % 4]}/{name}" for i, name in enumerate(names)]
    codes += [Code(p, LocalText({"nl": f"Een factor van gewone lengte {p[-2:]}"})) for p in paths]
    book = Codebook("b", tuple(codes))
    reaches = (Reach("", 5, 10), *(Reach(g, i, 5) for i, g in enumerate(GROUPS[:groups])))
    levels = {
        level: [LevelCode(path, reaches) for path in paths[place::4]]
        for place, level in enumerate(("individual", "interpersonal", "community", "society"))
    }
    return ET.fromstring(draw_level_figure(levels, book, nested=nested).svg)


@pytest.mark.parametrize("nested", [True, False])
def test_24_factors_fit_on_a4_in_type_of_8_points(nested: bool) -> None:
    root = figure(24, nested=nested)
    width, height = (float(root.attrib[name].removesuffix("mm")) for name in ("width", "height"))
    assert (width, height) < (157, 247)
    sizes = [float(t.attrib["font-size"]) * MM / 25.4 * 72 for t in root.iter(f"{SVG}text")]
    assert min(sizes) >= 7
    shown = [t.text for t in root.iter(f"{SVG}text")]
    # every label is whole: in one line or broken over two
    assert not any("…" in (text or "") for text in shown)


def test_a_theme_is_told_by_a_number_not_by_colour_alone() -> None:
    root = figure(8)
    signs = [
        t.text or "" for t in root.iter(f"{SVG}text") if t.attrib.get("text-anchor") == "middle"
    ]
    assert sorted(signs) == sorted(["1", "2", "3", "4"] * 3)  # two codes each, and the legend


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_each_group_has_a_bar_of_its_reach(groups: int) -> None:
    root = figure(4, groups)
    marks = list(root.iter(f"{SVG}g"))
    assert len(marks) == 4
    titles = [mark.findtext(f"{SVG}title") for mark in marks]
    assert all((title or "").count(" van 5") == groups for title in titles)


def test_a_text_is_measured_shortened_and_broken() -> None:
    assert text_width("é", 10) == text_width("e", 10)
    assert text_width("WWW", 10) > text_width("iii", 10)
    assert shorten("Werksettingen", 1_000, 11) == "Werksettingen"
    assert text_width(shorten("Werksettingen", 40, 11), 11) <= 40
    assert wrap("een twee drie", 45, 11) == ["een twee", "drie"]
    assert wrap("", 45, 11) == [""]
