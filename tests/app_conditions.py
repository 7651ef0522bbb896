"""What a test of the app waits for: conditions on the page or in the project, never a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

# Streamlit fades in what it draws again, and the fade may begin a frame after the run has ended:
# nothing moves in ten frames in a row. A spinner turns for ever and does not count. A skeleton
# holds the place of an element whose script is still being fetched, be it only the app's own css.
# What is stale is faint until it is drawn again or goes.
STILL = """() => {
  const waiting = document.querySelector("[data-testid*=Skeleton], [data-stale=true]") !== null;
  const moving = document.getAnimations().some((animation) =>
    animation.playState === "running"
    && animation.effect.getComputedTiming().endTime !== Infinity);
  window.stillFrames = waiting || moving ? 0 : (window.stillFrames || 0) + 1;
  return window.stillFrames >= 10;
}"""
CHANGED = """(before) =>
  document.querySelector("[data-testid=stMain]").innerText !== before"""


def drawn(page: Page) -> None:
    """Wait until the page is drawn whole and nothing on it moves."""
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    page.evaluate("() => { window.stillFrames = 0; }")
    page.wait_for_function(STILL, polling="raf", timeout=60_000)


def open_page(page: Page, place: str) -> None:
    """Open a page of the app from its navigation, and wait until it is drawn."""
    page.get_by_role("link", name=place, exact=True).click()
    path = "" if place == "Project" else place.lower()
    expect(page).to_have_url(
        re.compile(rf"(localhost|127\.0\.0\.1):\d+/{path}(\?.*)?$"), timeout=60_000
    )
    drawn(page)


@contextmanager
def change(page: Page) -> Iterator[None]:
    """Wait, after a block, until the words on the page are others than before it."""
    before = page.get_by_test_id("stMain").inner_text()
    yield
    page.wait_for_function(CHANGED, arg=before, timeout=60_000)
    drawn(page)


def select_option(page: Page, field: Locator, name: str) -> None:
    """Choose from a list. One that is open closes when the page is drawn again: it is reopened."""
    option = page.get_by_role("option", name=name, exact=True)
    for _ in range(10):
        drawn(page)
        field.click()
        with suppress(PlaywrightTimeoutError):
            option.click(timeout=5_000)
            return
        page.keyboard.press("Escape")
    pytest.fail(f"the list never showed {name}")


def until(page: Page, holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds outside the page, while the page goes on."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            pytest.fail(f"still not so after {seconds:.0f} seconds: {holds}")
        page.wait_for_timeout(50)
