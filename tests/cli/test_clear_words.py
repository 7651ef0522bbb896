"""What the command line prints can be understood and typed back, in Dutch as in English."""

from __future__ import annotations

import shlex
import textwrap
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.messages import shell_word
from qualcode.project import Project
from two_coder_study import give, make_project

WORDS = (
    "Ik ben teammanager op een polikliniek, in een ziekenhuis hier in het oosten. Ik heb "
    "vierendertig mensen onder me, bijna allemaal vrouwen, gemiddeld zevenenveertig jaar. Dat is "
    "de leeftijd, hoor. Kinderen de deur uit, ouders die beginnen te kwakkelen, en dan wordt er "
    "aan je getrokken."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Project.open(make_project(tmp_path)) as project:
        give(project, "A1", "Het is leuk hoor. En je blijft wakker", "joy", "anna")
        give(project, "A1", "En je blijft wakker", "joy", "bram")
        give(project, "A2", "Om wakker te blijven", "energy", "bram")
    return tmp_path


@pytest.fixture
def dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("quotes", "--layr", "x"), "Er is geen optie --layr. Bedoel je --layer?"),
        (("nonsens",), "Er is geen opdracht 'nonsens'."),
        (("code",), "'table' ontbreekt."),
        (("code", "a", "b", "c"), "deze zijn te veel: b c"),
        (("quotes", "--context", "veel"), "Bij '--context' hoort een geheel getal."),
        (("agreement", "--unit", "x"), "Gebruik een van: turn, sentence, paragraph, answer"),
        (("quotes", "--theme"), "Na --theme hoort een waarde."),
        (("round",), "Gebruik: qualcode round [OPTIES] OPDRACHT [WAARDEN]..."),
    ],
)
def test_a_mistyped_command_is_explained_in_dutch(
    folder: Path, dutch: None, words: tuple[str, ...], said: str
) -> None:
    del dutch
    result = qualcode(*words, folder=folder)
    assert result.code == 2
    assert f"Fout: {said}" in result.err or said in result.err
    assert "Error" not in result.err


def test_the_summary_names_the_codes_in_use_and_full_prints_all(folder: Path) -> None:
    summary = qualcode("agreement", folder=folder).out
    assert "motives/joy" in summary
    assert "alpha (MASI distance)" not in summary
    assert "binary u-alpha" not in summary
    full = qualcode("agreement", "--full", folder=folder).out
    assert "alpha (MASI distance)" in full
    assert "binary u-alpha" in full
    assert "_" not in full
    assert len(summary) < len(full) / 1.5


def test_export_without_a_name_lists_what_it_can_write(folder: Path, tmp_path: Path) -> None:
    listed = [line.split("  ")[0] for line in qualcode("export", folder=folder).out.split("\n")]
    commands = [line.split()[1:] for line in listed if line.startswith("qualcode export")]
    assert len(commands) > 8
    for words in commands:
        words[2] = str(tmp_path / ("A1.docx" if words[1] == "commented" else words[2]))
        assert qualcode(*words, "--force", folder=folder).code == 0


@pytest.mark.parametrize("name", ["mijn studie", "prijs $5", "a&b", "plain", "Anna's map"])
def test_a_name_in_a_command_can_be_copied_to_the_shell(tmp_path: Path, name: str) -> None:
    said = qualcode("new", name, folder=tmp_path).err
    command = next(line for line in said.split("\n") if "qualcode import" in line)
    typed = shlex.split(command.partition("qualcode ")[2])
    assert typed[-1] == f"{name}.qualcode"
    assert qualcode("export", "cases", "c.csv", "-p", typed[-1], folder=tmp_path).code == 0


def test_a_word_without_special_characters_needs_no_marks() -> None:
    assert shell_word(r"C:\studie\a.qualcode") == r"C:\studie\a.qualcode"


def test_rows_that_do_not_fit_are_written_to_a_file_all_of_them(folder: Path, dutch: None) -> None:
    del dutch
    lines = ["transcript;quote;code", *["A1;bestaat niet echt;motives/joy"] * 14]
    (folder / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    result = qualcode("code", "t.csv", "--coder", "anna", "--errors", "f.csv", folder=folder)
    assert result.code == 1
    rows = (folder / "f.csv").read_text(encoding="utf-8-sig").split()
    assert sum(row.split(";")[0].isdigit() for row in rows) == 14
    again = qualcode("code", "t.csv", "--coder", "anna", "--errors", "f.csv", folder=folder)
    assert "--force" in again.err


@pytest.mark.parametrize("code", ["Jooy", "jou"])
def test_a_mistyped_end_of_a_path_brings_its_code(folder: Path, code: str) -> None:
    rows = f"transcript,quote,code\nA1,e,{code}\n"
    (folder / "t.csv").write_text(rows, encoding="utf-8")
    said = qualcode("code", "t.csv", "--coder", "anna", folder=folder).err
    assert "Did you mean 'motives/joy'?" in said


def test_a_quote_that_stands_twice_in_a_turn_names_the_turn(folder: Path) -> None:
    (folder / "t.csv").write_text("transcript,quote,code\nA1,e,motives/joy\n", encoding="utf-8")
    said = qualcode("code", "t.csv", "--coder", "anna", folder=folder).err
    assert "×)" in said
    assert "Copy more of the words around it" in said


def test_the_lines_of_a_wrapped_text_are_one_paragraph_in_the_quotes(tmp_path: Path) -> None:
    wrapped = textwrap.fill(WORDS, 64)
    (tmp_path / "M.txt").write_text(
        "\n\n".join(("Interviewer: Wie?", f"Manager: {wrapped}") * 2) + "\n", encoding="utf-8"
    )
    (tmp_path / "boek.csv").write_text("Theme > Code\nWerk > Functie\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text(
        f'transcript,quote,code,turn\nM,"{WORDS}",Functie,2\n', encoding="utf-8"
    )
    assert qualcode("new", "s", "--codebook", "boek.csv", folder=tmp_path).code == 0
    assert qualcode("import", "M.txt", folder=tmp_path).code == 0
    coded = qualcode("code", "c.csv", "--coder", "anna", folder=tmp_path)
    assert coded.code == 0, coded.err
    assert WORDS in " ".join(qualcode("quotes", folder=tmp_path).out.split(" "))
    with Project.open(tmp_path / "s.qualcode") as project:
        assert project.codebook.get().paths == ("werk", "werk/functie")
        (coding,) = project.codings.collect()
        assert "\n" in coding.quote


@pytest.mark.parametrize("field", ["children", "subcodes", "kinderen"])
def test_codes_under_another_word_are_refused_and_not_lost(tmp_path: Path, field: str) -> None:
    book = f"codes:\n  - name: a\n    label: A\n    {field}:\n      - name: b\n        label: B\n"
    (tmp_path / "b.yaml").write_text(book, encoding="utf-8")
    result = qualcode("codebook", "check", "b.yaml", folder=tmp_path)
    assert result.code == 1
    assert f"Write 'codes:' instead of '{field}:'." in result.err


def test_many_codes_without_a_definition_are_one_note(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("Code\nA > B\nA > C\nA > D\nA > E\n", encoding="utf-8")
    said = qualcode("codebook", "check", "b.csv", folder=tmp_path).err
    assert said.count("definition") == 1
    assert "5 codes have no definition: a, a/b, a/c, a/d, a/e." in said


@pytest.mark.usefixtures("dutch")
def test_a_question_that_nobody_answers_ends_the_command_in_dutch(folder: Path) -> None:
    assert qualcode("backup", "copy.qualcode", folder=folder).code == 0
    asked = qualcode("restore", "copy.qualcode", "new.qualcode", folder=folder)
    assert (asked.code, "Aborted" in asked.err) == (1, False)
    assert "Er kwam geen antwoord, dus de opdracht stopte hier." in asked.err
    assert not (folder / "new.qualcode").exists()
