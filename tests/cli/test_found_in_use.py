"""What a researcher asks of the command line is answered, never passed over without a word."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.model import FrozenMap, MemoTarget
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


def test_an_attribute_with_the_sign_in_its_name_is_known_by_its_whole_name(folder: Path) -> None:
    name = "Geslacht (1=man, 2=vrouw)"
    with Project.open(next(folder.glob("*.qualcode"))) as project:
        case = next(case for case in project.cases.collect() if "A1" in case.transcripts)
        attributes = FrozenMap({**case.attributes, name: "2"})
        project.cases.add([replace(case, attributes=attributes)])
        give(project, "A2", "Om wakker te blijven", "energy", "bram")
    (hit,) = qualcode("find", "wakker", "--where", f"{name}=2", "--json", folder=folder).json
    assert hit["transcript"] == "A1"
    assert qualcode("participant", "set", case.name, f"{name}=1", folder=folder).code == 0
    with Project.open(next(folder.glob("*.qualcode"))) as project:
        stored = {case.name: case for case in project.cases.collect()}[case.name]
    assert {**stored.attributes} == {**case.attributes, name: "1"}
    result = qualcode("agreement", "contrast", "--by", f"{name}=1,3", folder=folder)
    assert result.code == 1
    assert f"No value '3' in {name}. There is: 1." in result.err


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
            (row,) = [row for row in csv.DictReader(file, delimiter=";") if row["memo"]]
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


@pytest.mark.parametrize("name", ["Plezier", "plezier", "Motieven > Plezier", "motives/joy"])
@pytest.mark.parametrize(
    "words",
    [
        ("find", "--code"),
        ("find", "wakker", "--without"),
        ("find", "leuk", "-c", "anna", "--give"),
        ("quotes", "--code"),
        ("codebook", "show"),
        ("codebook", "retire"),
        ("memo", "Let op", "-c", "anna", "--about"),
        ("findings", "add", "Het is leuk.", "--codes"),
        ("framework", "--columns"),
        ("framework", "show", "P1"),
    ],
    ids=" ".join,
)
def test_a_code_is_named_by_its_label_as_well_as_by_its_path(
    folder: Path, words: tuple[str, ...], name: str
) -> None:
    result = qualcode(*words, f"code {name}" if "memo" in words else name, folder=folder)
    assert result.code == 0, result.err


def test_a_label_of_several_codes_asks_for_the_path(folder: Path) -> None:
    added = qualcode("codebook", "add", "fun", "--label", "Plezier", folder=folder)
    assert added.code == 0, added.err
    result = qualcode("find", "--code", "Plezier", folder=folder)
    assert result.code == 1
    assert "Several codes are called 'Plezier': motives/joy, fun." in result.err
    # The other code has another theme.
    named = qualcode("find", "--code", "Motieven > Plezier", "--json", folder=folder)
    assert len(named.json) == 1
