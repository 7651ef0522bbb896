"""The list of people: how it begins, what it refuses, and what a role keeps from a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualcode.errors import InvalidValueError, NotAllowedError, UnknownNameError
from qualcode.model import (
    CONSENSUS,
    Choice,
    Code,
    Decision,
    MemoTarget,
    Right,
    Role,
    Round,
    Span,
    TeamRole,
)
from qualcode.project import Project
from two_coder_study import give, make_project

PAIR = ("anna", "bram")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project of eva, with two coders, a supervisor and a reader."""
    with Project.open(make_project(tmp_path), as_coder="eva") as opened:
        team = opened.rounds.team
        team.put("eva", TeamRole.OWNER, ["Eva@Institute.example"])
        for name in PAIR:
            team.put(name, TeamRole.CODER)
        team.put("sam", TeamRole.SUPERVISOR)
        team.put("ria", TeamRole.READER)
        yield opened


def test_a_project_without_a_list_refuses_nobody_anything(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path)) as alone:
        assert alone.rounds.team.names() == ()
        assert all(alone.rounds.team.may(right) for right in Right)
        give(alone, "A1", "Het is leuk", "joy", "anna")
        alone.codebook.add(Code("new"))
        alone.history.back_up(tmp_path / "copy.qualcode")


def test_who_begins_the_list_is_its_owner(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path), as_coder="anna") as begun:
        with pytest.raises(InvalidValueError, match="needs an owner"):
            begun.rounds.team.put("anna", TeamRole.CODER)
        with pytest.raises(NotAllowedError, match="'anna' is not on the list"):
            begun.rounds.team.put("bram", TeamRole.OWNER)
        assert begun.rounds.team.names() == ()
        begun.acting_as("").rounds.team.put("anna", TeamRole.OWNER)
        assert begun.rounds.team.role() is TeamRole.OWNER


def test_the_list_keeps_an_owner_and_ends_with_its_last_person(project: Project) -> None:
    team = project.rounds.team
    with pytest.raises(InvalidValueError, match="needs an owner"):
        team.remove("eva")
    with pytest.raises(InvalidValueError, match="needs an owner"):
        team.put("eva", TeamRole.CODER)
    with pytest.raises(UnknownNameError, match="No person 'evert' in the list of people"):
        team.remove("evert")
    for name in ("anna", "bram", "sam", "ria", "eva"):
        team.remove(name)
    assert project.acting_as("anybody").codebook.get().paths


@pytest.mark.parametrize("name", ["", "  ", "Eva", "all", "consensus", "Consensus"])
def test_a_name_on_the_list_is_one_persons_and_no_layers(project: Project, name: str) -> None:
    with pytest.raises(InvalidValueError):
        project.rounds.team.put(name, TeamRole.READER)


def test_a_login_is_one_persons_in_capitals_or_not(project: Project) -> None:
    team = project.rounds.team
    assert team.find_name(" EVA@institute.example ") == "eva"
    assert team.find_name("") == team.find_name("other@institute.example") == ""
    with pytest.raises(InvalidValueError, match="on the list of people already"):
        team.put("ria", TeamRole.READER, ["eva@INSTITUTE.example"])
    team.put("eva", TeamRole.OWNER)
    assert team.find_name("eva@institute.example") == "eva", "another role leaves the logins"
    team.put("eva", TeamRole.OWNER, [])
    assert team.find_name("eva@institute.example") == ""


def test_the_owner_chooses_who_changes_the_codebook_and_makes_rounds(project: Project) -> None:
    anna, sam = project.acting_as("anna"), project.acting_as("sam")
    anna.codebook.add(Code("first"))
    with pytest.raises(NotAllowedError, match="make rounds"):
        anna.rounds.create("een", coders=PAIR)
    project.rounds.team.allow(Right.CODEBOOK, [TeamRole.SUPERVISOR])
    project.rounds.team.allow(Right.ROUNDS, [TeamRole.CODER])
    with pytest.raises(NotAllowedError, match="change the codebook"):
        anna.codebook.add(Code("second"))
    sam.codebook.add(Code("second"))
    anna.rounds.create("een", coders=PAIR)
    with pytest.raises(NotAllowedError, match="make rounds"):
        sam.rounds.create("twee", coders=PAIR)
    project.codebook.add(Code("third"))
    with pytest.raises(InvalidValueError, match="reader changes nothing"):
        project.rounds.team.allow(Right.CODEBOOK, [TeamRole.READER])
    with pytest.raises(InvalidValueError, match="goes with a role"):
        project.rounds.team.allow(Right.ERASE, [TeamRole.CODER])


def test_a_change_of_the_list_holds_at_once_and_for_undo(project: Project) -> None:
    anna = project.acting_as("anna")
    give(project, "A1", "Het is leuk", "joy", "anna")
    project.rounds.team.put("anna", TeamRole.READER)
    with pytest.raises(NotAllowedError):
        anna.history.undo()
    assert len(anna.codings.collect()) == 1
    project.rounds.team.remove("anna")
    with pytest.raises(NotAllowedError, match="not on the list"):
        anna.codings.collect()
    project.rounds.team.put("anna", TeamRole.CODER)
    anna.history.undo()
    assert anna.codings.collect() == ()


def test_the_consensus_is_for_those_who_decide(project: Project) -> None:
    for coder in PAIR:
        give(project, "A1", "Het is leuk hoor", "joy", coder)
    give(project, "A2", "Om wakker te blijven", "energy", "anna")
    give(project, "A2", "leuk is het ook", "joy", "bram")
    about, other = project.agreement.collect_disagreements(PAIR)
    for name in ("ria", "zoe"):
        person = project.acting_as(name)
        with pytest.raises(NotAllowedError):
            person.adjudication.settle(
                PAIR, [Decision(about.id, Choice.TAKE_A, name, about.transcript, "")]
            )
    assert project.codings.collect(coder=CONSENSUS) == ()
    sam = project.acting_as("sam")
    sam.adjudication.settle(
        PAIR,
        [Decision(d.id, Choice.TAKE_A, "sam", d.transcript, "") for d in (about, other)],
    )
    assert len(sam.codings.collect(coder=CONSENSUS)) == 2


def test_a_supervisor_sees_both_layers_of_a_blind_round_and_a_reader_none(
    project: Project,
) -> None:
    project.rounds.create("een", coders=PAIR)
    for coder in PAIR:
        give(project, "A1", "Het is leuk hoor", "joy", coder)
    project.rounds.team.put("cas", TeamRole.CODER)
    seen = {
        name: {c.coder for c in project.acting_as(name).codings.collect()}
        for name in ("eva", "sam", "anna", "cas", "ria")
    }
    assert seen == {
        "eva": {*PAIR},
        "sam": {*PAIR},
        "anna": {"anna"},
        "cas": set(),
        "ria": set(),
    }


def test_what_was_saved_of_a_deleted_file_is_kept_by_those_who_may_copy_it(
    project: Project, tmp_path: Path
) -> None:
    assert project.history.path is not None
    project.history.path.unlink()
    for name in ("ria", "anna", "nobody"):
        with pytest.raises(NotAllowedError):
            project.acting_as(name).history.back_up(tmp_path / "kept.qualcode")
    project.acting_as("sam").history.back_up(tmp_path / "kept.qualcode")
    with Project.open(tmp_path / "kept.qualcode", as_coder="eva") as kept:
        assert len(kept.rounds.team.names()) == 5


def test_a_reader_takes_no_copy_along_and_a_supervisor_does(
    project: Project, tmp_path: Path
) -> None:
    for name in ("ria", "anna", "zoe", ""):
        with pytest.raises(NotAllowedError):
            project.acting_as(name).history.back_up(tmp_path / "copy.qualcode")
    assert not (tmp_path / "copy.qualcode").exists()
    project.acting_as("sam").history.back_up(tmp_path / "copy.qualcode")
    with Project.open(tmp_path / "copy.qualcode", as_coder="sam") as copy:
        assert copy.rounds.team.role() is TeamRole.SUPERVISOR, "the list goes along"


def test_a_part_that_is_refused_leaves_nothing_of_a_step(project: Project) -> None:
    sam = project.acting_as("sam")
    before = sam.history.revision()
    text = sam.transcripts.get("A1").text
    span = Span(text.index("leuk"), text.index("leuk") + 4)

    def note_and_code() -> None:
        with sam.history.step():
            sam.codings.add_memo(MemoTarget.CODE, "motives/joy", "let op")
            sam.codings.add("A1", span, "motives/joy")

    with pytest.raises(NotAllowedError):
        note_and_code()
    assert (sam.history.revision(), sam.codings.collect_memos()) == (before, ())


def test_the_history_says_who_changed_the_list(project: Project) -> None:
    events = [e for e in project.history.events() if e.target == "team"]
    assert {(event.who, event.action) for event in events} == {("eva", "setting.set")}
    assert len(events) == 5


def guide(folder: Path) -> Path:
    path = folder / "guide.yaml"
    text = "format: qualcode-guide/1\nname: g\nquestions:\n  - {id: q1, text: Waarom?}\n"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        (lambda p, _: p.rounds.put(Round("een", (*PAIR,), ("A1",))), {"eva", "sam"}),
        (
            lambda p, _: p.transcripts.set_roles("A1", {"I": Role.RESPONDENT}),
            {"eva", "anna"},
        ),
        (lambda p, folder: p.transcripts.read_guide(guide(folder)), {"eva", "anna"}),
        (
            lambda p, _: p.themes.typology.set_dimensions(
                ["A: motives/joy | motives/energy", "B: motives/joy | motives/boredom"],
                layer="all",
            ),
            {"eva", "sam", "anna"},
        ),
    ],
    ids=["rounds.put", "set_roles", "read_guide", "set_dimensions"],
)
@pytest.mark.parametrize("name", ["eva", "sam", "anna", "ria", "zoe", ""])
def test_what_needs_another_study_is_refused_by_role_too(
    change: Callable[[Project, Path], object],
    allowed: set[str],
    name: str,
    project: Project,
    tmp_path: Path,
) -> None:
    give(project, "A1", "Het is leuk", "joy", "anna")
    before = project.history.revision()
    if name in allowed:
        change(project.acting_as(name), tmp_path)
        assert project.history.revision() > before
        return
    with pytest.raises(NotAllowedError):
        change(project.acting_as(name), tmp_path)
    assert project.history.revision() == before


@pytest.mark.slow
def test_only_the_owner_removes_an_earlier_text_for_good(project: Project, tmp_path: Path) -> None:
    text = project.transcripts.get("A1").text
    corrected = tmp_path / "A1.txt"
    corrected.write_text(text.replace("hoor", "zeg"), encoding="utf-8")
    project.acting_as("anna").transcripts.revisions.correct(corrected, "A1")
    for name in ("anna", "sam", "ria"):
        with pytest.raises(NotAllowedError, match="remove anything for good"):
            project.acting_as(name).transcripts.revisions.remove_versions("A1")
    assert project.transcripts.revisions.remove_versions("A1") == 1
