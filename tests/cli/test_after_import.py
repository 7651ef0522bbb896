"""After an import: what came in, what did not, what to confirm, and what is next."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli_runner import qualcode
from qualcode.project import Project
from qualcode.pseudonyms import NameKey, NameKind, entry_for
from spoken import SPOKEN

BOOK = "Code;Definitie\nWerk;werken\nMensen;\n"
CASES = "transcript,case,group\nN1,P1,users\nN2,P2,\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    for name, language in {"N1": "nl", "N2": "nl", "E1": "en"}.items():
        text = SPOKEN[language] + f"R: {name}.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert qualcode("new", "study", "--codebook", "book.csv", folder=tmp_path).code == 0
    return tmp_path


def review(study: Path, *words: str) -> Any:
    told = qualcode("after-import", *words, "--json", folder=study)
    assert told.code == 0, told.err
    return told.json


def kinds(study: Path) -> set[str]:
    return {task["kind"] for task in review(study)["tasks"]}


def code_with(study: Path, *coders: str, transcript: str = "N1") -> None:
    for coder in coders:
        table = f"transcript,quote,code\n{transcript},Het was hard werken,Werk\n"
        (study / "c.csv").write_text(table, encoding="utf-8")
        told = qualcode("code", "c.csv", "--coder", coder, folder=study)
        assert told.code == 0, told.err


def ready(study: Path) -> dict[str, bool]:
    return {step["name"]: step["ready"] for step in review(study)["steps"]}


def test_an_import_names_the_command(study: Path) -> None:
    told = qualcode("import", "N1.txt", folder=study)
    assert "qualcode after-import" in told.err


def test_a_task_stays_until_it_is_done(study: Path) -> None:
    assert qualcode("import", "N1.txt", "N2.txt", "E1.txt", folder=study).code == 0
    assert kinds(study) == {"speakers", "languages", "participants", "units"}
    assert qualcode("speakers", "--confirm", folder=study).code == 0
    assert qualcode("transcript", "language", "E1", "en", folder=study).code == 0
    assert qualcode("segment", folder=study).code == 0
    assert kinds(study) == {"participants"}
    assert qualcode("import", "--cases", "cases.csv", folder=study).code == 0
    tasks = {task["kind"]: task["message"] for task in review(study)["tasks"]}
    assert "E1" in tasks["participants"]
    assert "P2" in tasks["groups"]


def test_a_language_that_nobody_recognised_is_asked_about(study: Path) -> None:
    unknown = "".join(
        f"{'IR'[i % 2]}: Zbrk plomf {i}, krast wemp dofti grum salk.\n" for i in range(40)
    )
    (study / "X1.txt").write_text(unknown, encoding="utf-8")
    assert qualcode("import", "X1.txt", folder=study).code == 0
    (task,) = [task for task in review(study)["tasks"] if task["kind"] == "languages"]
    assert "not recognised, so it is read as Dutch: X1." in task["message"]
    assert qualcode("transcript", "language", "X1", "nl", folder=study).code == 0
    assert "languages" not in kinds(study)


def test_interviews_of_nobody_lead_to_the_proposal_of_respondents(study: Path) -> None:
    assert qualcode("import", "N1.txt", "-y", folder=study).code == 0
    (task,) = [task for task in review(study)["tasks"] if task["kind"] == "participants"]
    assert qualcode(*task["command"].split()[1:], "-y", folder=study).code == 0
    assert "participants" not in kinds(study)


def test_the_next_steps_follow_what_was_coded(study: Path) -> None:
    assert qualcode("import", "N1.txt", "N2.txt", "-y", folder=study).code == 0
    qualcode("segment", folder=study)
    assert ready(study) == {"agreement": False, "themes": False, "quotes": False}
    code_with(study, "anna")
    assert ready(study) == {"agreement": False, "themes": True, "quotes": True}
    code_with(study, "bram")
    (study / "d.csv").write_text("transcript,quote,code\nN1,De mensen,Mensen\n", encoding="utf-8")
    assert qualcode("code", "d.csv", "--coder", "bram", folder=study).code == 0
    assert ready(study) == {"agreement": True, "themes": False, "quotes": False}
    (agreement, themes, _) = review(study)["steps"]
    assert agreement["command"] == 'qualcode agreement --coders "anna,bram"'
    assert "no consensus yet" in themes["message"]


def test_two_spellings_of_a_coder_are_asked_about(study: Path) -> None:
    assert qualcode("import", "N1.txt", "N2.txt", "-y", folder=study).code == 0
    code_with(study, "anna", "an-na")
    assert "coders" in kinds(study)


def test_a_file_of_another_program_is_told_with_what_it_lost(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qualcode("import", "N1.txt", "-y", folder=study).code == 0
    code_with(study, "anna")
    assert qualcode("export", "project", "other.qdpx", folder=study).code == 0
    assert qualcode("new", "back", folder=study).code == 0
    project = ("--project", "back.qualcode")
    assert qualcode("import", "other.qdpx", *project, folder=study).code == 0
    (file,) = review(study, *project)["files"]
    assert file["file"] == "other.qdpx"
    assert file["score"] == 1.0
    assert any(loss["kind"] == "taken" for loss in file["losses"])
    told = qualcode("after-import", *project, folder=study)
    assert "other.qdpx, written by qualcode" in told.out
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")
    told = qualcode("after-import", *project, folder=study)
    assert "overgenomen" in told.out
    assert "Het zijn transcripten." in told.out
    assert "They are" not in told.out
    monkeypatch.setenv("QUALCODE_LANGUAGE", "en")
    assert qualcode("undo", "-y", *project, folder=study).code == 0
    assert review(study, *project)["files"] == []


def test_an_open_blind_round_is_no_comparison(study: Path) -> None:
    assert qualcode("import", "N1.txt", "N2.txt", "-y", folder=study).code == 0
    code_with(study, "anna", "bram")
    new = ("round", "new", "een", "--coders", "anna,bram", "--sample", "2", "--blind")
    assert qualcode(*new, folder=study).code == 0
    code_with(study, "anna", transcript="N2")
    agreement = review(study, "--coder", "bram")["steps"][0]
    assert not agreement["ready"]
    assert "blind" in agreement["message"]


def test_an_empty_project_has_nothing_to_confirm(study: Path) -> None:
    told = qualcode("after-import", folder=study)
    assert told.code == 0
    assert "Nothing is left to confirm." in told.out
    assert "qualcode import INTERVIEWS" in told.out
    assert qualcode("after-import", "--project", "niet.qualcode", folder=study).code == 1


def write_corrected_interview(path: Path) -> None:
    """An interview with words that Word tracks as deleted, and words above the first label."""
    from docx import Document
    from docx.oxml import parse_xml

    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = Document()
    document.add_paragraph("Dit gesprek met Truus ging over werk. " * 10)
    for _ in range(4):
        document.add_paragraph("I: Hoe gaat het op het werk?")
        document.add_paragraph("R: Het was hard werken en ik ben het zat.")
    document.paragraphs[2]._p.append(
        parse_xml(f"<w:del {word}><w:r><w:delText> Geheim.</w:delText></w:r></w:del>")
    )
    document.save(str(path))


def notes_of(study: Path) -> dict[str, list[str]]:
    return {
        notes["transcript"]: [problem["message"] for problem in notes["problems"]]
        for notes in review(study)["notes"]
    }


def test_what_a_file_lost_is_told_later_too(study: Path) -> None:
    write_corrected_interview(study / "D1.docx")
    told = qualcode("import", "N1.txt", "D1.docx", folder=study)
    assert told.code == 0, told.err
    lost = ["1 tracked deletion was left out.", "70 words above the first speaker label"]
    for sentence in lost:
        assert sentence in told.err
    assert list(notes_of(study)) == ["D1"]
    assert [sentence in " ".join(notes_of(study)["D1"]) for sentence in lost] == [True, True]
    printed = qualcode("after-import", folder=study)
    assert "D1.docx: 1 tracked deletion was left out." in printed.out
    # The words that were left out are in no table of the project, only in the file that it keeps.
    assert qualcode("transcript", "rename", "D1", "Truus", folder=study).code == 0
    assert list(notes_of(study)) == ["Truus"]
    assert qualcode("transcript", "remove", "Truus", "--force", folder=study).code == 0
    assert notes_of(study) == {}


def test_with_names_replaced_the_file_is_gone_and_so_are_its_notes(study: Path) -> None:
    write_corrected_interview(study / "D1.docx")
    assert qualcode("import", "D1.docx", folder=study).code == 0
    key = NameKey("study", (entry_for("Truus", NameKind.PERSON, "Anna"),))
    with Project.open(study / "study.qualcode") as project:
        assert project.pseudonyms.replace(key).replaced
    assert "deletion" not in " ".join(notes_of(study)["D1"])
