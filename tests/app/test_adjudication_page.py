"""Adjudication by keys' buttons: reason and decision are kept, undone, and nothing leaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_in_process import said, settled, show
from qualcode.model import CONSENSUS
from qualcode.project import Project

PAIR = ("anna", "bram")


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click()
    settled(app)


def choose(app: AppTest, label: str, value: str) -> None:
    next(one for one in app.selectbox if one.label == label).set_value(value)
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
    # Folded, so that nobody waits for the comparison before and after each decision.
    assert "These codes must change" not in said(app)
    app.session_state["adjudicate-outcome"] = True
    settled(app)
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
    assert "All disagreements are resolved" in said(app)
    assert {"Go to the themes", "Go to the quotes"} <= {one.label for one in app.button}


def test_in_a_blind_round_no_difference_is_shown(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("proef", coders=PAIR, blind=True)
    show(app, "adjudication")
    assert "blind round “proef”" in said(app)
    assert "bram" not in said(app)


def test_a_decision_on_another_pair_asks_before_it_remakes_the_consensus(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path) as project:
        anna = project.acting_as("anna")
        anna.adjudication.settle(PAIR, anna.adjudication.decide_all(PAIR, "a"))
        decided = len(project.adjudication.collect_decisions())
        before = {coding.id for coding in project.codings.collect(coder=CONSENSUS)}
        project.rounds.add_coder("carla")
        turn = project.transcripts.get("G04").turns[3]
        carla = project.acting_as("carla")
        carla.codings.add("G04", turn.span, project.codebook.get().active[3].path)
    show(app, "adjudication")
    choose(app, "First coder", "anna")
    choose(app, "Second coder", "carla")
    press(app, "Neither")
    assert any("would no longer count" in warning.value for warning in app.warning)
    press(app, "Leave it as it is")
    with Project.open(path) as project:
        assert {coding.id for coding in project.codings.collect(coder=CONSENSUS)} == before
        assert len(project.adjudication.collect_decisions()) == decided
    press(app, "Neither")
    press(app, "Make the consensus again")
    # What fell has fallen: the next decision asks no more.
    press(app, "Neither")
    assert not app.warning
    with Project.open(path) as project:
        assert {coding.id for coding in project.codings.collect(coder=CONSENSUS)} != before
        assert len(project.adjudication.collect_decisions()) == decided + 2


@pytest.mark.slow
@pytest.mark.parametrize(("keep", "kept"), [("Mine", "a"), ("Theirs", "neither")])
def test_a_decision_that_a_colleague_made_since_is_shown_before_it_falls(
    pages: tuple[AppTest, Path], keep: str, kept: str
) -> None:
    app, path = pages
    show(app, "adjudication")
    (note,) = (f for f in app.text_input if f.label == "Note" and f.key != "note-all")
    note.set_value("wat anna vindt")
    settled(app)
    with Project.open(path, as_coder="bram") as project:
        about = next(
            d for d in project.agreement.collect_disagreements(PAIR) if str(note.key).endswith(d.id)
        )
        decision = project.adjudication.decide(about, "neither", reason="wat bram vindt")
        assert decision is not None
        project.adjudication.settle(PAIR, [decision])
    press(app, "Take anna")

    def stored() -> tuple[str, str]:
        with Project.open(path) as project:
            (decision,) = project.adjudication.collect_decisions()
            return decision.choice.value, decision.reason

    assert stored() == ("neither", "wat bram vindt")
    shown = "\n".join(str(text.value) for text in app.text)
    assert "wat anna vindt" in shown
    assert "wat bram vindt" in shown
    press(app, keep)
    assert stored() == (kept, "wat anna vindt" if keep == "Mine" else "wat bram vindt")
    assert "after the page was drawn" not in said(app)
