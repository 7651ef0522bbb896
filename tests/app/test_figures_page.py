"""The page Figures: every figure is drawn, its marks lead to passages, and levels are chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from qualcode.app.pages.figures import page as figures
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, settled, show
from app_process import App
from qualcode.model import Figure, FigureKind
from qualcode.project import Project


@pytest.mark.parametrize("kind", FigureKind)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_figure_is_drawn_or_says_why_not(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch, kind: FigureKind, language: str
) -> None:
    _, path = pages
    with opened(path, monkeypatch, language=language) as app:
        app.session_state["figure-kind"] = kind
        show(app, "figures")
        assert not app.error
        if kind is FigureKind.TIMELINE:
            words = {"nl": "heeft geen tijden", "en": "has no times"}
            assert words[language] in said(app)
        else:
            (text,) = app.text
            assert len(text.value) > 40


def test_levels_are_named_and_kept(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "figures")
    field = next(one for one in app.text_input if "from the person outwards" in one.label)
    assert field.value == "individual, interpersonal, community, society"
    field.set_value("individual, the world")
    next(one for one in app.button if one.label == "Save the levels").click()
    settled(app)
    with Project.open(path) as project:
        assert project.themes.figures.levels().levels == ("individual", "the world")


def test_hidden_counts_close_the_figures_of_single_participants(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.disclosure.hide_counts()
    app.session_state["figure-kind"] = FigureKind.PARTICIPANTS
    show(app, "figures")
    assert "Small counts are hidden" in said(app)
    assert not app.get("download_button")


OUTSIDE = """() => {
  const svg = document.querySelector("svg");
  const paper = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.right > paper.right + 1 || box.left < paper.left - 1;
  }).map((text) => text.textContent);
}"""


@pytest.mark.parametrize("kind", [kind for kind in FigureKind if kind is not FigureKind.TIMELINE])
def test_no_words_of_a_figure_are_cut_off(small_study: Path, page: Page, kind: FigureKind) -> None:
    """Nor where there is no Arial: the letters of DejaVu Sans are a fifth wider."""
    with Project.open(small_study) as project:
        figure = project.themes.figures.draw(
            kind, language="nl", layer="anna", coders=("anna", "bram"), on_screen=True
        )
    svg = figure.svg.decode("utf-8")
    page.set_content(svg.replace("Arial, ", "'DejaVu Sans', "))
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.slow
def test_a_click_on_a_mark_shows_its_passages_and_keys_do_too(shared_app: App, page: Page) -> None:
    shared_app.go(page, "figures")
    marks = page.locator(".qf-mark")
    marks.nth(1).click()
    expect(page.get_by_text("In the text").first).to_be_visible()
    title = marks.nth(2).locator("title").first.text_content() or ""
    marks.nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    # The description of the picture names it too, but is not seen.
    passages = page.get_by_text(title.split(" (")[0]).locator("visible=true")
    expect(passages.first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    assert Path(download.value.path()).read_bytes().startswith(b"<svg")


def test_a_click_is_taken_before_the_figure_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the figure would show the mark that was clicked before."""
    state: dict[str, object] = {"figure": {"pick": {"key": "theme-2", "number": 1}}}
    monkeypatch.setattr(figures.st, "session_state", state)
    figures._take_pick("figure", "picked")
    assert state["picked"] == "theme-2"
    mounted: dict[str, Any] = {}
    monkeypatch.setattr(figures, "mount_figure", lambda _key, _data, **more: mounted.update(more))
    monkeypatch.setattr(figures.session, "language", lambda: "nl")
    figures._mount(Figure(FigureKind.LEVELS, title="", text="", svg=b"", marks=()), [], "", "other")
    state["figure-levels"] = {"pick": {"key": "theme-3", "number": 2}}
    mounted["on_pick_change"]()
    assert state["other"] == "theme-3"
