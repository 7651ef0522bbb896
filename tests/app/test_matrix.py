"""Matrices of codes: one scale, sorted by a column, opened by a click or a key; charts in dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from qualcode.app.widgets.chart import in_dark

from app_axe import found
from app_conditions import drawn
from app_process import App, new_context

# The contrast of the number in each cell with the color behind it, as the browser draws both.
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parts = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
  };
  const light = (color) => parts(color)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  return [...document.querySelectorAll(".qm td.qm-opens")].map((cell) => {
    const style = getComputedStyle(cell);
    const both = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
    return {
      contrast: (both[0] + 0.05) / (both[1] + 0.05),
      shade: Number(cell.style.getPropertyValue("--v")),
      background: style.backgroundColor,
    };
  });
}"""


def show_respondents(app: App, page: Page) -> None:
    """Open the matrix of codes against respondents."""
    app.go(page, "themes")
    page.get_by_role("tab", name="By respondent").click(timeout=90_000)
    page.locator(".qm td").first.wait_for(timeout=60_000)
    drawn(page)


def first_column(page: Page) -> list[int]:
    """Return the numbers of the first column, from top to bottom."""
    cells = page.locator(".qm td[data-column='0']").all_inner_texts()
    return [int(cell) for cell in cells if cell.isdigit()]


def test_a_matrix_is_sorted_by_a_column_and_opened_by_keys(shared_app: App, page: Page) -> None:
    show_respondents(shared_app, page)
    before = first_column(page)
    heading = page.locator(".qm thead button").first
    heading.click()
    assert first_column(page) == sorted(before, reverse=True)
    heading.click()
    assert first_column(page) == sorted(before)
    heading.click()
    assert first_column(page) == before
    # One cell is reached with the Tab key, the others with the arrows.
    heading.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".qm td[data-row='0'][data-column='0']")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = page.locator(".qm td[aria-selected=true]")
    expect(chosen).to_have_attribute("data-row", "1")
    expect(page.get_by_role("button", name="In the text").first).to_be_visible(timeout=30_000)
    chosen.click()
    expect(page.get_by_role("button", name="In the text")).to_have_count(0)


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_matrix_has_one_scale_and_its_numbers_can_be_read(
    shared_app: App, browser: Browser, look: str
) -> None:
    context = new_context(browser, color_scheme=look, locale="en-US")
    page = context.new_page()
    show_respondents(shared_app, page)
    cells = page.evaluate(CONTRASTS)
    assert min(cell["contrast"] for cell in cells) >= 4.5
    by_shade: dict[float, set[str]] = {}
    for cell in cells:
        by_shade.setdefault(cell["shade"], set()).add(cell["background"])
    assert all(len(colors) == 1 for colors in by_shade.values())
    assert len(set.union(*by_shade.values())) == len(by_shade) > 2
    assert found(page) == []
    context.close()


def test_a_long_matrix_keeps_its_slanted_names_whole(shared_app: App, page: Page) -> None:
    shared_app.go(page, "agreement")
    page.get_by_role("tab", name="Confusions").click(timeout=90_000)
    names = page.locator(".qm-slanted thead button")
    names.first.wait_for(timeout=60_000)
    drawn(page)
    edge = page.locator(".qm-view").bounding_box()
    assert edge is not None
    for name in names.all():
        box = name.bounding_box()
        assert box is not None
        assert box["y"] >= edge["y"], name.inner_text()


def test_a_chart_on_a_dark_page_is_dark_and_its_lines_stand_out() -> None:
    spec = in_dark(
        {"config": {"background": "#ffffff"}, "layer": [{"color": "#1f2937"}, {"text": "a #b"}]}
    )
    assert int(spec["config"]["background"][1:3], 16) < 0x20
    assert int(spec["layer"][0]["color"][1:3], 16) > 0xA0
    assert spec["layer"][1] == {"text": "a #b"}
    # A strong blue and a strong red are dark themselves. The darkest of them that can be read has
    # a luminance of 0.22 on black: 4.5 times that of the page, each with 0.05 for the light around.
    for color in ("#2563eb", "#be123c", "#7c3aed"):
        turned = in_dark(color)
        parts = [(int(turned[place : place + 2], 16) / 255) ** 2.2 for place in (1, 3, 5)]
        weights = (0.2126, 0.7152, 0.0722)
        luminance = sum(weight * part for weight, part in zip(weights, parts, strict=True))
        assert luminance > 0.21, turned
