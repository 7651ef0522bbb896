"""Codes by typing: in the tree, after a selection, and without a codebook; chips fold."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from app_conditions import drawn, until
from app_process import App, running
from qualcode import study
from qualcode.project import Project


def saved(page: Page) -> None:
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")


def drag(page: Page, turn: int) -> None:
    """Select the first words of a turn with the mouse."""
    words = page.locator(".qc-said p").nth(turn)
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 12, steps=4)
    page.mouse.up()
    expect(page.locator(".qc-finder")).to_be_visible()


def test_after_a_mouse_selection_letters_find_a_code(own_app: App, page: Page) -> None:
    own_app.code(page)
    with own_app.project() as project:
        before = len(project.codings.collect(coder="anna"))
    drag(page, 1)
    # Every one of these letters is a command without the list: z would undo.
    page.keyboard.type("zelf")
    expect(page.locator(".qc-finder input")).to_have_value("zelf")
    with own_app.project() as project:
        assert len(project.codings.collect(coder="anna")) == before
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    drag(page, 1)
    page.keyboard.press("Escape")
    # The list is gone, the selection is there: letters are commands again.
    expect(page.locator(".qc-status-main")).to_contain_text("selected")
    page.keyboard.press("m")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_codes_are_typed_in_a_row_of_the_tree(own_app: App, page: Page) -> None:
    own_app.go(page, "codebook")
    field = page.locator(".qt-new input")
    field.click()
    page.keyboard.type("Werk en vrije tijd")
    page.keyboard.press("Enter")
    page.keyboard.type("Reizen")
    page.keyboard.press("Tab")
    page.keyboard.type("Files 😅")
    page.keyboard.press("Enter")
    page.keyboard.type("Trein")
    page.keyboard.press("Enter")
    for name in ("Werk en vrije tijd", "Reizen", "Files 😅", "Trein"):
        expect(page.locator(".qt-name", has_text=name)).to_be_visible()

    def stored() -> bool:
        with own_app.project() as project:
            return "reizen/trein" in project.codebook.get().paths

    until(page, stored)
    with own_app.project() as project:
        codes = {code.path: code for code in project.codebook.get().codes}
    assert {"werk_en_vrije_tijd", "reizen", "reizen/files", "reizen/trein"} <= set(codes)
    colors = [codes[path].color for path in ("reizen", "reizen/files", "reizen/trein")]
    assert len({*colors, codes["werk_en_vrije_tijd"].color}) == 4
    # Who is at the end can leave the tree by Tab.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(field).not_to_be_focused()


def test_coding_begins_without_a_codebook(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    with Project.create(path, name="Leeg", as_coder="anna") as project:
        project.rounds.add_coder("anna")
        list(project.transcripts.read_files(study.transcripts()[:1]))
    with running(path, "--coder", "anna") as app:
        app.go(page, "coding")
        page.get_by_role("button", name="Begin with words of respondents").click()
        expect(page.locator(".qc-saved")).to_have_text("All changes saved", timeout=30_000)
        page.locator(".qc-scroll").focus()
        page.keyboard.press("j")
        page.keyboard.press("Space")
        page.keyboard.press("i")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        dialog.locator("input").first.fill("in eigen woorden")
        page.keyboard.press("Enter")
        saved(page)
        with app.project() as project:
            (coding,) = project.codings.collect()
            assert coding.code.endswith("in_eigen_woorden")


def test_many_codes_on_a_short_turn_fold_into_one_chip(own_app: App, page: Page) -> None:
    own_app.code(page)
    page.locator(".qc-scroll").focus()
    # To a short answer; the keys then all code the same turn.
    page.keyboard.press("j")
    page.keyboard.press("Space")
    for key in "123456":
        page.keyboard.press(key)
    saved(page)
    more = page.locator(".qc-row").nth(1).locator(".qc-more")
    expect(more).to_be_visible()
    row = page.locator(".qc-row").nth(1)
    before = row.bounding_box()
    more.click()
    drawn(page)
    after = row.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]
    expect(row.locator(".qc-more")).to_have_count(0)
