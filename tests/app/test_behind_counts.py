"""From a count one click leads to the passages behind it, and one more to their place."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app_conditions import change, drawn
from app_process import App


def click_cell(page: Page, x: int, row: int) -> None:
    """Click a cell of the table on the page, a row of 35 pixels under a heading as high."""
    table = page.locator("[data-testid=stDataFrame]:visible").first
    table.locator("canvas").first.wait_for()
    # The table knows where its cells are once it has listed them for screen readers, inside its
    # canvas: what is there counts as hidden.
    table.get_by_role("gridcell", include_hidden=True).first.wait_for(state="attached")
    drawn(page)
    table.click(position={"x": x, "y": 35 * (row + 1) + 17})


def test_a_count_of_agreement_leads_to_its_passages_and_those_to_the_text(
    shared_app: App, page: Page
) -> None:
    shared_app.go(page, "agreement")
    expect(page.get_by_text("Krippendorff's alpha, of")).to_be_visible(timeout=90_000)
    drawn(page)
    click_cell(page, 300, 0)
    expect(page.get_by_text(re.compile("places? in the text"))).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="In the text").first.click()
    expect(page.locator(".qc-saved")).to_have_text("All changes saved", timeout=60_000)
    expect(page.locator(".qc-current")).to_be_visible()


def test_a_cell_of_the_themes_leads_to_its_passages(shared_app: App, page: Page) -> None:
    shared_app.go(page, "themes")
    tab = page.get_by_role("tab", name="By respondent")
    expect(tab).to_be_visible(timeout=90_000)
    tab.click()
    expect(page.get_by_text("How many passages of each respondent")).to_be_visible(timeout=60_000)
    page.locator(".qm td.qm-opens").first.click()
    expect(page.get_by_role("button", name="In the text").first).to_be_visible(timeout=30_000)


def choose_reason(page: Page, key: str, reason: str) -> None:
    """Press the key of a reason, and wait until it is the chosen one."""
    page.keyboard.press(key)
    chosen = page.locator("[data-testid=stBaseButton-primary]", has_text=reason)
    expect(chosen).to_be_visible(timeout=30_000)
    drawn(page)


def settle(page: Page, key: str, count: int) -> None:
    """Press a key that settles or takes back, and wait until so many are settled."""
    page.keyboard.press(key)
    expect(page.get_by_text(f"{count} of")).to_be_visible(timeout=30_000)
    drawn(page)


def test_differences_are_settled_by_keys_alone(own_app: App, page: Page) -> None:
    own_app.go(page, "adjudication")
    expect(page.get_by_text("disagreements resolved")).to_be_visible(timeout=90_000)
    drawn(page)
    choose_reason(page, "o", "Overlooked")
    settle(page, "1", 1)
    with change(page):
        page.keyboard.press("j")
    choose_reason(page, "d", "The definition is unclear")
    settle(page, "3", 2)
    settle(page, "z", 1)
    with own_app.project() as project:
        (decision,) = project.adjudication.collect_decisions()
    assert (decision.choice.value, decision.reason) == ("a", "overlooked")
