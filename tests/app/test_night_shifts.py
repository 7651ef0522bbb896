"""The whole study of night shifts through the app, in Dutch, from its files to two documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

import night_shifts
from app_conditions import change, drawn, until
from app_process import address, free_port, start
from qualcode.project import Project

pytestmark = pytest.mark.slow
LONG = 120_000


def test_people_waves_group_diary_policy_and_survey_to_documents(
    chromium: str, page: Page, tmp_path: Path
) -> None:
    del chromium
    study = night_shifts.write_files(tmp_path / "files")
    port = free_port()
    process = start(port, tmp_path, "--language", "nl")
    page.set_default_timeout(LONG)
    try:
        page.goto(address(port))
        begin(page, study)
        read_survey(page, study)
        path = tmp_path / "Nachtdiensten.qualcode"
        code(page, path, "noor")
        become(page, "sem")
        code(page, path, "sem")
        settle(page)
        themes = download(page, "Thema's", tmp_path / "themes.docx")
        quotes = download(page, "Citaten", tmp_path / "quotes.docx")
    except BaseException:
        page.screenshot(path=str(tmp_path / "failed.png"))
        raise
    finally:
        process.terminate()
        process.wait(60)
    with Project.open(path) as project:
        assert project.history.check() == ()
        assert len(project.cases.collect()) == 511
        assert len(project.transcripts.collect()) == 24
    for words in (themes, quotes):
        text = "\n".join(words)
        assert re.search(r"geheel of deels bij geen persoon mee: \d+ in (een )?document", text)
        assert "Op grond van 4 van 24 bronnen: 1 interview, 1 groepsgesprek" in text
        # V1 and V2 of the group are nurses: with V6 three whose sources are coded.
        assert re.search(r"[123] van 3 verpleging", text)
        assert "groep 1" in text
        assert "vraag 1" in text


def begin(page: Page, study: night_shifts.NightShifts) -> None:
    """Make the project, and drop the interviews, the table of people and the codebook into it."""
    page.get_by_label("Naam van het onderzoek").fill("Nachtdiensten")
    page.get_by_label("Je naam of initialen").fill("noor")
    page.get_by_role("combobox", name="Codeboek").click()
    page.get_by_role("option", name="Nog geen").click()
    page.get_by_role("button", name="Maak het project").click()
    page.get_by_role("tab", name="Interviews").wait_for()
    page.locator("input[type=file]").first.set_input_files(sorted(study.interviews.iterdir()))
    page.get_by_role("button", name=re.compile("19 interviews")).click()
    page.get_by_text("Selecteer een interview om").first.wait_for()
    page.get_by_text("19 interviews").first.wait_for()
    drawn(page)
    page.get_by_role("tab", name="Respondenten").click()
    page.get_by_text("Uit een tabel").click()
    people = page.get_by_role("tabpanel", name="Respondenten").locator("input[type=file]")
    people.first.set_input_files(study.people)
    page.get_by_text("11 respondenten").first.wait_for()
    page.get_by_role("link", name="Codeboek").click()
    drawn(page)
    page.locator("input[type=file]").first.set_input_files(study.book)
    page.get_by_role("button", name="Importeer dit codeboek").click()
    page.get_by_text("Inspraak").first.wait_for()


def read_survey(page: Page, study: night_shifts.NightShifts) -> None:
    """Read the table of the survey; columns with few different answers are asked about."""
    page.get_by_role("link", name="Antwoorden").click()
    drawn(page)
    page.locator("input[type=file]").first.set_input_files(study.survey)
    page.get_by_text("kunnen open vragen of kenmerken zijn").wait_for()
    box = page.get_by_role("combobox", name="Open vragen")
    for question in night_shifts.QUESTIONS:
        box.click()
        page.get_by_role("option", name=question, exact=True).click()
        drawn(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Enquête inlezen").click()
    page.get_by_text("antwoorden hebben een code").wait_for()
    drawn(page)


CODED = (
    ("Groep1", 1),
    ("Roosterbeleid", 1),
    ("V6-t1", 1),
    (night_shifts.QUESTIONS[0], 3),
)
"""Interviews, and how many turns below the first the coded one lies."""


def code(page: Page, path: Path, coder: str) -> None:
    """Give one turn of each source the first code, on the coding screen, by the keyboard."""
    for number, (name, down) in enumerate(CODED, start=1):
        page.get_by_role("link", name="Coderen").click()
        page.locator(".qc-row").first.wait_for()
        drawn(page)
        title = page.locator("select.qc-title")
        if title.input_value() != name:
            title.select_option(name)
            expect(title).to_have_value(name)
            drawn(page)
        expect(page.locator(".qc-saved")).to_have_text("Alles opgeslagen")
        page.locator(".qc-scroll").focus()
        for _ in range(down):
            page.keyboard.press("j")
        page.keyboard.press("Space")
        # On the last passage the two coders differ.
        differs = coder == "sem" and number == len(CODED)
        page.keyboard.press("2" if differs else "1")
        until(page, lambda wanted=number: _count(path, coder) == wanted)  # type: ignore[misc]


def _count(path: Path, coder: str) -> int:
    with Project.open(path) as project:
        return len(project.codings.collect(coder=coder))


def become(page: Page, name: str) -> None:
    page.get_by_role("link", name="Project").click()
    page.get_by_role("tab", name="Codeurs en rondes").click()
    page.get_by_label("Nog een codeur").fill(name)
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()
    chosen = page.locator("[data-testid=stBaseButton-primary]", has_text=name)
    expect(chosen).to_be_visible()


def settle(page: Page) -> None:
    """Decide on the one difference: one coder gave an answer another code."""
    page.get_by_role("link", name="Beslissen").click()
    take = page.get_by_role("button", name="Neem noor")
    end = page.get_by_role("button", name="Naar de thema's")
    expect(take.or_(end).first).to_be_visible(timeout=LONG)
    drawn(page)
    while not end.count():
        with change(page):
            take.click()


def download(page: Page, place: str, target: Path) -> list[str]:
    """Download a document from a page, and return what it says."""
    page.get_by_role("link", name=place).click()
    drawn(page)
    with page.expect_download(timeout=LONG) as download:
        page.get_by_role("button", name="docx").first.click()
    download.value.save_as(target)
    document = Document(str(target))
    rows = [" | ".join(c.text for c in row.cells) for t in document.tables for row in t.rows]
    return [*(paragraph.text for paragraph in document.paragraphs), *rows]
