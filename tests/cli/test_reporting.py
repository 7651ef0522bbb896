"""Themes and quotes on the screen say what is not in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode

BOOK = "codes:\n" + "".join(f"  - name: {n}\n    label: {n}\n    definition: d\n" for n in "ab")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "A1.txt").write_text("I: En?\nR: Ja hoor, dat ging goed.\n", encoding="utf-8")
    for coder, codes in (("anna", "ab"), ("bram", "a")):
        rows = "".join(f'A1,"dat ging",{code}\n' for code in codes)
        (tmp_path / f"{coder}.csv").write_text(f"transcript,quote,code\n{rows}", encoding="utf-8")
    qualcode("new", "study", "--codebook", "book.yaml", folder=tmp_path)
    qualcode("import", "A1.txt", "-y", folder=tmp_path)
    return tmp_path


def test_no_quotes_is_said(study: Path) -> None:
    assert "No quotes" in qualcode("quotes", folder=study).err


@pytest.mark.parametrize("command", ["themes", "quotes"])
def test_what_is_not_settled_is_counted_until_it_is(study: Path, command: str) -> None:
    for coder in ("anna", "bram"):
        assert qualcode("code", f"{coder}.csv", "--coder", coder, folder=study).code == 0
    settle = ("adjudicate", "--coders", "anna,bram", "--coder", "anna")
    assert qualcode(*settle, "--take", "a", folder=study).code == 0
    assert "not resolved" not in qualcode(command, folder=study).err
    (study / "more.csv").write_text("transcript,quote,code\nA1,goed,b\n", encoding="utf-8")
    assert qualcode("undo", "--coder", "bram", folder=study).code == 0
    assert qualcode("code", "more.csv", "--coder", "bram", folder=study).code == 0
    told = qualcode(command, folder=study)
    assert "between anna and bram" in told.err


def test_context_is_shown_on_the_screen(study: Path) -> None:
    assert qualcode("code", "anna.csv", "--coder", "anna", folder=study).code == 0
    shown = qualcode("quotes", "--context", "2", "--code", "a", folder=study).out
    assert "… Ja hoor, “dat ging” goed. …" in shown


@pytest.mark.parametrize("command", ["themes", "quotes"])
def test_a_study_of_one_interview_without_cases_reads_as_one(study: Path, command: str) -> None:
    (study / "A1.txt").rename(study / "Gesprek met Fatima.txt")
    assert qualcode("new", "one", "--codebook", "book.yaml", folder=study).code == 0
    project = ("-p", "one.qualcode")
    assert qualcode("import", "Gesprek met Fatima.txt", "-y", *project, folder=study).code == 0
    (study / "c.csv").write_text(
        "transcript,quote,code\nGesprek met Fatima,dat ging,a\n", encoding="utf-8"
    )
    assert qualcode("code", "c.csv", "--coder", "anna", *project, folder=study).code == 0
    assert qualcode(command, "--out", "x.md", *project, folder=study).code == 0
    text = (study / "x.md").read_text(encoding="utf-8")
    assert "interview 1" in text
    for word in ("Fatima", "0 van 0", "Zonder groep", "niet bereikt", "1 van 1 respondenten"):
        assert word not in text, word
