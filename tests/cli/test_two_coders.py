"""Two coders on two copies of the project: blind, merged, compared, settled, reported."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from cli_runner import Result, qualcode
from two_coder_study import write_files

ANNA = [
    ("A1", "Het is leuk hoor", "motives/joy", ""),
    ("A1", "je blijft wakker", "motives/energy", ""),
    ("A1", "Anders is het saai", "motives/boredom", "twijfel"),
    ("A2", "Om wakker te blijven", "motives/energy", ""),
    ("A2", "leuk is het ook", "motives/joy", ""),
]
BRAM = [
    ("A1", "Het is leuk hoor", "motives/joy", ""),
    ("A1", "En je blijft wakker", "motives/energy", ""),
    ("A2", "Om wakker te blijven", "motives/joy", "geheim van bram"),
    ("A2", "leuk is het ook", "motives/joy", ""),
]


def ok(result: Result) -> Result:
    assert result.code == 0, result.err
    return result


def refused(result: Result) -> str:
    assert result.code == 1, result.out
    assert "Traceback" not in result.err
    return result.err


def write_codings(path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["transcript", "quote", "code", "memo"])
        writer.writerows(rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project in which a supervisor drew the interviews of a blind round."""
    here = tmp_path_factory.mktemp("team")
    write_files(here)
    write_codings(here / "anna.csv", ANNA)
    write_codings(here / "bram.csv", BRAM)
    ok(qualcode("new", "study", "--codebook", "book.yaml", folder=here))
    roles = ("--speakers", "I=interviewer,R=respondent")
    ok(qualcode("import", "interviews", *roles, "--cases", "cases.csv", folder=here))
    ok(qualcode("segment", folder=here))
    drawn = ("--sample", 2, "--by", "sex", "--seed", 0)
    ok(
        qualcode(
            *("round", "new", "een", "--coders", "anna,bram", *drawn, "--blind"),
            *("--suggestions", "off", "--coder", "supervisor", "--json"),
            folder=here,
        )
    )
    return here


@pytest.mark.slow
def test_two_coders_from_two_copies_to_one_report(folder: Path) -> None:
    """The whole path of issue and paper, through the command line alone."""
    made = ok(qualcode("round", "show", "een", "--json", folder=folder)).json[0]["round"]
    assert (made["seed"], made["stratified_by"], made["drawn_from"]) == (0, "sex", 3)
    assert made["transcripts"] == ["A1", "A2"]

    _code_apart_and_merge(folder)
    report = ok(qualcode("agreement", "--round", "een", "--json", folder=folder)).json
    rows = {row["code"]: row for row in report["codes"]}
    assert report["units"] == 4
    joy = rows["motives/joy"]
    assert (joy["only_a"], joy["only_b"], joy["both"], joy["neither"]) == (0, 1, 2, 1)
    _check_confusions(folder)
    _settle(folder)
    for name in ("report.docx", "report.html", "report.xlsx", "report.json", "report.md"):
        asked = ("agreement", "--round", "een", "--out", name, "--language", "en", "--force")
        ok(qualcode(*asked, folder=folder))
        once = (folder / name).read_bytes()
        ok(qualcode(*asked, folder=folder))
        assert (folder / name).read_bytes() == once, name
    _check_reports(folder)
    assert ok(qualcode("check", "--json", folder=folder)).json["problems"] == []


def _code_apart_and_merge(folder: Path) -> None:
    """Each codes on a machine of their own; bram's work comes in while anna still codes."""
    there = folder / "there"
    there.mkdir()
    shutil.copy(folder / "study.qualcode", there / "copy.qualcode")
    ok(qualcode("code", "anna.csv", "--coder", "anna", folder=folder))
    ok(qualcode("code", "../bram.csv", "--coder", "bram", folder=there))
    assert "Hand in" not in refused(qualcode("agreement", "--coder", "anna", folder=folder))
    ok(qualcode("round", "hand-in", "een", "--coder", "bram", folder=there))
    ok(qualcode("work", "export", "bram.json", "--coder", "bram", folder=there))

    merged = ok(qualcode("work", "merge", "there/bram.json", "--coder", "anna", folder=folder))
    assert "stays hidden until all coders have handed in" in merged.err
    ok(qualcode("export", "codings", "seen.csv", "--coder", "anna", folder=folder))
    assert "bram" not in (folder / "seen.csv").read_text(encoding="utf-8-sig")
    said = refused(qualcode("agreement", "--coder", "anna", folder=folder))
    assert "Round 'een' is blind and open: anna did not hand in yet" in said

    done = ok(qualcode("round", "hand-in", "een", "--coder", "anna", folder=folder))
    assert "All handed in" in done.err
    write_codings(folder / "late.csv", [("A1", "Het is leuk hoor", "motives/energy", "")])
    refused(qualcode("code", "late.csv", "--coder", "anna", "--round", "een", folder=folder))
    before = ok(qualcode("history", "--json", folder=folder)).json[-1]["number"]
    again = ok(qualcode("work", "merge", "there/bram.json", "--coder", "anna", folder=folder))
    assert "Nothing changed" in again.err
    assert ok(qualcode("history", "--json", folder=folder)).json[-1]["number"] == before


def _settle(folder: Path) -> None:
    """By a table, by hand, and one decision revised."""
    ok(qualcode("adjudicate", "--queue", "queue.csv", folder=folder))
    with (folder / "queue.csv").open(encoding="utf-8-sig", newline="") as file:
        queue = list(csv.DictReader(file, delimiter=";"))
    kinds = {(row["kind"], row["code"], row["other_code"]) for row in queue}
    assert kinds == {
        ("boundary", "motives/energy", ""),
        ("other_code", "motives/energy", "motives/joy"),
        ("missed", "motives/boredom", ""),
    }
    choices = {
        "boundary": {"choice": "a", "reason": "boundary"},
        "other_code": {
            "choice": "new",
            "reason": "codebook_must_change",
            "note": "energie sluit plezier niet uit",
            "new_code": "motives/energy",
            "new_quote": "wakker te blijven",
        },
    }
    with (folder / "queue.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, queue[0].keys())
        writer.writeheader()
        writer.writerows(row | choices.get(row["kind"], {}) for row in queue)
    who = ("--coder", "supervisor")
    told = ok(qualcode("adjudicate", "--decisions", "queue.csv", *who, folder=folder))
    assert "1 disagreement is open" in told.err
    assert "1 note on codes that must change" in told.err
    missed = next(row for row in queue if row["kind"] == "missed")["disagreement"]
    one = ("adjudicate", "--decide", missed[:8], *who)
    ok(qualcode(*one, "--take", "b", "--reason", "mistake", folder=folder))
    ok(qualcode(*one, "--take", "a", "--reason", "overlooked", folder=folder))
    ok(qualcode("codebook", "add", "motives/mood", "--label", "Stemming", *who, folder=folder))
    notes = ok(qualcode("memo", "--about", "code motives/energy", "--json", folder=folder)).json
    assert "energie sluit plezier niet uit" in notes[0]["text"]
    summary = ok(qualcode("adjudicate", "--summary", "--json", folder=folder)).json
    assert (summary["decided"], summary["open"], summary["revised"]) == (3, 0, 1)
    assert {one["reason"]: one["count"] for one in summary["reasons"]} == {
        "boundary": 1,
        "codebook_must_change": 1,
        "overlooked": 1,
    }
    assert [side["coder"] for side in summary["against"]] == ["anna", "bram"]
    consensus = ok(qualcode("quotes", "--layer", "consensus", "--json", folder=folder)).json
    quoted = {(section["code"], q["text"]) for section in consensus for q in section["quotes"]}
    assert ("motives/energy", "wakker te blijven") in quoted
    assert ("motives/boredom", "Anders is het saai") in quoted


def _check_reports(folder: Path) -> None:
    data = json.loads((folder / "report.json").read_text("utf-8"))
    methods = " ".join(data["methods"])
    for part in (
        "anna and bram both coded 2 of the 3 interviews (67%), independently of each other",
        "drawn at random from 3 interviews, stratified by sex (seed 0)",
        "Neither was shown suggestions",
        "codebook was ‘small’, version 1",
        "respondents' turns (4)",
        "jackknife and t on Fisher’s scale",
        "3 differences. Of these, 3 were resolved by supervisor",
        "computed with qualcode",
    ):
        assert part in methods, part
    assert data["method"]["round"]["name"] == "een"
    assert len(data["disagreements"]) == 3
    assert data["confusion"]["leaks"]
    assert {figure["program"] for figure in data["programs"]} == {
        "NVivo",
        "MAXQDA",
        "ATLAS.ti",
        "Dedoose",
    }
    word = docx.Document(str(folder / "report.docx"))
    headings = [p.text for p in word.paragraphs if (p.style and p.style.name) == "Heading 2"]
    assert headings[:3] == ["Methods", "What the figures allow you to say", "By code"]
    assert {"Kappa per code", "How the disagreements were resolved", "Differences"} <= {*headings}
    # the intervals per code, and the codes that are confused
    assert len(word.inline_shapes) == 2
    sheets = openpyxl.load_workbook(folder / "report.xlsx").sheetnames
    assert {"Methods", "Confusion", "Differences", "Other programs", "Settling"} <= {*sheets}
    assert "data:image/svg+xml" in (folder / "report.html").read_text("utf-8")
    assert "## Methods" in (folder / "report.md").read_text("utf-8")


def _check_confusions(folder: Path) -> None:
    """The passages of the pair of codes to sharpen first, or of another."""
    words = ("agreement", "confusions", "--coders", "anna,bram")
    report = ok(qualcode(*words, "--json", folder=folder)).json
    assert [{pair["code"], pair["other"]} for pair in report["pairs"]] == [
        {"motives/energy", "motives/joy"}
    ]
    assert [passage["transcript"] for passage in report["passages"]] == ["A2"]
    printed = ok(qualcode(*words, "--pair", "1", folder=folder)).out
    assert "motives/energy: Om wakker te blijven" in printed
    assert "motives/joy: Om wakker te blijven" in printed
    assert (
        "There is no pair 2: 1 pair of codes was confused."
        in qualcode(*words, "--pair", "2", folder=folder).err
    )
