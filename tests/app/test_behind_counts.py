"""From a count one click leads to the passages behind it, and one more to their place."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from app_running import App


def drawn(page: Page) -> None:
    """Wait until the page is drawn."""
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def click_cell(page: Page, x: int, row: int) -> None:
    """Click a cell of the table on the page, a row of 35 pixels under a heading as high."""
    table = page.locator("[data-testid=stDataFrame]:visible").first
    table.locator("canvas").first.wait_for()
    page.wait_for_timeout(700)
    table.click(position={"x": x, "y": 35 * (row + 1) + 17})


def test_a_count_of_agreement_leads_to_its_passages_and_those_to_the_text(
    shared_app: App, page: Page
) -> None:
    shared_app.go(page, "agreement")
    expect(page.get_by_text("On average per code")).to_be_visible(timeout=90_000)
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
    drawn(page)
    click_cell(page, 420, 0)
    expect(page.get_by_role("button", name="In the text").first).to_be_visible(timeout=30_000)


def test_differences_are_settled_by_keys_alone(own_app: App, page: Page) -> None:
    own_app.go(page, "adjudication")
    expect(page.get_by_text("disagreements settled")).to_be_visible(timeout=90_000)
    drawn(page)
    for key, settled in (("o", 0), ("1", 1), ("j", 1), ("d", 1), ("3", 2), ("z", 1)):
        page.keyboard.press(key)
        page.wait_for_timeout(500)
        drawn(page)
        expect(page.get_by_text(f"{settled} of")).to_be_visible(timeout=30_000)
    with own_app.project() as project:
        (decision,) = project.adjudication.collect_decisions()
    assert (decision.choice.value, decision.reason) == ("a", "overlooked")
