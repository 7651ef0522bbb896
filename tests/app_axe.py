"""What axe finds on a page of the app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from app_conditions import drawn

# The drop zone of Streamlit's file uploader is a section of role presentation that has a label.
STREAMLITS_OWN = 'data-testid="stFileUploaderDropzone"'
TRIES = 40
"""Work that goes on behind a page draws it again every second or so, until it ends."""
TALLEST = 12_000
"""Pixels of a page that are looked at: a long list of quotes goes on like that."""

# For axe, what is scrolled out of sight is not there: it would judge the first screen only.
BELOW = """() => {
  const main = document.querySelector("[data-testid=stMain]");
  return main.scrollHeight - main.clientHeight;
}"""

# axe takes seconds, and measures one color after the other. What is drawn or fades meanwhile is
# measured half before and half after: the page has to stand still from the first to the last.
WATCH = """() => {
  const watch = { changes: 0, last: 0 };
  watch.observer = new MutationObserver((records) => { watch.changes += records.length; });
  watch.observer.observe(document.documentElement,
    { attributes: true, characterData: true, childList: true, subtree: true });
  watch.frame = () => {
    watch.changes += document.getAnimations().filter((animation) =>
      animation.playState === "running"
      && animation.effect.getComputedTiming().endTime !== Infinity).length;
    watch.last = requestAnimationFrame(watch.frame);
  };
  watch.frame();
  window.qualcodeWatch = watch;
}"""
CHANGES = """() => {
  const watch = window.qualcodeWatch;
  watch.changes += watch.observer.takeRecords().length;
  watch.observer.disconnect();
  cancelAnimationFrame(watch.last);
  return watch.changes;
}"""


@contextmanager
def whole(page: Page) -> Iterator[None]:
    """Make the window as high as what it shows."""
    size = page.viewport_size
    assert size is not None
    height = size["height"]
    # What fills the window grows with it, and a page may gain a row as it gets room.
    for _ in range(3):
        below = page.evaluate(BELOW)
        if below <= 0 or height == TALLEST:
            break
        height = min(height + below, TALLEST)
        page.set_viewport_size({"width": size["width"], "height": height})
        drawn(page)
    yield
    page.set_viewport_size(size)


def found(page: Page, *rules: str) -> list[tuple[str, str]]:
    """Return the rule, the element and the measures of all that axe finds wrong on the whole
    page, by some rules or by all; a page that changed while axe looked is looked at again.
    """
    options = {"resultTypes": ["violations"], **({"runOnly": [*rules]} if rules else {})}
    still = 0
    with whole(page):
        for _ in range(TRIES):
            page.evaluate(WATCH)
            violations = Axe().run(page, options=options).response["violations"]
            if not page.evaluate(CHANGES):
                still += 1
                # What is wrong on a page that stands still is wrong two seconds later too.
                if not violations or still == 2:
                    break
                page.wait_for_timeout(2_000)
            drawn(page)
    return [
        (rule["id"], f"{node['html'][:160]} {[check['data'] for check in node['any']]}")
        for rule in violations
        for node in rule["nodes"]
        if not (rule["id"] == "presentation-role-conflict" and STREAMLITS_OWN in node["html"])
    ]
