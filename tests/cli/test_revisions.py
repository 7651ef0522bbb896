"""The commands that change an interview later, each asked about before something is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.project import Project
from two_coder_study import TEXTS, give, make_project, write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(tmp_path)
    with Project.open(make_project(tmp_path)) as project:
        project.rounds.add_coder("anna")
        give(project, "A1", "Het is leuk hoor", "joy", "anna")
        give(project, "A1", "Anders is het saai", "boredom", "anna")
    corrected = (
        TEXTS["A1"].replace("leuk hoor", "leuk, hoor").replace("R: Anders is het saai.\n", "")
    )
    (tmp_path / "A1.txt").write_text(corrected, encoding="utf-8")
    return tmp_path


def test_a_text_is_replaced_after_a_question_that_says_what_is_lost(folder: Path) -> None:
    asked = qualcode("transcript", "replace", "A1.txt", folder=folder)
    assert asked.code == 1
    assert "1 coding will cover other words, and 1 coding will be deleted" in asked.err
    done = qualcode("transcript", "replace", "A1.txt", "--force", folder=folder)
    assert done.code == 0, done.err
    assert "Het is leuk, hoor" in done.out
    assert "deleted" in done.out
    assert "1 coding waits to be confirmed" in qualcode("check", folder=folder).err
    waiting = qualcode("transcript", "confirm", "--json", folder=folder).json
    assert [item["after"] for item in waiting] == ["Het is leuk, hoor"]
    assert qualcode("transcript", "confirm", "--all", folder=folder).code == 0
    assert "No coding waits" in qualcode("transcript", "confirm", folder=folder).err
    history = qualcode("history", folder=folder).out
    assert "corrected the text of A1" in history
    assert "confirmed codings after a correction" in history


def test_the_same_text_again_is_refused(folder: Path) -> None:
    again = qualcode("transcript", "replace", "interviews/A1.txt", "--force", folder=folder)
    assert (again.code, "Nothing is to be replaced" in again.err) == (1, True)


def test_earlier_texts_are_listed_written_and_removed(folder: Path) -> None:
    assert "has no earlier text" in qualcode("transcript", "versions", "A1", folder=folder).err
    qualcode("transcript", "replace", "A1.txt", "--force", folder=folder)
    assert "A1.txt" in qualcode("transcript", "versions", "A1", folder=folder).out
    qualcode("transcript", "versions", "A1", "--out", "old.txt", folder=folder)
    assert (folder / "old.txt").read_text(encoding="utf-8") == TEXTS["A1"]
    wrong = qualcode(
        "transcript", "versions", "A1", "--number", "7", "--out", "x.txt", folder=folder
    )
    assert (wrong.code, "no earlier text 7" in wrong.err) == (1, True)
    assert qualcode("transcript", "versions", "A1", "--remove", folder=folder).code == 1
    assert qualcode("transcript", "versions", "A1", "--remove", "--force", folder=folder).code == 0
    assert "has no earlier text" in qualcode("transcript", "versions", "A1", folder=folder).err


def test_a_new_name_must_be_free(folder: Path) -> None:
    assert qualcode("transcript", "rename", "A1", "Gesprek 1", folder=folder).code == 0
    taken = qualcode("transcript", "rename", "Gesprek 1", "A2", folder=folder)
    assert (taken.code, "of that name already" in taken.err) == (1, True)
    unknown = qualcode("transcript", "rename", "A1", "B1", folder=folder)
    assert (unknown.code, "A1" in unknown.err) == (1, True)
    assert "renamed an interview: Gesprek 1" in qualcode("history", folder=folder).out
    assert qualcode("check", folder=folder).code == 0


def test_an_interview_is_removed_after_a_question_that_says_what_goes(folder: Path) -> None:
    asked = qualcode("transcript", "remove", "A1", folder=folder)
    assert (asked.code, "with 2 codings" in asked.err) == (1, True)
    assert qualcode("transcript", "remove", "A1", "--force", folder=folder).code == 0
    gone = qualcode("transcript", "remove", "A1", "--force", folder=folder)
    assert (gone.code, "A1" in gone.err) == (1, True)
    assert b"leuk hoor" not in (folder / "study.qualcode").read_bytes()
    assert qualcode("check", folder=folder).code == 0
