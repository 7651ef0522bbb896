"""The page Publish: a researcher without a terminal makes what goes with a paper."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, settled, show
from app_process import App, new_context, running
from app_process import settled as settled_page
from qualcode.importing import read_transcript
from qualcode.messages import Message
from qualcode.model import Code
from qualcode.model.annex import AnnexKind
from qualcode.model.checklist import ChecklistKind
from qualcode.project import Project
from qualcode.translation import translator


@pytest.mark.parametrize("language", ["nl", "en"])
def test_checklists_and_annexes_are_offered_in_the_language_of_the_page(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    _, path = pages
    with opened(path, monkeypatch, language=language) as app:
        for kind in ChecklistKind:
            app.session_state["checklist-kind"] = kind
            show(app, "publication")
            assert not app.exception
        for annex in AnnexKind:
            app.session_state["annex-kind"] = annex
            settled(app)
            # The study has no consensus: the page says so instead of a button.
            assert len(app.error) == (annex is AnnexKind.CODEBOOK)
        words = {"nl": "punten beantwoordt het project", "en": "the project answers"}
        assert words[language] in said(app)


def test_a_blind_round_closes_the_page(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("blind", coders=["anna", "bram"])
    show(app, "publication")
    assert "blind round" in said(app)
    assert not app.get("download_button")


def test_the_archive_waits_for_consent_or_a_reason(pages: tuple[AppTest, Path]) -> None:
    app, _ = pages
    show(app, "publication")
    button = next(one for one in app.button if one.label == "Make the archive")
    assert button.disabled
    app.text_input(key="archive-reason").set_value("invented")
    settled(app)
    assert not next(one for one in app.button if one.label == "Make the archive").disabled


def make_study(folder: Path, said_words: str) -> Path:
    """Return a project with one interview and one coder."""
    path, text = folder / "s.qualcode", folder / "een.txt"
    text.write_text(f"I: Vertel eens?\nR: {said_words}.", "utf-8")
    with Project.create(path, name="Slaap", as_coder="anna") as project:
        project.codebook.create("book", (Code("home"),))
        project.transcripts.add(read_transcript(text), confirmed=True)
    return path


def test_likely_names_stop_the_archive_until_there_is_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(app: AppTest, key: str) -> bool:
        app.text_input(key=key).set_value("invented")
        settled(app)
        next(one for one in app.button if one.label == "Make the archive").click()
        settled(app)
        return any(button.key == "archive-download" for button in app.get("download_button"))

    with opened(make_study(tmp_path, "Ik werk bij Sandra de Vries"), monkeypatch) as app:
        show(app, "publication")
        assert not make(app, "archive-reason")
        assert "likely name is left" in said(app)
        assert "Sandra de Vries" in said(app)
        assert make(app, "archive-names")


def test_an_archive_is_checked_on_the_page(pages: tuple[AppTest, Path], tmp_path: Path) -> None:
    app, _ = pages
    good, harmed = tmp_path / "good.zip", tmp_path / "harmed.zip"
    with Project.open(make_study(tmp_path, "Ik slaap slecht"), as_coder="anna") as project:
        project.exchange.publication.make_archive(good, reason="verzonnen")
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(harmed, "w") as new:
        for name in old.namelist():
            if name != "README.md":
                new.writestr(name, old.read(name) + b" " * (name == "tables/cases.csv"))
        new.writestr("extra.txt", "iets")
    show(app, "publication")
    for file, words in ((good, "The archive is whole"), (harmed, "")):
        uploader = next(one for one in app.file_uploader if one.key == "archive-to-check")
        uploader.set_value((file.name, file.read_bytes(), "application/zip"))
        settled(app)
        assert words in said(app)
    told = "\n".join(str(error.value) for error in app.error)
    assert "README.md: The file is missing." in told
    assert "tables/cases.csv: The file was changed" in told
    assert "extra.txt: The file was added" in told
    assert "The archive is whole" not in said(app)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_files_are_made_in_the_browser(shared_app: App, page: Page, language: str) -> None:
    shared_app.go(page, "publication")
    expect(page.get_by_text("Reporting checklist").first).to_be_visible(timeout=60_000)
    page.get_by_label("Language of the documents").click()
    page.get_by_role("option", name={"nl": "Dutch", "en": "English"}[language]).click()
    # A button makes what the page showed when it was drawn.
    settled_page(page)
    # Two coders without a consensus: the page says so, where a click would bring no file.
    expect(page.get_by_text("has no consensus yet").first).to_be_visible()
    for name in ("checklist-coreq", "audit"):
        with page.expect_download(timeout=60_000) as download:
            page.locator(f".st-key-publish-{name}-docx button").click()
        with zipfile.ZipFile(Path(download.value.path())) as word:
            text = word.read("word/document.xml").decode("utf-8")
        titles = {"nl": ("Checklist", "Auditspoor"), "en": ("Checklist", "Audit")}
        assert any(title in text for title in titles[language])


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_archive_is_made_and_checked_in_the_browser(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    path = make_study(tmp_path, "Ik werk bij Sandra de Vries")
    words = translator(language).translate
    page = new_context(browser, viewport={"width": 1440, "height": 2000}).new_page()
    with running(path, "--coder", "anna", "--language", language) as app:
        app.go(page, "publication")
        for label, reason in (
            ("Why all interviews may go in", "verzonnen"),
            ("Why likely names that are left may stay", "nagekeken"),
        ):
            field = page.get_by_role("textbox", name=words(Message(label)))
            field.wait_for(timeout=90_000)
            field.fill(reason)
            page.keyboard.press("Tab")
            settled_page(page)
            page.get_by_role("button", name=words(Message("Make the archive"))).click()
            settled_page(page)
            expect(page.get_by_text("Sandra de Vries").first).to_be_attached(timeout=60_000)
        with page.expect_download(timeout=60_000) as download:
            page.locator(".st-key-archive-download button").click()
        archive = tmp_path / "archive.zip"
        download.value.save_as(archive)
        for place, annex in enumerate(("codebook", "development")):
            page.locator(".st-key-annex-kind input").click()
            page.get_by_role("option").nth(place).click()
            settled_page(page)
            with page.expect_download(timeout=60_000) as download:
                page.locator(f".st-key-publish-annex-{annex}-docx button").click()
            assert Path(download.value.path()).stat().st_size > 1000
        page.locator(".st-key-archive-to-check input[type=file]").set_input_files(archive)
        whole = {"nl": "Het archief is heel", "en": "The archive is whole"}[language]
        expect(page.get_by_text(whole)).to_be_visible(timeout=90_000)
    page.context.close()
