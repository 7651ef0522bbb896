"""The Search page: hits in context, many coded in one step, searches kept for the team."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from app_conditions import change, drawn
from app_in_process import said, settled, show
from app_process import App
from qualcode.model import SavedSearch, SearchMode
from qualcode.project import Project, run_search


def search(page: Page, words: str) -> None:
    """Type words and wait for the hits."""
    with change(page):
        page.get_by_role("textbox", name="Words").fill(words)
        page.keyboard.press("Enter")


def test_hits_are_chosen_coded_in_one_step_and_undone(own_app: App, page: Page) -> None:
    with own_app.project() as project:
        before = len(project.codings.collect(coder="anna"))
        hits = project.suggestions.find(lemma="werken")
    own_app.go(page, "search")
    search(page, "werken")
    expect(page.get_by_text(f"{len(hits)} places")).to_be_visible()
    boxes = page.locator("[class*=st-key-hit-row] label")
    for number in (0, 2):
        boxes.nth(number).click()
        expect(page.get_by_role("heading", name=f"{1 + number // 2} chosen")).to_be_visible()
        drawn(page)
    page.get_by_role("combobox", name="Give them a code in one step").fill("Finan")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Code 2 places").click()
    expect(page.get_by_text("2 passages coded")).to_be_visible()
    with own_app.project() as project:
        codings = project.codings.collect(coder="anna")
        assert len(codings) == before + 2
        made = [coding for coding in codings if coding.origin == "find"]
        # The sentence of the hit, not the hit alone.
        assert all(hit.text in coding.quote for hit, coding in zip(hits[::2], made, strict=False))
        assert all(len(coding.quote.split()) > 1 for coding in made)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    with own_app.project() as project:
        assert len(project.codings.collect(coder="anna")) == before


def test_a_hit_opens_in_its_interview(own_app: App, page: Page) -> None:
    own_app.go(page, "search")
    search(page, '"ik ben"')
    page.locator("[class*=st-key-hit-row] button").first.click()
    expect(page.locator(".qc-row").first).to_be_visible()
    assert "/coding" in page.url


def type_words(app: AppTest, words: str, mode: str = "forms") -> None:
    next(field for field in app.text_input if field.label == "Words").set_value(words)
    next(one for one in app.button_group if one.key == "search-mode").set_value(mode)
    settled(app)


def test_word_forms_exact_words_and_patterns_find_different_places(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    show(app, "search")
    with Project.open(path) as project:
        for mode in SearchMode:
            type_words(app, "werk", mode.value)
            hits = run_search(project, SavedSearch("-", "werk", mode))
            assert f"{len(hits)} places" in said(app), mode


def test_what_cannot_be_searched_is_said(pages: tuple[AppTest, Path]) -> None:
    app, _path = pages
    show(app, "search")
    type_words(app, "(werk")
    assert "cannot be read" in app.error[0].value
    type_words(app, "(", "pattern")
    assert "not a regular expression" in app.error[0].value
    type_words(app, "onvindbaarwoord")
    assert "0 places" in said(app)


def test_a_kept_search_fills_in_the_form(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "search")
    type_words(app, "werk")
    code = next(one for one in app.selectbox if one.key == "search-code")
    code.set_value("uncoded")
    settled(app)
    next(one for one in app.text_input if one.key == "search-name").set_value("werk, nog te doen")
    next(one for one in app.button if one.label == "Keep").click()
    settled(app)
    with Project.open(path) as project:
        (kept,) = project.suggestions.collect_searches()
        left = len(run_search(project, kept))
    type_words(app, "iets anders")
    next(one for one in app.button if one.label == kept.name).click()
    settled(app)
    assert f"{left} place" in said(app)
    next(one for one in app.button if one.label == "Remove").click()
    settled(app)
    with Project.open(path) as project:
        assert project.suggestions.collect_searches() == ()


def test_a_search_in_a_blind_round_shows_no_codes_of_the_other(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("proef", coders=("anna", "bram"), blind=True)
        code = project.codebook.get().active[5]
        turn = project.transcripts.get("G04").respondent_turns()[0]
        project.acting_as("bram").codings.add("G04", turn.span, code.path, memo="geheim")
        words = turn.span.of(project.transcripts.get("G04").text).split()[0]
    show(app, "search")
    type_words(app, words, "exact")
    assert "place" in said(app)
    own = {c.code for c in Project.open(path, as_coder="anna").codings.collect()}
    if code.path not in own:
        assert code.title("en") not in said(app)
