"""Each window has its own coder and its own project, whatever other windows do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app_conditions import drawn
from app_process import App, running
from qualcode.project import Project


@pytest.fixture
def asking_app(small_study: Path, tmp_path: Path) -> Iterator[App]:
    """An app that was started without the name of a coder."""
    path = shutil.copy(small_study, tmp_path / "study.qualcode")
    with running(Path(path)) as app:
        yield app


def ask(app: App, page: Page) -> None:
    """Open the coding page of a window in which nobody was chosen."""
    app.go(page, "coding")
    expect(page.get_by_role("heading", name="Who is coding?")).to_be_visible()
    drawn(page)


def choose(page: Page, name: str) -> None:
    """Click a coder in the question of the page."""
    page.locator(f".st-key-coder-{name} button").click()


def expect_coder(page: Page, name: str) -> None:
    """Expect the coder in the header of the page, and on the coding screen."""
    expect(page.locator(".st-key-bar-coder button").first).to_contain_text(name)
    expect(page.locator(".qc-total")).to_contain_text(f"coding as {name}")


def test_of_two_windows_that_ask_each_gets_the_coder_that_was_clicked(
    asking_app: App, context: BrowserContext
) -> None:
    first, second = context.new_page(), context.new_page()
    ask(asking_app, first)
    ask(asking_app, second)
    choose(first, "bram")
    expect_coder(first, "bram")
    choose(second, "anna")
    expect_coder(second, "anna")
    # A third window asks, whoever was chosen last.
    ask(asking_app, context.new_page())
    for page, name in ((first, "bram"), (second, "anna")):
        page.reload()
        expect_coder(page, name)


def test_a_colleague_who_is_added_does_not_take_over_the_window(
    asking_app: App, page: Page
) -> None:
    ask(asking_app, page)
    choose(page, "anna")
    page.get_by_role("link", name="Project").click()
    page.get_by_role("tab", name="Coders and rounds").click()
    page.get_by_label("Another coder").fill("carla")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".st-key-be-carla")).to_be_visible()
    page.get_by_role("link", name="Coding").click()
    expect_coder(page, "anna")
    with Project.open(asking_app.path) as project:
        assert "carla" in project.rounds.coders()


def test_the_coder_is_switched_in_the_header_of_every_page(asking_app: App, page: Page) -> None:
    ask(asking_app, page)
    choose(page, "anna")
    colors = set()
    for place in ("Codebook", "Quotes", "Agreement"):
        page.get_by_role("link", name=place).click()
        header = page.locator(".st-key-bar-coder button").first
        name = "anna" if place == "Quotes" else "bram"
        header.click()
        page.locator(f".st-key-bar-coder-{name} button").click()
        expect(header).to_contain_text(name)
        badge = "element => getComputedStyle(element, '::before').backgroundColor"
        colors.add((name, header.evaluate(badge)))
        page.keyboard.press("Escape")
    assert len(colors) == len({color for _name, color in colors}) == 2


def test_the_name_of_a_project_that_is_closed_elsewhere_stays_open_here(
    own_app: App, context: BrowserContext
) -> None:
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        own_app.code(page)
    first.get_by_role("link", name="Project").click()
    first.get_by_role("button", name="Other project").click()
    expect(first.get_by_role("button", name="Open the demo")).to_be_visible()
    second.get_by_role("link", name="Codebook").click()
    expect(second.get_by_text("Pick a code")).to_be_visible()
    second.reload()
    expect(second.get_by_text("Pick a code")).to_be_visible()


def test_a_window_that_is_loaded_again_shows_the_same_interview(own_app: App, page: Page) -> None:
    own_app.code(page)
    page.locator("select.qc-title").select_option("G04")
    expect(page.locator("select.qc-title")).to_have_value("G04")
    drawn(page)
    page.reload()
    expect(page.locator("select.qc-title")).to_have_value("G04")
    # Names of people and interviews stay out of the history of the browser.
    assert "G04" not in page.url
    assert "anna" not in page.url


def test_the_tab_says_page_and_study_and_the_language_of_the_page(own_app: App, page: Page) -> None:
    own_app.go(page, "codebook")
    expect(page).to_have_title("Codebook · Proef · qualcode")
