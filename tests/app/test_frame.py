"""What lies around each page: its language, Streamlit's own words, and a server that is gone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app_conditions import drawn
from app_process import App, running
from message_catalogue import dutch_catalogue

ENGLISH = (
    *("Browse files", "Drag and drop", "Choose an option", "per file", "Press Enter", "Upload"),
    *("streamlit", "Connection error"),
)
# The words of Streamlit's own names for screen readers; none of them is a Dutch word.
STREAMLIT = re.compile(
    r"\b(Help|Show|Hide|Remove|Next|Previous|Selected|values?|Choose|options?|Clear|Download as|"
    r"Close|Page \d|Sort|column|fullscreen|heading|upload|search|press|expand|the|with)\b",
    re.IGNORECASE,
)
PAGES = (
    *("", "transcripts", "codebook", "coding", "search", "answers", "suggestions", "agreement"),
    *("adjudication", "themes", "framework", "findings", "typology", "quotes", "figures", "memos"),
    *("publication", "names"),
)
# What is shown and what is read aloud, without what the researchers wrote and the respondents said.
TEXTS = """() => {
  const own = "[class*=st-key-hit], [data-testid=stVegaLiteChart], .qc-text, .qc-row, svg, style";
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    // An icon is a letter of a font of its own: its text is the name of a drawing.
    const isIcon = getComputedStyle(parent).fontFamily.includes("Material");
    if (!isIcon && !parent.closest(own) && !parent.closest("script, canvas"))
      texts.push(node.data.trim());
  }
  const names = [];
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
    if (element.closest(own) || element.closest(".qc, .qt, .qm")) continue;
    for (const name of ["aria-label", "placeholder", "title"])
      names.push((element.getAttribute(name) ?? "").trim());
  }
  return [texts.filter(Boolean), names.filter(Boolean)];
}"""


@pytest.fixture(scope="module")
def dutch_app(small_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app in Dutch; anna is coding."""
    path = shutil.copy(small_study, tmp_path_factory.mktemp("dutch") / "study.qualcode")
    with running(Path(path), "--coder", "anna", "--language", "nl") as app:
        yield app


def test_streamlits_own_words_are_dutch_too(dutch_app: App, page: Page) -> None:
    dutch_app.go(page)
    expect(page.get_by_text("per bestand").first).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="Uploaden").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    page.get_by_role("link", name="Zoeken").click()
    expect(page.get_by_role("heading", level=1, name="Zoeken")).to_be_visible()
    words = page.locator("body").inner_text()
    assert [word for word in ENGLISH if word in words] == []


def test_a_file_of_another_kind_is_refused_in_dutch(dutch_app: App, page: Page) -> None:
    dutch_app.go(page)
    expect(page.get_by_text("per bestand").first).to_be_visible(timeout=30_000)
    picture = {"name": "plaatje.png", "mimeType": "image/png", "buffer": b"png"}
    page.locator("input[type=file]").first.set_input_files(picture)  # type: ignore[arg-type]
    alert = page.get_by_test_id("stFileUploader").get_by_role("alert")
    expect(alert).to_have_text("Zulke bestanden kan qualcode hier niet lezen.")
    expect(page.get_by_role("button", name="Bestanden toevoegen").first).to_be_attached()


@pytest.mark.parametrize("place", PAGES)
def test_a_page_has_one_title_and_nothing_english(dutch_app: App, page: Page, place: str) -> None:
    dutch_app.go(page, place)
    expect(page.locator("h1")).to_have_count(1, timeout=60_000)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0, timeout=90_000)
    # The script that translates arrives a moment after the page on its first visit.
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    drawn(page)
    shown, names = page.evaluate(TEXTS)
    # A message of ours that was not looked up is shown as it stands in the source. A language is
    # offered under its own name.
    english = {
        text
        for (_context, text), dutch in dutch_catalogue().items()
        if text not in (*dutch, "English") and "{" not in text
    }
    assert sorted(english.intersection(shown) | english.intersection(names)) == []
    assert sorted({name for name in names if STREAMLIT.search(name)}) == []


def test_when_the_program_has_stopped_the_page_says_what_to_do(dutch_app: App, page: Page) -> None:
    dutch_app.go(page)
    expect(page.get_by_text("per bestand").first).to_be_visible(timeout=30_000)
    dutch_app.process.kill()
    dutch_app.process.wait(60)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Start qualcode opnieuw", timeout=120_000)
    words = dialog.inner_text()
    assert [word for word in ENGLISH if word in words] == []
    # What the browser kept lets it in no more, and the page goes on saying what to do.
    with page.expect_response(lambda answer: answer.status == 403, timeout=60_000):
        dutch_app.restart()
    # Streamlit's own words, which are hidden.
    page.wait_for_function("() => document.body.textContent.includes('status: 403')")
    expect(dialog).to_contain_text("zodra qualcode in deze browser is geopend")
    words = dialog.inner_text()
    assert [word for word in (*ENGLISH, "Streamlit", "CORS") if word in words] == []
    reloaded = page.context.new_page()
    reloaded.goto(dutch_app.url)
    expect(reloaded.get_by_role("heading")).to_have_text("This address needs its token")
    # It goes on by itself once the new address was opened.
    dutch_app.go(reloaded)
    expect(dialog).to_have_count(0, timeout=60_000)
