"""What a researcher asks of the command line is answered, never passed over without a word."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.model import MemoTarget
from qualcode.project import Project
from two_coder_study import give, make_project

PAIR = ("anna", "bram")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Project.open(make_project(tmp_path)) as project:
        give(project, "A1", "Het is leuk hoor. En je blijft wakker", "joy", "anna")
        give(project, "A1", "En je blijft wakker", "energy", "anna")
        give(project, "A2", "Om wakker te blijven", "energy", "anna")
    return tmp_path


@pytest.mark.parametrize("where", ["afdeling=users", "x=1"])
def test_an_attribute_that_does_not_exist_is_refused_with_those_there_are(
    folder: Path, where: str
) -> None:
    result = qualcode("find", "wakker", "--where", where, folder=folder)
    assert result.code == 1
    assert "They have: group and sex." in result.err


def test_a_value_that_no_respondent_has_is_refused_with_those_there_are(folder: Path) -> None:
    result = qualcode("find", "wakker", "--where", "groep=partner", folder=folder)
    assert result.code == 1
    assert "There is: professionals and users." in result.err


def test_an_attribute_is_known_by_the_name_of_its_column(folder: Path) -> None:
    hits = [
        qualcode("find", "wakker", "--where", where, "--json", folder=folder).json
        for where in ("groep=users", "group=users", "geslacht=vrouw")
    ]
    assert [len(found) for found in hits] == [2, 2, 1]


def test_several_codes_are_all_asked_for(folder: Path) -> None:
    codes = ("--code", "motives/joy", "--code", "motives/energy")
    hits = qualcode("find", *codes, "--json", folder=folder).json
    assert [hit["text"] for hit in hits] == ["En je blijft wakker"]
    hits = qualcode("find", "wakker", *codes, "--json", folder=folder).json
    assert [hit["transcript"] for hit in hits] == ["A1"]
    unknown = qualcode("find", "--code", "motives/nope", "--code", "motives/joy", folder=folder)
    assert unknown.code == 1


def test_memos_on_codings_are_exported(folder: Path) -> None:
    with Project.open(folder / "study.qualcode") as project:
        coding = project.codings.collect()[0]
    about = f"coding {coding.id}"
    assert qualcode("memo", "Let op", "--about", about, "-c", "anna", folder=folder).code == 0
    for table in ("memos", "codings"):
        assert qualcode("export", table, f"{table}.csv", folder=folder).code == 0
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            (row,) = [row for row in csv.DictReader(file) if row["memo"]]
        assert (row["memo"], row["quote"], row["code"]) == ("Let op", coding.quote, coding.code)
        assert "anna" not in (folder / f"{table}.csv").read_text("utf-8-sig")
    assert qualcode("export", "commented", "A1.docx", folder=folder).code == 0
    assert qualcode("code", "codings.csv", "-c", "bram", folder=folder).code == 0
    with Project.open(folder / "study.qualcode") as project:
        assert len(project.codings.collect_memos(MemoTarget.CODING)) == 1


def test_work_after_hand_in_is_taken_with_a_word(folder: Path) -> None:
    with Project.open(folder / "study.qualcode") as project:
        project.rounds.create("een", coders=PAIR, transcripts=["A3"], blind=True)
        for coder in PAIR:
            give(project, "A3", "Het was saai thuis", "boredom", coder)
        for coder in PAIR:
            project.acting_as(coder).rounds.hand_in("een")
    rows = "transcript,quote,code\nA3,Nu is het leuk,motives/joy\n"
    (folder / "late.csv").write_text(rows, "utf-8")
    result = qualcode("code", "late.csv", "--coder", "anna", folder=folder)
    assert result.code == 0, result.err
    assert "anna handed in round 'een' before" in result.err
    assert "qualcode round reopen een --coder anna" in result.err
    compared = qualcode("agreement", folder=folder)
    assert "That round alone: --round een" in compared.err
