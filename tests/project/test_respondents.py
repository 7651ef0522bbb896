"""Respondents saved as a whole: who is not among them any more is removed, until undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import ConflictError
from qualcode.model import Case, FrozenMap, MemoTarget
from qualcode.project import Project

ANNE, BEN = (Case(name, FrozenMap({"group": "users"})) for name in ("Anne", "Ben"))


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.qualcode") as project:
        project.set_cases([ANNE, BEN], "anna")
        yield project


def test_a_respondent_that_is_left_out_is_removed_and_comes_back_by_undo(work: Project) -> None:
    work.set_cases([BEN], "anna")
    assert work.collect_cases() == (BEN,)
    work.undo("anna")
    assert {one.name for one in work.collect_cases()} == {"Anne", "Ben"}
    work.redo("anna")
    assert work.collect_cases() == (BEN,)


def test_a_respondent_with_a_memo_is_not_removed(work: Project) -> None:
    work.add_memo(MemoTarget.CASE, "Anne", "belde terug", "anna")
    with pytest.raises(ConflictError, match="memo"):
        work.set_cases([BEN], "anna")
    assert work.collect_cases() == (ANNE, BEN)
