"""No edit is lost, whatever happens to server, network, disk or page; none is kept in silence."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app_coding_screen import code_turns, stored, until, watched
from app_conditions import drawn
from app_process import App, Link, address, new_context

PROCESS_IS_GONE = 5


def saved(page: Page, seconds: float = 30) -> None:
    """Wait until the screen says that everything is stored."""
    text = page.locator(".qc-saved")
    expect(text).to_have_text("All changes saved", timeout=seconds * 1000)


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
    # Nothing of before lets the browser in; the program opens its new address there.
    own_app.go(page.context.new_page())
    # The new server has a new session, which does not call back for what arrives first.
    until(own_app, before + 3)
    saved(page)


@pytest.fixture
def link(shared_app: App) -> Iterator[Link]:
    """The network between browser and app, which a test may cut."""
    with closing(Link(shared_app.port)) as one:
        yield one


def test_edits_made_on_a_sleeping_laptop_arrive_when_it_wakes(
    shared_app: App, link: Link, page: Page
) -> None:
    page.goto(address(link.port, "coding"))
    page.locator(".qc-row").first.wait_for()
    saved(page)
    before = len(stored(shared_app))
    link.cut()
    code_turns(page, "1", "2", first=30)
    tab = page.context.new_cdp_session(page)
    tab.send("Page.setWebLifecycleState", {"state": "frozen"})
    assert len(stored(shared_app)) == before
    tab.send("Page.setWebLifecycleState", {"state": "active"})
    link.mend()
    until(shared_app, before + 2)
    saved(page)


def test_an_edit_is_not_lost_when_the_page_changes_in_the_same_moment(
    shared_app: App, page: Page
) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    link = page.get_by_role("link", name="Codebook")
    # The bar has its last place when it shows who codes.
    expect(page.get_by_role("button", name="anna")).to_be_visible()
    code_turns(page, "1", "2", "3", first=7)
    box = link.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".qt-row").first).to_be_visible()
    until(shared_app, before + 3)


def test_an_edit_five_milliseconds_before_the_page_changes_is_stored(
    shared_app: App, page: Page
) -> None:
    shared_app.code(page)
    before = len(stored(shared_app))
    code_turns(page, first=40)
    page.keyboard.press("Space")
    page.evaluate(
        """() => {
          const press = new KeyboardEvent('keydown', { key: '4', bubbles: true });
          document.querySelector('.qc-scroll').dispatchEvent(press);
          setTimeout(() => document.querySelector("a[href$='codebook']").click(), 5);
        }"""
    )
    expect(page.locator(".qt-row").first).to_be_visible()
    until(shared_app, before + 1)


def test_two_tabs_of_one_coder_lose_nothing_and_double_nothing(
    shared_app: App, context: BrowserContext
) -> None:
    one, two = shared_app.code(context.new_page()), shared_app.code(context.new_page())
    before = len(stored(shared_app))
    code_turns(one, "1", "2", first=14)
    code_turns(two, "4", "5", first=19)
    until(shared_app, before + 4)
    for page in (one, two):
        saved(page)
    one.reload()
    expect(one.locator(".qc-total")).to_contain_text(f"{before + 4} codings")


def become(page: Page, coder: str) -> None:
    """Code in this window as somebody else."""
    page.get_by_role("link", name="Project").click()
    page.get_by_role("tab", name="Coders and rounds").click()
    page.get_by_role("button", name=coder, exact=True).click()
    chosen = page.locator("[data-testid=stBaseButton-primary]", has_text=coder)
    expect(chosen).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Coding").click()
    expect(page.locator(".qc-total")).to_contain_text(f"coding as {coder}")


@contextmanager
def windows(browser: Browser, app: App, *coders: str) -> Iterator[list[tuple[Page, list[str]]]]:
    """A browser of its own for each coder, on the coding screen; and what it has received."""
    contexts = [new_context(browser, locale="en-US") for _ in coders]
    opened = []
    for coder, context in zip(coders, contexts, strict=True):
        page = context.new_page()
        received = watched(page)
        app.code(page)
        if coder != "anna":
            become(page, coder)
            # Until then this window was anna's.
            received.clear()
        page.locator(".qc-scroll").focus()
        opened.append((page, received))
    yield opened
    for context in contexts:
        context.close()


def test_two_coders_at_the_same_time_lose_nothing_and_see_nothing_of_each_other(
    own_app: App, browser: Browser
) -> None:
    with own_app.project() as project:
        project.acting_as("anna").rounds.create("Ronde 1", coders=["anna", "bram"], blind=True)
    before = {name: len(stored(own_app, name)) for name in ("anna", "bram")}
    with windows(browser, own_app, "anna", "bram") as opened:
        for key in "123456":
            for page, _ in opened:
                page.keyboard.press("j")
                page.keyboard.press("Space")
                page.keyboard.press(key)
        for page, _ in opened:
            saved(page)
        received = ["\n".join(sent) for _, sent in opened]
    after = {name: {one.id for one in stored(own_app, name)} for name in before}
    counts = {name: len(ids) for name, ids in after.items()}
    assert counts == {name: count + 6 for name, count in before.items()}
    assert all(one in received[1] for one in after["bram"])
    assert not [one for one in after["bram"] if one in received[0]]
    assert not [one for one in after["anna"] if one in received[1]]


def test_an_edit_that_is_refused_says_why_and_holds_up_no_other(
    shared_app: App, page: Page
) -> None:
    shared_app.code(page)
    before = stored(shared_app)
    # One that is on screen: others are further down, or folded.
    chip = page.locator(".qc-chip[data-id]").first
    coding_id = chip.get_attribute("data-id") or ""
    assert coding_id in {coding.id for coding in before}
    # Chosen and drawn before it is withdrawn: a page that is being drawn learns of that.
    chip.click()
    drawn(page)
    with shared_app.project() as project:
        project.acting_as("anna").codings.withdraw([coding_id])
    page.keyboard.press("Delete")
    expect(page.locator(".qc-saved")).to_have_text("Not saved")
    expect(page.get_by_role("alert")).to_contain_text(coding_id)
    code_turns(page, "2", first=24)
    until(shared_app, len(before))
    page.get_by_role("button", name="Close").click()
    saved(page)


def refuses(page: Page, app: App, why: str) -> Callable[[], None]:
    """Make an edit that cannot be stored; return a check that it is there in the end."""
    before = len(stored(app))
    code_turns(page, "1")
    expect(page.locator(".qc-saved")).to_have_text("Not saved", timeout=30_000)
    expect(page.get_by_role("alert")).to_contain_text(why)
    assert len(stored(app)) == before

    def arrives() -> None:
        until(app, before + 1)
        saved(page)
        expect(page.get_by_role("alert")).not_to_be_visible()

    return arrives


def test_a_locked_project_file_is_told_and_the_edit_kept_until_it_can_be_stored(
    own_app: App, page: Page
) -> None:
    own_app.code(page)
    with closing(sqlite3.connect(own_app.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        arrives = refuses(page, own_app, "is locked by another program")
        other.execute("ROLLBACK")
    arrives()


def test_a_full_disk_is_told_and_the_edit_kept_until_there_is_room(
    own_app: App, page: Page
) -> None:
    own_app.code(page)
    process = own_app.process.pid
    roomy = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (1, roomy[1]))
    try:
        arrives = refuses(page, own_app, "The project was not changed")
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, roomy)
    arrives()
