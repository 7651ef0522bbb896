"""Two windows on one code: what both changed is shown side by side, and nobody's text is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app_conditions import drawn
from app_process import App, running

CODE = "influences/availability"


@pytest.fixture
def shared(small_study: Path, tmp_path: Path) -> Iterator[App]:
    """An app in which each window says who is in it."""
    path = shutil.copy(small_study, tmp_path / "study.qualcode")
    with running(Path(path)) as app:
        yield app


def open_code(app: App, page: Page, coder: str) -> Page:
    """Open a code on the page Codebook, as one of two coders."""
    app.go(page, "coding")
    page.locator(f".st-key-coder-{coder} button").click()
    expect(page.locator(".st-key-bar-coder button").first).to_contain_text(coder)
    page.get_by_role("link", name="Codebook").click()
    with app.project() as project:
        code = project.codebook.get().code(CODE)
    page.locator(f".qt-row[data-id='{code.id}']").click()
    expect(page.get_by_text(CODE)).to_be_visible()
    drawn(page)
    return page


def save(page: Page, **texts: str) -> None:
    for label, text in texts.items():
        page.get_by_role("textbox", name=label.replace("_", " "), exact=True).fill(text)
    page.get_by_role("button", name="Save", exact=True).click()


def text_of(app: App, field: str) -> str:
    with app.project() as project:
        return str(getattr(project.codebook.get().code(CODE), field).get("en", ""))


def test_both_texts_are_shown_and_a_text_of_both_is_saved(
    shared: App, context: BrowserContext
) -> None:
    anna = open_code(shared, context.new_page(), "anna")
    bram = open_code(shared, context.new_page(), "bram")
    save(anna, Definition="Anna's meaning.", Code_here="Anna's rule.")
    expect(anna.get_by_text("Saved", exact=True)).to_be_visible()
    save(bram, Definition="Bram's meaning.", Borderline_example="Bram's example.")
    choice = bram.locator(".st-key-edit-conflict")
    for text in ("Anna's meaning.", "Bram's meaning.", "You", "Definition (en)"):
        expect(choice.get_by_text(text, exact=True)).to_be_visible()
    expect(choice.get_by_text("anna, ")).to_be_visible()
    # The rule that only anna wrote is no question.
    expect(choice.get_by_role("radiogroup")).to_have_count(1)
    assert text_of(shared, "definition") == "Anna's meaning."
    assert text_of(shared, "borderline") not in {"", "Bram's example."}
    button = choice.get_by_role("button", name="Save what I chose")
    expect(button).to_be_disabled()
    choice.get_by_text("A text made of both", exact=True).click()
    merged = choice.get_by_label("Text to save")
    expect(merged).to_have_value("Bram's meaning.\nAnna's meaning.")
    merged.fill("Our meaning.")
    merged.blur()
    drawn(bram)
    button.click()
    expect(choice).to_have_count(0)
    assert text_of(shared, "definition") == "Our meaning."
    assert text_of(shared, "borderline") == "Bram's example."
    assert text_of(shared, "include") == "Anna's rule."
    expect(bram.get_by_role("textbox", name="Definition", exact=True)).to_have_value("Our meaning.")


@pytest.mark.parametrize(("keep", "kept"), [("Mine", "Bram's."), ("Theirs", "Anna's.")])
def test_one_of_the_two_texts_is_kept(
    keep: str, kept: str, shared: App, context: BrowserContext
) -> None:
    anna = open_code(shared, context.new_page(), "anna")
    bram = open_code(shared, context.new_page(), "bram")
    save(anna, Definition="Anna's.")
    expect(anna.get_by_text("Saved", exact=True)).to_be_visible()
    save(bram, Definition="Bram's.", Code_here="Bram's rule.")
    choice = bram.locator(".st-key-edit-conflict")
    choice.get_by_text(keep, exact=True).click()
    drawn(bram)
    choice.get_by_role("button", name="Save what I chose").click()
    expect(choice).to_have_count(0)
    assert text_of(shared, "definition") == kept
    assert text_of(shared, "include") == "Bram's rule."


def test_what_only_one_of_them_changed_is_saved_without_a_question(
    shared: App, context: BrowserContext
) -> None:
    anna = open_code(shared, context.new_page(), "anna")
    bram = open_code(shared, context.new_page(), "bram")
    save(anna, Definition="Anna's meaning.")
    expect(anna.get_by_text("Saved", exact=True)).to_be_visible()
    save(bram, Code_here="Bram's rule.")
    expect(bram.get_by_text("Saved", exact=True)).to_be_visible()
    expect(bram.locator(".st-key-edit-conflict")).to_have_count(0)
    assert text_of(shared, "definition") == "Anna's meaning."
    assert text_of(shared, "include") == "Bram's rule."


def test_a_name_that_both_change_in_the_tree_is_a_question_too(
    shared: App, context: BrowserContext
) -> None:
    anna = open_code(shared, context.new_page(), "anna")
    bram = open_code(shared, context.new_page(), "bram")
    for page, name in ((anna, "Anna's name"), (bram, "Bram's name")):
        page.locator(".qt-row[aria-selected=true]").press("Enter")
        page.get_by_label("Name of the code").fill(name)
        page.keyboard.press("Enter")
        expect(page.get_by_text(name, exact=True).last).to_be_visible()
        drawn(page)
    choice = bram.locator(".st-key-edit-conflict")
    expect(choice.get_by_text("Bram's name", exact=True)).to_be_visible()
    expect(choice.get_by_text("Anna's name", exact=True).last).to_be_visible()
    assert text_of(shared, "label") == "Anna's name"
    choice.get_by_role("button", name="Do not save").click()
    expect(choice).to_have_count(0)
