"""A Dutch day of two coders, from an empty folder to the document with the quotes.

The study is not the sample. Pictures of each page and state are kept in the folder that
``QUALCODE_PICTURES`` names, to be looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from app_conditions import change, drawn
from app_process import address, free_port, new_context, start
from day_study import CODEBOOK, FIRST_WORDS, make_files
from qualcode.project import Project
from qualcode.translation import translator

NL = translator("nl")
NAME = "Nachtwerk in de bakkerij"

NOOR = {
    "B1": ((2, "slaap"), (4, "gezin"), (6, "trots")),
    "B2": ((2, "coll"), (4, "klach")),
    "B3": ((2, "vrien"), (4, "coll")),
    "B4": ((2, "gezin"), (5, "gezin"), (6, "gezin")),
    "B5": ((2, "slaap"), (4, "coll")),
    "B6": ((2, "slaap"), (4, "trots")),
    "B7": ((2, "klach"), (4, "gezin")),
}
SAM = NOOR | {
    "B3": ((2, "vrien"), (4, "vrien")),
    "B4": ((2, "gezin"), (5, "gezin")),
    "B7": ((2, "trots"), (4, "gezin")),
}
"""The turns that each coder codes, and what is typed to find the code."""


PLACES = (
    *("coding", "agreement", "themes", "quotes", "", "transcripts", "codebook", "names", "search"),
    *("answers", "suggestions", "adjudication", "framework", "findings", "typology", "figures"),
    *("memos", "publication"),
)
"""The pages by their address; those that differ most come first."""


class Day:
    """The windows of two coders on one app.

    Args:
        browser: The browser.
        port: Port of the app.
        pictures: Folder for pictures.
    """

    def __init__(self, browser: Browser, port: int, pictures: Path) -> None:
        self._browser = browser
        self.port = port
        self._pictures = pictures
        self._number = 0

    def window(self, look: str = "light", width: int = 1440, zoom: int = 1) -> Page:
        """Open a window of its own, as on another machine."""
        # A page that is enlarged has fewer pixels of css, in both directions.
        size = {"width": width // zoom, "height": 900 // zoom}
        context = new_context(
            self._browser,
            viewport=size,
            locale="nl-NL",
            color_scheme=look,
            device_scale_factor=zoom,
        )
        page = context.new_page()
        page.goto(address(self.port))
        return page

    def picture(self, page: Page, name: str) -> None:
        """Keep a picture of a page once it is drawn."""
        drawn(page)
        # The words of Streamlit itself are Dutch a moment after the rest of a page that was loaded.
        expect(page.locator("html")).to_have_attribute("lang", "nl")
        self._number += 1
        page.screenshot(path=self._pictures / f"{self._number:02}-{name}.png")


def go(page: Page, english: str) -> None:
    """Open a page from the bar."""
    page.get_by_role("link", name=NL(english), exact=True).click()
    drawn(page)


def tab(page: Page, english: str) -> None:
    page.get_by_role("tab", name=NL(english), exact=True).click()
    drawn(page)


def button(page: Page, english: str, *, exact: bool = True) -> Locator:
    return page.get_by_role("button", name=NL(english), exact=exact)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("QUALCODE_PICTURES") or tmp_path / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def day(browser: Browser, tmp_path: Path, pictures: Path) -> Iterator[Day]:
    port = free_port()
    process = start(port, tmp_path, "--language", "nl")
    try:
        yield Day(browser, port, pictures)
    finally:
        process.terminate()
        process.wait(60)


def begin(day: Day, page: Page) -> None:
    """Make a project of the own study, without a codebook."""
    day.picture(page, "welkom")
    page.get_by_label(NL("Name of the study")).fill(NAME)
    page.get_by_label(NL("Your name or initials")).fill("noor")
    page.get_by_role("combobox", name=NL("Codebook")).click()
    page.get_by_role("option", name=NL("None yet: I import or make one")).click()
    button(page, "Make the project").click()
    expect(page.get_by_role("tab", name=NL("Interviews"))).to_be_visible(timeout=30_000)
    day.picture(page, "leeg-project")


def fill(day: Day, page: Page, files: list[Path], codebook: Path) -> None:
    """Import the interviews and the codebook, and add the second coder."""
    page.locator("input[type=file]").first.set_input_files(files)
    label = NL.many("Import {count} interview", "Import {count} interviews", len(files))
    ready = page.get_by_role("button", name=label)
    expect(ready).to_be_visible(timeout=60_000)
    day.picture(page, "sprekers-en-talen")
    ready.click()
    chosen = NL("Select an interview to code it or to look at its speakers.")
    expect(page.get_by_text(chosen)).to_be_visible(timeout=60_000)
    day.picture(page, "ingelezen")
    tab(page, "Respondents")
    button(page, "Save respondents").click()
    day.picture(page, "respondenten")
    go(page, "Codebook")
    day.picture(page, "codeboek-leeg")
    page.locator("input[type=file]").first.set_input_files(codebook)
    button(page, "Import this codebook").click()
    expect(page.get_by_text("Slaap").first).to_be_visible(timeout=30_000)
    day.picture(page, "codeboek")
    go(page, "Project")
    tab(page, "Coders and rounds")
    page.get_by_label(NL("Another coder")).fill("sam")
    button(page, "Add").click()
    expect(page.locator(".st-key-be-sam")).to_be_visible()


def open_round(day: Day, page: Page) -> None:
    """Make a blind round of all interviews."""
    page.get_by_text(NL("New round")).click()
    page.get_by_label(NL("Name"), exact=True).fill("een")
    page.get_by_label(NL("Name"), exact=True).press("Tab")
    drawn(page)
    day.picture(page, "nieuwe-ronde")
    button(page, "Make the round").click()
    expect(page.get_by_text(f"{NL('blind')} · {NL('open')}")).to_be_visible(timeout=30_000)
    day.picture(page, "ronde-open")


def saved(page: Page) -> None:
    expect(page.locator(".qc-saved")).to_have_text(NL("All changes saved"), timeout=30_000)


def code_all(day: Day, page: Page, plan: dict[str, tuple[tuple[int, str], ...]], who: str) -> None:
    """Code interview after interview: go to a turn, select it, type the code."""
    go(page, "Coding")
    for name, passages in plan.items():
        page.locator("select.qc-title").select_option(name)
        # The text of the interview before may still be on the screen.
        expect(page.locator(".qc-row").first).to_contain_text(FIRST_WORDS[name])
        saved(page)
        for turn, typed in passages:
            page.locator(".qc-row").nth(turn - 1).locator("p").click()
            page.keyboard.press("Space")
            page.keyboard.press("c")
            expect(page.locator(".qc-finder")).to_be_visible()
            page.keyboard.type(typed)
            if name == "B1" and turn == 2:
                day.picture(page, f"codelijst-{who}")
            page.keyboard.press("Enter")
        saved(page)
        if name in {"B1", "B4", "B6", "B7"}:
            day.picture(page, f"gecodeerd-{name}-{who}")


def hand_in(day: Day, page: Page, who: str) -> None:
    """Hand in one's work of the round."""
    go(page, "Project")
    tab(page, "Coders and rounds")
    button(page, "Hand in my work").click()
    day.picture(page, f"inleveren-{who}")
    button(page, "Hand in").click()
    expect(button(page, "Take my work back")).to_be_visible(timeout=30_000)


def compare(day: Day, page: Page) -> None:
    """Look at every part of the agreement."""
    go(page, "Agreement")
    expect(page.get_by_text("Krippendorff").first).to_be_visible(timeout=90_000)
    day.picture(page, "overeenstemming")
    for part in ("Forest plot", "Overall figures", "By unit", "Confusions", "How many interviews"):
        tab(page, part)
        # The parts lie below the summary: what is drawn of them must be in the picture.
        page.get_by_role("tab", name=NL(part), exact=True).evaluate("tab => tab.scrollIntoView()")
        day.picture(page, f"overeenstemming-{part.split()[0].lower()}")


def settle(day: Day, page: Page) -> None:
    """Decide on each disagreement, with a reason."""
    go(page, "Adjudication")
    done = page.get_by_text(
        NL("All disagreements are resolved: the consensus holds what both coders agree on.")
    )
    take = page.get_by_role("button", name=NL("Take {coder}", coder="noor"))
    expect(take).to_be_visible(timeout=60_000)
    # Both read the same long passage in another way: what one can do about it is in sight.
    expect(take).to_be_in_viewport(ratio=1)
    day.picture(page, "beslissen")
    for _ in range(8):
        expect(done.or_(take)).to_be_visible(timeout=60_000)
        drawn(page)
        if done.count():
            break
        with change(page):
            take.click()
    expect(done).to_be_visible(timeout=60_000)
    day.picture(page, "beslist")


def write(day: Day, page: Page, folder: Path) -> Path:
    """Look at the themes, choose a quote, and download the quotes."""
    go(page, "Themes")
    expect(page.get_by_text(NL("The whole summary:"))).to_be_visible(timeout=90_000)
    day.picture(page, "themas")
    for part in ("By group", "By respondent", "Together", "Saturation"):
        tab(page, part)
        day.picture(page, f"themas-{part.split()[-1].lower()}")
    go(page, "Quotes")
    day.picture(page, "citaten")
    page.get_by_text(NL("As it will look")).click()
    day.picture(page, "citaten-voorbeeld")
    with page.expect_download() as download:
        page.get_by_role("button", name="docx").click(timeout=30_000)
    target = folder / "citaten.docx"
    download.value.save_as(target)
    return target


def look_elsewhere(day: Day) -> None:
    """See the pages in the dark, narrow, and at 200 %: each of them where pictures are kept."""
    places = PLACES if os.environ.get("QUALCODE_PICTURES") else PLACES[:4]
    for look, width, zoom in (("dark", 1440, 1), ("light", 800, 1), ("light", 1440, 2)):
        page = day.window(look, width, zoom)
        choose = page.locator(".st-key-bar-coder button").first
        expect(choose).to_be_visible(timeout=30_000)
        for place in places:
            page.goto(address(day.port, place))
            noor = page.locator(".st-key-coder-noor button")
            expect(page.get_by_test_id("stMain")).to_be_visible(timeout=30_000)
            drawn(page)
            if noor.count():
                noor.click()
            expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(
                0, timeout=60_000
            )
            day.picture(page, f"{place or 'project'}-{look}-{width}-{zoom}")
        page.context.close()


def test_a_dutch_day_ends_with_a_document_to_send(day: Day, tmp_path: Path, pictures: Path) -> None:
    study = tmp_path / "studie"
    study.mkdir()
    (study / "boek.csv").write_text(CODEBOOK, encoding="utf-8")
    noor = day.window()
    begin(day, noor)
    fill(day, noor, make_files(study), study / "boek.csv")
    open_round(day, noor)
    sam = day.window()
    sam.locator(".st-key-bar-coder button").first.click()
    sam.locator(".st-key-bar-coder-sam button").click()
    code_all(day, noor, NOOR, "noor")
    code_all(day, sam, SAM, "sam")
    hand_in(day, noor, "noor")
    go(noor, "Agreement")
    day.picture(noor, "nog-blind")
    hand_in(day, sam, "sam")
    compare(day, noor)
    settle(day, noor)
    document = write(day, noor, pictures)
    look_elsewhere(day)
    with Project.open(tmp_path / f"{NAME}.qualcode") as project:
        assert project.history.check() == ()
        added = [e for e in project.history.events() if e.action == "transcript.add"]
        assert (len(added), len({event.step for event in added})) == (7, 1)
        assert len(project.codings.collect(coder="noor")) == sum(map(len, NOOR.values()))
        assert len(project.codings.collect(coder="sam")) == sum(map(len, SAM.values()))
        quotes = [coding.quote for coding in project.codings.collect(coder="consensus")]
    printed = words("\n".join(paragraph.text for paragraph in Document(str(document)).paragraphs))
    assert quotes
    assert [quote for quote in quotes if words(quote) not in printed] == []


def words(text: str) -> str:
    """Return the words of a text without the signs between them: those are set for print."""
    return " ".join(re.findall(r"\w+", text))
