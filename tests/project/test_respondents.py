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
        project.acting_as("anna").cases.replace([ANNE, BEN])
        yield project


def test_a_respondent_that_is_left_out_is_removed_and_comes_back_by_undo(work: Project) -> None:
    work.acting_as("anna").cases.replace([BEN])
    assert work.cases.collect() == (BEN,)
    work.acting_as("anna").history.undo()
    assert {one.name for one in work.cases.collect()} == {"Anne", "Ben"}
    work.acting_as("anna").history.redo()
    assert work.cases.collect() == (BEN,)


def test_a_respondent_with_a_memo_is_not_removed(work: Project) -> None:
    work.acting_as("anna").codings.add_memo(MemoTarget.CASE, "Anne", "belde terug")
    with pytest.raises(ConflictError, match="memo"):
        work.acting_as("anna").cases.replace([BEN])
    assert work.cases.collect() == (ANNE, BEN)
