"""Pages of a project that has little or nothing in it yet: each says what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_in_process import open_page
from qualcode import study
from qualcode.app import server
from qualcode.project import Project

PAGES = [
    "codebook",
    "coding",
    "suggestions",
    "agreement",
    "adjudication",
    "themes",
    "quotes",
    "names",
]


@pytest.fixture
def open_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app on a new project without a codebook or interviews; anna is coding."""
    path = tmp_path / "leeg.qualcode"
    with Project.create(path, name="Leeg") as project:
        project.rounds.add_coder("anna")
    monkeypatch.setattr(server, "_launched", [server.Launch(str(path), "anna", "nl")])
    st.cache_resource.clear()
    yield AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    st.cache_resource.clear()


def said(app: AppTest) -> str:
    return " ".join(one.value for one in [*app.info, *app.markdown, *app.subheader])


def test_a_new_project_asks_for_interviews(open_app: AppTest) -> None:
    open_app.run()
    assert not open_app.exception
    assert "Sleep de bestanden van je interviews hierheen" in said(open_app)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_an_empty_project_says_what_to_do(open_app: AppTest, page: str) -> None:
    open_app.run()
    open_page(open_app, page).run()
    assert not open_app.exception
    assert not open_app.error
    assert "Er zijn nog geen interviews" in said(open_app) or "geen codeboek" in said(open_app)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_an_uncoded_project_says_what_to_do(
    open_app: AppTest, page: str, tmp_path: Path
) -> None:
    with Project.open(tmp_path / "leeg.qualcode") as project:
        project.codebook.read(study.codebook())
        list(project.transcripts.read_files(list(study.transcripts())[:1]))
    open_app.run()
    open_page(open_app, page).run()
    assert not open_app.exception
    assert not open_app.error
