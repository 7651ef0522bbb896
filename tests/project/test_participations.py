"""Respondents in a project: groups, waves, tables that update, and what is lost only by consent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import ConflictError, InvalidValueError, LossError, UnknownNameError
from qualcode.model import (
    Case,
    FrozenMap,
    Participation,
    QuoteFilter,
    Role,
    transcript_aliases,
)
from qualcode.project import Project

GROUP = """Moderator: Wat betekent werk voor jullie?
F1: Voor mij is het vooral geld.
F2: Ik ga voor de collega's.
F3: Mijn baas bepaalt alles.
F4: Ik ben er klaar mee.
"""
CODEBOOK = """format: qualcode-codebook/1
name: werk
version: 1
codes:
  - name: motief
    label: {nl: Motief}
    codes:
      - name: geld
        label: {nl: Geld}
      - name: mensen
        label: {nl: Mensen}
"""
PEOPLE = ("vrouw", "man", "vrouw", "man")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "FG1.txt").write_text(GROUP, encoding="utf-8")
    (tmp_path / "P1.txt").write_text("I: En u?\nR: Ik werk voor het geld.\n", encoding="utf-8")
    (tmp_path / "book.yaml").write_text(CODEBOOK, encoding="utf-8")
    with Project.create(tmp_path / "study.qualcode") as project:
        anna = project.acting_as("anna")
        roles = {"Moderator": Role.INTERVIEWER, "I": Role.INTERVIEWER, "R": Role.RESPONDENT}
        roles |= {f"F{number}": Role.RESPONDENT for number in range(1, 5)}
        for result in anna.transcripts.read_files(
            [tmp_path / "FG1.txt", tmp_path / "P1.txt"], roles=roles
        ):
            assert result.refused == ""
        anna.codebook.read(tmp_path / "book.yaml")
        rows = ["transcript,code,quote", "FG1,motief/geld,vooral geld"]
        rows += ["FG1,motief/mensen,voor de collega's", "P1,motief/geld,voor het geld"]
        (tmp_path / "codings.csv").write_text("\n".join(rows), encoding="utf-8")
        anna.codings.read_table(tmp_path / "codings.csv")
        yield anna


def _table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def _group(tmp_path: Path) -> Path:
    rows = [f"FG1,F{n},D{n},{sex},users" for n, sex in enumerate(PEOPLE, start=1)]
    return _table(
        tmp_path, "transcript,speaker,case,sex,group", *rows, "P1,,Prof,vrouw,professionals"
    )


@pytest.mark.slow
def test_a_group_of_four_counts_who_said_it(work: Project, tmp_path: Path) -> None:
    work.cases.read(_group(tmp_path))
    report = work.themes.report("anna")
    (theme,) = report.themes
    reaches = {code.code: code.reaches for code in theme.codes}
    assert [(r.group, r.cases, r.of) for r in reaches["motief/geld"]] == [
        ("", 2, 5),
        ("users", 1, 4),
        ("professionals", 1, 1),
    ]
    quotes = [q for s in work.quotes.collect(QuoteFilter(layer="anna")) for q in s.quotes]
    assert [(q.case, q.attributes["sex"]) for q in quotes] == [
        ("D1", "vrouw"),
        ("Prof", "vrouw"),
        ("D2", "man"),
    ]
    only = work.quotes.collect(QuoteFilter(layer="anna", group="professionals"))
    assert [q.case for s in only for q in s.quotes] == ["Prof"]
    hits = work.suggestions.find(pattern="ik|mij", where={"sex": "man"})
    assert {hit.text.lower() for hit in hits if hit.transcript == "FG1"} == {"ik"}
    assert len(hits) == 2
    table = work.codings.table("anna")
    assert list(table["case"]) == ["D1", "D2", "Prof"]
    assert list(table["speaker"]) == ["F1", "F2", "R"]
    matrix = work.themes.matrix("code", "case", "anna")
    assert matrix.loc["motief/geld", "D1"] == 1
    assert matrix.loc["motief/geld", "D2"] == 0


def test_nobody_said_who_is_who(work: Project, tmp_path: Path) -> None:
    work.cases.read(_table(tmp_path, "transcript,case", "FG1,D1", "FG1,D2", "P1,Prof"))
    (theme,) = work.themes.report("anna").themes
    reach = theme.reaches[0]
    assert (reach.cases, reach.of, reach.unknown_cases, reach.unattributed) == (1, 1, 2, 2)
    (doubt,) = work.cases.doubts()
    assert doubt.where == "FG1"


def test_without_a_table_each_respondent_counts(work: Project) -> None:
    assert [case.name for case in work.cases.respondents()] == [
        *(f"interview 1-{number}" for number in range(1, 5)),
        "interview 2",
    ]
    proposals = work.cases.propose()
    assert [case.name for case in proposals] == ["FG1-1", "FG1-2", "FG1-3", "FG1-4", "P1"]
    # A proposal changes nothing.
    assert work.cases.collect() == ()
    work.cases.add(proposals)
    assert work.cases.propose() == ()


@pytest.mark.slow
def test_two_cases_are_not_one_speaker(work: Project, tmp_path: Path) -> None:
    path = _table(tmp_path, "transcript,speaker,case", "FG1,F1,D1", "FG1,F1,D2")
    with pytest.raises(ConflictError, match="a speaker is one person"):
        work.cases.read(path)
    assert work.cases.collect() == ()


def test_an_interviewer_is_no_respondent(work: Project, tmp_path: Path) -> None:
    path = _table(tmp_path, "transcript,speaker,case", "FG1,Moderator,D1")
    with pytest.raises(ConflictError, match="is an interviewer"):
        work.cases.read(path)


def test_an_unknown_speaker_is_refused_with_the_nearest(work: Project, tmp_path: Path) -> None:
    path = _table(tmp_path, "transcript,speaker,case", "FG1,F11,D1")
    with pytest.raises(UnknownNameError, match="Did you mean 'F1'"):
        work.cases.read(path)


def test_a_table_with_fewer_columns_wipes_nothing(work: Project, tmp_path: Path) -> None:
    work.cases.read(_group(tmp_path))
    before = {case.name: case for case in work.cases.collect()}
    work.cases.read(_table(tmp_path, "case,region", "D1,Noord"))
    after = {case.name: case for case in work.cases.collect()}
    assert after["D1"].attributes == {**before["D1"].attributes, "region": "Noord"}
    assert after["D1"].participations == before["D1"].participations
    assert {name: after[name] for name in after if name != "D1"} == {
        name: before[name] for name in before if name != "D1"
    }


@pytest.mark.slow
def test_a_mistyped_pseudonym_deletes_nobody(work: Project, tmp_path: Path) -> None:
    work.cases.read(_group(tmp_path))
    before = work.cases.collect()
    path = _table(tmp_path, "transcript,case,region", "P1,Porf,Noord")
    with pytest.raises(LossError, match="Respondent 'Prof' loses P1 to Porf and would be removed"):
        work.cases.read(path)
    assert work.cases.collect() == before
    work.cases.read(path, remove=True)
    assert {case.name for case in work.cases.collect()} == {"D1", "D2", "D3", "D4", "Porf"}


def test_a_mistyped_pseudonym_without_interview_is_asked_about(
    work: Project, tmp_path: Path
) -> None:
    work.cases.read(_group(tmp_path))
    before = work.cases.collect()
    problems = work.cases.read(_table(tmp_path, "case,region", "Porf,Noord"))
    assert [problem.hint for problem in problems] == ["Did you mean 'Prof'?"]
    assert work.cases.collect() == before


def test_a_mistyped_transcript_unlinks_nobody(work: Project, tmp_path: Path) -> None:
    work.cases.read(_group(tmp_path))
    problems = work.cases.read(_table(tmp_path, "transcript,case,region", "P11,Prof,Noord"))
    assert "Did you mean 'P1'?" in {problem.hint for problem in problems}
    prof = next(case for case in work.cases.collect() if case.name == "Prof")
    assert prof.transcripts == ("P1",)
    assert prof.attributes["region"] == "Noord"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.slow
def test_the_exported_table_reads_back_equal(work: Project, tmp_path: Path, suffix: str) -> None:
    work.cases.read(_group(tmp_path))
    work.cases.add([Case("D1", FrozenMap({"sex": "vrouw", "group": "users"}),
                         (Participation("FG1", ("F1",), FrozenMap({"wave": "1"})),))])  # fmt: skip
    work.cases.attributes.set_for_transcript("FG1", {"kind": "group", "date": "2026-03-01"})
    before = {case.name: case for case in work.cases.collect()}
    path = tmp_path / f"out.{suffix}"
    work.exchange.write_table("participations", path)
    work.cases.replace([])
    work.cases.attributes.set_for_transcript("FG1", {"kind": "", "date": ""})
    work.cases.read(path)
    assert {case.name: case for case in work.cases.collect()} == before
    assert work.transcripts.get("FG1").attributes == {"kind": "group", "date": "2026-03-01"}


@pytest.mark.slow
def test_participations_are_undone_and_stay_in_a_reopened_project(
    work: Project, tmp_path: Path
) -> None:
    work.cases.read(_group(tmp_path))
    case = work.cases.collect()[0]
    work.cases.add([Case("D1", case.attributes, (Participation("FG1", ("F1", "F3")),))][:0])
    with Project.open(tmp_path / "study.qualcode") as again:
        assert again.cases.collect() == work.cases.collect()
    work.history.undo()
    assert work.cases.collect() == ()
    work.history.redo()
    assert work.cases.collect()[0] == case


def test_an_empty_column_of_names_makes_nobody(work: Project, tmp_path: Path) -> None:
    work.cases.read(_group(tmp_path))
    before = {case.name for case in work.cases.collect()}
    work.cases.read(_table(tmp_path, "transcript,case,region", "P1,,Noord"))
    after = {case.name: case for case in work.cases.collect()}
    assert {*after} == before
    assert after["Prof"].attributes["region"] == "Noord"


def test_only_who_takes_a_speaker_is_named_as_the_one_who_takes_it(
    work: Project, tmp_path: Path
) -> None:
    work.cases.read(_table(tmp_path, "transcript,case,speaker", "FG1,Kees,F1", "FG1,Els,F2"))
    table = _table(tmp_path, "transcript,case,speaker", "FG1,Truus,F1", "FG1,Jan,F3")
    with pytest.raises(LossError, match="'Kees' loses FG1 to Truus and would be removed"):
        work.cases.read(table)


def test_rows_on_the_page_that_are_gone_are_asked_about(work: Project, tmp_path: Path) -> None:
    work.cases.read(_group(tmp_path))
    rows = [
        {"case": f"D{n}", "transcript": "FG1", "speaker": f"F{n}", "sex": sex, "group": "users"}
        for n, sex in enumerate(PEOPLE, start=1)
    ]
    with pytest.raises(LossError, match="Prof"):
        work.cases.replace_rows(rows)
    work.cases.replace_rows(rows, remove=True)
    assert [case.name for case in work.cases.collect()] == ["D1", "D2", "D3", "D4"]


@pytest.mark.slow
def test_numbers_are_counted_in_bands(work: Project, tmp_path: Path) -> None:
    path = _group(tmp_path)
    work.cases.read(path)
    ages = (19, 34, 52, 41)
    work.cases.read(
        _table(tmp_path, "case,age", *(f"D{n},{age}" for n, age in enumerate(ages, start=1)))
    )
    # The usual name of a column of ages is the band; the value is a number all the same.
    name = next(iter({*work.cases.collect()[0].attributes} & {"age", "age_band"}))
    work.cases.attributes.set_type(name, "number", cuts=(30, 50))
    assert work.themes.count_by(name, "anna").columns == ("<30", "30-49", "50+")
    with pytest.raises(InvalidValueError, match="rising"):
        work.cases.attributes.set_type(name, "number", cuts=(50, 30))
    with pytest.raises(InvalidValueError, match="no type of attribute"):
        work.cases.attributes.set_type(name, "nummer")
    with pytest.raises(UnknownNameError):
        work.cases.attributes.set_type("schoenmaat", "number")
    (problem,) = work.cases.attributes.set_type("sex", "number")[:1]
    assert problem.message == "'vrouw' is no value of this type."


def test_a_document_by_nobody_is_no_respondent(work: Project) -> None:
    work.cases.attributes.set_for_transcript("P1", {"kind": "document"})
    assert [case.name for case in work.cases.respondents()] == [
        f"interview 1-{number}" for number in range(1, 5)
    ]
    with pytest.raises(InvalidValueError, match="no kind of source"):
        work.cases.attributes.set_for_transcript("P1", {"kind": "podcast"})


def test_a_group_has_no_pseudonym_that_names_them_all() -> None:
    cases = [Case(name, participations=Participation.in_each("FG1")) for name in ("D1", "D2")]
    cases.append(Case("Prof", participations=Participation.in_each("P1")))
    aliases = transcript_aliases(["FG1", "P1", "nota"], cases)
    assert dict(aliases) == {"FG1": "interview 1", "P1": "Prof", "nota": "interview 3"}
