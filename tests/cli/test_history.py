"""The history is told in sentences, a line for each step."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode

BOOK = (
    "codes:\n  - name: a\n    label: A\n    definition: d\n"
    "  - name: b\n    label: B\n    definition: d\n"
)
GUIDE = (
    "format: qualcode-guide/1\nname: g\ngroup: users\nquestions:\n"
    "  - id: U1\n    text: En?\n    codes: [a]\n"
)


def made(folder: Path) -> Path:
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "guide.yaml").write_text(GUIDE, encoding="utf-8")
    (folder / "A1.txt").write_text("I: En?\nR: Ja hoor.\n", encoding="utf-8")
    (folder / "A2.txt").write_text("I: En toen?\nR: Nee hoor.\n", encoding="utf-8")
    (folder / "t.csv").write_text(
        "transcript,quote,code\nA1,Ja hoor.,a\nA2,Nee hoor.,a\n", encoding="utf-8"
    )
    for words in (
        ("new", "study", "--codebook", "book.yaml"),
        ("import", "A1.txt", "A2.txt", "--yes"),
        ("segment",),
        ("guide", "import", "guide.yaml"),
        ("code", "t.csv", "--coder", "anna"),
        ("codebook", "rename", "a", "c", "--coder", "bram"),
    ):
        assert qualcode(*words, folder=folder).code == 0
    return folder


def test_each_step_is_a_sentence_and_routine_is_told_once(tmp_path: Path) -> None:
    lines = qualcode("history", folder=made(tmp_path)).out.splitlines()
    assert [" ".join(line.split()[2:]) for line in lines[1:]] == [
        "- made the project study",
        "- codebook version 1: read from book.yaml",
        (
            "- imported 2 interviews: A1, A2; confirmed the roles of the speakers; "
            "confirmed the languages of the interviews"
        ),
        "- divided 2 interviews into turns, sentences, paragraphs and answers",
        "- saved topic guide g",
        "anna added 2 codings in A1, A2",
        "bram codebook version 2: renamed a to c; saved topic guide g",
    ]


def test_codings_of_two_coders_in_one_table_are_told_as_of_both(tmp_path: Path) -> None:
    folder = made(tmp_path)
    table = "transcript,quote,code,coder\nA1,Ja,c,anna\nA2,Nee,c,bram\n"
    (folder / "both.csv").write_text(table, encoding="utf-8")
    assert qualcode("code", "both.csv", "--coder", "anna", folder=folder).code == 0
    last = qualcode("history", "--limit", "1", folder=folder).out.splitlines()[1]
    assert "added 2 codings by anna and bram in A1, A2" in last


def test_notes_on_the_codebook_are_in_the_language_of_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(tmp_path)
    assert qualcode("undo", "--coder", "bram", folder=folder).code == 0
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")
    shown = qualcode("history", folder=folder).out
    assert "codeboek, versie 1: gelezen uit book.yaml" in shown
    # Also of a version that was taken back.
    assert "codeboek, versie 2: a hernoemd tot c" in shown


def test_an_undone_step_says_so(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert qualcode("undo", "--coder", "bram", folder=folder).code == 0
    shown = qualcode("history", "--limit", "2", folder=folder).out
    assert "undone" in shown.splitlines()[1]
    assert "undid the step before" in shown
    guide = qualcode("guide", "show", folder=folder).out
    assert " a" in guide


def test_a_renamed_code_takes_the_guide_along_and_a_retired_one_is_told(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert qualcode("guide", "show", "--json", folder=folder).json[0]["questions"][0]["codes"] == [
        "c"
    ]
    assert "note" not in qualcode("check", folder=folder).err
    assert qualcode("codebook", "retire", "c", folder=folder).code == 0
    checked = qualcode("check", folder=folder)
    assert checked.code == 0
    assert "Code 'c' is retired." in checked.err


def test_one_import_is_one_step_to_undo(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "A3.txt").write_text("I: En?\nR: Eerst.\n", encoding="utf-8")
    (folder / "A4.txt").write_text("I: En dan?\nR: Daarna.\n", encoding="utf-8")
    (folder / "cases.csv").write_text("transcript,case\nA3,R3\n", encoding="utf-8")
    words = ("import", "A3.txt", "A4.txt", "--cases", "cases.csv", "--yes", "--coder", "cees")
    assert qualcode(*words, folder=folder).code == 0
    undone = qualcode("undo", "--coder", "cees", folder=folder)
    assert "To undo: " in undone.err
    assert "imported 2 interviews: A3, A4" in undone.err
    assert "saved respondent R3" in undone.err
    names = qualcode("speakers", "--json", folder=folder).json
    assert {row["transcript"] for row in names} == {"A1", "A2"}


def test_a_faulty_table_of_respondents_loses_no_interview(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "A3.txt").write_text("I: En?\nR: Eerst.\n", encoding="utf-8")
    (folder / "cases.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    result = qualcode("import", "A3.txt", "--cases", "cases.csv", "--yes", folder=folder)
    assert result.code == 1
    assert "imported  A3" in result.err
    names = qualcode("speakers", "--json", folder=folder).json
    assert "A3" in {row["transcript"] for row in names}


def test_undo_says_what_it_passes_over(tmp_path: Path) -> None:
    folder = made(tmp_path)
    assert qualcode("segment", "--coder", "anna", folder=folder).code == 0
    undone = qualcode("undo", "--coder", "anna", folder=folder)
    assert "Skipped, because it cannot be undone: divided " in undone.err
    assert "To undo: added 2 codings in A1, A2" in undone.err
