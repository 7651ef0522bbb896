"""What opens on a page is as fit for everyone as the page: dialogs, popovers, folded parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from app_axe import drawn, found
from app_running import App

Look = Callable[[str], None]


@pytest.fixture
def look(themed: Page) -> Iterator[Look]:
    """Let axe look at a state of the page; at the end the test fails for all it found."""
    wrong: dict[str, list[tuple[str, str]]] = {}

    def at(state: str) -> None:
        drawn(themed)
        wrong[state] = found(themed)

    yield at
    assert {state: list_ for state, list_ in wrong.items() if list_} == {}


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


def test_the_dialogs_of_the_coding_screen(shared_app: App, themed: Page, look: Look) -> None:
    shared_app.code(themed)
    dialog = themed.locator("dialog.qc-dialog")
    themed.locator(".qc-scroll").focus()
    keys(themed, "?")
    expect(dialog).to_be_visible()
    look("keys")
    keys(themed, "Escape", "j", "j", "Space", "c")
    expect(themed.locator(".qc-finder")).to_be_visible()
    look("finder")
    themed.keyboard.type("zzzz")
    look("finder without a code that fits")
    keys(themed, "Enter")
    expect(dialog).to_be_visible()
    look("new code")
    themed.get_by_label("Name", exact=True).fill("!!!")
    keys(themed, "Enter")
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    look("new code that cannot be")
    keys(themed, "Escape", "Escape", "Escape")
    themed.locator(".qc-chip").first.click()
    look("a coding")
    keys(themed, "Shift+ArrowLeft")
    look("boundaries")
    keys(themed, "Escape")
    themed.locator(".qc-chip").first.click()
    keys(themed, "m")
    expect(dialog).to_be_visible()
    look("memo")


def test_the_filters_and_suggestions_of_the_coding_screen(
    shared_app: App, themed: Page, look: Look
) -> None:
    shared_app.code(themed)
    themed.get_by_role("button", name="Show only coded turns").click()
    look("only coded turns")
    themed.get_by_role("button", name="Show only passages with").nth(3).click()
    look("only one code")
    themed.get_by_role("button", name="Show all turns").click()
    themed.get_by_label("Filter codes").fill("bored")
    look("codes filtered")
    themed.get_by_label("Filter codes").fill("zzzz")
    look("no code fits")
    themed.get_by_label("Filter codes").fill("")
    themed.get_by_role("button", name="Suggestions", exact=True).click()
    expect(themed.locator(".qc-offer-count")).to_be_visible(timeout=60_000)
    themed.locator(".qc-scroll").focus()
    keys(themed, "n")
    look("a suggestion")
    themed.set_viewport_size({"width": 860, "height": 800})
    themed.get_by_role("button", name="Codebook").click()
    look("a narrow window with the codebook")


def test_the_queue_of_suggestions_and_how_good_they_are(
    shared_app: App, themed: Page, look: Look
) -> None:
    shared_app.go(themed, "suggestions")
    themed.get_by_role("button", name="Look for suggestions").click(timeout=30_000)
    expect(themed.get_by_role("button", name="Accept")).to_be_visible(timeout=90_000)
    look("queue")
    popover(themed, "Other code")
    look("other code")
    keys(themed, "Escape")
    themed.get_by_text("How good they are").click()
    drawn(themed)
    measure = themed.get_by_role("button", name="Measure suggestions")
    if measure.count():
        measure.click()
    parts(themed, look)


def test_agreement_unfolded(shared_app: App, themed: Page, look: Look) -> None:
    shared_app.go(themed, "agreement")
    parts(themed, look)


def test_themes_unfolded(shared_app: App, themed: Page, look: Look) -> None:
    shared_app.go(themed, "themes")
    parts(themed, look)


def test_quotes_with_their_popovers(shared_app: App, themed: Page, look: Look) -> None:
    shared_app.go(themed, "quotes")
    popover(themed, "Shorten")
    look("shorten")
    keys(themed, "Escape")
    themed.get_by_text("As it will look").click()
    look("preview")
    themed.get_by_text("Who could be recognised").first.click()
    drawn(themed)
    unfold(themed)
    look("who could be recognised")
    accept = themed.get_by_role("button", name="Accept with a reason")
    if accept.count():
        popover(themed, "Accept with a reason")
        look("accept with a reason")


def test_adjudication_unfolded(shared_app: App, themed: Page, look: Look) -> None:
    shared_app.go(themed, "adjudication")
    expect(themed.get_by_text("disagreements settled").first).to_be_visible(timeout=60_000)
    unfold(themed)
    look("unfolded")
    popover(themed, "Something else")
    look("something else")
    keys(themed, "Escape")
    popover(themed, "Settle all that are shown at once")
    look("all at once")
