"""Every page: it shows something, asks nothing of the internet, and is fit for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app_axe import found
from app_conditions import drawn
from app_process import App, new_context

# What must be on each page once it is there.
PAGES = {
    "": "Select an interview",
    "transcripts": "Remove this interview",
    "codebook": "Pick a code",
    "coding": "All changes saved",
    "search": "OF between words",
    "suggestions": "Suggestions are offers",
    "agreement": "Krippendorff's alpha, of",
    "adjudication": "disagreements resolved",
    "themes": "Codings of",
    "quotes": "Words of context",
    "memos": "New memo",
    "names": "What no program sees",
    "answers": "Answers of a survey",
    "figures": "What to draw",
    "typology": "Property space",
    "framework": "Columns",
    "findings": "A new finding",
    "publication": "Reporting checklist",
}


def show(app: App, page: Page, place: str) -> None:
    app.go(page, place)
    expect(page.get_by_text(PAGES[place]).first).to_be_visible(timeout=30_000)
    drawn(page)


@pytest.fixture(params=["light", "dark"])
def themed(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab in the light or the dark theme."""
    context = new_context(
        browser, viewport={"width": 1440, "height": 900}, color_scheme=request.param
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("place", PAGES)
def test_axe_finds_nothing_wrong(shared_app: App, themed: Page, place: str) -> None:
    show(shared_app, themed, place)
    assert found(themed) == []


def test_no_page_asks_anything_of_another_host(shared_app: App, page: Page) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for place in PAGES:
        show(shared_app, page, place)
    hosts = {one.partition(":")[0] for one in asked if one}
    assert hosts == {"127.0.0.1"}


def test_a_page_never_throws(shared_app: App, page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for place in PAGES:
        show(shared_app, page, place)
        assert page.locator("[data-testid=stException]").count() == 0, place
    assert errors == []


def test_the_app_speaks_dutch(shared_app: App, page: Page) -> None:
    shared_app.go(page)
    page.get_by_text("Nederlands").click()
    page.get_by_role("link", name="Coderen").click()
    expect(page.locator(".qc-saved")).to_have_text("Alles opgeslagen")
    expect(page.locator(".qc option").first).to_contain_text("gebruiker, vrouw")
    assert page.locator("html").get_attribute("lang") == "nl"


def test_a_narrow_window_folds_the_codebook_away(shared_app: App, page: Page) -> None:
    page.set_viewport_size({"width": 860, "height": 800})
    shared_app.code(page)
    expect(page.get_by_label("Filter codes")).not_to_be_visible()
    page.get_by_role("button", name="Codebook").click()
    expect(page.get_by_label("Filter codes")).to_be_visible()
