"""What axe finds on a page of the app, and the page in its light and its dark look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

# The drop zone of Streamlit's file uploader is a section of role presentation that has a label.
STREAMLITS_OWN = 'data-testid="stFileUploaderDropzone"'


@contextmanager
def tab(browser: Browser, look: Literal["light", "dark"]) -> Iterator[Page]:
    """A tab of its own in the light or the dark look."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme=look, locale="en-US"
    )
    yield context.new_page()
    context.close()


def drawn(page: Page) -> None:
    """Wait until the page is drawn whole."""
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    # Streamlit fades what it draws again: wait until it is done.
    page.wait_for_timeout(700)


def found(page: Page) -> list[tuple[str, str]]:
    """Return the rule and the element of everything that axe finds wrong."""
    return [
        (rule["id"], node["html"][:160])
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
        if not (rule["id"] == "presentation-role-conflict" and STREAMLITS_OWN in node["html"])
    ]
