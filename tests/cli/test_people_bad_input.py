"""What is wrong in a table of people or of a survey gets a plain sentence, in both languages."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from cli_runner import Result, qualcode
from qualcode.project import Project

GROUP = "M: Wie begint?\nF1: Ik dus.\nF2: Ik niet.\n"
ALONE = "I: En jij?\nR: Het was druk.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    for name, text in (("FG1", GROUP), ("G01", ALONE), ("G02", ALONE.replace("druk", "stil"))):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    for language in ("nl", "en"):
        made = folder / language
        made.mkdir()
        assert qualcode("new", "study", "--language", language, folder=made).code == 0
        done = qualcode("import", "..", "--yes", folder=made)
        assert done.code == 0, done.err
        table(made, "people.csv", "transcript,speaker,case", "FG1,F1,Ada", "FG1,F2,Bo", "G01,R,Cas")
        assert qualcode("import", "--cases", "people.csv", folder=made).code == 0
    return folder


@pytest.fixture(params=["nl", "en"])
def folder(
    request: pytest.FixtureRequest, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A project of people in a language, and its folder, which has the name of the language."""
    monkeypatch.setenv("QUALCODE_LANGUAGE", request.param)
    return Path(shutil.copytree(built / request.param, tmp_path / request.param))


def table(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


def read(folder: Path, *lines: str) -> Result:
    table(folder, "more.csv", *lines)
    return qualcode("import", "--cases", "more.csv", folder=folder)


def people(folder: Path) -> dict[str, tuple[str, ...]]:
    with Project.open(folder / "study.qualcode") as project:
        return {case.name: case.transcripts for case in project.cases.collect()}


PEOPLE = {"Ada": ("FG1",), "Bo": ("FG1",), "Cas": ("G01",)}


def says(result: Result, folder: Path, dutch: str, english: str) -> bool:
    wanted, other = (dutch, english) if folder.name == "nl" else (english, dutch)
    said = result.out + result.err
    assert other not in said
    return wanted in said


def test_two_participants_are_not_one_speaker(folder: Path) -> None:
    dutch = "kan niet 'Ada' en 'Bo' tegelijk zijn"
    english = "cannot be both 'Ada' and 'Bo'"
    lines = "transcript,speaker,case", "FG1,F1,Ada", "FG1,F1,Bo"
    for result in (
        read(folder, *lines),
        qualcode("participant", "set", "Bo", "--in", "FG1", "--speaker", "F1", folder=folder),
    ):
        assert result.code == 1
        assert says(result, folder, dutch, english), result.err
    assert people(folder) == PEOPLE


def test_a_participant_in_no_transcript_is_asked_about(folder: Path) -> None:
    result = read(folder, "transcript,speaker,case,sex", ",,Dirk,man")
    assert says(result, folder, "de tabel noemt geen interview", "names no interview of theirs")
    result = read(folder, "transcript,speaker,case", "FG9,F1,Ada")
    assert says(result, folder, "Bedoel je 'FG1'?", "Did you mean 'FG1'?")
    assert people(folder) == PEOPLE


def test_a_wave_without_a_person_makes_no_person(folder: Path) -> None:
    result = read(folder, "transcript,case,wave", "G01,Cas,1", "G02,,2")
    assert says(result, folder, "Deze rij noemt geen respondent", "This row names no respondent")
    assert people(folder) == PEOPLE


def test_merged_cells_in_the_header_are_told(folder: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (("transcript", "case", "achtergrond", None), ("G01", "Cas", "vrouw", 40)):
        sheet.append(row)
    sheet.merge_cells("C1:D1")
    workbook.save(folder / "merged.xlsx")
    result = qualcode("import", "--cases", "merged.xlsx", folder=folder)
    dutch, english = "Kolom 4 heeft waarden maar geen titel", "Column 4 has values but no title"
    assert says(result, folder, dutch, english)
    assert people(folder) == PEOPLE


def test_an_id_that_occurs_twice_is_refused(folder: Path) -> None:
    table(folder, "survey.csv", "nr,Wat vindt u?", "E1,Te druk", "E1,Te duur")
    asked = ("survey", "import", "survey.csv", "--id", "nr", "--question", "Wat vindt u?")
    result = qualcode(*asked, folder=folder)
    assert result.code == 1
    assert says(result, folder, "heeft een nummer twee keer: E1", "has an id twice: E1")
    missing = qualcode(*asked[:4], "nummer", *asked[5:], folder=folder)
    assert says(missing, folder, "Geen kolom 'nummer'", "No column 'nummer'")
    assert people(folder) == PEOPLE
