"""Surveys: one row a person, each answer a unit; equal answers stay apart; the table comes back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from qualcode.errors import DuplicateError, InvalidTableError, QualcodeError, UnknownNameError
from qualcode.importing.survey import propose_plan
from qualcode.model import Code, Codebook, LocalText
from qualcode.project import Project
from qualcode.project.surveys import SurveyPlan

ROWS = (
    ("nr", "geslacht", "Wat vindt u van de buurt?", "Wat moet er beter?"),
    ("101", "vrouw", "Veel te druk met auto's hier", "Weet ik niet"),
    ("102", "man", "Veel te druk met auto's hier", "Meer bomen, minder auto's \U0001f642"),
    ("103", "vrouw", "Rustig en groen, ik woon hier graag", ""),
    ("104", "man", "Veel te druk met auto's hier", "Weet ik niet"),
)
PLAN = SurveyPlan("nr", ROWS[0][2:], ("geslacht",))


def _table(folder: Path, rows: tuple[tuple[str, ...], ...] = ROWS, name: str = "s.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.qualcode") as project:
        anna = project.acting_as("anna")
        codes = (Code("druk", LocalText({"nl": "Druk"})), Code("groen", LocalText({"nl": "Groen"})))
        anna.codebook.save(Codebook("buurt", codes), "")
        yield anna


def test_columns_are_proposed(tmp_path: Path) -> None:
    plan, titles = propose_plan(_table(tmp_path))
    assert plan.id_column == "nr"
    assert "geslacht" in plan.attributes
    assert titles == ROWS[0]


def test_few_different_answers_are_asked_about(work: Project, tmp_path: Path) -> None:
    """An opinion with few different answers may be an open question: nobody decides it silently."""
    rows = (
        ("nr", "leeftijd", "afdeling", "Hoe bevalt het rooster?", "Wat vindt u van de nacht?"),
        *((f"{n}", f"{20 + n}", "zorg", ("goed", "slecht")[n % 2], ("Daar slaap ik slecht van",
          "Daar heb ik geen last van, hoor")[n % 2]) for n in range(12)),
    )  # fmt: skip
    path = _table(tmp_path, rows)
    plan, _ = propose_plan(path)
    assert (plan.questions, plan.attributes) == ((), ("leeftijd", "afdeling"))
    assert plan.doubtful == rows[0][3:]
    problems = work.exchange.read_survey(path, SurveyPlan("nr", rows[0][3:4], ("leeftijd",)))
    assert "These columns were not read: afdeling and Wat vindt u van de nacht?." in {
        problem.message for problem in problems
    }
    assert {*work.cases.collect()[0].attributes} == {"age_band"}


def test_columns_without_a_title_of_their_own_are_told(work: Project, tmp_path: Path) -> None:
    merged = _table(tmp_path, (("nr", "Wat vindt u?", ""), ("1", "Te druk", "Te duur")))
    plan = SurveyPlan("nr", ("Wat vindt u?",), ())
    problems = work.exchange.read_survey(merged, plan)
    assert "Column 3 has values but no title." in {problem.message for problem in problems}
    above = _table(tmp_path, (("Achtergrond", "", ""), ("nr", "sekse", "Wat?")), "m.csv")
    with pytest.raises(InvalidTableError, match=r"first row of 'm.csv' .* do not merge cells"):
        work.exchange.read_survey(above, propose_plan(above)[0])
    twice = _table(tmp_path, (("nr", "Wat?", "Wat?"), ("1", "Te druk", "Te duur")), "t.csv")
    with pytest.raises(InvalidTableError, match=r"Two columns of 't.csv' are called 'Wat\?'"):
        work.exchange.read_survey(twice, SurveyPlan("nr", ("Wat?",), ()))


def test_each_answer_is_a_unit_with_its_person(work: Project, tmp_path: Path) -> None:
    work.exchange.read_survey(_table(tmp_path), PLAN)
    first, second = work.transcripts.collect()
    assert first.kind == "answers"
    assert [(t.speaker, t.span.of(first.text)) for t in first.turns] == [
        (row[0], row[2]) for row in ROWS[1:]
    ]
    assert [turn.speaker for turn in second.turns] == ["101", "102", "104"]
    assert second.turns[1].span.of(second.text).endswith("\U0001f642")
    assert [(c.name, c.attributes["sex"], len(c.participations)) for c in
            work.cases.collect()] == [
        ("101", "vrouw", 2), ("102", "man", 2), ("103", "vrouw", 1), ("104", "man", 2)
    ]  # fmt: skip


def test_reach_counts_people_and_equal_answers_stay_apart(work: Project, tmp_path: Path) -> None:
    work.exchange.read_survey(_table(tmp_path), PLAN)
    first, second = work.transcripts.collect()
    for turn in first.turns[:2]:
        work.codings.add(first.name, turn.span, "druk")
    work.codings.add(second.name, second.turns[1].span, "druk")
    report = work.themes.report("anna")
    reach = report.themes[0].reaches[0]
    assert (reach.cases, reach.of, reach.codings) == (2, 4, 3)
    by_sex = work.themes.count_by("sex", "anna")
    counts = dict(zip(by_sex.columns, by_sex.cells[0], strict=True))
    assert {value: (cell.count, cell.of) for value, cell in counts.items()} == {
        "vrouw": (1, 2),
        "man": (1, 2),
    }


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_table_comes_back_with_a_column_per_code(
    work: Project, tmp_path: Path, suffix: str
) -> None:
    from qualcode.importing.tables import read_table

    work.exchange.read_survey(_table(tmp_path), PLAN)
    first, second = work.transcripts.collect()
    work.codings.add(first.name, first.turns[0].span, "druk")
    work.codings.add(first.name, first.turns[2].span, "groen")
    work.codings.add(second.name, second.turns[1].span, "groen")
    path = tmp_path / f"back.{suffix}"
    assert work.exchange.write_survey(path, layer="anna") == 4
    table = read_table(path.read_bytes(), path.name)
    assert table.header == (
        *ROWS[0],
        f"{first.name}: druk",
        f"{first.name}: groen",
        f"{second.name}: groen",
    )
    assert [tuple(row.cell(i) for i in range(4)) for row in table.rows] == list(ROWS[1:])
    # No answer is not an answer without the code.
    assert [tuple(row.cell(i) for i in range(4, 7)) for row in table.rows] == [
        ("1", "0", "0"),
        ("0", "0", "1"),
        ("0", "1", ""),
        ("0", "0", "0"),
    ]


def test_bad_tables_are_refused(work: Project, tmp_path: Path) -> None:
    twice = _table(tmp_path, (*ROWS, ROWS[1]), "twice.csv")
    with pytest.raises(InvalidTableError, match="an id twice: 101"):
        work.exchange.read_survey(twice, PLAN)
    nameless = _table(tmp_path, (*ROWS, ("", "man", "Veel te druk", "Niets")), "nameless.csv")
    with pytest.raises(InvalidTableError, match="rows without an id: 6"):
        work.exchange.read_survey(nameless, PLAN)
    with pytest.raises(UnknownNameError, match="vraag"):
        work.exchange.read_survey(_table(tmp_path), SurveyPlan("nr", ("vraag 9",), ()))
    with pytest.raises(InvalidTableError, match="open questions"):
        work.exchange.read_survey(_table(tmp_path), SurveyPlan("nr", (), ()))
    with pytest.raises(QualcodeError, match="which survey"):
        work.exchange.write_survey(tmp_path / "none.csv")
    assert work.transcripts.collect() == ()
    work.exchange.read_survey(_table(tmp_path), PLAN)
    with pytest.raises(DuplicateError):
        work.exchange.read_survey(_table(tmp_path), PLAN)


def test_one_step_takes_it_all_back(work: Project, tmp_path: Path) -> None:
    work.exchange.read_survey(_table(tmp_path), PLAN)
    work.history.undo()
    assert work.transcripts.collect() == ()
    assert work.cases.collect() == ()


def test_rows_are_numbered_without_an_id(work: Project, tmp_path: Path) -> None:
    work.exchange.read_survey(_table(tmp_path), SurveyPlan("", PLAN.questions, ()))
    assert [case.name for case in work.cases.collect()] == ["R1", "R2", "R3", "R4"]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_person_who_withdraws_is_in_no_file_of_the_survey(
    work: Project, tmp_path: Path, suffix: str
) -> None:
    """The table is the file of every question, also of one that this person did not answer."""
    from qualcode.importing.tables import read_table

    path = _table(tmp_path)
    if suffix == "xlsx":
        path = tmp_path / "s.xlsx"
        pd.read_csv(_table(tmp_path), sep=";", dtype=str).to_excel(path, index=False)
    work.exchange.read_survey(path, PLAN)
    first, second = work.transcripts.collect()
    work.codings.add(first.name, first.turns[1].span, "druk")
    work.codings.add(second.name, second.turns[1].span, "groen")
    # 103 answered the first question only.
    work.cases.withdraw("103")
    for question in work.transcripts.collect():
        data = work._store.original(question.name).data
        assert not data.startswith(b"PK")
        assert b"Rustig en groen" not in data
    back = tmp_path / "back.csv"
    assert work.exchange.write_survey(back, layer="anna") == 3
    table = read_table(back.read_bytes(), back.name)
    assert [row.cell(0) for row in table.rows] == ["101", "102", "104"]
    coded = {title: place for place, title in enumerate(table.header) if ": " in title}
    assert len(coded) == 2
    assert [[row.cell(place) for place in coded.values()] for row in table.rows] == [
        ["0", "0"],
        ["1", "1"],
        ["0", "0"],
    ]


def test_a_survey_whose_questions_are_gone_says_so(work: Project, tmp_path: Path) -> None:
    work.exchange.read_survey(_table(tmp_path), PLAN)
    for question in work.transcripts.collect():
        work.transcripts.revisions.remove(question.name)
    with pytest.raises(QualcodeError, match="no longer in the project"):
        work.exchange.write_survey(tmp_path / "back.csv", layer="all")
