"""Three coders, one of whom found nothing in an interview: compared, settled, reported."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from cli_runner import Result, qualcode
from qualcode.project import Project
from two_coder_study import give, make_project

TEAM = ("anna", "bram", "cleo")


def ok(result: Result) -> Result:
    assert result.code == 0, result.err
    return result


def refused(result: Result) -> str:
    assert result.code != 0, result.out
    assert "Traceback" not in result.err
    return " ".join(result.err.replace("│", " ").split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blind round of three on all interviews; bram hands in the third without a coding."""
    here = tmp_path_factory.mktemp("team")
    with Project.open(make_project(here)) as project:
        project.rounds.create("een", coders=TEAM)
        for coder in TEAM:
            mine = project.acting_as(coder)
            give(mine, "A1", "Het is leuk hoor" if coder == "bram" else "leuk hoor", "joy", coder)
            give(mine, "A2", "leuk is het ook", "joy", coder)
            if coder != "bram":
                give(mine, "A1", "je blijft wakker", "energy", coder)
                give(mine, "A3", "saai", "boredom", coder)
            mine.rounds.hand_in("een", coder)
        project.rounds.create("twee", coders=("anna",), transcripts=("A1", "A2"), blind=False)
        mine = project.acting_as("anna")
        give(mine, "A1", "leuk hoor", "joy", "anna")
        mine.rounds.hand_in("twee", "anna")
    return here


def agreement(folder: Path, *more: object) -> Result:
    return qualcode("agreement", "--round", "een", *more, folder=folder)


def test_an_interview_handed_in_without_a_coding_is_compared(folder: Path) -> None:
    """It used to be left out as not coded; now its units count as having no code."""
    report = ok(agreement(folder, "--coders", "anna,bram", "--json")).json
    assert report["transcripts"] == ["A1", "A2", "A3"]
    assert report["units"] == 6
    row = next(row for row in report["codes"] if row["code"] == "motives/boredom")
    assert (row["only_a"], row["only_b"]) == (1, 0)
    assert "bram handed in without a single coding: A3." in report["warnings"]


def test_a_team_is_compared_together_and_pair_by_pair(folder: Path) -> None:
    report = ok(agreement(folder, "--json")).json
    assert report["coders"] == [*TEAM]
    joy = next(row for row in report["codes"] if row["code"] == "motives/joy")
    assert joy["used"] == [2, 2, 2]
    assert joy["fleiss"]["value"] == joy["conger"]["value"] == joy["alpha"]["value"] == 1
    assert [pair["coders"] for pair in report["pairs"]] == [
        ["anna", "bram"],
        ["anna", "cleo"],
        ["bram", "cleo"],
    ]
    printed = ok(agreement(folder, "--coders", "anna,bram,cleo", "--full")).out
    for part in ("Fleiss", "Conger", "anna and cleo", "u-alpha"):
        assert part in printed


@pytest.mark.parametrize("unit", ["turn", "sentence", "paragraph", "answer", "character"])
def test_every_unit_can_be_compared(folder: Path, unit: str) -> None:
    pair = ok(agreement(folder, "--coders", "anna,bram", "--unit", unit, "--json")).json
    team = ok(agreement(folder, "--unit", unit, "--json")).json
    assert pair["units"] == team["units"] > 0
    assert unit in pair["unit"]


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx", "json", "md"])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.slow
def test_a_team_has_a_report_in_every_format(folder: Path, suffix: str, language: str) -> None:
    name = f"team-{language}.{suffix}"
    ok(agreement(folder, "--out", name, "--language", language))
    once = (folder / name).read_bytes()
    ok(agreement(folder, "--out", name, "--language", language, "--force"))
    assert (folder / name).read_bytes() == once
    if suffix == "docx":
        text = "\n".join(p.text for p in docx.Document(str(folder / name)).paragraphs)
        assert ("anna, bram and cleo" if language == "en" else "anna, bram en cleo") in text
        assert "motives/" not in text
    if suffix == "xlsx":
        assert len(openpyxl.load_workbook(folder / name).sheetnames) >= 7
    if suffix == "json":
        data = json.loads((folder / name).read_text("utf-8"))
        assert len(data["pairs"]) == 3
        assert "Conger" in " ".join(data["methods"])


def test_a_coder_is_compared_with_the_own_coding_of_another_round(folder: Path) -> None:
    asked = ("agreement", "--coders", "anna", "--rounds", "een,twee")
    report = ok(qualcode(*asked, "--json", folder=folder)).json
    assert report["coders"] == ["anna (een)", "anna (twee)"]
    assert report["transcripts"] == ["A1", "A2"]
    for name in ("self.docx", "self.md"):
        ok(qualcode(*asked, "--out", name, "--plot", "self.svg", "--force", folder=folder))
    assert "anna (een) (A)" in (folder / "self.md").read_text("utf-8")


def test_groups_of_respondents_are_compared_apart(folder: Path) -> None:
    pair = ("--coders", "anna,bram", "--by", "sex")
    data = ok(agreement(folder, *pair, "--json")).json
    assert [group["group"] for group in data["groups"]] == ["man", "vrouw"]
    printed = ok(agreement(folder, *pair)).out
    assert "vrouw: neither coder used this code" in printed
    written = (*pair, "--out", "groups.md", "--language", "nl", "--force")
    told = ok(agreement(folder, *written)).err
    assert "## Naar sex" in (folder / "groups.md").read_text("utf-8")
    assert "2 groepen zijn weggelaten" in (folder / "groups.md").read_text("utf-8")
    look = ("disclosure", "--layer", "union", "--table", "code_by_sex")
    assert f"qualcode {' '.join(look)} --confirm ID" in told
    risks = ok(qualcode(*look, "--json", folder=folder)).json
    ids = [risk["id"] for risk in risks if risk["where"] == "attribute sex"]
    ok(qualcode(*look, "--confirm", *ids, "--reason", "asked both", folder=folder))
    ok(agreement(folder, *written))
    text = (folder / "groups.md").read_text("utf-8")
    assert "geen van beide codeurs gebruikte deze code" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--coders", "anna"), "two coders or more"),
        (("--coders", "anna,anna,bram"), "twice"),
        (("--coders", "anna,bram,dora"), "dora"),
        (("--coders", "anna,bram", "--by", "shoe"), "shoe"),
        (("--by", "sex"), "two coders"),
        (("--unit", "word"), "word"),
        (("--rounds", "een,twee"), "--rounds compares the codings of one coder"),
        (("--round", "drie"), "drie"),
        (("--transcripts", "A9"), "A9"),
        (("--out", "x.pdf"), ".docx"),
        (("--plot", "x.pdf"), ".svg"),
        (("--level", "chapter"), "chapter"),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in refused(agreement(folder, *words))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--coders", "bram", "--rounds", "een,twee"), "round 'twee'"),
        (("--coders", "anna", "--rounds", "een,een"), "twice"),
        (("--coders", "anna", "--rounds", "een"), "first,second"),
        (("--coders", "anna", "--rounds", "een,vier"), "vier"),
        (("--coders", "anna,bram", "--rounds", "een,twee"), "one coder"),
    ],
)
def test_a_coder_cannot_be_compared_with_what_is_not_there(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    assert said in refused(qualcode("agreement", *words, folder=folder))


def test_a_team_settles_by_most_by_name_and_by_table(folder: Path) -> None:
    """Two disagreements on a code, one on words: each settled in another way."""
    queue = ok(qualcode("adjudicate", "--json", folder=folder)).json
    kinds = {(d["code"], d["kind"]): d for d in queue}
    assert set(kinds) == {
        ("motives/joy", "boundary"),
        ("motives/energy", "missed"),
        ("motives/boredom", "missed"),
    }
    assert kinds["motives/energy", "missed"]["coders_a"] == ["anna", "cleo"]
    who = ("--coder", "supervisor")
    one = kinds["motives/boredom", "missed"]["id"][:8]
    said = refused(qualcode("adjudicate", "--decide", one, "--take", "dora", *who, folder=folder))
    assert "dora" in said
    ok(qualcode("adjudicate", "--decide", one, "--take", "bram", *who, folder=folder))
    ok(qualcode("adjudicate", "--queue", "queue.csv", folder=folder))
    with (folder / "queue.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["coder_a"] for row in rows} == {"anna, cleo"}
    for row in rows:
        if row["kind"] == "boundary":
            row |= {"choice": "bram", "reason": "boundary"}
    with (folder / "queue.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    ok(qualcode("adjudicate", "--decisions", "queue.csv", *who, folder=folder))
    told = ok(qualcode("adjudicate", "--take", "most", *who, folder=folder)).err
    assert "0 disagreements are open" in told
    shown = ok(qualcode("quotes", "--layer", "consensus", "--json", folder=folder)).json
    quoted = {(section["code"], quote["text"]) for section in shown for quote in section["quotes"]}
    assert quoted == {
        ("motives/joy", "Het is leuk hoor"),
        ("motives/joy", "leuk is het ook"),
        ("motives/energy", "je blijft wakker"),
    }
    summary = ok(qualcode("adjudicate", "--summary", "--json", folder=folder)).json
    assert (summary["decided"], summary["open"]) == (3, 0)
    assert [side["coder"] for side in summary["against"]] == [*TEAM]
    names = {figure["name"] for figure in summary["before"]}
    assert "macro_mean_fleiss" in names
    ok(qualcode("adjudicate", "--summary", folder=folder))
    ok(agreement(folder, "--out", "settled.docx"))


def test_what_one_found_and_another_did_not_is_no_final_coding(folder: Path) -> None:
    """Two of three handed in an interview without that code: the only coder does not decide."""
    with Project.open(make_project(folder, "other")) as project:
        project.rounds.create("een", coders=("anna", "bram"), transcripts=("A3",))
        give(project.acting_as("anna"), "A3", "saai", "boredom", "anna")
        for coder in ("anna", "bram"):
            project.acting_as(coder).rounds.hand_in("een", coder)
    here = ("--project", "other.qualcode")
    said = refused(qualcode("quotes", *here, folder=folder))
    assert "coded by anna and bram and has no consensus yet" in said
    take = ("adjudicate", *here, "--coders", "anna,bram", "--take", "bram", "--coder", "carla")
    assert "0 disagreements are open" in ok(qualcode(*take, folder=folder)).err
    assert ok(qualcode("quotes", *here, "--json", folder=folder)).json == []


@pytest.mark.parametrize("name", ["Bram", "BRAM", "Consensus"])
def test_a_coder_who_differs_in_capitals_only_is_refused(folder: Path, name: str) -> None:
    with Project.open(make_project(folder, "names")) as project:
        project.rounds.add_coder("bram")
        project.rounds.add_coder("bram")
    made = ("round", "new", "een", "--project", "names.qualcode", "--json")
    said = refused(qualcode(*made, "--coders", f"anna,{name}", folder=folder))
    assert "Did you mean 'bram'?" in said or "consensus" in said
