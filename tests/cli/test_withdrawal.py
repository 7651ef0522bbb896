"""The command ``participant withdraw``: it asks, erases, and prints a receipt without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.model import Case, Participation
from qualcode.project import Project
from two_coder_study import give, make_project, write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_files(tmp_path)
    make_project(tmp_path)
    return tmp_path


def test_nothing_is_erased_without_consent(folder: Path) -> None:
    asked = qualcode("participant", "withdraw", "P1", folder=folder)
    assert asked.code == 1
    assert "1 interview of this person alone and 2 turns" in asked.err
    with Project.open(folder / "study.qualcode") as project:
        assert len(project.cases.collect()) == 3


def test_the_receipt_names_files_and_no_words(folder: Path) -> None:
    qualcode("memo", "Je blijft wakker, zei die: leuk hoor", "--coder", "anna", folder=folder)
    done = qualcode(
        "participant", "withdraw", "P1", "--force", "--out", "receipt.txt", folder=folder
    )
    assert done.code == 0, done.err
    receipt = (folder / "receipt.txt").read_text(encoding="utf-8")
    assert receipt == done.out
    assert "- 2 turns, of which none can be read back" in receipt
    assert "none is left" in receipt
    assert str(folder / "interviews" / "A1.txt") in receipt
    assert "P1" not in receipt
    assert "wakker" not in receipt
    raw = (folder / "study.qualcode").read_bytes()
    assert b"blijft wakker" not in raw
    history = qualcode("history", folder=folder).out
    assert "erased a participant who withdrew" in history
    assert "P1" not in history
    assert qualcode("check", folder=folder).code == 0
    assert qualcode("participant", "withdraw", "P1", "--force", folder=folder).code == 1


def test_figures_count_one_person_less(folder: Path) -> None:
    before = qualcode("export", "cases", "before.csv", folder=folder)
    assert before.code == 0, before.err
    qualcode("participant", "withdraw", "P2", "--force", "--json", folder=folder)
    qualcode("export", "cases", "after.csv", folder=folder)
    lines = [len((folder / f"{n}.csv").read_text().splitlines()) for n in ("before", "after")]
    assert lines == [4, 3]


def test_a_speaker_who_is_nobody_in_particular_is_not_guessed(folder: Path) -> None:
    with Project.open(folder / "study.qualcode") as project:
        both = Participation.in_each("A1")
        project.cases.replace([Case("P1", participations=both), Case("P9", participations=both)])
    refused = qualcode("participant", "withdraw", "P9", "--force", folder=folder)
    assert refused.code == 1
    assert "not known who 'P9' is" in refused.err


@pytest.mark.parametrize(
    "erase", [("participant", "withdraw", "P1"), ("transcript", "remove", "A1")]
)
def test_decisions_on_erased_words_are_not_counted(folder: Path, erase: tuple[str, ...]) -> None:
    with Project.open(folder / "study.qualcode") as project:
        for transcript, words in (("A1", "leuk hoor"), ("A1", "saai"), ("A2", "wakker")):
            give(project, transcript, words, "joy", "anna")
        for transcript in ("A1", "A2"):
            give(project, transcript, "wakker", "energy", "bram")
        adjudication = project.acting_as("anna").adjudication
        adjudication.settle(["anna", "bram"], adjudication.decide_all(["anna", "bram"], "a"))
    assert qualcode(*erase, "--force", folder=folder).code == 0
    summary = qualcode("adjudicate", "--coders", "anna,bram", "--summary", folder=folder)
    assert summary.code == 0, summary.err
    assert summary.err.startswith("1 decided by anna, 0 open")
    written = qualcode("agreement", "--coders", "anna,bram", "--out", "a.docx", folder=folder)
    assert written.code == 0, written.err
