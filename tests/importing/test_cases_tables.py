"""Tables of respondents: speakers, attributes on three levels, and what is wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.importing import read_case_rows, read_cases
from qualcode.importing.cases import CasesTable
from qualcode.model import Case, FrozenMap, Participation


def _read(tmp_path: Path, *lines: str) -> CasesTable:
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_cases(path)


def test_a_column_speaker_says_who_is_who_in_a_group(tmp_path: Path) -> None:
    table = _read(
        tmp_path,
        "transcript;speaker;case;sex",
        "FG1.docx;F1;Ada;vrouw",
        "FG1;F2;Bo;man",
        "FG1;Moderator;;",
        "FG1;F3;Ada;",
    )
    assert table.cases == (
        Case("Ada", FrozenMap({"sex": "vrouw"}), (Participation("FG1", ("F1", "F3")),)),
        Case("Bo", FrozenMap({"sex": "man"}), (Participation("FG1", ("F2",)),)),
    )
    assert table.problems == ()


def test_a_wave_and_what_differs_belong_to_the_moment(tmp_path: Path) -> None:
    table = _read(
        tmp_path,
        "transcript,case,wave,werk,sex",
        "G01a,G1,1,student,vrouw",
        "G01b,G1,2,kok,vrouw",
        "G02a,G2,1,kok,man",
    )
    first, second = table.cases
    assert first.attributes == {"sex": "vrouw"}
    assert [part.attributes for part in first.participations] == [
        {"wave": "1", "work": "student"},
        {"wave": "2", "work": "kok"},
    ]
    assert second.attributes == {"work": "kok", "sex": "man"}
    assert second.participations[0].attributes == {"wave": "1"}
    assert "'work' differs from one interview to another." in {p.message for p in table.problems}


def test_sex_does_not_change_between_interviews(tmp_path: Path) -> None:
    table = _read(tmp_path, "transcript,case,sex", "a,G1,vrouw", "b,G1,man")
    assert table.cases[0].attributes == {"sex": "vrouw"}
    assert [p.hint for p in table.problems] == ["The first was kept."]


def test_a_date_belongs_to_the_transcript(tmp_path: Path) -> None:
    table = _read(tmp_path, "transcript,case,datum,soort", "FG1,A,2026-03-01,focusgroep")
    assert table.transcripts == {"FG1": {"date": "2026-03-01", "kind": "group"}}
    assert table.cases == (Case("A", FrozenMap(), (Participation("FG1"),)),)


def test_a_table_of_transcripts_makes_no_cases(tmp_path: Path) -> None:
    table = _read(tmp_path, "transcript,datum,soort", "nota,2026-03-01,document")
    assert table.cases == ()
    assert table.transcripts == {"nota": {"date": "2026-03-01", "kind": "document"}}


def test_an_unknown_kind_is_told(tmp_path: Path) -> None:
    table = _read(tmp_path, "transcript,soort", "nota,podcast")
    assert table.transcripts == {}
    assert [p.message for p in table.problems] == ["'podcast' is no kind of source."]


def test_a_wave_without_a_person_is_told(tmp_path: Path) -> None:
    table = _read(tmp_path, "transcript,case,wave", "G01,G1,1", "G01,,2")
    assert [p.message for p in table.problems] == ["This row names no respondent."]


def test_merged_cells_in_the_header_are_told(tmp_path: Path) -> None:
    table = _read(tmp_path, "transcript,case,achtergrond,", "G01,G1,vrouw,40")
    assert "Column 4 has values but no title." in {p.message for p in table.problems}


def test_cases_of_one_transcript_without_speakers_are_told(tmp_path: Path) -> None:
    table = _read(tmp_path, "transcript,case", "FG1,A", "FG1,B")
    assert "Transcript 'FG1' belongs to the cases A, B." in {p.message for p in table.problems}


@pytest.mark.parametrize("label", ["Vrouw 1 \U0001f642", "cafe\u0301", "R\x0b1"])
def test_labels_stay_as_they_are(label: str) -> None:
    table = read_case_rows([{"transcript": "FG1", "speaker": label, "case": "A"}], "page")
    assert table.cases[0].participations == (Participation("FG1", (label,)),)


def test_a_document_by_nobody_in_a_table_of_people_is_no_respondent(tmp_path: Path) -> None:
    table = _read(
        tmp_path,
        "transcript,spreker,case,soort,golf",
        "G01,R,G1,interview,1",
        "dagboek,,G1,dagboek,",
        "beleid,,,document,",
    )
    assert [(case.name, case.transcripts) for case in table.cases] == [("G1", ("G01", "dagboek"))]
    assert table.transcripts["beleid"] == {"kind": "document"}
    assert table.problems == ()
