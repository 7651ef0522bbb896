"""The page Findings: a researcher without a terminal makes a finding and downloads it."""

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


def draw(app: AppTest) -> None:
    app.session_state["findings-layer"] = "anna"
    show(app, "findings")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_finding_is_made_with_all_that_carries_it(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    _, path = pages
    words_of = translator(language).translate
    add, recommend, again = (
        words_of(Message(text))
        for text in (
            "Add the finding",
            "Add the recommendation",
            "I looked again: it still holds",
        )
    )
    with opened(path, monkeypatch, language=language) as app:
        draw(app)
        app.text_area(key="new-finding-text").set_value("Gebruik is gezellig.")
        app.multiselect(key="new-finding-codes").set_value(["motives/sociability"])
        press(app, add)
        assert not app.error
        with Project.open(path, as_coder="anna") as project:
            (state,) = project.themes.findings.report().findings
            assert (state.finding.text, state.codes) == (
                "Gebruik is gezellig.",
                ("motives/sociability",),
            )
        draw(app)
        app.text_area(key="new-recommendation-text").set_value("Bied iets anders aan.")
        app.multiselect(key="new-recommendation-on").set_value([1])
        press(app, recommend)
        with Project.open(path, as_coder="anna") as project:
            findings = project.themes.findings
            assert len(findings.report().recommendations) == 1
            project.codings.withdraw(state.codings[:1])
        draw(app)
        with Project.open(path, as_coder="anna") as project:
            project.codings.withdraw(state.codings[1:2])
        # Nobody looked at what changed after the page was drawn.
        press(app, again)
        with Project.open(path, as_coder="anna") as project:
            assert project.themes.findings.report().findings[0].is_stale
        press(app, again)
        with Project.open(path, as_coder="anna") as project:
            assert not project.themes.findings.report().findings[0].is_stale
        assert not app.error


def test_contrary_voices_are_proposed_and_linked_by_the_researcher(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path, as_coder="anna") as project:
        finding = project.themes.findings.add("Iets.", ["influences"], layer="anna")
    draw(app)
    app.toggle(key=f"against-{finding.id}").set_value(True)
    settled(app)
    assert "Atypical wording" in said(app)
    with Project.open(path, as_coder="anna") as project:
        assert project.themes.findings.report().findings[0].finding.contrary == ()
    press(app, "Link these as speaking against it")
    with Project.open(path, as_coder="anna") as project:
        assert project.themes.findings.report().findings[0].finding.contrary


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_researcher_makes_a_finding_and_downloads_it(
    small_study: Path, browser: Browser, tmp_path: Path, language: str
) -> None:
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    words_of = translator(language).translate
    locale = {"en": "en-US", "nl": "nl-NL"}[language]
    context = new_context(browser, viewport={"width": 1440, "height": 1000}, locale=locale)
    page = context.new_page()
    with running(path, "--coder", "anna", "--language", language) as app:
        app.go(page, "findings")
        field = page.get_by_label(words_of(Message("What you found, in one sentence"))).first
        field.wait_for(timeout=90_000)
        drawn(page)
        field.fill("Gebruik is gezellig.")
        page.get_by_role("button", name=words_of(Message("Add the finding"))).click()
        expect(page.get_by_text("1. Gebruik is gezellig.").first).to_be_visible(timeout=90_000)
        drawn(page)
        with page.expect_download(timeout=90_000) as download:
            page.locator(".st-key-joint-as-docx button").click()
        target = tmp_path / "joint.docx"
        download.value.save_as(target)
        cells = [c.text for t in Document(str(target)).tables for r in t.rows for c in r.cells]
        assert "1. Gebruik is gezellig." in cells
        context.close()


def test_two_clicks_lead_from_a_finding_to_its_passage(
    small_study: Path, browser: Browser, tmp_path: Path
) -> None:
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    with Project.open(path, as_coder="anna") as project:
        coding = next(c for c in project.codings.collect() if c.coder == "anna")
        for number in (1, 2):
            project.themes.findings.add(f"Bevinding {number}.", [coding.code], layer="anna")
        project.themes.findings.link(2, [coding.id])
    context = new_context(browser, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    with running(path, "--coder", "anna") as app:
        app.go(page, "findings")
        finding = page.get_by_text("2. Bevinding 2.").first
        finding.wait_for(timeout=90_000)
        drawn(page)
        finding.click()
        passage = page.get_by_role("button", name="In the text").locator("visible=true").first
        passage.click(timeout=60_000)
        # The page Code opens the text at the passage, and shows its coding.
        expect(page.locator(".qc-row").first).to_be_visible(timeout=90_000)
        words = " ".join(coding.quote.split())[:25]
        expect(page.locator(".qc-row", has_text=words).first).to_be_in_viewport(timeout=60_000)
    context.close()
