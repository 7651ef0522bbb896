"""What an open page offers is decided when it is asked for, not when the page was drawn.

Each page is drawn while anna may see the work of bram. Then a blind round begins, in which she may
not: every download of every page is made then, and holds nothing of his, or is refused.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from playwright.sync_api import Page, expect
from qualcode.app.pages.project import backups
from streamlit.testing.v1 import AppTest

from app_in_process import opened, show
from app_process import running, settled
from qualcode.errors import QualcodeError
from qualcode.model import MemoTarget
from qualcode.project import Project
from two_coder_study import SECRET, give, make_project

PAGES = (
    *("project", "transcripts", "codebook", "answers", "agreement", "adjudication"),
    *("themes", "framework", "findings", "typology", "quotes", "figures", "memos", "publication"),
    *("search", "suggestions"),
)
HIS = "Om wakker te blijven"
"""A passage that bram coded and anna did not."""


class Downloads:
    """The downloads that pages offered: what is made when somebody asks, by page and label."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.page = ""
        self.makers: dict[tuple[str, str], Callable[[], bytes]] = {}
        self.made: dict[tuple[str, str], bytes] = {}
        original = st.download_button

        def note(label: str, data: Any = None, *places: Any, **options: Any) -> Any:
            # The same label stands on a page several times, as of each chart.
            key = (self.page, f"{label} {options.get('key', options.get('file_name', places))}")
            if callable(data):
                self.makers[key] = data
            else:
                self.made[key] = data if isinstance(data, bytes) else str(data).encode()
            return original(label, data, *places, **options)

        monkeypatch.setattr(st, "download_button", note)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A study that anna and bram coded in the open."""
    path = make_project(tmp_path)
    with Project.open(path) as project:
        for coder in ("anna", "bram"):
            project.rounds.add_coder(coder)
        for name in ("A1", "A3"):
            give(project, name, "leuk", "joy", "anna")
            give(project, name, "leuk", "joy", "bram")
        give(project, "A2", HIS, "energy", "bram", memo=SECRET)
        give(project, "A2", "leuk is het", "joy", "anna")
        project.acting_as("bram").codings.add_memo(MemoTarget.TRANSCRIPT, "A2", SECRET)
    return path


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Downloads:
    return Downloads(monkeypatch)


@pytest.fixture
def app(path: Path, downloads: Downloads, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """Every page, drawn once."""
    with opened(path, monkeypatch) as app:
        for page in PAGES:
            downloads.page = page
            show(app, page)
        yield app


def begin_blind_round(path: Path) -> None:
    with Project.open(path, as_coder="bram") as project:
        project.rounds.create("blind", coders=["anna", "bram"], blind=True)


def words_of(data: bytes) -> str:
    """Return all text in a file, also in the parts of a zip archive."""
    parts = [data]
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts += [archive.read(name) for name in archive.namelist()]
    return "\n".join(part.decode("utf-8", "replace") for part in parts)


def test_no_download_of_a_page_from_before_a_blind_round_gives_the_work_of_the_other(
    app: AppTest, path: Path, downloads: Downloads
) -> None:
    assert not app.exception
    pages = {page for page, _ in downloads.makers}
    assert {"project", "codebook", "agreement", "themes", "quotes", "memos"} <= pages
    # Before the round, some of them hold his work: else this test could not fail.
    before = [words_of(make()) for key, make in downloads.makers.items() if key[0] == "memos"]
    assert any(SECRET in words for words in before)
    begin_blind_round(path)
    refusals: list[str] = []
    for (page, label), make in downloads.makers.items():
        if label.startswith("Download a backup"):
            # The whole file, which on one's own machine is there for the taking.
            continue
        try:
            words = words_of(make())
        except QualcodeError as error:
            refusals.append(str(error))
            continue
        assert SECRET not in words, (page, label)
        # The project file holds every interview whole, so only his codings may not be in it.
        assert HIS not in words or label.endswith("project.qdpx"), (page, label)
    assert refusals
    # A refusal tells no count of his work either.
    assert not any(sign.isdigit() for text in refusals for sign in text)
    # What was made when a page was drawn has an address of its own, which stays open.
    for key, data in downloads.made.items():
        assert SECRET not in words_of(data), key


def test_where_others_are_served_a_page_from_before_gives_no_copy_of_the_file(
    app: AppTest, path: Path, downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not app.exception
    make = next(
        make for (_page, label), make in downloads.makers.items() if "Download a backup" in label
    )
    begin_blind_round(path)
    monkeypatch.setattr(backups.auth, "serving", object)
    with pytest.raises(QualcodeError, match="A blind round is open"):
        make()


def test_what_is_drawn_after_the_round_began_shows_nothing_of_the_other(
    app: AppTest, path: Path
) -> None:
    begin_blind_round(path)
    for page in PAGES:
        show(app, page)
        shown = "\n".join(str(element) for element in app.main)
        assert SECRET not in shown, page


@pytest.mark.parametrize(
    ("language", "why"),
    [("en", "A round began or ended since"), ("nl", "Er is een ronde begonnen of geëindigd")],
)
def test_a_refused_download_says_why_on_top_of_its_page(
    small_study: Path, tmp_path: Path, page: Page, language: str, why: str
) -> None:
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    with running(path, "--coder", "anna", "--language", language) as app:
        app.go(page, "quotes")
        button = page.get_by_role("button", name="docx", exact=True)
        expect(button).to_be_enabled()
        settled(page)
        begin_blind_round(path)
        button.click()
        expect(page.get_by_role("alert").filter(has_text=why)).to_be_visible()
        expect(page).to_have_url(re.compile("/quotes"))
        if language == "nl":
            expect(page.get_by_text("Failed to generate file")).to_have_count(0)
