"""The page Interviews and participants: each thing behind one question that says what is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, show
from qualcode.project import Project
from two_coder_study import TEXTS, give, make_project, write_files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_files(tmp_path)
    path = make_project(tmp_path)
    with Project.open(path) as project:
        project.rounds.add_coder("anna")
        give(project, "A1", "Het is leuk hoor", "joy", "anna")
        corrected = tmp_path / "A1.txt"
        corrected.write_text(TEXTS["A1"].replace("leuk hoor", "leuk, hoor"), encoding="utf-8")
        project.acting_as("anna").transcripts.revisions.correct(corrected)
    return path


@pytest.fixture
def app(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    with opened(path, monkeypatch) as app:
        yield show(app, "transcripts")


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [button for button in app.button if button.label == label]
    button.click().run()
    assert not app.exception, app.exception
    return app


def test_a_participant_is_erased_and_the_receipt_says_what_went(app: AppTest, path: Path) -> None:
    (people,) = [box for box in app.selectbox if box.key == "withdrawing"]
    assert people.options == ["P1", "P2", "P3"]
    people.select("P2").run()
    assert "the interview A2, as a whole" in said(app)
    press(app, "Yes, erase this participant")
    assert "A participant withdrew" in said(app)
    assert "none is left" in said(app)
    assert "wakker te blijven" not in said(app)
    with Project.open(path) as project:
        assert [case.name for case in project.cases.collect()] == ["P1", "P3"]
        assert project.history.check() == ()
    assert b"wakker te blijven" not in path.read_bytes()
    press(app, "Done")
    assert "A participant withdrew" not in said(app)


def test_changed_codings_are_confirmed(app: AppTest, path: Path) -> None:
    assert "1 coding covers other words since the text was corrected." in said(app)
    press(app, "They still hold: confirm all")
    assert "covers other words" not in said(app)
    press(app, "Yes, remove them")
    with Project.open(path) as project:
        assert project.transcripts.revisions.versions("A1") == ()


def test_an_interview_is_renamed_and_removed(app: AppTest, path: Path) -> None:
    (field,) = [field for field in app.text_input if field.label == "Name"]
    field.input("A2")
    press(app, "Rename")
    assert "of that name already" in "".join(error.value for error in app.error)
    (field,) = [field for field in app.text_input if field.label == "Name"]
    field.input("Gesprek 1")
    press(app, "Rename")
    (chosen,) = [box for box in app.selectbox if box.key == "managed-interview"]
    chosen.select("Gesprek 1").run()
    assert "the text of Gesprek 1, its file" in said(app)
    press(app, "Yes, remove it")
    with Project.open(path) as project:
        assert [text.name for text in project.transcripts.collect()] == ["A2", "A3"]
        assert project.codings.collect() == ()
