"""The table of respondents: who was interviewed and also answered a survey stays one person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from qualcode.app.pages.project import interview_attributes, respondents
from qualcode.app.pages.project.respondent_rows import edited_rows
from qualcode.app.widgets.edit_conflicts import Form, save_form

from qualcode import study
from qualcode.errors import EditConflictError
from qualcode.model import Case, FrozenMap, Participation
from qualcode.project import Project
from qualcode.project.surveys import SurveyPlan


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An interview with P1, and a survey of P1 and P2; the page saves what the tests give it."""
    table = tmp_path / "survey.csv"
    table.write_text("nr,Wat vindt u van de buurt?\nP1,Veel te druk\nP2,Rustig\n", encoding="utf-8")
    project = Project.create(tmp_path / "study.qualcode").acting_as("anna")
    (result,) = project.transcripts.read_files(study.transcripts()[:1])
    assert result.read is not None
    project.exchange.read_survey(table, SurveyPlan("nr", ("Wat vindt u van de buurt?",), ()))
    first, second = project.cases.collect()
    interview = Participation(result.read.transcript.name, (), FrozenMap({"wave": "1"}))
    attributes = FrozenMap({"sex": "man", "work": "ja"})
    project.cases.add(
        [
            Case(first.name, attributes, (interview, *first.participations)),
            Case(second.name, attributes, second.participations),
        ]
    )
    monkeypatch.setattr(respondents.session, "project", lambda: project)
    monkeypatch.setattr(respondents.session, "words", lambda: lambda text, **_: text)
    monkeypatch.setattr(respondents.uploads, "keep_problems", lambda *_: None)
    monkeypatch.setattr(respondents, "notify", lambda _: None)
    monkeypatch.setattr(respondents.session, "view", lambda: "anna")
    monkeypatch.setattr(respondents.st, "session_state", {})
    return project


def row(project: Project, **changes: str) -> dict[str, str]:
    """Return the one row of the table, changed: only P1 was interviewed."""
    (interview,) = (text.name for text in project.transcripts.collect() if text.kind != "answers")
    values = {"case": "P1", "transcript": interview, "speaker": "", "sex": "man", "work": "ja"}
    return {"_stored": "P1", **values, "wave": "1", **changes}


def test_an_edited_value_holds_for_the_answers_too(project: Project) -> None:
    before = {case.name: case for case in project.cases.collect()}
    respondents._save_respondents(
        [row(project)], [row(project, sex="woman", work="", group="users")]
    )
    after = {case.name: case for case in project.cases.collect()}
    assert {**after["P1"].attributes} == {"sex": "woman", "group": "users"}
    parts = {part.transcript: {**part.attributes} for part in after["P1"].participations}
    assert sorted(map(str, parts.values())) == ["{'wave': '1'}", "{}"]
    assert after["P2"] == before["P2"]


def test_a_new_name_is_that_of_the_same_person(project: Project) -> None:
    respondents._save_respondents([row(project)], [row(project, case="Respondent 1")])
    # A name that goes is asked about first.
    _message, agreed = respondents.st.session_state["respondents-loss"]
    assert {case.name for case in project.cases.collect()} == {"P1", "P2"}
    agreed()
    cases = {case.name: len(case.participations) for case in project.cases.collect()}
    assert cases == {"Respondent 1": 2, "P2": 1}


def test_the_table_tells_of_whom_each_row_is(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[dict[str, str]] = []

    def keep(rows: list[dict[str, str]], **_: object) -> list[dict[str, str]]:
        shown.extend(rows)
        return rows

    monkeypatch.setattr(respondents.session, "view", lambda: "anna")
    monkeypatch.setattr(respondents.st, "data_editor", keep)
    respondents._respondent_table(project.cases.collect(), project.transcripts.collect(), ["sex"])
    assert {(cells["case"], cells["_stored"]) for cells in shown} == {("P1", "P1"), ("P2", "P2")}


# --- a colleague changes the same table ----------------------------------------------------------


def waiting() -> dict[str, tuple[Form, EditConflictError]]:
    found: dict[str, tuple[Form, EditConflictError]] = respondents.st.session_state.get(
        "edit-conflicts-anna", {}
    )
    return found


def person(project: Project, name: str = "P1") -> dict[str, str]:
    (case,) = (case for case in project.cases.collect() if case.name == name)
    return {**case.attributes}


def change(project: Project, **attributes: str) -> None:
    """Change P1 as a colleague does, after the table was drawn."""
    (case,) = (case for case in project.cases.collect() if case.name == "P1")
    values = FrozenMap({**case.attributes, **attributes})
    project.acting_as("bram").cases.add([replace(case, attributes=values)])


def test_what_only_a_colleague_changed_in_the_table_stays(project: Project) -> None:
    drawn = [row(project)]
    change(project, work="nee", region="Oost")
    respondents._save_respondents(drawn, [row(project, sex="woman")])
    assert not waiting()
    assert person(project) == {"sex": "woman", "work": "nee", "region": "Oost"}


def test_a_cell_that_both_changed_is_asked_about_and_the_rest_is_kept(project: Project) -> None:
    drawn = [row(project)]
    change(project, sex="x")
    respondents._save_respondents(drawn, [row(project, sex="woman", work="soms")])
    assert person(project) == {"sex": "x", "work": "ja"}
    ((form, error),) = waiting().values()
    (conflict,) = error.conflicts
    assert conflict.title == "P1 · Sex"
    assert (conflict.new_text, conflict.stored_text) == ("woman", "x")
    save_form(form, error.stored, {**error.fields, conflict.field: "woman"})
    assert not waiting()
    assert person(project) == {"sex": "woman", "work": "soms"}


def test_a_respondent_whom_a_colleague_added_or_proposed_rows_stay(project: Project) -> None:
    drawn = [row(project), {**row(project), "_stored": "P9", "_proposed": "yes", "case": "P9"}]
    project.acting_as("bram").cases.add([Case("P7", FrozenMap({"sex": "man"}))])
    edited = [drawn[0], {**drawn[1], "sex": "woman"}]
    respondents._save_respondents(drawn, edited)
    assert not waiting()
    names = {case.name: case.attributes.get("sex") for case in project.cases.collect()}
    assert names == {"P1": "man", "P2": "man", "P7": "man", "P9": "woman"}


def test_edits_of_a_table_are_its_drawn_rows_with_what_was_changed() -> None:
    drawn = [{"_stored": name, "case": name, "sex": "man"} for name in ("P1", "P2", "P3")]
    changes = {
        "edited_rows": {0: {"sex": None}, 2: {"sex": " woman "}},
        "deleted_rows": [1],
        "added_rows": [{"case": "P4"}],
    }
    assert edited_rows(drawn, changes) == [
        {"_stored": "P1", "case": "P1", "sex": ""},
        None,
        {"_stored": "P3", "case": "P3", "sex": "woman"},
        {"case": "P4"},
    ]


def test_attributes_of_an_interview_that_a_colleague_changed_are_asked_about(
    project: Project,
) -> None:
    (name,) = (text.name for text in project.transcripts.collect() if text.kind != "answers")
    rows = [{"transcript": name, "place": "", "mode": ""}]
    state = respondents.st.session_state
    state["table"] = {"edited_rows": {0: {"place": "Gent", "mode": "video"}}}
    bram = project.acting_as("bram")
    bram.cases.attributes.set_for_transcript(name, {"place": "Delft", "date": "2026-11-30"})
    interview_attributes._save_attributes(rows, {"place": "Place"}, "table")
    ((form, error),) = waiting().values()
    (conflict,) = error.conflicts
    assert conflict.title == f"{name} · Place"
    assert (conflict.new_text, conflict.stored_text) == ("Gent", "Delft")
    save_form(form, error.stored, {**error.fields, conflict.field: "Gent"})
    (text,) = (text for text in project.transcripts.collect() if text.name == name)
    assert {**text.attributes} == {"place": "Gent", "mode": "video", "date": "2026-11-30"}
