"""A damaged project in the app: back to a checked backup, or all that is whole in a new file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from qualcode.app.pages.project import backups
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, settled, show
from qualcode.project import PackageMerge, Project, back_up_before, back_up_daily
from qualcode.translation import translator
from two_coder_study import give, make_project


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one coding, and a backup from before it."""
    monkeypatch.setenv("QUALCODE_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "study"
    folder.mkdir()
    path = make_project(folder)
    with Project.open(path) as project:
        project.rounds.add_coder("anna")
        assert back_up_daily(project) is not None
        give(project, "A1", "Het is leuk", "joy", "anna")
    return path


@pytest.fixture
def damaged(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app, started on the project when its first page is gone."""
    data = path.read_bytes()
    path.write_bytes(bytes(4096) + data[4096:])
    with opened(path, monkeypatch) as app:
        app.run()
        yield app


def button(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click()
    settled(app)


def test_a_damaged_project_goes_back_to_a_backup(damaged: AppTest, path: Path) -> None:
    before = path.read_bytes()
    assert "is damaged. Keep it as it is" in "\n".join(one.value for one in damaged.error)
    choice = next(one for one in damaged.selectbox if one.label == "Backup")
    choice.select_index(0)
    settled(damaged)
    assert "- 3 interviews" in said(damaged)
    button(damaged, "Restore and open")
    (restored,) = (file for file in path.parent.glob("*.qualcode") if file != path)
    assert damaged.session_state["project"] == str(restored)
    with Project.open(restored) as project:
        assert len(project.transcripts.collect()) == 3
        assert project.codings.collect() == ()
    assert path.read_bytes() == before


def open_by_path(app: AppTest, path: Path) -> None:
    field = next(one for one in app.text_input if one.label == "Path of a .qualcode file")
    field.set_value(str(path))
    button(app, "Open")


def test_another_file_that_cannot_be_opened_says_why_beside_it(
    damaged: AppTest, path: Path
) -> None:
    open_by_path(damaged, path.with_name("nergens.qualcode"))
    errors = "\n".join(one.value for one in damaged.error)
    assert "nergens.qualcode" in errors
    assert "study.qualcode` is damaged" in errors


def test_a_sound_project_that_is_opened_instead_ends_it(damaged: AppTest, path: Path) -> None:
    (path.parent / "other").mkdir()
    open_by_path(damaged, make_project(path.parent / "other"))
    damaged.session_state["project"] = ""
    settled(damaged)
    assert "Begin your own" in said(damaged)
    assert not damaged.error


def test_all_that_is_whole_is_saved_and_opened(damaged: AppTest, path: Path) -> None:
    button(damaged, "Save what is whole")
    assert "3 interviews, 1 coding" in "\n".join(one.value for one in damaged.success)
    button(damaged, "Open it there")
    rescued = path.with_stem("study-rescued")
    assert damaged.session_state["project"] == str(rescued)
    with Project.open(rescued, as_coder="anna") as project:
        assert [coding.quote for coding in project.codings.collect()] == ["Het is leuk"]


def test_it_can_be_left_for_now(damaged: AppTest) -> None:
    button(damaged, "Leave it for now")
    assert not damaged.error
    assert "Begin your own" in said(damaged)


def test_one_changed_letter_of_an_interview_leads_there_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = path.read_bytes()
    assert b"Het is leuk" in data
    path.write_bytes(data.replace(b"Het is leuk", b"Het is leuc"))
    with opened(path, monkeypatch) as app:
        settled(app)
        assert any(one.label == "Save what is whole" for one in app.button)


def test_a_sound_project_goes_back_with_a_look_at_what_would_be_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(path) as project:
        assert back_up_before(project, "names") is not None
        give(project, "A2", "wakker", "energy", "anna")
    with opened(path, monkeypatch) as app:
        show(app, "project")
        choice = next(one for one in app.selectbox if one.label == "Backup")
        assert "before names were replaced" in choice.options[0]
        choice.select_index(0)
        settled(app)
        assert "1 coding that it does not have" in said(app)


def test_the_work_in_a_conflict_copy_is_added(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Path(shutil.copy(path, path.with_name("study (conflicted copy).qualcode")))
    with Project.open(copy) as project:
        give(project, "A2", "wakker", "energy", "anna")
    with opened(path, monkeypatch) as app:
        show(app, "project")
        assert "study (conflicted copy).qualcode" in said(app)
        button(app, "Add the work in it")
    with Project.open(path, as_coder="anna") as project:
        assert {coding.quote for coding in project.codings.collect()} == {"Het is leuk", "wakker"}


@pytest.mark.parametrize(
    ("added", "words"),
    [
        ((2, 1), "3 codings added"),
        ((None, 1), "Added"),
        ((None,), "Added"),
        ((), "0 codings added"),
    ],
)
def test_a_blind_round_tells_no_number_of_what_was_added(
    monkeypatch: pytest.MonkeyPatch, added: tuple[int | None, ...], words: str
) -> None:
    monkeypatch.setattr(backups.session, "words", lambda: translator("en"))
    merges = [PackageMerge("bram", count, None, None, None, ()) for count in added]
    assert backups._added(merges) == words
