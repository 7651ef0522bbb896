"""Disagreements settled: reasons, notes on codes, new codings, revisions, what it came to."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.agreement import swapped_id
from qualcode.errors import InvalidTableError, UndefinedRequestError, UnknownNameError
from qualcode.model import CONSENSUS, Choice, Decision, Disagreement, MemoTarget
from qualcode.project import Project
from two_coder_study import give, make_project

PAIR = ("anna", "bram")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Anna and bram agree on one passage and differ on two."""
    with Project.open(make_project(tmp_path), as_coder="carla", verify=False) as opened:
        for coder in PAIR:
            opened.rounds.add_coder(coder)
            give(opened, "A1", "Het is leuk hoor", "joy", coder)
        give(opened, "A1", "Anders is het saai", "boredom", "anna")
        give(opened, "A2", "Om wakker te blijven", "energy", "anna", memo="duidelijk")
        give(opened, "A2", "Om wakker te blijven", "joy", "bram")
        yield opened


def on(project: Project, transcript: str) -> Disagreement:
    return next(
        d for d in project.agreement.collect_disagreements(PAIR) if d.transcript == transcript
    )


def decide(project: Project, transcript: str, choice: Choice, reason: str = "") -> Decision:
    about = on(project, transcript)
    return Decision(about.id, choice, "carla", transcript, reason)


def consensus(project: Project) -> set[tuple[str, str]]:
    return {(c.quote, c.code) for c in project.codings.collect(coder=CONSENSUS)}


def test_a_new_coding_is_a_choice_with_words_of_its_own(project: Project) -> None:
    about = on(project, "A2")
    span = project.adjudication.locate(about, "wakker te blijven")
    made = Decision(about.id, Choice.NEW, "carla", "A2", span=span, code="motives/boredom")
    project.acting_as("carla").adjudication.settle(PAIR, [made])
    assert ("wakker te blijven", "motives/boredom") in consensus(project)


def test_words_that_do_not_stand_in_the_unit_are_refused(project: Project) -> None:
    with pytest.raises(UnknownNameError, match="does not occur"):
        project.adjudication.locate(on(project, "A2"), "Nou ja")
    with pytest.raises(UnknownNameError, match="more than once"):
        project.adjudication.locate(on(project, "A2"), "a")


def test_a_decision_can_be_revised_and_counts_as_one(project: Project) -> None:
    project.acting_as("carla").adjudication.settle(PAIR, [decide(project, "A2", Choice.TAKE_A)])
    project.acting_as("carla").adjudication.settle(PAIR, [decide(project, "A2", Choice.TAKE_B)])
    assert ("Om wakker te blijven", "motives/joy") in consensus(project)
    assert ("Om wakker te blijven", "motives/energy") not in consensus(project)
    found = project.adjudication.summarize(PAIR)
    assert (found.decided, found.open, found.revised) == (1, 1, 1)


@pytest.mark.slow
def test_what_was_decided_holds_whichever_coder_comes_first(project: Project) -> None:
    swapped = PAIR[::-1]
    carla = project.acting_as("carla")
    carla.adjudication.settle(PAIR, [decide(project, "A2", Choice.TAKE_A)])
    assert [d.transcript for d in project.adjudication.open_disagreements(swapped)] == ["A1"]
    # A coder has the same letter in every report, however the pair is named.
    study = project.agreement.report(swapped)
    assert study.report.coders == PAIR
    (decision,) = study.decisions
    assert decision.choice is Choice.TAKE_A
    held = consensus(project)
    assert ("Om wakker te blijven", "motives/energy") in held
    assert carla.adjudication.settle(swapped, []).problems == ()
    assert consensus(project) == held
    carla.adjudication.settle(swapped, [replace(decision, choice=Choice.TAKE_B)])
    assert ("Om wakker te blijven", "motives/joy") in consensus(project)
    assert (
        project.adjudication.summarize(PAIR).decided
        == project.adjudication.summarize(swapped).decided
        == 1
    )


@pytest.mark.slow
def test_ids_and_sides_do_not_depend_on_the_order_of_the_coders(project: Project) -> None:
    first, second = (
        [(d.id, d.coder_a, d.codings_a) for d in project.agreement.collect_disagreements(pair)]
        for pair in (PAIR, PAIR[::-1])
    )
    assert first == second
    reports = [project.agreement.report(pair).disagreements for pair in (PAIR, PAIR[::-1])]
    assert {d.id for d in reports[0]} == {d.id for d in reports[1]}


def test_decisions_that_an_older_version_stored_with_the_sides_swapped_hold(
    project: Project,
) -> None:
    about = on(project, "A2")
    old = Decision(swapped_id(about), Choice.TAKE_B, "carla", "A2")
    project.acting_as("carla")._store.add_decisions([old], "carla")
    for pair in (PAIR, PAIR[::-1]):
        assert [d.transcript for d in project.adjudication.open_disagreements(pair)] == ["A1"]
    project.acting_as("carla").adjudication.settle(PAIR, [])
    assert ("Om wakker te blijven", "motives/energy") in consensus(project)


@pytest.mark.slow
def test_it_is_known_which_decisions_a_batch_would_replace(project: Project) -> None:
    carla = project.acting_as("carla")
    decision = decide(project, "A2", Choice.TAKE_A)
    assert project.adjudication.replaced_decisions(PAIR, [decision]) == ()
    carla.adjudication.settle(PAIR, [decision])
    assert project.adjudication.replaced_decisions(PAIR[::-1], [decision]) == ()
    revised = replace(decision, choice=Choice.NEITHER)
    assert [d.choice for d in project.adjudication.replaced_decisions(PAIR, [revised])] == [
        Choice.TAKE_A
    ]
    give(project, "A2", "Nou ja", "joy", "dirk")
    (other,) = project.adjudication.replaced_decisions(("anna", "dirk"), [])
    assert other.choice is Choice.TAKE_A


def test_coders_who_agree_fully_have_a_consensus_without_a_decision(project: Project) -> None:
    for coder in PAIR:
        give(project, "A3", "Nu is het leuk", "joy", coder)
    layer = project.codings.collect_layer
    with pytest.raises(UndefinedRequestError, match="A1"):
        layer()
    carla = project.acting_as("carla")
    for coding in project.codings.collect():
        if coding.transcript != "A3":
            carla.codings.withdraw([coding.id])
    assert [(c.coder, c.code) for c in layer()] == [(CONSENSUS, "motives/joy")]
    report = project.themes.report()
    assert report.provenance is not None
    assert (report.provenance.consensus, report.provenance.unsettled) == (1, 0)


def test_the_codebook_must_change_opens_one_note_on_the_code(project: Project) -> None:
    made = decide(project, "A2", Choice.TAKE_A, "codebook_must_change: sluit moeheid uit")
    assert project.acting_as("carla").adjudication.settle(PAIR, [made]).memos == 1
    assert project.acting_as("carla").adjudication.settle(PAIR, [made]).memos == 0
    (memo,) = project.codings.collect_memos(MemoTarget.CODE, "motives/energy")
    assert "sluit moeheid uit" in memo.text
    assert "Om wakker te blijven" in memo.text


def test_coders_own_codings_are_never_touched(project: Project) -> None:
    before = [project.codings.collect(coder=coder) for coder in PAIR]
    decisions = [decide(project, name, Choice.TAKE_B) for name in ("A1", "A2")]
    project.acting_as("carla").adjudication.settle(PAIR, decisions)
    assert [project.codings.collect(coder=coder) for coder in PAIR] == before


def test_a_code_retired_since_is_reported_and_holds_up_no_other(project: Project) -> None:
    project.acting_as("carla").codebook.retire("motives/joy")
    made = [decide(project, "A1", Choice.TAKE_A), decide(project, "A2", Choice.TAKE_A)]
    settled = project.acting_as("carla").adjudication.settle(PAIR, made)
    assert consensus(project) == {
        ("Anders is het saai", "motives/boredom"),
        ("Om wakker te blijven", "motives/energy"),
    }
    assert settled.passages == 2
    (problem,) = settled.problems
    assert "motives/joy' was retired" in problem.message
    project.acting_as("carla").codebook.restore("motives/joy")
    assert project.acting_as("carla").adjudication.settle(PAIR, []).passages == 3


def test_a_decision_whose_disagreement_vanished_is_reported(project: Project) -> None:
    made = [decide(project, "A1", Choice.TAKE_A), decide(project, "A2", Choice.TAKE_A)]
    project.acting_as("carla").adjudication.settle(PAIR, made)
    energy = next(c for c in project.codings.collect(coder="anna") if c.code == "motives/energy")
    project.acting_as("anna").codings.withdraw([energy.id])
    (problem,) = project.acting_as("carla").adjudication.settle(PAIR, []).problems
    assert "no longer there" in problem.message
    assert project.adjudication.summarize(PAIR).problems == (problem,)


def test_a_decision_on_nothing_says_to_list_again(project: Project) -> None:
    wrong = replace(decide(project, "A2", Choice.TAKE_A), disagreement="feed")
    with pytest.raises(UnknownNameError, match="List them again"):
        project.acting_as("carla").adjudication.settle(PAIR, [wrong])


def test_the_queue_comes_back_filled_in_with_new_codings(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    project.adjudication.write_queue(project.adjudication.open_disagreements(PAIR), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["transcript"]: row for row in csv.DictReader(file, delimiter=";")}
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
    made = project.acting_as("carla").adjudication.read_decisions(path, PAIR)
    project.acting_as("carla").adjudication.settle(PAIR, made)
    assert ("wakker te blijven", "motives/energy") in consensus(project)
    reasons = {one.reason: one.count for one in project.adjudication.summarize(PAIR).reasons}
    assert reasons == {"boundary": 1, "mistake": 1}
    assert {d.reason for d in project.adjudication.collect_decisions()} == {
        "boundary: alleen dit",
        "mistake",
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"new_quote": "wakker"}, "needs a code"),
        ({"new_code": "motives/joy"}, "needs its words"),
        ({"new_code": "motives/joy", "new_quote": "niet daar"}, "does not occur"),
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
        project.acting_as("carla").adjudication.read_decisions(path, PAIR)


@pytest.mark.slow
def test_what_settling_came_to_names_figures_reasons_and_changes(project: Project) -> None:
    made = decide(project, "A2", Choice.TAKE_A, "codebook_must_change")
    project.acting_as("carla").adjudication.settle(
        PAIR, [made, decide(project, "A1", Choice.TAKE_A)]
    )
    project.acting_as("carla").codebook.edit("motives/energy", terms=("wakker", "fit"))
    project.acting_as("carla").codebook.edit("motives", terms=("waarom",))
    found = project.adjudication.summarize(PAIR)
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
        project.adjudication.summarize(PAIR)
