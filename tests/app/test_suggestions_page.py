"""Suggestions of several interviews in one queue: accepted, rejected, taken back, never counted."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from app_in_process import said, settled, show
from app_process import App
from model_server import NAME, running_server
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


def test_looking_for_suggestions_says_how_far_it_is_and_can_be_stopped(
    pages: tuple[AppTest, Path],
) -> None:
    app, _path = pages
    show(app, "suggestions")
    next(one for one in app.button if one.label == "Look for suggestions").click().run()
    next(one for one in app.button if one.label == "Stop").click().run()
    settled(app)
    assert "Stopped. What was done before that stays." in said(app)
    press(app, "Look for suggestions")
    assert "By code" in str(app.main)


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
    shown = page.locator("[data-testid=stHtml]").filter(has=page.locator("mark"))
    expect(shown.locator("mark").first).to_be_visible(timeout=90_000)
    # It stands in its turn, below the question.
    expect(shown.locator("p:has(mark) b").first).to_be_visible()
    expect(shown.locator(".qr-before").first).to_be_visible()


def test_the_page_says_what_to_code_next_what_was_missed_and_what_to_trust(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    show(app, "suggestions")
    for part, label, words in (
        ("next", "Look where to code next", "no order of importance"),
        ("missed", "Look for missed codes", "Finished interviews"),
        ("trust", "Judge the codes", "are too few"),
    ):
        app.segmented_control(key="suggestions-part").set_value(part)
        settled(app)
        press(app, label)
        assert words in said(app)
    with Project.open(path) as project:
        shown = {exposure.suggester for exposure in project.suggestions.collect_exposures()}
    assert all(suggester.startswith("missed") for suggester in shown)


def test_what_was_looked_up_holds_until_the_project_changes(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    app.session_state["suggestions-part"] = "missed"
    show(app, "suggestions")
    press(app, "Look for missed codes")
    # The work itself keeps what it showed, which is a change.
    settled(app)
    assert "Finished interviews" in said(app)
    with Project.open(path, as_coder="bram") as project:
        project.codings.withdraw([project.codings.collect(coder="bram")[0].id])
    settled(app)
    assert "Finished interviews" not in said(app)
    assert "The project was changed since you looked" in said(app)
    press(app, "Look for missed codes")
    assert "Finished interviews" in said(app)


def test_a_reason_why_not_leaves_the_button(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    app.session_state["suggestions-part"] = "trust"
    show(app, "suggestions")
    press(app, "Judge the codes")
    settled(app)
    assert "are too few" in said(app)
    assert any(button.label == "Judge the codes" for button in app.button)
    with Project.open(path, as_coder="bram") as project:
        project.codings.withdraw([project.codings.collect(coder="bram")[0].id])
    settled(app)
    assert "are too few" not in said(app)


def test_a_language_model_of_ones_own_is_chosen_asked_and_turned_off(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with running_server() as server:
        with Project.open(path) as project:
            codes = project.codebook.get().active[:2]
        server.words = {code.title("nl"): ("ik",) for code in codes}
        show(app, "suggestions")
        assert "No language model takes part" in said(app)
        fields = {field.label: field for field in app.text_input}
        fields["Address on this machine"].set_value("http://192.168.2.2:11434")
        fields["Name of the model"].set_value(NAME)
        press(app, "Use this language model")
        assert "another machine" in "".join(str(error.value) for error in app.error)
        fields = {field.label: field for field in app.text_input}
        fields["Address on this machine"].set_value(server.url)
        press(app, "Use this language model")
        with Project.open(path) as project:
            model = project.suggestions.language_model.read_choice()
            assert model is not None
            assert model.name == NAME
        # One interview only: all of them would take a model of its own long.
        chooser = next(box for box in app.selectbox if box.label == "Interview to ask about")
        chooser.set_value("G01").run()
        press(app, "Ask the language model")
        assert "Codes given, with words of the passage" in said(app)
        assert server.prompts
        press(app, "Use no language model")
    with Project.open(path) as project:
        assert project.suggestions.language_model.read_choice() is None
