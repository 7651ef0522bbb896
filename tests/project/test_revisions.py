"""A corrected text takes the place of a transcript: codings move, what changed is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import (
    DuplicateError,
    InvalidValueError,
    SameTextError,
    UndefinedRequestError,
    UnknownNameError,
)
from qualcode.model import MemoTarget, SegmentKind
from qualcode.project import Project, write_text_version
from two_coder_study import TEXTS, give, make_project, write_files

CORRECTED = (
    "\ufeffOpname 1\r\nI: Waarom doe je het?\r\nR: Het is heel leuk hoor 😀. En je blijft wakker."
    "\r\nI: Nog iets?\r\nR: Anders wordt het\x0b saai, café\u0301.\r\n"
)


class Study:
    """The project, and the ids of what was coded in A1."""

    def __init__(self, folder: Path, project: Project) -> None:
        self.folder, self.project = folder, project
        project.rounds.add_coder("anna")
        project.rounds.add_coder("bram")
        self.anna = project.acting_as("anna")
        self.same = give(project, "A1", "En je blijft wakker", "energy", "anna")
        self.changed = give(project, "A1", "Het is leuk hoor", "joy", "anna")
        self.other = give(project, "A1", "Anders is het saai", "boredom", "bram")
        self.revisions = self.anna.transcripts.revisions

    def correct(self, text: str = CORRECTED, name: str = "A1.txt") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode("utf-8"))
        return path

    def quotes(self) -> dict[str, str]:
        return {c.id: c.quote for c in self.project.codings.collect(transcript="A1")}


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    write_files(tmp_path)
    with Project.open(make_project(tmp_path), verify=False) as project:
        yield Study(tmp_path, project)


def test_codings_move_with_their_words(study: Study) -> None:
    planned = study.revisions.plan_correction(study.correct())
    assert study.quotes()[study.changed] == "Het is leuk hoor"
    corrected = study.revisions.correct(study.correct())
    assert (corrected.same, len(corrected.changed), corrected.gone) == (1, 2, ())
    assert [c.after for c in corrected.changed] == [c.after for c in planned.changed]
    assert study.quotes() == {
        study.same: "En je blijft wakker",
        study.changed: "Het is heel leuk hoor",
        study.other: "Anders wordt het\x0b saai",
    }
    text = study.project.transcripts.get("A1")
    assert text.text.startswith("Opname 1\nI: Waarom")
    assert [speaker.role.value for speaker in text.speakers] == ["interviewer", "respondent"]
    assert study.project.history.check() == ()


def test_changed_codings_wait_to_be_confirmed(study: Study) -> None:
    study.revisions.correct(study.correct())
    waiting = {item.coding.id: (item.before, item.after) for item in study.revisions.unconfirmed()}
    assert waiting == {
        study.changed: ("Het is leuk hoor", "Het is heel leuk hoor"),
        study.other: ("Anders is het saai", "Anders wordt het\x0b saai"),
    }
    study.revisions.confirm([study.changed[:8]])
    assert [item.coding.id for item in study.revisions.unconfirmed("A1")] == [study.other]
    assert study.revisions.unconfirmed("A2") == ()
    # After a second correction the words that were coded are still the first ones.
    study.revisions.correct(study.correct(CORRECTED.replace("wordt", "werd")))
    assert {item.before for item in study.revisions.unconfirmed()} == {"Anders is het saai"}


def test_a_passage_that_is_gone_loses_its_coding_and_keeps_its_memo(study: Study) -> None:
    study.anna.codings.add_memo(MemoTarget.CODING, study.other, "mooi gezegd")
    study.anna.codings.add_memo(MemoTarget.TURN, "A1#4", "over thuis")
    study.anna.codings.add_memo(MemoTarget.TURN, "A1#2", "over plezier")
    without = CORRECTED[: CORRECTED.index("I: Nog iets?")]
    corrected = study.revisions.correct(study.correct(without))
    assert [item.coding.id for item in corrected.gone] == [study.other]
    assert study.other not in study.quotes()
    targets = {(m.target_kind, m.target, m.text) for m in study.project.codings.collect_memos()}
    assert targets == {
        (MemoTarget.TRANSCRIPT, "A1", "mooi gezegd"),
        (MemoTarget.TRANSCRIPT, "A1", "over thuis"),
        (MemoTarget.TURN, "A1#2", "over plezier"),
    }
    assert study.project.history.check() == ()
    # What would bring the coding back cannot be undone any more.
    with pytest.raises(UndefinedRequestError):
        study.project.acting_as("bram").history.undo()


def test_segments_are_made_again_for_the_new_text(study: Study) -> None:
    study.revisions.correct(study.correct())
    text = study.project.transcripts.get("A1")
    turns = study.project.transcripts.collect_segments(SegmentKind.TURN, "A1")
    assert [segment.span for segment in turns] == [turn.span for turn in text.turns]


@pytest.mark.slow
def test_the_earlier_text_is_kept_until_it_is_removed(study: Study) -> None:
    study.revisions.correct(study.correct())
    (version,) = study.revisions.versions("A1")
    assert (version.number, version.text, version.who) == (1, TEXTS["A1"], "anna")
    write_text_version(version, study.folder / "old.txt")
    assert (study.folder / "old.txt").read_text(encoding="utf-8") == TEXTS["A1"]
    assert study.revisions.remove_versions("A1") == 1
    assert study.revisions.remove_versions("A1") == 0
    path = study.project._store.path
    assert path is not None
    assert b"Anders is het saai" not in path.read_bytes()
    assert study.project.history.check() == ()


def test_a_text_that_is_no_correction_is_refused(study: Study) -> None:
    with pytest.raises(SameTextError, match="Nothing is to be replaced"):
        study.revisions.correct(study.folder / "interviews" / "A1.txt")
    with pytest.raises(SameTextError, match="another interview: 'A2'"):
        study.revisions.correct(study.correct(TEXTS["A2"]))
    with pytest.raises(UnknownNameError, match="A9"):
        study.revisions.correct(study.correct(), "A9")
    with pytest.raises(UndefinedRequestError, match="--transcript"):
        study.revisions.correct(study.correct(name="iets.txt"))
    assert study.revisions.correct(study.correct(name="iets.txt"), "A1").same == 1


def test_a_decision_follows_its_disagreement_into_the_new_text(study: Study) -> None:
    give(study.project, "A1", "Het is leuk hoor", "energy", "bram")
    (first, *_) = study.anna.agreement.collect_disagreements(("anna", "bram"))
    decision = study.anna.adjudication.decide(first, "a")
    assert decision is not None
    study.project._store.add_decisions([decision])
    study.revisions.correct(study.correct())
    ids = {d.id for d in study.anna.agreement.collect_disagreements(("anna", "bram"))}
    decided = {d.disagreement for d in study.project._store.decisions()}
    assert decided
    assert decided <= ids


def test_a_new_name_holds_everywhere(study: Study) -> None:
    project = study.project
    project.rounds.create("een", coders=["anna"], transcripts=["A1"], blind=False)
    study.anna.codings.add_memo(MemoTarget.TURN, "A1#2", "let op")
    study.revisions.rename("A1", "Gesprek 1")
    assert project.transcripts.get("Gesprek 1").text == TEXTS["A1"]
    assert project.rounds.collect()[0].transcripts == ("Gesprek 1",)
    assert {memo.target for memo in project.codings.collect_memos()} == {"Gesprek 1#2"}
    assert "Gesprek 1" in {name for case in project.cases.collect() for name in case.transcripts}
    # Undo still finds what was done under the old name.
    assert study.anna.history.undo()
    assert project.codings.collect_memos() == ()
    with pytest.raises(DuplicateError, match="A2"):
        study.revisions.rename("Gesprek 1", "A2")
    with pytest.raises(InvalidValueError, match="needs a name"):
        study.revisions.rename("Gesprek 1", "  ")
    with pytest.raises(UnknownNameError, match="A1"):
        study.revisions.rename("A1", "iets")


def test_an_interview_goes_with_its_codings_and_leaves_its_round(study: Study) -> None:
    project = study.project
    project.rounds.create("een", coders=["anna"], transcripts=["A1", "A2"], blind=False)
    project.rounds.create("alleen", coders=["anna"], transcripts=["A1"], blind=False)
    plan = study.revisions.plan_removal("A1")
    assert (plan.codings, plan.cases, plan.rounds) == (3, ("P1",), ("een", "alleen"))
    study.revisions.remove("A1")
    assert [text.name for text in project.transcripts.collect()] == ["A2", "A3"]
    assert [(r.name, r.transcripts) for r in project.rounds.collect()] == [("een", ("A2",))]
    assert project.codings.collect() == ()
    assert project.history.check() == ()
    path = project._store.path
    assert path is not None
    assert b"blijft wakker" not in path.read_bytes()
    with pytest.raises(UnknownNameError, match="A1"):
        study.revisions.remove("A1")
