"""Disagreements settled: reasons, notes on codes, new codings, revisions, what it came to."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.errors import InvalidTableError, UndefinedRequestError, UnknownNameError
from qualcode.model import CONSENSUS, Choice, Decision, Disagreement, MemoTarget
from qualcode.project import Project
from two_coder_study import give, make_project

PAIR = ("anna", "bram")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Anna and bram agree on one passage and differ on two."""
    with Project.open(make_project(tmp_path), as_coder="carla") as opened:
        for coder in PAIR:
            opened.add_coder(coder)
            give(opened, "A1", "Het is leuk hoor", "joy", coder)
        give(opened, "A1", "Anders is het saai", "boredom", "anna")
        give(opened, "A2", "Om wakker te blijven", "energy", "anna", memo="duidelijk")
        give(opened, "A2", "Om wakker te blijven", "joy", "bram")
        yield opened


def on(project: Project, transcript: str) -> Disagreement:
    return next(d for d in project.disagreements(PAIR) if d.transcript == transcript)


def decide(project: Project, transcript: str, choice: Choice, reason: str = "") -> Decision:
    about = on(project, transcript)
    return Decision(about.id, choice, "carla", transcript, reason)


def consensus(project: Project) -> set[tuple[str, str]]:
    return {(c.quote, c.code) for c in project.collect_codings(coder=CONSENSUS)}


def test_a_new_coding_is_a_choice_with_words_of_its_own(project: Project) -> None:
    about = on(project, "A2")
    span = project.locate(about, "wakker te blijven")
    made = Decision(about.id, Choice.NEW, "carla", "A2", span=span, code="motives/boredom")
    project.adjudicate(PAIR, [made], "carla")
    assert ("wakker te blijven", "motives/boredom") in consensus(project)


def test_words_that_do_not_stand_in_the_unit_are_refused(project: Project) -> None:
    with pytest.raises(UnknownNameError, match="does not stand"):
        project.locate(on(project, "A2"), "Nou ja")
    with pytest.raises(UnknownNameError, match="more than once"):
        project.locate(on(project, "A2"), "a")


def test_a_decision_can_be_revised_and_counts_as_one(project: Project) -> None:
    project.adjudicate(PAIR, [decide(project, "A2", Choice.TAKE_A)], "carla")
    project.adjudicate(PAIR, [decide(project, "A2", Choice.TAKE_B)], "carla")
    assert ("Om wakker te blijven", "motives/joy") in consensus(project)
    assert ("Om wakker te blijven", "motives/energy") not in consensus(project)
    found = project.settling(PAIR)
    assert (found.decided, found.open, found.revised) == (1, 1, 1)


def test_what_was_decided_holds_whichever_coder_comes_first(project: Project) -> None:
    swapped = PAIR[::-1]
    project.adjudicate(PAIR, [decide(project, "A2", Choice.TAKE_A)], "carla")
    assert [d.transcript for d in project.open_disagreements(swapped)] == ["A1"]
    (decision,) = project.agreement_study(swapped).decisions
    assert decision.choice is Choice.TAKE_B
    held = consensus(project)
    assert ("Om wakker te blijven", "motives/energy") in held
    assert project.adjudicate(swapped, [], "carla").problems == ()
    assert consensus(project) == held
    project.adjudicate(swapped, [replace(decision, choice=Choice.TAKE_A)], "carla")
    assert ("Om wakker te blijven", "motives/joy") in consensus(project)
    assert project.settling(PAIR).decided == project.settling(swapped).decided == 1


def test_the_codebook_must_change_opens_one_note_on_the_code(project: Project) -> None:
    made = decide(project, "A2", Choice.TAKE_A, "codebook_must_change: sluit moeheid uit")
    assert project.adjudicate(PAIR, [made], "carla").memos == 1
    assert project.adjudicate(PAIR, [made], "carla").memos == 0
    (memo,) = project.memos(MemoTarget.CODE, "motives/energy")
    assert "sluit moeheid uit" in memo.text
    assert "Om wakker te blijven" in memo.text


def test_coders_own_codings_are_never_touched(project: Project) -> None:
    before = [project.collect_codings(coder=coder) for coder in PAIR]
    decisions = [decide(project, name, Choice.TAKE_B) for name in ("A1", "A2")]
    project.adjudicate(PAIR, decisions, "carla")
    assert [project.collect_codings(coder=coder) for coder in PAIR] == before


def test_a_code_retired_since_is_reported_and_holds_up_no_other(project: Project) -> None:
    project.retire_code("motives/joy", "carla")
    made = [decide(project, "A1", Choice.TAKE_A), decide(project, "A2", Choice.TAKE_A)]
    settled = project.adjudicate(PAIR, made, "carla")
    assert consensus(project) == {
        ("Anders is het saai", "motives/boredom"),
        ("Om wakker te blijven", "motives/energy"),
    }
    assert settled.passages == 2
    (problem,) = settled.problems
    assert "motives/joy' was retired" in problem.message
    project.restore_code("motives/joy", "carla")
    assert project.adjudicate(PAIR, [], "carla").passages == 3


def test_a_decision_whose_disagreement_vanished_is_reported(project: Project) -> None:
    made = [decide(project, "A1", Choice.TAKE_A), decide(project, "A2", Choice.TAKE_A)]
    project.adjudicate(PAIR, made, "carla")
    energy = next(c for c in project.collect_codings(coder="anna") if c.code == "motives/energy")
    project.withdraw([energy.id], "anna")
    (problem,) = project.adjudicate(PAIR, [], "carla").problems
    assert "no longer there" in problem.message
    assert project.settling(PAIR).problems == (problem,)


def test_a_decision_on_nothing_says_to_list_again(project: Project) -> None:
    wrong = replace(decide(project, "A2", Choice.TAKE_A), disagreement="feed")
    with pytest.raises(UnknownNameError, match="List them again"):
        project.adjudicate(PAIR, [wrong], "carla")


def test_the_queue_comes_back_filled_in_with_new_codings(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    project.write_disagreements(project.open_disagreements(PAIR), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["transcript"]: row for row in csv.DictReader(file)}
    assert rows["A2"]["memos_a"] == "duidelijk"
    rows["A1"] |= {"choice": "neither", "reason": "mistake"}
    rows["A2"] |= {
        "choice": "new",
        "reason": "boundary",
        "note": "alleen dit",
        "new_code": "motives/energy",
        "new_quote": "wakker te blijven",
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows["A1"].keys())
        writer.writeheader()
        writer.writerows(rows.values())
    made = project.read_decisions(path, "carla", PAIR)
    project.adjudicate(PAIR, made, "carla")
    assert ("wakker te blijven", "motives/energy") in consensus(project)
    reasons = {one.reason: one.count for one in project.settling(PAIR).reasons}
    assert reasons == {"boundary": 1, "mistake": 1}
    assert {d.reason for d in project.decisions()} == {"boundary: alleen dit", "mistake"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"new_quote": "wakker"}, "needs a code"),
        ({"new_code": "motives/joy"}, "needs its words"),
        ({"new_code": "motives/joy", "new_quote": "niet daar"}, "does not stand"),
        ({"new_code": "motives/joy", "new_start": "x", "new_end": "9"}, "whole numbers"),
        ({"new_code": "motives/joy", "new_start": "9", "new_end": "9"}, "empty|end"),
    ],
)
def test_a_new_coding_without_a_place_is_refused(
    project: Project, tmp_path: Path, row: dict[str, str], said: str
) -> None:
    row = {"disagreement": on(project, "A2").id, "choice": "new"} | row
    path = tmp_path / "t.csv"
    path.write_text(";".join(row) + "\n" + ";".join(row.values()) + "\n", "utf-8")
    with pytest.raises(InvalidTableError, match=said):
        project.read_decisions(path, "carla", PAIR)


def test_what_settling_came_to_names_figures_reasons_and_changes(project: Project) -> None:
    made = decide(project, "A2", Choice.TAKE_A, "codebook_must_change")
    project.adjudicate(PAIR, [made, decide(project, "A1", Choice.TAKE_A)], "carla")
    project.edit_code("motives/energy", "carla", terms=("wakker", "fit"))
    project.edit_code("motives", "carla", terms=("waarom",))
    found = project.settling(PAIR)
    assert found.people == ("carla",)
    assert found.choices == (("a", 2),)
    assert [(one.reason, one.codes) for one in found.reasons] == [
        ("codebook_must_change", ("motives/energy",)),
        ("none", ("motives/boredom",)),
    ]
    assert found.must_change == ("motives/energy",)
    assert [(c.path, c.field) for c in found.changed] == [("motives/energy", "terms")]
    anna, bram = found.against
    assert next(f for f in anna.figures if f.name == "pooled_kappa").value == 1.0
    assert next(f for f in bram.figures if f.name == "pooled_kappa").value != 1.0
    assert found.seconds is None or found.seconds >= 0


def test_without_decisions_there_is_nothing_to_tell(project: Project) -> None:
    with pytest.raises(UndefinedRequestError, match="Nothing was decided on between"):
        project.settling(PAIR)
