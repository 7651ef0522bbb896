"""A removed transcript is gone for good: no row and no event keeps its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ConflictError, UndefinedRequestError, UnknownNameError
from qualcode.model import Case, Choice, Decision, Memo, MemoTarget, Participation, Role, Round
from qualcode.storage import Store
from store_contents import Study, file_of, interview

SECRET = "R: mijn naam is Jan Geheim en ik woon op nummer zeven"


def with_secret(study: Study) -> str:
    """Add G02, do all sorts of things with it, and return the id of a coding on it."""
    other = interview("G02", SECRET)
    store = study.store
    store.add_transcript(other, file_of(other), "Cor")
    coding = Study(store, other).code("Jan Geheim", "motieven")
    store.set_excerpt(coding.id, "Jan Geheim [...]", "Anna")
    store.add_memo(Memo("", MemoTarget.CODING, coding.id, "Jan Geheim dus", "Anna"), "Anna")
    store.add_memo(Memo("", MemoTarget.TRANSCRIPT, "G02", "van Jan Geheim", "Anna"), "Anna")
    store.add_decisions([Decision("d", Choice.BOTH, "Anna", "G02")], "Anna")
    store.put_cases([Case("G2", participations=Participation.in_each("G01", "G02"))], "Anna")
    return coding.id


@pytest.mark.slow
def test_a_transcript_without_standing_codings_is_removed_with_all_that_quotes_it(
    study: Study,
) -> None:
    coding = with_secret(study)
    with pytest.raises(ConflictError, match="'G02' cannot be removed: it has codings"):
        study.store.remove_transcript("G02", "Anna")
    study.store.withdraw_codings([coding], "Anna")
    study.store.remove_transcript("G02", "Anna")
    assert [t.name for t in study.store.transcripts()] == ["G01"]
    assert study.store.cases() == (Case("G2", participations=Participation.in_each("G01")),)
    assert study.store.memos() == ()
    assert study.store.decisions() == ()
    assert not any("Geheim" in e.before + e.after for e in study.store.events())
    assert study.store.events()[-1].action == "transcript.remove"
    assert study.store.check() == ()


def test_no_byte_of_a_removed_transcript_stays_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    with Store.create(path, name="Proef") as store:
        other = interview("G02", SECRET)
        store.add_transcript(other, file_of(other))
        store.remove_transcript("G02")
    assert b"Geheim" not in path.read_bytes()


def test_undo_passes_over_what_was_removed(study: Study) -> None:
    coding = with_secret(study)
    study.store.withdraw_codings([coding], "Anna")
    study.store.remove_transcript("G02", "Anna")
    with pytest.raises(UndefinedRequestError):
        study.store.undo("Cor")
    undone = study.store.undo("Anna")
    assert "G02" not in {event.target for event in undone}


def test_the_name_and_the_file_can_be_used_again(study: Study) -> None:
    other = interview("G02", SECRET)
    for _ in range(2):
        study.store.add_transcript(other, file_of(other), "Anna")
        study.store.set_roles("G02", {"I": Role.OTHER}, "Anna")
        study.store.remove_transcript("G02", "Anna")
    study.store.add_transcript(other, file_of(other), "Anna")
    kept = [e.after != "" for e in study.store.events() if e.target == "G02"]
    assert kept == [False, False, False, False, False, False, True]


def test_a_round_that_names_it_keeps_it(study: Study) -> None:
    study.store.put_round(Round("eerste", transcripts=("G01",)), "Anna")
    with pytest.raises(ConflictError, match="round 'eerste'"):
        study.store.remove_transcript("G01")
    with pytest.raises(UnknownNameError, match="G09"):
        study.store.remove_transcript("G09")


def test_removal_is_a_step_of_its_own(study: Study) -> None:
    with study.store.step("Anna"):
        study.store.add_coder("Cor", "Anna")
        with pytest.raises(UndefinedRequestError, match="a step of its own"):
            study.store.remove_transcript("G01", "Anna")


def test_an_import_taken_back_is_erased_when_it_can_no_longer_be_redone(study: Study) -> None:
    other = interview("G02", SECRET)
    study.store.add_transcript(other, file_of(other), "Cor")
    study.store.undo("Cor")
    study.store.add_transcript(other, file_of(other), "Cor")
    study.store.undo("Cor")
    study.store.add_coder("Cor", "Cor")
    with study.store._read() as connection:
        left = connection.exec_driver_sql("SELECT count(*) FROM transcripts").scalar()
    assert left == 1
    assert study.store.check() == ()


def test_the_history_is_shown_in_a_blind_round_after_a_transcript_with_memos_went(
    study: Study,
) -> None:
    other = interview("G02", "I: iets anders.")
    study.store.add_transcript(other, file_of(other), "Anna")
    study.store.add_memo(Memo("", MemoTarget.TRANSCRIPT, "G02", "nog lezen", "Anna"), "Anna")
    study.store.put_round(Round("blind", ("Anna", "Ben"), ("G01",)), "Anna")
    study.store.remove_transcript("G02", "Anna")
    assert "memo.add" in {event.action for event in study.store.seen_by("Ben").events()}
