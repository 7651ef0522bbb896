"""The tree of the codebook: codes moved by mouse and by keyboard, and renamed in place."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from app_process import App


def open_tree(app: App, page: Page) -> None:
    app.go(page, "codebook")
    page.locator(".qt-row").first.wait_for()


def row(page: Page, name: str) -> Locator:
    return page.locator(".qt-row", has=page.get_by_text(name, exact=True))


def order(page: Page) -> list[str]:
    return page.locator(".qt-row .qt-name").all_inner_texts()


def test_a_code_is_moved_and_renamed_by_keyboard(own_app: App, page: Page) -> None:
    open_tree(own_app, page)
    first, second = order(page)[1:3]
    row(page, second).click()
    row(page, second).press("Alt+ArrowUp")
    expect(page.locator(".qt-row .qt-name").nth(1)).to_have_text(second)
    expect(page.locator(".qt-row .qt-name").nth(2)).to_have_text(first)
    row(page, second).press("Enter")
    page.get_by_label("Name of the code").fill("Anders genoemd")
    page.keyboard.press("Enter")
    expect(page.locator("h2", has_text="Anders genoemd")).to_be_visible()
    with own_app.project() as project:
        assert project.codebook.get().codes[1].label["en"] == "Anders genoemd"


def test_a_code_is_dragged_into_another_theme(own_app: App, page: Page) -> None:
    open_tree(own_app, page)
    with own_app.project() as project:
        book = project.codebook.get()
    themes = [one.title("en") for one in book.themes]
    moved = book.children(book.themes[0].path)[0]
    row(page, moved.title("en")).drag_to(row(page, themes[1]))
    expect(page.get_by_text(f"{book.themes[1].path}/{moved.name}")).to_be_visible()
    with own_app.project() as project:
        assert f"{book.themes[1].path}/{moved.name}" in project.codebook.get()
        assert project.history.check() == ()
