"""The researcher's day without a mouse: Tab, Enter, arrows, and the keys of the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as NotInTime

from app_process import address, free_port, settled, start
from qualcode import study
from qualcode.project import Project

FOCUSED = """(one) => one === document.activeElement || one.contains(document.activeElement)"""


def reach(page: Page, wanted: Locator, key: str = "Tab", most: int = 150) -> None:
    """Press Tab until what is wanted has the focus; fail where Tab never gets there."""
    expect(wanted).to_be_visible(timeout=30_000)
    for _ in range(most):
        if wanted.evaluate(FOCUSED):
            return
        page.keyboard.press(key)
    pytest.fail(f"{wanted} is not reached by {key}")


def press(page: Page, wanted: Locator, key: str = "Enter", by: str = "Tab") -> None:
    """Go to a control by keyboard and press it."""
    reach(page, wanted, by)
    page.keyboard.press(key)


def go(page: Page, place: str) -> None:
    """Open a page of the app from its navigation."""
    settled(page)
    press(page, page.get_by_role("link", name=place, exact=True))
    settled(page)


def open_tab(page: Page, name: str) -> None:
    """Open a tab of the Project page with the arrow keys."""
    wanted = page.get_by_role("tab", name=name)
    reach(page, page.get_by_role("tab", selected=True))
    for _ in range(8):
        if wanted.get_attribute("aria-selected") == "true":
            return
        page.keyboard.press("ArrowRight")
    pytest.fail(f"the tab {name} is not reached by the arrows")


def open_text(page: Page, name: str) -> None:
    """Show an interview on the coding screen."""
    go(page, "Coding")
    chooser = page.get_by_label("Transcript", exact=True)
    reach(page, chooser)
    if chooser.input_value() != name:
        page.keyboard.type(name)
    expect(page.locator(f".qc-scroll[aria-label='Transcript {name}']")).to_be_visible()
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    reach(page, page.locator(".qc-scroll"))


def code(page: Page, *keys: str) -> None:
    """Give turn after turn the code of a number."""
    for key in keys:
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Space")
        page.keyboard.press(key)
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")


def hand_in(page: Page) -> None:
    go(page, "Project")
    open_tab(page, "Coders and rounds")
    press(page, page.get_by_role("button", name="Hand in my work"))
    press(page, page.get_by_role("button", name="Hand in", exact=True))
    expect(page.get_by_role("button", name="Take my work back")).to_be_visible()
    settled(page)


def choose_file(page: Page, file: Path) -> None:
    """Press Enter on the uploader until it opens: it takes no key before it is ready."""
    for _ in range(10):
        try:
            with page.expect_file_chooser(timeout=5_000) as chooser:
                page.keyboard.press("Enter")
        except NotInTime:
            continue
        chooser.value.set_files(file)
        return
    pytest.fail("the uploader does not open")


def begin(page: Page, home: Path) -> Path:
    """Make a project on the welcome page as anna, import an interview, make bram known."""
    reach(page, page.get_by_label("Name of the study"))
    page.keyboard.type("Mijn studie")
    reach(page, page.get_by_role("combobox", name="Codebook"))
    page.keyboard.type("sample")
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Your name or initials"))
    page.keyboard.type("anna")
    press(page, page.get_by_role("button", name="Make the project"))
    interview = next(one for one in study.transcripts() if one.stem == "G02")
    upload = page.get_by_role("button", name="Upload", exact=True).first
    expect(upload).to_be_visible(timeout=30_000)
    settled(page)
    reach(page, upload)
    choose_file(page, interview)
    press(page, page.get_by_role("button", name="Import 1 interview"))
    expect(page.get_by_text("Select an interview")).to_be_visible(timeout=60_000)
    settled(page)
    open_tab(page, "Coders and rounds")
    reach(page, page.get_by_label("Another coder"))
    page.keyboard.type("bram")
    page.keyboard.press("Enter")
    # Who adds a colleague goes on coding under their own name.
    press(page, page.locator(".st-key-be-bram button"), by="Shift+Tab")
    codes_now(page, "bram")
    press(page, page.locator(".st-key-be-anna button"), by="Shift+Tab")
    codes_now(page, "anna")
    return home / "Mijn studie.qualcode"


def codes_now(page: Page, name: str) -> None:
    """Wait until somebody is the one who codes."""
    chosen = page.locator("[data-testid=stBaseButton-primary]", has_text=name)
    expect(chosen).to_be_visible(timeout=30_000)
    settled(page)


def make_round(page: Page) -> None:
    """Make a joint round with suggestions."""
    settled(page)
    open_tab(page, "Coders and rounds")
    press(page, page.locator("summary", has_text="New round"))
    reach(page, page.get_by_label("Name", exact=True))
    page.keyboard.type("Samen")
    page.keyboard.press("Enter")
    settled(page)
    press(page, page.get_by_role("switch", name="Blind"), "Space")
    settled(page)
    press(page, page.get_by_role("switch", name="Suggestions may be shown"), "Space")
    settled(page)
    press(page, page.get_by_role("button", name="Make the round"))
    expect(page.get_by_text("Samen").first).to_be_visible(timeout=30_000)


def review(page: Page) -> None:
    """Ask for suggestions; accept one and reject one."""
    press(page, page.get_by_role("button", name="Suggestions", exact=True), by="Shift+Tab")
    expect(page.locator(".qc-offer-count")).to_be_visible(timeout=90_000)
    expect(page.locator(".qc-offer-count")).not_to_have_text("0")
    reach(page, page.locator(".qc-scroll"))
    for key in ("n", "a", "x"):
        page.keyboard.press(key)
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")


def finish(page: Page, folder: Path) -> Path:
    """Compare, settle the first difference, see the themes, download the quotes."""
    go(page, "Agreement")
    expect(page.get_by_text("Per code").first).to_be_visible(timeout=60_000)
    go(page, "Adjudication")
    done = page.get_by_text("disagreements resolved")
    expect(done).to_contain_text("0 of", timeout=60_000)
    page.keyboard.press("1")
    expect(done).to_contain_text("1 of", timeout=30_000)
    go(page, "Themes")
    expect(page.get_by_role("tab", name="Saturation")).to_be_visible(timeout=60_000)
    go(page, "Quotes")
    button = page.get_by_role("button", name="docx")
    reach(page, button)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    target = folder / "quotes.docx"
    download.value.save_as(target)
    return target


def test_the_whole_day_is_done_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    port = free_port()
    process = start(port, tmp_path)
    try:
        page.goto(address(port))
        path = begin(page, tmp_path)
        make_round(page)
        open_text(page, "G02")
        code(page, "1", "2")
        review(page)
        hand_in(page)
        press(page, page.get_by_role("button", name="bram", exact=True))
        open_text(page, "G02")
        code(page, "1", "3")
        hand_in(page)
        document = finish(page, tmp_path)
    finally:
        process.terminate()
        process.wait(60)
    assert document.stat().st_size > 5000
    with Project.open(path) as project:
        assert project.history.check() == ()
        made = project.codings.collect(transcript="G02")
        origins = {one.origin.partition(":")[0] for one in made if one.coder == "anna"}
        assert origins == {"manual", "suggestion"}
        assert len([one for one in made if one.coder == "bram"]) == 2
        assert [one.coder for one in project.suggestions.collect_rejections()] == ["anna"]
        assert project.rounds.collect()[-1].handed_in == ("anna", "bram")
        assert len(project.adjudication.collect_decisions()) == 1
