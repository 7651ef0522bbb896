"""Adjudication by keys' buttons: reason and decision are kept, undone, and nothing leaks."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from app_in_process import said, settled, show
from qualcode.project import Project

PAIR = ("anna", "bram")


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click()
    settled(app)


def test_a_reason_of_the_short_list_and_a_decision_are_kept(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "adjudication")
    press(app, "Overlooked")
    press(app, "Take bram")
    with Project.open(path) as project:
        (decision,) = project.adjudication.collect_decisions()
        assert (decision.reason, decision.by, decision.choice.value) == ("overlooked", "anna", "b")
    press(app, "Undo")
    with Project.open(path) as project:
        assert project.adjudication.collect_decisions() == ()


def test_the_next_difference_comes_by_itself_and_progress_is_told(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path) as project:
        every = len(project.agreement.collect_disagreements(PAIR))
    show(app, "adjudication")
    press(app, "Neither")
    assert f"1 / {every - 1}" in said(app)


def test_what_must_change_in_the_codebook_is_told_afterwards(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "adjudication")
    press(app, "The codebook must change")
    press(app, "Both")
    assert "These codes must change, by your decisions" in said(app)
    with Project.open(path) as project:
        assert any("codebook_must_change" in memo.text for memo in project.codings.collect_memos())


def test_when_all_is_settled_the_page_says_where_to_go(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        from qualcode.model import Choice

        project.acting_as("anna").adjudication.settle(
            PAIR, project.acting_as("anna").adjudication.decide_all(PAIR, Choice.TAKE_A)
        )
    show(app, "adjudication")
    assert "Everything is settled" in said(app)
    assert {"Go to the themes", "Go to the quotes"} <= {one.label for one in app.button}


def test_in_a_blind_round_no_difference_is_shown(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("proef", coders=PAIR, blind=True)
    show(app, "adjudication")
    assert "blind round “proef”" in said(app)
    assert "bram" not in said(app)
