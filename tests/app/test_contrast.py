"""Text stays readable on every mark and chip: WCAG 2.2 AA asks for 4.5 : 1.

Accessibility checkers do not see marks on text (CSS highlights), so it is computed here, in the
browser, from the very rules that the screen uses.
"""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from app_process import App, new_context
from qualcode import study

WANTED = 4.5
# The colors of the sample codebook, and the corners of the color space: no code can be worse.
PALETTE = sorted(set(re.findall(r"#[0-9a-f]{6}", study.codebook().read_text("utf-8"))))
CORNERS = ["#" + "".join(parts) for parts in product(("00", "ff"), repeat=3)]

SCRIPT = Path(__file__).with_name("contrast.js").read_text("utf-8")


def measured(page: Page, what: str, *about: Any) -> dict[str, Any]:
    """Return pairs of text and ground, each red, green and blue, by where they are."""
    return dict(page.evaluate(f"(about) => {{ {SCRIPT}; return measure.{what}(...about) }}", about))


def luminance(color: list[int]) -> float:
    """Relative luminance of sRGB, 0 to 1, as WCAG 2.2 defines it."""
    parts = [one / 255 for one in color]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: list[int], ground: list[int]) -> float:
    """Contrast ratio of two colors, 1 to 21."""
    high, low = sorted((luminance(text), luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def too_low(found: dict[str, Any]) -> dict[str, float]:
    ratios = {name: round(contrast(*pair), 2) for name, pair in found.items()}
    return {name: ratio for name, ratio in ratios.items() if ratio < WANTED}


@pytest.fixture(scope="module", params=["light", "dark"])
def screen(browser: Browser, shared_app: App, request: pytest.FixtureRequest) -> Any:
    """The coding screen in the light or the dark theme."""
    context = new_context(
        browser, viewport={"width": 1440, "height": 900}, color_scheme=request.param
    )
    yield shared_app.code(context.new_page())
    context.close()


def test_the_luminance_is_that_of_wcag() -> None:
    assert contrast([0, 0, 0], [255, 255, 255]) == pytest.approx(21)
    assert contrast([119, 119, 119], [255, 255, 255]) == pytest.approx(4.48, abs=0.01)


def test_text_is_readable_on_every_pile_of_marks(screen: Page) -> None:
    kinds = [["active"], ["hover"], ["hover", "active"], ["pick"]]
    found = measured(screen, "marks", PALETTE + CORNERS, kinds)
    assert len(found) == 2 * len(PALETTE + CORNERS) * 5 * (1 + len(kinds))
    assert too_low(found) == {}


def test_a_mark_is_seen_against_the_paper(screen: Page) -> None:
    found = measured(screen, "marks", PALETTE, [])
    paper = screen.evaluate("() => getComputedStyle(document.querySelector('.qc')).backgroundColor")
    rgb = [int(part) for part in paper.removeprefix("rgb(").rstrip(")").split(",")[:3]]
    single = [ground for name, (_, ground) in found.items() if name.endswith(" 1")]
    assert min(contrast(ground, rgb) for ground in single) > 1.1


def test_the_names_on_chips_are_readable_in_every_color(screen: Page) -> None:
    assert too_low(measured(screen, "chips", PALETTE + CORNERS)) == {}
