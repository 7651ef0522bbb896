"""The page Framework matrix: a researcher without a terminal writes a summary and downloads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, expect
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, settled, show
from app_process import new_context, running
from app_process import settled as drawn
from qualcode.messages import Message
from qualcode.project import Project
from qualcode.translation import translator


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click()
    settled(app)


def at(app: AppTest, case: str, code: str) -> None:
    app.session_state["framework-layer"] = "anna"
    app.session_state["framework-case"] = case
    app.session_state["framework-code"] = code
    show(app, "framework")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_summary_is_written_linked_and_looked_at_again(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    _, path = pages
    words_of = translator(language).translate
    save, again = map(
        words_of,
        map(Message, ("Save the summary", "I looked again: it still holds")),
    )
    with opened(path, monkeypatch, language=language) as app:
        at(app, "G1", "motives")
        app.text_area[0].set_value("Doet het met vrienden. En om wakker te blijven.")
        press(app, save)
        assert not app.error
        with Project.open(path, as_coder="anna") as project:
            cell = project.themes.framework.cell("G1", "motives", "anna")
            assert cell.unsupported == (0, 1)
            first = cell.codings[0]
        at(app, "G1", "motives")
        fields = [field for field in app.multiselect if field.label.startswith("1. ")]
        fields[0].set_value([first])
        settled(app)
        with Project.open(path, as_coder="anna") as project:
            cell = project.themes.framework.cell("G1", "motives", "anna")
            assert cell.summary is not None
            assert cell.summary.sentences[0].codings == (first,)
            project.codings.withdraw([cell.codings[1]])
        at(app, "G1", "motives")
        assert any("1" in warning.value for warning in app.warning)
        with Project.open(path, as_coder="anna") as project:
            project.codings.withdraw([cell.codings[2]])
        # Nobody looked at what changed after the page was drawn.
        press(app, again)
        with Project.open(path, as_coder="anna") as project:
            assert project.themes.framework.cell("G1", "motives", "anna").is_stale
        press(app, again)
        with Project.open(path, as_coder="anna") as project:
            assert not project.themes.framework.cell("G1", "motives", "anna").is_stale
        assert not app.error


def test_a_small_group_asks_for_a_decision(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    at(app, "G1", "motives")
    assert any("Fewer than 3 participants" in warning.value for warning in app.warning)
    app.text_input(key="print-group-why-users").set_value("gelezen en goed")
    press(app, "Print it all the same")
    with Project.open(path) as project:
        assert "gelezen en goed" in project.disclosure.measures().confirmed.values()


def test_columns_are_chosen_on_the_page(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    at(app, "G1", "motives")
    app.multiselect[0].set_value(["motives", "motives/energy"])
    settled(app)
    press(app, "Save the columns")
    with Project.open(path) as project:
        assert project.themes.framework.columns() == ("motives", "motives/energy")
    assert "Saved." in said(app) or not app.error


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_researcher_writes_a_cell_and_downloads_the_matrix(
    small_study: Path, browser: Browser, tmp_path: Path, language: str
) -> None:
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    with Project.open(path) as project:
        project.disclosure.set_threshold(2)
    words_of = translator(language).translate
    locale = {"en": "en-US", "nl": "nl-NL"}[language]
    context = new_context(browser, viewport={"width": 1440, "height": 1000}, locale=locale)
    page = context.new_page()
    with running(path, "--coder", "anna", "--language", language) as app:
        app.go(page, "framework")
        field = page.get_by_label(
            words_of(Message("What this participant says about it, in your words"))
        )
        field.wait_for(timeout=60_000)
        drawn(page)
        field.fill("Doet het met vrienden.")
        page.get_by_role("button", name=words_of(Message("Save the summary"))).click()
        expect(page.get_by_text(words_of(Message("What each sentence rests on")))).to_be_visible(
            timeout=60_000
        )
        drawn(page)
        with page.expect_download(timeout=60_000) as download:
            page.locator(".st-key-framework-as-docx-A4 button").click()
        target = tmp_path / "grid.docx"
        download.value.save_as(target)
        cells = [c.text for t in Document(str(target)).tables for r in t.rows for c in r.cells]
        assert "Doet het met vrienden." in cells
        context.close()
