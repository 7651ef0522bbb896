"""A study in a running app, and a browser to work in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from streamlit.testing.v1 import AppTest

from app_in_process import opened
from app_process import App, new_context, running
from qualcode import study
from qualcode.project import Project

REQUIRED = "QUALCODE_REQUIRE_BROWSER"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program, or a skip that says that there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"there is no chromium, and {REQUIRED} asks for it")
    pytest.skip("no chromium on this machine")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield one
        one.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window of its own for each test."""
    one = new_context(browser, viewport={"width": 1440, "height": 900}, locale="en-US")
    yield one
    one.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab; the test fails where the page throws."""
    return context.new_page()


@pytest.fixture(scope="session")
def small_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two interviews of the sample study, coded by anna and bram."""
    path = tmp_path_factory.mktemp("study") / "study.qualcode"
    with Project.create(path, name="Proef") as project:
        project.codebook.read(study.codebook())
        wanted = [one for one in study.transcripts() if one.stem in {"G01", "G04"}]
        for result in project.transcripts.read_files(wanted):
            assert result.read is not None
            text = result.read.transcript
            project.transcripts.set_roles(text.name, {one.label: one.role for one in text.speakers})
        project.cases.read(study.cases())
        for guide in study.guides():
            project.transcripts.read_guide(guide)
        for _ in project.transcripts.segment():
            pass
        for table in study.codings():
            project.codings.read_table(table, partial=True)
    return path


@pytest.fixture(scope="session")
def shared_app(small_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app for tests that look and change nothing of weight; anna is coding."""
    path = shutil.copy(small_study, tmp_path_factory.mktemp("shared") / "study.qualcode")
    with running(Path(path), "--coder", "anna") as app:
        yield app


@pytest.fixture
def own_app(small_study: Path, tmp_path: Path) -> Iterator[App]:
    """An app for one test only; anna is coding."""
    path = shutil.copy(small_study, tmp_path / "study.qualcode")
    with running(Path(path), "--coder", "anna") as app:
        yield app


@pytest.fixture
def pages(
    small_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[AppTest, Path]]:
    """The pages on a study of one's own, in this process, and its file; anna is coding."""
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    with opened(path, monkeypatch) as app:
        yield app, path
