"""The command line in Dutch: the language of QUALCODE_LANGUAGE, the project or the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import Result, qualcode

BOOK = "qualcode: 1\nname: b\ncodes:\n  - name: a\n    label: A\n    definition: d\n"
CODINGS = "transcript,quote,code,coder\nA1,Ja hoor.,a,anna\nA1,Ja hoor.,a,bram\n"


@pytest.fixture(autouse=True)
def dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "A1.txt").write_text("I: En?\nR: Ja hoor.\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text(CODINGS, encoding="utf-8")
    assert qualcode("new", "study", "--codebook", "book.yaml", folder=tmp_path).code == 0
    return tmp_path


def ok(result: Result) -> Result:
    assert result.code == 0, result.err
    return result


def coded(folder: Path) -> Path:
    ok(qualcode("import", "A1.txt", "--yes", folder=folder))
    ok(qualcode("code", "t.csv", folder=folder))
    return folder


def test_a_new_project_is_reported_in_dutch(tmp_path: Path) -> None:
    lines = ok(qualcode("new", "study", folder=tmp_path)).err.splitlines()
    assert lines[0] == "Project 'study' is gemaakt: study.qualcode"
    assert lines[-1] == "Verder: qualcode import UW-INTERVIEWS --project study.qualcode"


def test_an_import_and_codings_are_reported_in_dutch(folder: Path) -> None:
    imported = ok(qualcode("import", "A1.txt", "--yes", folder=folder)).err
    assert "geïmporteerd  A1: 2 beurten (I = interviewer, R = respondent)" in imported
    read = ok(qualcode("code", "t.csv", folder=folder)).err
    assert "2 coderingen van anna en bram in 1 interview" in read


def test_tables_have_dutch_headings(folder: Path) -> None:
    shown = ok(qualcode("speakers", folder=coded(folder))).out
    assert shown.splitlines()[0].split() == ["interview", "sprekerlabel", "rol", "beurten", "stand"]
    assert "bevestigd" in shown


def test_decimals_have_a_comma(folder: Path) -> None:
    assert "1,00" in ok(qualcode("agreement", folder=coded(folder))).out


def test_the_history_is_in_dutch(folder: Path) -> None:
    told = ok(qualcode("history", folder=coded(folder))).out
    assert "importeerde interview A1" in told
    assert "voegde 2 coderingen door anna en bram toe in A1" in told


def test_json_has_english_keys(folder: Path) -> None:
    (row, _) = ok(qualcode("speakers", "--json", folder=coded(folder))).json
    assert list(row) == ["transcript", "label", "role", "turns", "status"]
    assert row["status"] == "confirmed"


def test_a_refusal_is_in_dutch(tmp_path: Path) -> None:
    refused = qualcode("quotes", folder=tmp_path)
    assert refused.code == 1
    assert "Er staat geen project in deze map." in refused.err


def test_a_wrong_option_is_explained_in_dutch(folder: Path) -> None:
    wrong = qualcode("memo", "x", "--about", "shoe x", folder=folder)
    assert wrong.code == 2
    assert "Fout: 'shoe' is niet een van" in wrong.err


def test_a_project_in_dutch_sets_the_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALCODE_LANGUAGE")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "Er zijn nog geen rondes." in ok(qualcode("round", "show", folder=folder)).err


@pytest.mark.parametrize(
    ("variable", "message"),
    [("nl_NL.UTF-8", "Er staat geen project"), ("C", "There is no project")],
)
def test_without_a_project_the_machine_sets_the_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, message: str
) -> None:
    monkeypatch.delenv("QUALCODE_LANGUAGE")
    monkeypatch.setenv("LC_ALL", variable)
    assert message in qualcode("quotes", folder=tmp_path).err


def test_a_problem_without_values_is_dutch_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its sentence is a plain text in the core, with no template to look up."""
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")
    (tmp_path / "codes.csv").write_text("Codenaam\nBurden > Meetings\n", encoding="utf-8")
    made = qualcode("new", "study", "--codebook", "codes.csv", folder=tmp_path)
    assert "Deze code heeft geen definitie." in made.err
    assert "This code" not in made.err
    refused = qualcode("undo", "--coder", "nobody", "--yes", folder=tmp_path)
    assert "There is nothing" not in refused.err
