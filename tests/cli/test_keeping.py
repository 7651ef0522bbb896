"""Taking steps back: with a name and without one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.project import Project
from read_only import as_nobody
from two_coder_study import give, make_project

BOOK = "codes:\n  - name: a\n    label: A\n    definition: d\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "A1.txt").write_text("I: En?\nR: Ja hoor.\n", encoding="utf-8")
    (tmp_path / "A2.txt").write_text("I: En toen?\nR: Nee hoor.\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("transcript,quote,code\nA1,Ja hoor.,a\n", encoding="utf-8")
    assert qualcode("new", "study", "--codebook", "book.yaml", folder=tmp_path).code == 0
    assert qualcode("import", "A1.txt", "--speakers", "I=interviewer", folder=tmp_path).code == 0
    return tmp_path


def code(study: Path, coder: str) -> None:
    assert qualcode("code", "t.csv", "--coder", coder, folder=study).code == 0


def test_an_import_by_nobody_is_undone_and_redone_without_a_name(study: Path) -> None:
    code(study, "anna")
    code(study, "bram")
    qualcode("import", "A2.txt", folder=study)
    assert "Undone: transcript imported" in qualcode("undo", folder=study).err
    assert "A2" not in qualcode("speakers", folder=study).out
    assert "Done again: transcript imported" in qualcode("redo", folder=study).err
    assert "A2" in qualcode("speakers", folder=study).out


def test_a_step_of_one_of_several_coders_needs_a_name(study: Path) -> None:
    code(study, "anna")
    code(study, "bram")
    told = qualcode("undo", folder=study)
    assert told.code == 1
    assert "--coder NAME (anna, bram)" in told.err


def test_a_mistyped_coder_whose_work_was_undone_is_not_compared(study: Path) -> None:
    for name in ("anna", "bram", "brem"):
        code(study, name)
    told = qualcode("undo", "--coder", "brem", folder=study)
    assert told.err.splitlines()[-1] == "Undone: codings added"
    assert "coded by anna and bram" in " ".join(qualcode("agreement", folder=study).out.split())


def test_the_copy_made_before_a_migration_is_no_second_project(study: Path) -> None:
    """It lies next to the project from the day of a new version; no command asks which is meant."""
    copy = study / "study.schema3-20261129T141816.qualcode"
    copy.write_bytes((study / "study.qualcode").read_bytes())
    assert qualcode("speakers", folder=study).code == 0
    copy.rename(study / "other.qualcode")
    assert "several projects" in qualcode("speakers", folder=study).err


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no POSIX rights on this system")
@pytest.mark.parametrize("command", ["quotes", "figure theme-map", "disclosure", "speakers"])
def test_a_command_that_only_reads_needs_no_right_to_write(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "read_only"
    folder.mkdir()
    path = make_project(folder)
    with Project.open(path) as project:
        give(project, "A1", "Het is leuk hoor", "joy", "anna")
    # Modules are loaded when they are needed, and nobody may not read those of a private folder.
    before = qualcode(*command.split(), folder=folder)
    assert before.code == 0, before.err
    path.chmod(0o444)
    with as_nobody(folder):
        assert qualcode(*command.split(), folder=folder) == before
