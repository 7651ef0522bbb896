"""A researcher's day, from an empty machine to the document with the quotes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from app_conditions import change
from app_process import address, free_port, settled, start
from qualcode import study
from qualcode.project import Project


def words(text: str) -> str:
    """Return the words of a text without the signs between them: those are set for print."""
    return " ".join(re.findall(r"\w+", text))


def code(page: Page, *steps: tuple[int, str]) -> None:
    """Go down so many turns, select the turn and give it the code of a number."""
    page.get_by_role("link", name="Coding").click()
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    page.locator(".qc-scroll").focus()
    for down, number in steps:
        for _ in range(down):
            page.keyboard.press("j")
        page.keyboard.press("Space")
        page.keyboard.press(number)
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")


def become(page: Page, name: str) -> None:
    """Say on the Project page who is coding from now on."""
    page.get_by_role("link", name="Project").click()
    page.get_by_role("tab", name="Coders and rounds").click()
    known = page.get_by_role("button", name=name, exact=True)
    if not known.count():
        page.get_by_label("Another coder").fill(name)
        page.get_by_role("button", name="Add", exact=True).click()
    known.click()
    chosen = page.locator("[data-testid=stBaseButton-primary]", has_text=name)
    expect(chosen).to_be_visible()


def test_from_an_empty_machine_to_the_document(chromium: str, page: Page, tmp_path: Path) -> None:
    del chromium
    port = free_port()
    process = start(port, tmp_path)
    try:
        path = begin(page, port, tmp_path)
        work(page)
        document = finish(page, tmp_path)
    finally:
        process.terminate()
        process.wait(60)
    with Project.open(path) as project:
        assert project.history.check() == ()
        assert {one.coder for one in project.codings.collect()} == {"anna", "bram", "consensus"}
        assert len(project.codings.collect(coder="anna")) == 3
        quotes = [one.quote for one in project.codings.collect(coder="consensus")]
        assert len(project.adjudication.open_disagreements(("anna", "bram"))) == 0
    text = words("\n".join(one.text for one in Document(str(document)).paragraphs))
    assert quotes
    assert [quote for quote in quotes if words(quote) not in text] == []


def begin(page: Page, port: int, home: Path) -> Path:
    """Make a project on the welcome page and drop an interview into it."""
    page.goto(address(port))
    page.get_by_label("Name of the study").fill("Mijn studie")
    page.get_by_label("Your name or initials").fill("anna")
    page.get_by_role("combobox", name="Codebook").click()
    page.get_by_role("option", name="The sample codebook").click()
    page.get_by_role("button", name="Make the project").click()
    interview = next(one for one in study.transcripts() if one.stem == "G01")
    page.locator("input[type=file]").first.set_input_files(interview)
    page.get_by_role("button", name="Import 1 interview").click(timeout=30_000)
    expect(page.get_by_text("Select an interview")).to_be_visible(timeout=60_000)
    return home / "Mijn studie.qualcode"


def work(page: Page) -> None:
    """Two coders code the same interview, and differ on one passage."""
    code(page, (1, "1"), (2, "2"), (2, "3"))
    become(page, "bram")
    code(page, (1, "1"), (2, "2"), (2, "4"))


def finish(page: Page, folder: Path) -> Path:
    """Compare, settle, look at the themes, and download the quotes as a document."""
    page.get_by_role("link", name="Agreement").click()
    expect(page.get_by_text("Krippendorff's alpha, of")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Adjudication").click()
    done = page.get_by_text("All disagreements are resolved")
    take = page.get_by_role("button", name="Take anna")
    for _ in range(6):
        expect(done.or_(take)).to_be_visible(timeout=30_000)
        settled(page)
        if done.count():
            break
        with change(page):
            take.click()
    expect(done).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Go to the themes").click()
    expect(page.get_by_role("tab", name="Saturation")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Quotes").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="docx").click(timeout=30_000)
    target = folder / "quotes.docx"
    download.value.save_as(target)
    return target


@pytest.mark.parametrize("name", ["evil/../../name", "Ünïcode 😅"])
def test_any_name_of_a_study_makes_a_file_in_the_chosen_folder(
    page: Page, tmp_path: Path, name: str
) -> None:
    port = free_port()
    process = start(port, tmp_path)
    try:
        page.goto(address(port))
        page.get_by_label("Name of the study").fill(name)
        page.get_by_role("button", name="Make the project").click()
        expect(page.get_by_role("tab", name="Interviews")).to_be_visible(timeout=30_000)
    finally:
        process.terminate()
        process.wait(60)
    (made,) = tmp_path.glob("*.qualcode")
    with Project.open(made) as project:
        assert project.info.name == name
