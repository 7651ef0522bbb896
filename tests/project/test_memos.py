"""Memos are changed and taken back by who wrote them, and undo brings them back."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ConflictError, InvalidValueError, UnknownNameError
from qualcode.model import MemoTarget
from qualcode.project import Project
from two_coder_study import make_project


@pytest.fixture
def anna(tmp_path: Path) -> Project:
    return Project.open(make_project(tmp_path), as_coder="anna")


def texts(project: Project) -> list[str]:
    return [memo.text for memo in project.codings.collect_memos()]


def test_a_memo_is_changed_in_one_step_and_undone(anna: Project) -> None:
    memo = anna.codings.add_memo(MemoTarget.CODE, "motives/joy", "eerste gedachte 😅")
    new = anna.codings.revise_memo(memo.id, "tweede gedachte")
    assert new is not None
    assert (new.target_kind, new.target, texts(anna)) == (
        MemoTarget.CODE,
        "motives/joy",
        ["tweede gedachte"],
    )
    anna.history.undo()
    assert texts(anna) == ["eerste gedachte 😅"]
    anna.codings.revise_memo(memo.id[:8], "")
    assert texts(anna) == []
    anna.history.undo()
    assert texts(anna) == ["eerste gedachte 😅"]


def test_only_its_author_changes_a_memo(anna: Project) -> None:
    memo = anna.codings.add_memo(MemoTarget.PROJECT, "", "van anna")
    for other in (anna.acting_as("bram"), anna.acting_as("")):
        with pytest.raises(ConflictError, match="anna"):
            other.codings.revise_memo(memo.id, "van bram")
        with pytest.raises(ConflictError, match="anna"):
            other.codings.revise_memo(memo.id, "")
    assert texts(anna) == ["van anna"]


def test_a_memo_that_is_not_there_or_empty_is_refused(anna: Project) -> None:
    memo = anna.codings.add_memo(MemoTarget.PROJECT, "", "een")
    for key in ("", "zzz"):
        with pytest.raises(UnknownNameError):
            anna.codings.revise_memo(key, "")
    with pytest.raises(InvalidValueError):
        anna.codings.revise_memo(memo.id, "  ")
    assert texts(anna) == ["een"]
