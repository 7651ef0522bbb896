"""The project file is moved, replaced or deleted under the open app: no saved edit is lost."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app_coding_screen import code_turns, until
from app_process import App
from qualcode.project import Project


def count(path: Path) -> int:
    with Project.open(path, as_coder="anna") as project:
        return len(project.codings.collect(transcript="G01", coder="anna"))


def code_one(app: App, page: Page) -> int:
    """Code one turn, and return how many codings are stored then."""
    app.code(page)
    before = count(app.path)
    code_turns(page, "1")
    until(app, before + 1)
    return before + 1


def test_a_renamed_file_is_opened_at_its_new_place_and_the_edit_arrives_there(
    own_app: App, page: Page
) -> None:
    saved = code_one(own_app, page)
    moved = own_app.path.rename(own_app.path.with_name("renamed.qualcode"))
    code_turns(page, "2", first=3)
    expect(page.get_by_text("was moved or renamed to")).to_be_visible()
    assert count(moved) == saved
    page.get_by_role("button", name="Open it there").click()
    own_app.path = moved
    until(own_app, saved + 1)


def test_a_deleted_file_can_be_kept_under_a_new_name(own_app: App, page: Page) -> None:
    saved = code_one(own_app, page)
    own_app.path.unlink()
    code_turns(page, "2", first=3)
    expect(page.get_by_text("was deleted while it was open")).to_be_visible()
    page.get_by_role("button", name="Keep what was saved").click()
    own_app.path = own_app.path.with_stem(f"{own_app.path.stem}-2")
    expect(page.locator(".qc-saved")).to_have_text("All changes saved")
    until(own_app, saved + 1)


def test_a_replaced_file_is_told_and_both_versions_stay(
    own_app: App, page: Page, small_study: Path
) -> None:
    saved = code_one(own_app, page)
    first = saved - 1
    new = Path(shutil.copy(small_study, own_app.path.with_name("new")))
    new.replace(own_app.path)
    code_turns(page, "2", first=3)
    expect(page.get_by_text("was replaced by another file")).to_be_visible()
    assert count(own_app.path) == first
    kept = next(own_app.path.parent.glob("*.kept-*.qualcode"))
    page.get_by_role("button", name="Open it there").click()
    own_app.path = kept
    until(own_app, saved + 1)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_server_that_is_told_to_end_leaves_one_whole_file(
    own_app: App, page: Page, name: str
) -> None:
    saved = code_one(own_app, page)
    own_app.process.send_signal(getattr(signal, name))
    own_app.process.wait(60)
    assert (
        not Path(f"{own_app.path}-wal").exists() or not Path(f"{own_app.path}-wal").stat().st_size
    )
    copy = shutil.copy(own_app.path, own_app.path.with_name("copy"))
    with closing(sqlite3.connect(copy)) as connection:
        query = "SELECT count(*) FROM codings WHERE coder = 'anna' AND transcript_id = 1"
        (stored,) = connection.execute(query).fetchone()
    assert stored == saved
    assert "Traceback" not in (own_app.path.parent / "app.log").read_text()
