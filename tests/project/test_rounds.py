"""Rounds: who codes what; handing in fixes the work; opening again is an event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import (
    ConflictError,
    DuplicateError,
    InvalidValueError,
    QualcodeError,
    UndefinedRequestError,
    UnknownNameError,
)
from qualcode.model import Round, Span
from qualcode.project import Project
from two_coder_study import give, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_project(tmp_path), verify=False) as opened:
        opened.acting_as("anna").rounds.create(
            "een", coders=("anna", "bram"), transcripts=("A1", "A2")
        )
        yield opened


def test_a_coding_joins_the_open_round_of_its_coder_and_transcript(project: Project) -> None:
    anna = project.acting_as("anna")
    give(anna, "A1", "leuk", "joy", "anna")
    give(anna, "A3", "leuk", "joy", "anna")
    assert [(c.transcript, c.round) for c in anna.codings.collect()] == [("A1", "een"), ("A3", "")]


def test_handing_in_fixes_codings_against_adding_withdrawing_and_undo(project: Project) -> None:
    anna = project.acting_as("anna")
    key = give(anna, "A1", "leuk", "joy", "anna")
    anna.rounds.hand_in("een", "anna")
    with pytest.raises(ConflictError, match=r"handed in round 'een'.*reopen een --coder anna"):
        give(anna, "A1", "wakker", "energy", "anna")
    with pytest.raises(ConflictError, match="fixed"):
        anna.codings.withdraw([key])
    with pytest.raises(ConflictError, match="fixed"):
        anna.history.undo()
    give(anna, "A3", "leuk", "joy", "anna")


def test_a_round_opened_again_can_be_coded_and_the_history_says_so(project: Project) -> None:
    anna = project.acting_as("anna")
    anna.rounds.hand_in("een", "anna")
    anna.rounds.reopen("een", "anna", "een beurt vergeten")
    give(anna, "A1", "wakker", "energy", "anna")
    event = next(e for e in anna.history.events() if e.action == "hand_in.reopen")
    assert json.loads(event.after)["reason"] == "een beurt vergeten"
    assert anna.rounds.progress("een")[0].reopened == 1


def test_a_round_closes_when_all_have_handed_in(project: Project) -> None:
    assert not project.acting_as("anna").rounds.hand_in("een", "anna").closed
    assert project.acting_as("bram").rounds.hand_in("een", "bram").closed


def test_undo_passes_over_handing_in(project: Project) -> None:
    anna = project.acting_as("anna")
    give(anna, "A3", "leuk", "joy", "anna")
    anna.rounds.hand_in("een", "anna")
    anna.history.undo()
    assert anna.rounds.get("een").handed_in == ("anna",)
    assert anna.codings.collect() == ()


def test_nobody_hands_in_for_another_while_the_round_is_blind(project: Project) -> None:
    with pytest.raises(ConflictError, match="anna cannot act for bram"):
        project.acting_as("anna").rounds.hand_in("een", "bram")


def test_a_round_under_way_cannot_be_changed(project: Project) -> None:
    changed = Round("een", ("anna", "bram"), ("A1", "A2"), blind=False)
    with pytest.raises(ConflictError, match="under way"):
        project.acting_as("anna").rounds.put(changed)


def test_a_draw_is_kept_with_its_seed(project: Project) -> None:
    made = project.rounds.create(
        "twee", coders=("anna", "bram"), sample=2, stratify_by="group", seed=5
    )
    assert (made.seed, made.stratified_by, made.drawn_from) == (5, "group", 3)
    assert len(made.transcripts) == 2
    assert "A3" in made.transcripts
    again = project.rounds.create("drie", coders=("anna", "bram"), sample=2)
    assert again.seed is not None


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"name": "een"}, DuplicateError),
        ({"coders": ("anna",)}, InvalidValueError),
        ({"coders": ("anna", "anna")}, InvalidValueError),
        ({"coders": ("anna", "consensus")}, InvalidValueError),
        ({"suggestions": True}, InvalidValueError),
        ({"transcripts": ("A9",)}, UnknownNameError),
        ({"codebook_version": 7}, UnknownNameError),
        ({"sample": 4}, InvalidValueError),
        ({"seed": 1}, InvalidValueError),
        ({"sample": 2, "stratify_by": "shoe"}, UnknownNameError),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    project: Project, more: dict[str, object], error: type[QualcodeError]
) -> None:
    given = {"name": "nieuw", "coders": ("anna", "bram")} | more
    name = given.pop("name")
    with pytest.raises(error):
        project.rounds.create(name, **given)  # type: ignore[arg-type]


def test_suggestions_wait_until_all_have_handed_in(project: Project) -> None:
    assert not project.acting_as("anna").suggestions.allowed("A1")
    assert project.acting_as("anna").suggestions.allowed("A3")
    project.acting_as("anna").rounds.hand_in("een", "anna")
    assert not project.acting_as("anna").suggestions.allowed("A1")
    project.acting_as("bram").rounds.hand_in("een", "bram")
    assert project.acting_as("anna").suggestions.allowed("A1")


def test_two_open_rounds_with_one_transcript_ask_which(project: Project) -> None:
    project.rounds.create("twee", coders=("anna", "bram"), transcripts=("A1",))
    anna = project.acting_as("anna")
    with pytest.raises(UndefinedRequestError, match="een, twee"):
        give(anna, "A1", "leuk", "joy", "anna")
    assert anna.codings.add("A1", Span(25, 28), "motives/joy", round="twee").round == "twee"


def test_a_coder_outside_the_round_cannot_code_in_it(project: Project) -> None:
    with pytest.raises(UnknownNameError, match="round 'een'"):
        project.acting_as("carla").codings.add("A1", Span(25, 28), "motives/joy", round="een")
