"""In a group interview, every page gives each passage to who said it, not to the interview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qualcode.app.pages.themes.view import ThemesView
from qualcode.app.widgets.coding_document import transcript_document
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, settled, show
from qualcode.app import attribution, session
from qualcode.model import Case, FrozenMap, Participation, Role, SegmentKind, Span
from qualcode.project import Project

WORDS = """Moderator: Wat doet het werk met je?
Ann: In de nacht slaap ik slecht, zegt mijn man.
Bo: Ik zie collega's die slecht slapen, elke week weer.
Ann: En toch wil ik niet anders dan dit werk doen.
"""
ANN = "In de nacht slaap ik slecht"
BO = "collega's die slecht slapen"


@pytest.fixture
def group_study(tmp_path: Path) -> Path:
    """A user and a professional in one interview, each with a passage of one code."""
    path, text = tmp_path / "studie.qualcode", tmp_path / "FG1.txt"
    text.write_text(WORDS, "utf-8")
    book = tmp_path / "boek.csv"
    book.write_text("Thema;Code\nNacht;Slaap\n", "utf-8")
    with Project.create(path, name="Nacht", as_coder="anna") as project:
        project.codebook.read(book)
        list(project.transcripts.read_files([text]))
        project.transcripts.set_roles(
            "FG1",
            {"Moderator": Role.INTERVIEWER, "Ann": Role.RESPONDENT, "Bo": Role.RESPONDENT},
        )
        project.cases.replace(
            Case(name, FrozenMap({"group": group, "sex": sex}), (Participation("FG1", (label,)),))
            for name, label, group, sex in (
                ("P1", "Ann", "users", "vrouw"),
                ("P2", "Bo", "professionals", "man"),
            )
        )
        for group, question in (("users", "g1"), ("professionals", "p1")):
            guide = tmp_path / f"{group}.yaml"
            guide.write_text(
                f"name: {group}\ngroup: {group}\nquestions:\n"
                f"  - id: {question}\n    text: Wat doet het werk met je?\n"
            )
            project.transcripts.read_guide(guide)
        list(project.transcripts.segment())
        for quote in (ANN, BO):
            start = project.transcripts.get("FG1").text.index(quote)
            span = Span(start, start + len(quote))
            project.codings.add("FG1", span, "nacht/slaap")
    return path


@pytest.fixture
def group_app(group_study: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    with opened(group_study, monkeypatch) as app:
        yield app


def test_a_hit_is_of_who_says_it(group_app: AppTest) -> None:
    show(group_app, "search")
    next(one for one in group_app.text_input if one.label == "Words").set_value("slapen")
    settled(group_app)
    places = [one.label for one in group_app.button if (one.key or "").startswith("open-")]
    assert places == [
        "**P1 · user, vrouw**  \nturn 2", "**P2 · professional, man**  \nturn 3"
    ]  # fmt: skip
    assert "2 places · 1 interview · 2 respondents" in said(group_app)
    next(one for one in group_app.text_input if one.label == "Words").set_value("collega")
    settled(group_app)
    assert "1 place · 1 interview · 1 respondent" in said(group_app)


def test_a_filter_of_quotes_asks_who_says_them(group_app: AppTest) -> None:
    show(group_app, "quotes")
    group_app.selectbox(key="quotes-attribute").set_value(("sex", "man"))
    settled(group_app)
    assert BO in said(group_app)
    assert ANN not in said(group_app)


def test_a_count_of_a_group_opens_its_own_passages(
    group_study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(group_study, as_coder="anna") as project:
        monkeypatch.setattr(session, "project", lambda: project)
        monkeypatch.setattr(session, "view", lambda: str(group_study))
        monkeypatch.setattr(session, "language", lambda: "nl")
        view = ThemesView(project.themes.report(layer="anna"), "anna")
        quotes = {coding.id: coding.quote for coding in project.codings.collect()}
        for group, wanted in (("users", {ANN}), ("professionals", {BO}), ("", {ANN, BO})):
            assert {quotes[key] for key in view.codings_of("nacht", group)} == wanted
        places = {
            coding.quote: attribution.name_place("FG1", coding.span)
            for coding in project.codings.collect()
        }
        assert places == {ANN: "P1 · FG1", BO: "P2 · FG1"}
        # Nobody's sex and group stand above what both of them say.
        assert transcript_document("FG1")["title"] == "FG1"


def test_no_group_lends_its_guide_to_an_interview_of_several(group_study: Path) -> None:
    with Project.open(group_study) as project:
        answers = project.transcripts.collect_segments(SegmentKind.ANSWER, "FG1")
        assert len(answers) == 1
        assert answers[0].question in {None, ""}
