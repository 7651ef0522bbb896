"""The Codebook page asks which column is which where a table does not say it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from app_process import App
from qualcode.model import LocalText

PATIENCE = 60_000
"""Milliseconds to draw the page."""


def test_a_column_that_may_hold_the_tree_is_asked_about(
    own_app: App, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "book.csv"
    table.write_text("Kod;Kod wyżej\nPraca;\nZmiana;Praca\n", encoding="utf-8")
    own_app.go(page, "codebook")
    page.set_default_timeout(PATIENCE)
    page.get_by_role("tab", name="Import and export").click()
    page.locator('input[type="file"]').first.set_input_files(str(table))
    button = page.get_by_role("button", name="Import this codebook")
    button.click()
    expect(page.get_by_text("Which column is which?")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("Code above it")).click()
    page.get_by_role("option", name="Kod wyżej", exact=True).click()
    button.click()
    expect(page.get_by_text("Codebook with 2 codes read")).to_be_visible()
    with own_app.project() as stored:
        assert [code.path for code in stored.codebook.get().active] == ["praca", "praca/zmiana"]


def test_a_file_does_not_take_back_unseen_what_a_colleague_changed(
    own_app: App, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "book.yaml"
    with own_app.project() as stored:
        code = stored.codebook.get().codes[0]
        stored.codebook.write(file)
    own_app.go(page, "codebook")
    page.set_default_timeout(PATIENCE)
    page.get_by_role("tab", name="Import and export").click()
    page.locator('input[type="file"]').first.set_input_files(str(file))
    button = page.get_by_role("button", name="Import this codebook")
    expect(button).to_be_visible()
    with own_app.project() as stored:
        text = LocalText.of({**code.definition, "en": "What bram wrote."})
        stored.acting_as("bram").codebook.edit(code.path, definition=text)
        changed = stored.codebook.get()
    button.click()
    expect(page.get_by_text("The codebook was changed since you chose this file")).to_be_visible()
    with own_app.project() as stored:
        assert stored.codebook.get() == changed
    button.click()
    expect(page.get_by_text(re.compile("Codebook with [0-9]+ codes read"))).to_be_visible()
    with own_app.project() as stored:
        assert stored.codebook.get().code(code.path).definition == code.definition


def test_the_page_says_how_many_codes_give_way(own_app: App, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "book.yaml"
    with own_app.project() as stored:
        file.write_text("codes:\n  - name: c\n    label: c\n    definition: d\n", encoding="utf-8")
        count = len(stored.codebook.get().active)
    own_app.go(page, "codebook")
    page.set_default_timeout(PATIENCE)
    page.get_by_role("tab", name="Import and export").click()
    page.locator('input[type="file"]').first.set_input_files(str(file))
    expect(page.get_by_text(f"1 code added, {count} codes retired")).to_be_visible()
