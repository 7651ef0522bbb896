"""Coding in the browser: what is painted, and what is stored."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app_coding_screen import code_turns, stored, until, watched
from app_conditions import open_page
from app_process import App


def drag(page: Page, row: int, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Select text in a row with the mouse, from one place in it to another."""
    box = page.locator(f".qc-row[data-row='{row}'] p").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + start[0], box["y"] + start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + end[0], box["y"] + end[1], steps=4)
    page.mouse.up()
    expect(page.locator(".qc-finder")).to_be_visible()


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
        (memo,) = (
            one for one in project.codings.collect_memos() if one.text == "Kijk hier nog eens naar"
        )
    assert memo.target == shorter.id


def test_a_new_code_is_made_from_the_words_of_the_respondent(shared_app: App, page: Page) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    drag(page, 1, (2, 12), (60, 12))
    # Without the list letters are commands; with it they find a code.
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Ja, prima")
    page.get_by_label("Name", exact=True).fill("Alles prima")
    page.get_by_role("button", name="Make and assign").click()
    found = until(shared_app, before + 1)
    assert any(one.code.endswith("/alles_prima") for one in found)
    expect(page.locator(".qc-chip", has_text="Alles prima")).to_be_visible()


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


def test_in_a_blind_round_nothing_of_the_other_coder_reaches_the_browser(
    own_app: App, page: Page
) -> None:
    other = [*stored(own_app, "bram"), *stored(own_app, "bram", "G04")]
    with own_app.project() as project:
        project.acting_as("anna").rounds.create("Ronde 1", coders=["anna", "bram"], blind=True)
    memos = {one.memo for one in other if one.memo}
    sent = watched(page)
    own_app.code(page)
    for place in ("Agreement", "Adjudication", "Themes", "Quotes", "Project"):
        open_page(page, place)
    everything = "\n".join(sent)
    assert other[0].transcript in everything
    assert not [one.id for one in other if one.id in everything]
    assert not [memo for memo in memos if memo in everything]


def actions(app: App) -> list[str]:
    """Return what the history of anna holds, oldest first."""
    with app.project() as project:
        return [event.action for event in project.history.events(coder="anna")]


def test_undo_after_a_reload_takes_back_the_last_step_of_the_project(
    own_app: App, page: Page
) -> None:
    own_app.code(page)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    before = stored(own_app)
    code_turns(page, "3")
    made = {coding.id for coding in until(own_app, len(before) + 1)}
    own_app.code(page)
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_enabled()
    page.locator(".qc-scroll").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".qc-total")).to_contain_text(f"{len(before)} codings")
    assert stored(own_app) == before
    # No coding was withdrawn: the step itself is undone.
    assert actions(own_app)[-2:] == ["coding.add", "undo"]
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Redo", exact=True).click()
    expect(page.locator(".qc-total")).to_contain_text(f"{len(before) + 1} codings")
    assert {coding.id for coding in stored(own_app)} == made


def test_undo_goes_to_the_interview_of_the_step_that_it_takes_back(
    own_app: App, page: Page
) -> None:
    own_app.code(page)
    before = stored(own_app)
    code_turns(page, "3")
    until(own_app, len(before) + 1)
    chooser = page.locator("select.qc-title")
    chooser.select_option("G04")
    expect(page.get_by_role("group", name="Transcript G04")).to_be_visible()
    page.locator(".qc-scroll").focus()
    page.keyboard.press("Control+z")
    expect(page.get_by_role("group", name="Transcript G01")).to_be_visible()
    expect(page.locator(".qc-total")).to_contain_text(f"{len(before)} codings")
    assert stored(own_app) == before


def test_an_undo_made_while_the_server_is_gone_undoes_what_was_made_before_it(
    own_app: App, page: Page
) -> None:
    own_app.code(page)
    before = {coding.id for coding in stored(own_app)}
    own_app.process.kill()
    own_app.process.wait(5)
    code_turns(page, "1", "2")
    page.keyboard.press("z")
    expect(page.locator(".qc-saved")).to_have_text("Saving…")
    own_app.restart()
    own_app.go(page.context.new_page())
    expect(page.locator(".qc-saved")).to_have_text("All changes saved", timeout=60_000)
    new = [coding for coding in stored(own_app) if coding.id not in before]
    assert len(new) == 1
    assert actions(own_app)[-3:] == ["coding.add", "coding.add", "undo"]
    expect(page.locator(".qc-total")).to_contain_text(f"{len(before) + 1} codings")


def test_the_undo_of_an_edit_that_is_refused_undoes_nothing_else(own_app: App, page: Page) -> None:
    own_app.code(page)
    code_turns(page, "1")
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    kept = stored(own_app)
    lost = kept[0]
    with own_app.project() as project:
        project.acting_as("anna").codings.withdraw([lost.id])
    page.locator(f".qc-chip[data-id='{lost.id}']").first.click()
    page.keyboard.press("Delete")
    page.keyboard.press("z")
    expect(page.locator(".qc-saved")).to_have_text("Not saved")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    assert stored(own_app) == kept[1:]
    assert "undo" not in actions(own_app)


def test_a_rejected_suggestion_is_taken_back_before_the_step_that_came_earlier(
    own_app: App, page: Page
) -> None:
    own_app.code(page)
    code_turns(page, "1")
    page.get_by_role("button", name="Suggestions", exact=True).click()
    count = page.locator(".qc-offer-count")
    expect(count).to_be_visible(timeout=90_000)
    total = int(count.inner_text())
    page.locator(".qc-scroll").focus()
    for key in ("n", "x"):
        page.keyboard.press(key)
    expect(count).to_contain_text(f"/ {total - 1}")
    codings = page.locator(".qc-total").inner_text()
    page.keyboard.press("z")
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    expect(count).to_contain_text(str(total))
    assert page.locator(".qc-total").inner_text() == codings


def test_the_reasons_for_a_suggestion_are_in_the_language_of_the_page(
    shared_app: App, page: Page
) -> None:
    shared_app.go(page)
    page.get_by_text("Nederlands").click()
    page.get_by_role("link", name="Coderen").click()
    page.get_by_role("button", name="Suggesties", exact=True).click()
    count = page.locator(".qc-offer-count")
    expect(count).to_be_visible(timeout=90_000)
    page.locator(".qc-scroll").focus()
    reasons = []
    for number in range(1, int(count.inner_text()) + 1):
        page.keyboard.press("n")
        expect(count).to_contain_text(f"{number} /")
        reasons.append(page.locator(".qc-quote").first.inner_text())
    words = " ".join(reasons)
    assert "Lijkt op passages die deze code eerder kregen" in words
    assert "like passages" not in words
