"""The command line in Dutch: the language of QUALCODE_LANGUAGE, the project or the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import Result, qualcode
from qualcode.codebooks import read_codebook
from qualcode.errors import InvalidCodebookError
from qualcode.model import LocalText
from qualcode.project import Project
from two_coder_study import give, make_project

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
    assert lines[-1] == "Verder: qualcode import JOUW-INTERVIEWS --project study.qualcode"


def test_an_import_and_codings_are_reported_in_dutch(folder: Path) -> None:
    imported = ok(qualcode("import", "A1.txt", "--yes", folder=folder)).err
    assert "geïmporteerd  A1: 2 beurten (I = interviewer, R = respondent)" in imported
    read = ok(qualcode("code", "t.csv", folder=folder)).err
    assert "2 coderingen van anna en bram in 1 interview" in read


@pytest.mark.slow
def test_tables_have_dutch_headings(folder: Path) -> None:
    shown = ok(qualcode("speakers", folder=coded(folder))).out
    assert shown.splitlines()[0].split() == ["interview", "sprekerlabel", "rol", "beurten", "stand"]
    assert "bevestigd" in shown


@pytest.mark.slow
def test_decimals_have_a_comma(folder: Path) -> None:
    assert "1,00" in ok(qualcode("agreement", folder=coded(folder))).out


@pytest.mark.slow
def test_the_history_is_in_dutch(folder: Path) -> None:
    told = ok(qualcode("history", folder=coded(folder))).out
    assert "importeerde interview A1" in told
    assert "voegde 2 coderingen door anna en bram toe in A1" in told


@pytest.mark.slow
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


def test_200_errors_in_a_codebook_are_told_in_dutch(folder: Path) -> None:
    lines = "".join(f"  - naam: code{n}\n" for n in range(200))
    (folder / "many.yaml").write_text(f"codes:\n{lines}", encoding="utf-8")
    result = qualcode("new", "many", "--codebook", "many.yaml", folder=folder)
    assert result.code == 1
    assert result.err.count("'name:'") == 20
    assert "en nog 180" in result.err
    with pytest.raises(InvalidCodebookError) as refused:
        read_codebook(folder / "many.yaml")
    assert len(refused.value.problems) == 200


def test_typology_says_in_dutch_what_it_needs(folder: Path) -> None:
    for words, told in ((("define",), "Zeg wat je definieert"), (("assign",), "Noem een respond")):
        result = qualcode("typology", *words, folder=folder)
        assert result.code == 2
        assert told in result.err


def test_why_a_speaker_has_a_role_is_dutch_in_all_its_parts(folder: Path) -> None:
    (folder / "los.txt").write_text("I: Hoe gaat het?\nR: Goed.\nI: Ja?\nR: Ja.\n", "utf-8")
    assert "het label zegt interviewer" in ok(qualcode("read", "los.txt", folder=folder)).out


@pytest.mark.slow
def test_no_key_of_the_program_stands_in_a_dutch_table(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path)) as project:
        for coder in ("anna", "bram"):
            give(project, "A1", "Het is leuk hoor", "joy", coder)
        give(project, "A2", "Om wakker te blijven", "energy", "anna")
        give(project, "A2", "leuk is het", "joy", "bram")
        project.codebook.edit("motives/joy", definition=LocalText({"nl": "Het is fijn."}))
        queue = project.adjudication.open_disagreements(("anna", "bram"))
        decision = project.adjudication.decide(queue[0], "anna", reason="codebook_must_change")
        assert decision is not None
        project.adjudication.settle(("anna", "bram"), [decision])
    for words, said, key in (
        (("agreement", "--full"), "gemiddelde kappa per code", "_kappa"),
        (("adjudicate", "--summary"), "gepoolde kappa", "_kappa"),
        (("codebook", "show", "motives/joy"), "Definitie", "definition"),
        (("codebook", "diff", "1"), "Definitie (nl)", "changed"),
        (("memo",), "[codeboek moet anders]", "codebook_must_change"),
        (("disclosure",), "bronvermelding", "attribution"),
    ):
        shown = ok(qualcode(*words, folder=tmp_path)).out
        assert said in shown
        assert key not in shown


def test_a_command_that_opens_no_project_speaks_as_the_one_in_its_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALCODE_LANGUAGE")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "hulpmiddel" in ok(qualcode("language", folder=folder)).out
    assert "is een codeboek" in ok(qualcode("codebook", "check", "book.yaml", folder=folder)).err


def test_groups_of_respondents_have_dutch_names_in_every_list(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path)) as project:
        coding = give(project, "A1", "Het is leuk hoor", "joy", "anna")
        project.quotes.choose([coding])
    for words in (("themes",), ("quotes",), ("quotes", "--balance")):
        shown = ok(qualcode(*words, folder=tmp_path)).out
        assert "gebruikers" in shown
        assert "users" not in shown
