"""Undo on the coding page is the project's: per coder and transcript, also after a reload."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from apart import give, make_project
from qualcode.errors import UndefinedRequestError
from qualcode.model import MemoTarget
from qualcode.project import Edit, EditKind, Project

ID = "0123456789abcdef0123456789abcdef"
OTHER_ID = "fedcba9876543210fedcba9876543210"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_project(tmp_path), as_coder="anna") as opened:
        yield opened


def add(project: Project, number: int, coding: str, transcript: str = "A1") -> Edit:
    joy = project.codebook.get().code("motives/joy").id
    return Edit(number, EditKind.ADD, transcript, id=coding, code=joy, start=25, end=29)


def undo(number: int, transcript: str = "A1") -> Edit:
    return Edit(number, EditKind.UNDO, transcript)


def redo(number: int, transcript: str = "A1") -> Edit:
    return Edit(number, EditKind.REDO, transcript)


def ids(project: Project) -> list[str]:
    return [coding.id for coding in project.codings.collect()]


def test_an_undo_takes_the_step_back_and_redo_gives_the_same_coding(project: Project) -> None:
    assert project.codings.apply_edits("page", [add(project, 1, ID)]) == ()
    assert project.codings.apply_edits("page", [undo(2)]) == ()
    assert ids(project) == []
    assert project.codings.apply_edits("page", [redo(3)]) == ()
    assert ids(project) == [ID]
    assert [event.action for event in project.history.events()[-2:]] == ["undo", "redo"]


def test_a_page_that_was_opened_anew_undoes_what_another_one_did(project: Project) -> None:
    project.codings.apply_edits("page", [add(project, 1, ID)])
    assert project.history.can_undo("A1")
    project.codings.apply_edits("page after the reload", [undo(1)])
    assert ids(project) == []
    assert not project.history.can_undo("A1")
    assert project.history.can_redo("A1")


def test_an_undo_that_is_sent_twice_is_done_once(project: Project) -> None:
    edits = [add(project, 1, ID), add(project, 2, OTHER_ID, "A2"), undo(3, "A2")]
    project.codings.apply_edits("page", edits)
    project.codings.apply_edits("page", [*edits, undo(4)])
    project.codings.apply_edits("page", edits)
    assert ids(project) == []
    assert project.codings.latest_edits(["page"]) == {"page": 4}


def test_the_last_step_on_this_transcript_is_undone_not_the_last_of_all(project: Project) -> None:
    give(project, "A1", "Het is leuk hoor", "joy", "anna")
    give(project, "A2", "Om wakker te blijven", "energy", "anna")
    project.codebook.rename("motives/boredom", "dullness")
    project.codings.apply_edits("page", [undo(1)])
    assert [coding.transcript for coding in project.codings.collect()] == ["A2"]
    assert "motives/dullness" in project.codebook.get()


def test_memos_on_turns_and_on_codings_belong_to_the_transcript(project: Project) -> None:
    coding = give(project, "A1", "Het is leuk hoor", "joy", "anna")
    project.codings.add_memo(MemoTarget.CODING, coding, "een")
    project.codings.add_memo(MemoTarget.TURN, "A1#2", "twee")
    project.codings.add_memo(MemoTarget.CODE, "motives/joy", "drie")
    project.codings.apply_edits("page", [undo(1), undo(2)])
    assert [memo.text for memo in project.codings.collect_memos()] == ["drie"]


def test_steps_of_another_coder_are_left_alone(project: Project) -> None:
    give(project.acting_as("bram"), "A1", "Het is leuk hoor", "joy", "bram")
    assert not project.history.can_undo("A1")
    refused = project.codings.apply_edits("page", [undo(1)])
    assert [reason for _, reason in refused] == ["There is nothing to undo for 'anna'."]
    assert len(project.codings.collect()) == 1
    assert project.codings.latest_edits(["page"]) == {"page": 1}


def test_what_was_handed_in_stays(project: Project) -> None:
    project.rounds.create("een", coders=("anna",), blind=False)
    give(project, "A1", "Het is leuk hoor", "joy", "anna")
    project.rounds.hand_in("een")
    refused = project.codings.apply_edits("page", [undo(1)])
    assert "handed in" in refused[0][1]
    assert len(project.codings.collect()) == 1


def test_nothing_to_redo_is_said(project: Project) -> None:
    with pytest.raises(UndefinedRequestError, match="nothing to redo"):
        project.history.redo("A1")
