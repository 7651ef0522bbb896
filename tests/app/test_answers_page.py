"""The answers of a survey in the app: a grid per question, equal answers coded at once."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from qualcode.app.pages.answers import page

from app_in_process import opened, said, settled, show
from qualcode.model import Code, Codebook, LocalText
from qualcode.project import Project
from qualcode.project.surveys import SurveyPlan

ROWS = (
    ("nr", "Wat vindt u van de buurt?"),
    ("101", "Veel te druk met auto's"),
    ("102", "veel te druk  met auto's"),
    ("103", "Rustig en groen \U0001f642"),
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    table = tmp_path / "survey.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(ROWS)
    path = tmp_path / "study.qualcode"
    with Project.create(path) as project:
        anna = project.acting_as("anna")
        codes = (Code("druk", LocalText({"nl": "Druk"})), Code("groen", LocalText({"nl": "Groen"})))
        anna.codebook.save(Codebook("buurt", codes), "")
        anna.exchange.read_survey(table, SurveyPlan("nr", (ROWS[0][1],), ()))
        (question,) = anna.transcripts.collect()
        anna.codings.add(question.name, question.turns[2].span, "groen")
    return path


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_shows_each_answer_once(
    study: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    with opened(study, monkeypatch, language=language) as app:
        show(app, "answers")
        (grid,) = app.dataframe
        frame = grid.value
        assert list(frame["answer"]) == ["Veel te druk met auto's", "Rustig en groen \U0001f642"]
        assert list(frame["people"]) == [2, 1]
        assert [list(codes) for codes in frame["codes"]] == [[], ["groen"]]
        app.toggle(key="answers-joined").set_value(False)
        settled(app)
        assert list(app.dataframe[0].value["people"]) == [1, 1, 1]
        assert "Wat vindt u van de buurt?" in said(app)


def test_equal_answers_are_coded_at_once_and_others_work_stays(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stored is the difference to the grid as it was drawn."""
    with Project.open(study) as project:
        anna = project.acting_as("anna")
        monkeypatch.setattr(page.session, "project", lambda: anna)
        monkeypatch.setattr(page.session, "words", lambda: lambda text, **_: text)
        monkeypatch.setattr(page, "notify", lambda _: None)
        (question,) = anna.transcripts.collect()
        answers = page._answers(question, joined=True)
        # Meanwhile the same coder gives the first answer a code in another window.
        anna.codings.add(question.name, question.turns[0].span, "groen")
        page._store(question.name, answers, [{"codes": ["druk"]}, {"codes": []}])
        codings = {(c.span, c.code) for c in anna.codings.collect()}
        first, second, _ = (turn.span for turn in question.turns)
        assert codings == {(first, "druk"), (second, "druk"), (first, "groen")}


def test_codes_that_were_not_saved_are_kept_when_another_question_is_chosen(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(study) as project:
        anna = project.acting_as("anna")
        told: list[str] = []
        monkeypatch.setattr(page.session, "project", lambda: anna)
        monkeypatch.setattr(page.session, "view", lambda: "anna")
        monkeypatch.setattr(page, "notify", told.append)
        monkeypatch.setattr(page.session, "words", lambda: lambda text, **v: text.format(**v))
        (question,) = anna.transcripts.collect()
        answers = page._answers(question, joined=True)
        state = {
            page._SHOWN: ("anna", question.name, answers, "grid"),
            "grid": {"edited_rows": {0: {"codes": ["druk"]}}},
        }
        monkeypatch.setattr(page.st, "session_state", state)
        page._keep_unsaved()
        assert told == ["2 codings added, 0 withdrawn"]
        codes = {(c.span, c.code) for c in anna.codings.collect()}
        first, second, third = (turn.span for turn in question.turns)
        assert codes == {(first, "druk"), (second, "druk"), (third, "groen")}
        # Nothing was changed in the grid that is drawn next.
        state["grid"] = {"edited_rows": {}}
        page._keep_unsaved()
        assert len(told) == 1
        # What the coder before this one chose is no choice of this one.
        state["grid"] = {"edited_rows": {0: {"codes": ["groen"]}}}
        monkeypatch.setattr(page.session, "view", lambda: "bram")
        page._keep_unsaved()
        assert len(told) == 1
        assert page._SHOWN not in state


def test_another_coder_and_a_copy_of_the_project_have_a_grid_of_their_own(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = shutil.copy(study, tmp_path / "teruggezet.qualcode")
    with opened(study, monkeypatch) as app:
        grids = []
        for file, coder in ((str(study), "anna"), (str(study), "bram"), (str(copy), "anna")):
            app.session_state["project"], app.session_state["coder"] = file, (file, coder)
            show(app, "answers")
            grids.append(app.dataframe[0].proto.id)
    assert len(set(grids)) == 3
