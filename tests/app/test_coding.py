"""Coding in the browser: what is painted, what is stored, and that no edit is ever lost."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app_running import App
from qualcode.model import Coding

PROCESS_IS_GONE = 5


def stored(app: App, coder: str = "anna", transcript: str = "G01") -> list[Coding]:
    """Return the codings that the project file holds now."""
    with app.project() as project:
        return list(project.collect_codings(transcript=transcript, coder=coder))


def until(app: App, count: int) -> list[Coding]:
    """Wait until the project file holds so many codings of anna."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        found = stored(app)
        if len(found) == count:
            return found
        time.sleep(0.1)
    pytest.fail(f"{len(stored(app))} codings are stored, not {count}")


def drag(page: Page, row: int, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Select text in a row with the mouse, from one place in it to another."""
    box = page.locator(f".qc-row[data-row='{row}'] p").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + start[0], box["y"] + start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=4)
    page.mouse.up()
    expect(page.locator(".qc-finder")).to_be_visible()


def code_turns(page: Page, *keys: str, first: int = 1) -> None:
    """Select turn after turn by keyboard, and give each a code by its number."""
    page.locator(".qc-scroll").focus()
    for _ in range(first):
        page.keyboard.press("j")
    for key in keys:
        page.keyboard.press("j")
        page.keyboard.press("Space")
        page.keyboard.press(key)


def test_a_passage_selected_with_the_mouse_gets_the_code_of_a_number(
    shared_app: App, page: Page
) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    drag(page, 1, (2, 12), (60, 12))
    page.keyboard.press("1")
    expect(page.locator(".qc-total")).to_contain_text(f"{before + 1} codings")
    made = {one.id: one for one in until(shared_app, before + 1)}
    newest = max(made.values(), key=lambda one: one.created_at or 0)
    assert newest.quote == "Ja, prima"
    assert newest.origin == "manual"
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")


def test_the_same_code_again_takes_it_away_and_undo_brings_it_back(
    shared_app: App, page: Page
) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    code_turns(page, "3")
    until(shared_app, before + 1)
    page.keyboard.press("3")
    until(shared_app, before)
    page.keyboard.press("z")
    until(shared_app, before + 1)
    page.keyboard.press("z")
    until(shared_app, before)
    page.keyboard.press("Shift+Z")
    until(shared_app, before + 1)


def test_a_code_is_found_by_typing(shared_app: App, page: Page) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    page.locator(".qc-scroll").focus()
    for key in ("j", "j", "j", "j", "Space", "Shift+ArrowLeft", "c"):
        page.keyboard.press(key)
    page.keyboard.type("bored")
    page.keyboard.press("Enter")
    found = until(shared_app, before + 1)
    assert "motives/boredom" in {one.code for one in found}


def test_a_coding_gets_other_boundaries_another_code_and_a_memo(
    shared_app: App, page: Page
) -> None:
    shared_app.code(page)
    before = stored(shared_app)
    first = before[0]
    page.locator(f".qc-chip[data-id='{first.id}']").first.click()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    shorter = next(one for one in stored(shared_app) if one.span.start == first.span.start)
    assert shorter.span.end < first.span.end
    assert first.quote.startswith(shorter.quote)
    page.keyboard.press("m")
    page.get_by_label("Note").fill("Kijk hier nog eens naar")
    page.get_by_role("button", name="Save memo").click()
    expect(page.locator(".qc-memo", has_text="Kijk hier")).to_be_visible()
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    with shared_app.project() as project:
        (memo,) = (one for one in project.memos() if one.text == "Kijk hier nog eens naar")
    assert memo.target == shorter.id


def test_a_new_code_is_made_from_the_words_of_the_respondent(shared_app: App, page: Page) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    drag(page, 1, (2, 12), (60, 12))
    page.keyboard.press("i")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Ja, prima")
    page.get_by_label("Name", exact=True).fill("Alles prima")
    page.get_by_role("button", name="Make and assign").click()
    found = until(shared_app, before + 1)
    assert any(one.code.endswith("/alles_prima") for one in found)
    expect(page.locator(".qc-chip", has_text="Alles prima")).to_be_visible()


def test_an_edit_is_not_lost_when_the_page_changes_in_the_same_moment(
    shared_app: App, page: Page
) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    link = page.get_by_role("link", name="Codebook")
    box = link.bounding_box()
    assert box is not None
    code_turns(page, "1", "2", "3", first=7)
    page.mouse.click(box["x"] + 20, box["y"] + 12)
    expect(page.locator(".qt-row").first).to_be_visible()
    until(shared_app, before + 3)


def test_edits_made_while_the_server_is_gone_are_stored_once_it_is_back(
    own_app: App, page: Page
) -> None:
    own_app.code(page)
    before = len(stored(own_app))
    own_app.process.kill()
    own_app.process.wait(PROCESS_IS_GONE)
    code_turns(page, "1", "2", "3")
    expect(page.locator(".qc-saved")).to_have_text("Saving…")
    own_app.restart()
    until(own_app, before + 3)
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")


def test_two_tabs_of_one_coder_lose_nothing_and_double_nothing(
    shared_app: App, context: BrowserContext
) -> None:
    one, two = shared_app.code(context.new_page()), shared_app.code(context.new_page())
    before = len(stored(shared_app))
    code_turns(one, "1", "2", first=14)
    code_turns(two, "4", "5", first=19)
    until(shared_app, before + 4)
    for page in (one, two):
        expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    one.reload()
    expect(one.locator(".qc-total")).to_contain_text(f"{before + 4} codings")


def test_sixty_edits_without_a_pause_are_all_stored(shared_app: App, page: Page) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    page.locator(".qc-scroll").focus()
    for _ in range(20):
        for key in ("j", "Space", "7", "8", "9"):
            page.keyboard.press(key)
    shown = page.locator(".qc-total").inner_text()
    count = int(shown.split()[0])
    assert count > before + 30
    until(shared_app, count)
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")


def test_an_edit_that_is_refused_says_why_and_holds_up_no_other(
    shared_app: App, page: Page
) -> None:
    shared_app.code(page)
    before = stored(shared_app)
    with shared_app.project() as project:
        project.withdraw([before[0].id], "anna")
    page.locator(f".qc-chip[data-id='{before[0].id}']").first.click()
    page.keyboard.press("Delete")
    expect(page.locator(".qc-saved")).to_contain_text("Not saved")
    code_turns(page, "2", first=24)
    until(shared_app, len(before))


def watched(page: Page) -> list[str]:
    """Collect what the server sends to a page."""
    sent: list[str] = []

    def listen(socket: Any) -> None:
        def keep(payload: str | bytes) -> None:
            data = payload if isinstance(payload, bytes) else payload.encode()
            sent.append(data.decode("utf-8", "replace"))

        socket.on("framereceived", keep)

    page.on("websocket", listen)
    return sent


def test_in_a_blind_round_nothing_of_the_other_coder_reaches_the_browser(
    own_app: App, page: Page
) -> None:
    other = [*stored(own_app, "bram"), *stored(own_app, "bram", "G04")]
    with own_app.project() as project:
        project.new_round("Ronde 1", coders=["anna", "bram"], blind=True, who="anna")
    memos = {one.memo for one in other if one.memo}
    sent = watched(page)
    own_app.code(page)
    for place in ("Agreement", "Adjudication", "Themes", "Quotes", "Project"):
        page.get_by_role("link", name=place).click()
        page.wait_for_timeout(1200)
    everything = "\n".join(sent)
    assert other[0].transcript in everything
    assert not [one.id for one in other if one.id in everything]
    assert not [memo for memo in memos if memo in everything]
