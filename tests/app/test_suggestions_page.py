"""Suggestions of several interviews in one queue: accepted, rejected, taken back, never counted."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from app_in_process import said, settled, show
from app_process import App
from qualcode.project import Project


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click()
    settled(app)


def test_a_suggestion_is_a_coding_only_once_it_is_accepted(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "suggestions")
    press(app, "Look for suggestions")
    assert "By code" in str(app.main)
    with Project.open(path) as project:
        before = len(project.codings.collect(coder="anna"))
        assert {one.transcript for one in project.suggestions.collect_exposures()} == {"G01", "G04"}
    press(app, "Accept")
    with Project.open(path) as project:
        own = project.codings.collect(coder="anna")
        assert len(own) == before + 1
        assert [one.origin for one in own if one.origin.startswith("suggestion:")]
    press(app, "Undo")
    press(app, "Reject")
    with Project.open(path) as project:
        assert len(project.codings.collect(coder="anna")) == before
        assert len(project.suggestions.collect_rejections()) == 1
    press(app, "Undo")
    with Project.open(path) as project:
        assert project.suggestions.collect_rejections() == ()


def test_in_a_blind_round_no_suggestion_is_offered_or_found(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("proef", coders=("anna", "bram"), blind=True)
    show(app, "suggestions")
    assert "blind round “proef”" in said(app)
    assert not [one for one in app.button if one.label == "Look for suggestions"]
    with Project.open(path) as project:
        assert project.suggestions.collect_exposures() == ()


def test_a_project_without_codings_offers_suggestions_and_says_what_measuring_needs(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.acting_as("anna").codings.withdraw([one.id for one in project.codings.collect()])
    show(app, "suggestions")
    assert any(one.label == "Look for suggestions" for one in app.button)
    app.segmented_control(key="suggestions-part").set_value("measure")
    settled(app)
    assert "Nothing is coded yet" in said(app)


def test_the_passage_to_be_judged_is_seen(shared_app: App, page: Page) -> None:
    shared_app.go(page, "suggestions")
    page.get_by_role("button", name="Look for suggestions").click()
    expect(page.locator("[data-testid=stHtml] mark").first).to_be_visible(timeout=90_000)
