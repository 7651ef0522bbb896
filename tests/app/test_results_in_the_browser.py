"""A researcher without a terminal makes a figure, quotes for a journal and a typology."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app_process import App, new_context, running
from app_process import settled as drawn
from qualcode import study
from qualcode.messages import Message
from qualcode.project import Project
from qualcode.translation import translator

ONE_CODER = ("G01", "G02", "G03", "G04")
Say = Callable[[str], str]


@pytest.fixture(scope="module")
def coded_by_one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four interviews that anna coded, with two chosen quotes."""
    path = tmp_path_factory.mktemp("one") / "study.qualcode"
    with Project.create(path, name="Proef", as_coder="anna") as project:
        project.codebook.read(study.codebook())
        files = [file for file in study.transcripts() if file.stem in ONE_CODER]
        for result in project.transcripts.read_files(files):
            assert result.read is not None
            text = result.read.transcript
            roles = {speaker.label: speaker.role for speaker in text.speakers}
            project.transcripts.set_roles(text.name, roles)
        project.cases.read(study.cases())
        table = next(file for file in study.codings() if "anna" in file.name)
        project.codings.read_table(table, partial=True)
        codings = project.codings.collect()
        project.quotes.choose([c.id for c in codings if c.transcript == "G01"][:2])
    return path


def save(page: Page, key: str, target: Path) -> Path:
    with page.expect_download(timeout=90_000) as download:
        page.locator(f".st-key-{key} button").first.click()
    download.value.save_as(target)
    return target


def choose_part(page: Page, label: str) -> None:
    page.get_by_role("radio", name=label).click()
    drawn(page)


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as word:
        return word.read("word/document.xml").decode("utf-8")


def draw_a_figure(app: App, page: Page, folder: Path) -> None:
    app.go(page, "figures")
    page.locator(".st-key-figure-as-svg button").first.wait_for(timeout=90_000)
    drawn(page)
    figure = save(page, "figure-as-svg", folder / "figure.svg").read_text("utf-8")
    assert "<svg" in figure
    assert "<text" in figure


def print_quotes(app: App, page: Page, folder: Path, say: Say) -> None:
    """Quotes keep the age of the participant back until the researcher says why not."""
    app.go(page, "quotes")
    page.get_by_role("radio", name=say("Balance")).wait_for(timeout=90_000)
    drawn(page)
    choose_part(page, say("Balance"))
    assert "20-29" not in words_of(save(page, "chosen-as-docx", folder / "before.docx"))
    choose_part(page, say("Who could be recognised ({count})").split("(", maxsplit=1)[0])
    line = page.get_by_text(say("The line below a quote")).first
    expect(line).to_be_visible(timeout=60_000)
    page.get_by_role("button", name=say("Accept with a reason")).first.click()
    body = page.locator("[data-testid=stPopoverBody]")
    body.get_by_label(say("Why this may be printed")).fill("heeft het gelezen")
    body.get_by_role("button", name=say("Accept"), exact=True).click()
    expect(page.get_by_text("(heeft het gelezen)")).to_be_visible(timeout=60_000)
    choose_part(page, say("Balance"))
    assert "20-29" in words_of(save(page, "chosen-as-docx", folder / "after.docx"))


def make_a_typology(app: App, page: Page, folder: Path, say: Say) -> None:
    app.go(page, "typology")
    rules = page.locator("textarea").first
    rules.wait_for(timeout=90_000)
    drawn(page)
    rules.fill("Wie: @sex")
    page.get_by_role("button", name=say("Save the dimensions")).click()
    drawn(page)
    choose_part(page, say("Types"))
    page.get_by_label(say("Name")).last.fill("Samen")
    page.locator("textarea").last.fill("Gebruikt met anderen.")
    page.get_by_role("button", name=say("Save the type")).click()
    drawn(page)
    choose_part(page, say("Pages to print"))
    assert "Gebruikt met anderen." in words_of(save(page, "typology-as-docx", folder / "t.docx"))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "nl"])
def test_figure_quotes_and_typology_are_made_in_the_browser(
    coded_by_one: Path, browser: Browser, tmp_path: Path, language: str
) -> None:
    path = Path(shutil.copy(coded_by_one, tmp_path / "study.qualcode"))
    translate = translator(language).translate

    def say(english: str) -> str:
        # A hole stands for itself here: what is in it is not looked for.
        return translate(Message(english, **({"count": "{count}"} if "{" in english else {})))

    locale = {"en": "en-US", "nl": "nl-NL"}[language]
    context = new_context(browser, viewport={"width": 1440, "height": 1600}, locale=locale)
    page = context.new_page()
    with running(path, "--coder", "anna", "--language", language) as app:
        draw_a_figure(app, page, tmp_path)
        print_quotes(app, page, tmp_path, say)
        make_a_typology(app, page, tmp_path, say)
    context.close()
