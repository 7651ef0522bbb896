"""What opens on a page is as fit for everyone as the page: dialogs, popovers, folded parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from app_axe import found
from app_conditions import drawn
from app_process import App

Look = Callable[[str], None]


@pytest.fixture
def look(page: Page) -> Iterator[Look]:
    """Let axe look at a state of the page, by day and by night; the test fails for all it found."""
    wrong: dict[str, list[tuple[str, str]]] = {}

    def at(state: str) -> None:
        # Off what was clicked: a hint that floats over the page is no part of it.
        page.mouse.move(0, 0)
        page.emulate_media(color_scheme="dark")
        drawn(page)
        wrong[f"{state}, dark"] = found(page, "color-contrast")
        page.emulate_media(color_scheme="light")
        drawn(page)
        wrong[state] = found(page)

    yield at
    assert {state: some for state, some in wrong.items() if some} == {}


def unfold(page: Page) -> None:
    """Open every folded part of the page, and what is folded within."""
    folded = page.locator("details:not([open]) > summary:visible")
    for _ in range(40):
        if not folded.count():
            return
        folded.first.click()
        drawn(page)
    pytest.fail("there is no end to what is folded")


def popover(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    expect(page.locator("[data-testid=stPopoverBody]")).to_be_visible()


def parts(page: Page, look: Look) -> None:
    """Look at each tab with everything unfolded."""
    tabs = page.get_by_role("tab")
    expect(tabs.first).to_be_visible(timeout=60_000)
    for name in tabs.all_inner_texts():
        page.get_by_role("tab", name=name, exact=True).click()
        drawn(page)
        unfold(page)
        look(name)


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def test_the_dialogs_of_the_coding_screen(shared_app: App, page: Page, look: Look) -> None:
    shared_app.code(page)
    dialog = page.locator("dialog.qc-dialog")
    page.locator(".qc-scroll").focus()
    keys(page, "?")
    expect(dialog).to_be_visible()
    look("keys")
    keys(page, "Escape", "j", "j", "Space", "c")
    expect(page.locator(".qc-finder")).to_be_visible()
    look("finder")
    page.keyboard.type("zzzz")
    look("finder without a code that fits")
    keys(page, "Enter")
    expect(dialog).to_be_visible()
    look("new code")
    page.get_by_label("Name", exact=True).fill("!!!")
    keys(page, "Enter")
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    look("new code that cannot be")
    keys(page, "Escape", "Escape", "Escape")
    page.locator(".qc-chip").first.click()
    look("a coding")
    keys(page, "Shift+ArrowLeft")
    look("boundaries")
    keys(page, "Escape")
    page.locator(".qc-chip").first.click()
    keys(page, "m")
    expect(dialog).to_be_visible()
    look("memo")


def test_the_filters_and_suggestions_of_the_coding_screen(
    shared_app: App, page: Page, look: Look
) -> None:
    shared_app.code(page)
    page.get_by_role("button", name="Show only coded turns").click()
    look("only coded turns")
    page.locator(".qc-code").nth(3).hover()
    page.get_by_role("button", name="Show only passages with").click()
    look("only one code")
    page.get_by_role("button", name="Show all turns").click()
    page.get_by_label("Filter codes").fill("bored")
    look("codes filtered")
    page.get_by_label("Filter codes").fill("zzzz")
    look("no code fits")
    page.get_by_label("Filter codes").fill("")
    page.get_by_role("button", name="Suggestions", exact=True).click()
    expect(page.locator(".qc-offer-count")).to_be_visible(timeout=60_000)
    page.locator(".qc-scroll").focus()
    keys(page, "n")
    look("a suggestion")
    page.set_viewport_size({"width": 860, "height": 800})
    page.get_by_role("button", name="Codebook").click()
    look("a narrow window with the codebook")


def test_the_queue_of_suggestions_and_how_good_they_are(
    shared_app: App, page: Page, look: Look
) -> None:
    shared_app.go(page, "suggestions")
    page.get_by_role("button", name="Look for suggestions").click(timeout=30_000)
    expect(page.get_by_role("button", name="Accept")).to_be_visible(timeout=90_000)
    expect(page.locator("mark").first, "the passage that is suggested").to_be_visible()
    look("queue")
    popover(page, "Other code")
    look("other code")
    keys(page, "Escape")
    page.get_by_text("How good they are").click()
    drawn(page)
    measure = page.get_by_role("button", name="Measure suggestions")
    if measure.count():
        measure.click()
    parts(page, look)


def test_agreement_unfolded(shared_app: App, page: Page, look: Look) -> None:
    shared_app.go(page, "agreement")
    parts(page, look)


def test_themes_unfolded(shared_app: App, page: Page, look: Look) -> None:
    shared_app.go(page, "themes")
    parts(page, look)


def test_quotes_with_their_popovers(shared_app: App, page: Page, look: Look) -> None:
    shared_app.go(page, "quotes")
    popover(page, "Shorten")
    look("shorten")
    keys(page, "Escape")
    expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
    page.get_by_text("As it will look").click()
    drawn(page)
    look("preview")
    page.get_by_text("Who could be recognised").first.click()
    drawn(page)
    unfold(page)
    look("who could be recognised")
    accept = page.get_by_role("button", name="Accept with a reason")
    if accept.count():
        popover(page, "Accept with a reason")
        look("accept with a reason")


def test_adjudication_unfolded(shared_app: App, page: Page, look: Look) -> None:
    shared_app.go(page, "adjudication")
    expect(page.get_by_text("disagreements resolved").first).to_be_visible(timeout=60_000)
    unfold(page)
    look("unfolded")
    popover(page, "Something else")
    look("something else")
    keys(page, "Escape")
    popover(page, "Resolve all disagreements shown, at once")
    look("all at once")
