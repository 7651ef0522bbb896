"""Every change leaves an event; each coder undoes and redoes that coder's own steps."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest

from qualcode.errors import ConflictError, InvalidValueError, UndefinedRequestError
from qualcode.model import (
    Case,
    Choice,
    Code,
    Coding,
    Decision,
    FrozenMap,
    Guide,
    LocalText,
    Memo,
    MemoTarget,
    Participation,
    Role,
    Round,
    Segment,
    SegmentKind,
    Span,
)
from qualcode.storage import Store
from store_contents import Study, file_of, first_codebook, interview

Act = Callable[[Study], object]


def state(store: Store) -> tuple[object, ...]:
    """Return all that can be undone."""
    return (
        store.transcripts(),
        store.codebook(),
        store.codebook_versions(),
        store.codings(),
        store.cases(),
        store.guides(),
        store.rounds(),
        store.memos(),
        store.decisions(),
        store.chosen(),
        store.excerpts(),
        store.setting("figure levels"),
    )


def ready(study: Study) -> str:
    """Give the study one of each thing, by Ben, and return the id of its coding."""
    coding = study.code("feest", coder="Ben")
    study.store.put_cases(
        [Case("G1", FrozenMap({"group": "U"}), participations=Participation.in_each("G01"))], "Ben"
    )
    study.store.put_round(Round("eerste"), "Ben")
    study.store.add_memo(Memo("m1", MemoTarget.CODING, coding.id, "hm", "Ben"), "Ben")
    study.store.set_excerpt(coding.id, "[...]", "Ben")
    return coding.id


def another_transcript(study: Study) -> None:
    other = interview("G02", "R: anders")
    study.store.add_transcript(other, file_of(other), "Anna")


def the_coding(study: Study) -> str:
    return next(c.id for c in study.store.codings() if c.coder == "Ben")


ACTS: dict[str, Act] = {
    "transcript.add": another_transcript,
    "roles.set": lambda s: s.store.set_roles("G01", {"I": Role.OTHER}, "Anna"),
    "language.set": lambda s: s.store.set_language("G01", "en", "Anna"),
    "codebook.change": lambda s: s.store.save_codebook(
        replace(first_codebook(), codes=(*first_codebook().codes, Code("nieuw"))), "Anna"
    ),
    "coding.add": lambda s: s.code("vrienden"),
    "coding.withdraw": lambda s: s.store.withdraw_codings([the_coding(s)], "Anna"),
    "case.put": lambda s: s.store.put_cases(
        [Case("G1"), Case("G2", participations=Participation.in_each("G01"))], "Anna"
    ),
    "guide.put": lambda s: s.store.put_guide(Guide("g", "U", (), LocalText({"nl": "x"})), "Anna"),
    "round.put": lambda s: s.store.put_round(Round("eerste", closed=True), "Anna"),
    "memo.add": lambda s: s.store.add_memo(Memo("", MemoTarget.CODER, "Ben", "x", "Anna"), "Anna"),
    "memo.withdraw": lambda s: s.store.withdraw_memo("m1", "Anna"),
    "decision.add": lambda s: s.store.add_decisions(
        [Decision("d", Choice.NEW, "Anna", "G01", "", Span(3, 9), "motieven")], "Anna"
    ),
    "chosen.set": lambda s: s.store.choose([the_coding(s)], True, "Anna"),
    "design.set": lambda s: s.store.set_design("figure levels", {"levels": ["a"]}, "Anna"),
    "excerpt.set": lambda s: s.store.set_excerpt(the_coding(s), "[...] x", "Anna"),
}


@pytest.mark.slow
@pytest.mark.parametrize("action", ACTS)
def test_each_change_is_undone_and_redone_to_the_same_state(study: Study, action: str) -> None:
    ready(study)
    before = state(study.store)
    ACTS[action](study)
    after = state(study.store)
    assert after != before
    undone = study.store.undo("Anna")
    assert {event.action for event in undone} == {action}
    assert all(event.undone for event in undone)
    assert state(study.store) == before
    study.store.redo("Anna")
    assert state(study.store) == after
    study.store.undo("Anna")
    assert state(study.store) == before
    assert study.store.check() == ()


@pytest.mark.parametrize(
    "act",
    [
        lambda s: s.store.set_setting("key", 1, "Cor"),
        lambda s: s.store.add_coder("Cor", "Cor"),
        lambda s: s.store.replace_segments(
            "G01", SegmentKind.TURN, [Segment("G01", SegmentKind.TURN, Span(3, 17), (1,))], "Cor"
        ),
    ],
)
def test_what_cannot_be_undone_leaves_an_event_and_is_passed_over(study: Study, act: Act) -> None:
    act(study)
    (event,) = study.store.events("Cor")
    assert event.after
    with pytest.raises(UndefinedRequestError, match="nothing to undo for 'Cor'"):
        study.store.undo("Cor")


def test_events_tell_who_when_what_before_and_after(study: Study) -> None:
    study.store.put_cases([Case("G1", FrozenMap({"group": "U"}))], "Anna")
    study.store.put_cases([Case("G1", FrozenMap({"group": "P"}))], "Ben")
    last, previous = study.store.events()[-1], study.store.events()[-2]
    assert (last.who, last.action, last.target) == ("Ben", "case.put", "G1")
    assert last.before == previous.after
    assert json.loads(last.after) == {"attributes": [["group", "P"]], "transcripts": []}
    assert previous.before == ""
    assert last.at > previous.at
    assert last.at.tzinfo == UTC
    assert [e.number for e in study.store.events()] == list(range(1, last.number + 1))
    assert study.store.events(limit=1) == (last,)
    assert study.store.events("Ben", limit=9) == (last,)
    with pytest.raises(InvalidValueError, match="at least 1"):
        study.store.events(limit=0)


def test_undo_and_redo_leave_events_that_name_the_step(study: Study) -> None:
    study.code("feest")
    (event,) = study.store.undo("Anna")
    study.store.redo("Anna")
    told = [(e.action, e.target) for e in study.store.events()[-2:]]
    assert told == [("undo", str(event.step)), ("redo", str(event.step))]


def test_each_coder_undoes_only_that_coders_steps(study: Study) -> None:
    first = study.code("feest", coder="Anna")
    study.code("feest", coder="Ben")
    study.store.undo("Anna")
    assert [c.coder for c in study.store.codings()] == ["Ben"]
    study.store.undo("Ben")
    study.store.redo("Anna")
    assert [c.id for c in study.store.codings()] == [first.id]


def test_a_new_change_clears_what_that_coder_could_redo(study: Study) -> None:
    study.code("feest", coder="Anna")
    study.store.undo("Anna")
    study.code("feest", coder="Ben")
    study.code("vrienden", coder="Anna")
    with pytest.raises(UndefinedRequestError, match="nothing to redo for 'Anna'"):
        study.store.redo("Anna")
    undone = [e.undone for e in study.store.events("Anna") if e.action == "coding.add"]
    assert undone == [True, False]


def test_all_changes_inside_a_step_are_one_step(study: Study) -> None:
    with study.store.step("Anna"):
        coding = study.code("feest")
        study.store.add_coder("Cor", "Anna")
        study.store.choose([coding.id], True, "Anna")
        study.store.withdraw_codings([coding.id], "Anna")
        study.code("feest")
    assert len(study.store.codings()) == 1
    assert len({e.step for e in study.store.events()[-5:]}) == 1
    undone = study.store.undo("Anna")
    assert len(undone) == 5
    assert study.store.codings() == ()
    assert "Cor" in study.store.coders()
    study.store.redo("Anna")
    assert len(study.store.codings()) == 1
    assert study.store.codings()[0].id != coding.id


def test_a_step_that_fails_changes_nothing(study: Study) -> None:
    before = state(study.store), study.store.events()

    def two_changes() -> None:
        with study.store.step("Anna"):
            study.code("feest")
            study.store.add_coder("", "Anna")

    with pytest.raises(InvalidValueError, match="needs a name"):
        two_changes()
    assert (state(study.store), study.store.events()) == before


def test_a_part_of_a_step_that_failed_and_was_caught_leaves_the_rest(study: Study) -> None:
    with study.store.step("Anna"):
        study.code("feest")
        with pytest.raises(InvalidValueError):
            study.store.add_codings(
                [study.passage("vrienden"), study.passage("Elke", memo="\x00")], "Anna"
            )
        study.code("begon")
    assert [c.quote for c in study.store.codings()] == ["begon", "feest"]
    assert [e.action for e in study.store.events()[-2:]] == ["coding.add", "coding.add"]


def test_a_step_belongs_to_one_coder_and_holds_no_undo(study: Study) -> None:
    with study.store.step("Anna"):
        with pytest.raises(InvalidValueError, match="step of 'Anna' cannot hold a change by 'Ben'"):
            study.store.add_coder("Cor", "Ben")
        with pytest.raises(UndefinedRequestError, match="cannot hold an undo"):
            study.store.undo("Anna")


def test_an_empty_step_leaves_nothing(study: Study) -> None:
    before = study.store.events()
    with study.store.step("Anna"):
        study.store.codings()
    assert study.store.events() == before


def test_undo_of_what_someone_changed_since_is_refused_naming_both(study: Study) -> None:
    study.store.put_cases([Case("G1")], "Anna")
    study.store.put_cases([Case("G1", FrozenMap({"group": "P"}))], "Ben")
    with pytest.raises(ConflictError, match=r"for 'Anna' .*case 'G1' .*by 'Ben' in step"):
        study.store.undo("Anna")
    study.store.undo("Ben")
    study.store.undo("Anna")
    assert study.store.cases() == ()


def test_a_withdrawn_coding_does_not_come_back_beside_its_equal(study: Study) -> None:
    first = study.code("feest")
    study.store.withdraw_codings([first.id], "Anna")
    (second,) = study.store.add_codings([study.passage("feest")], "Ben")
    with pytest.raises(ConflictError, match=f"(?s){first.id}.*{second.id}"):
        study.store.undo("Anna")
    assert study.store.codings() == (second,)


def test_an_undone_addition_that_someone_withdrew_is_refused(study: Study) -> None:
    first = study.code("feest")
    study.store.withdraw_codings([first.id], "Ben")
    with pytest.raises(ConflictError, match=f"coding '{first.id}' was changed since by 'Ben'"):
        study.store.undo("Anna")


def test_the_latest_codebook_is_taken_back_only_when_nothing_was_made_under_it(
    study: Study,
) -> None:
    study.store.save_codebook(first_codebook(), "Cor")
    coding = study.code("feest", codebook_version=2)
    with pytest.raises(ConflictError, match="taken back: codings were made under it"):
        study.store.undo("Cor")
    study.store.withdraw_codings([coding.id], "Anna")
    study.store.put_round(Round("tweede", codebook_version=2), "Anna")
    with pytest.raises(ConflictError, match="round 'tweede' uses it"):
        study.store.undo("Cor")
    study.store.undo("Anna")
    study.store.undo("Cor")
    assert [v.version for v in study.store.codebook_versions()] == [1]


def test_an_older_codebook_is_not_taken_back_from_under_a_newer_one(study: Study) -> None:
    study.store.save_codebook(first_codebook(), "Cor")
    study.store.save_codebook(first_codebook(), "Ben")
    with pytest.raises(ConflictError, match="version 3 follows it"):
        study.store.undo("Cor")
    study.store.undo("Ben")
    study.store.undo("Cor")
    study.store.save_codebook(first_codebook(), "Anna")
    with pytest.raises(ConflictError, match="codebook '2' was changed since by 'Anna'"):
        study.store.redo("Cor")


def test_codes_of_a_version_taken_back_are_unknown_again(study: Study) -> None:
    more = (*first_codebook().codes, Code("nieuw"))
    study.store.save_codebook(replace(first_codebook(), codes=more), "Ben")
    coding = study.code("feest", "nieuw")
    study.store.undo("Anna")
    study.store.undo("Ben")
    with pytest.raises(ConflictError, match="code 'nieuw' is no longer there"):
        study.store.redo("Anna")
    study.store.redo("Ben")
    study.store.redo("Anna")
    assert [c.id for c in study.store.codings()] == [coding.id]


def test_an_import_is_taken_back_only_when_nothing_hangs_on_it(study: Study) -> None:
    other = interview("G02", "R: ja hoor")
    study.store.add_transcript(other, file_of(other), "Cor")
    hanging: list[Act] = [
        lambda s: s.store.put_cases(
            [Case("G2", participations=Participation.in_each("G02"))], "Anna"
        ),
        lambda s: s.store.put_round(Round("derde", transcripts=("G02",)), "Anna"),
        lambda s: s.store.add_memo(Memo("", MemoTarget.TRANSCRIPT, "G02", "x", "Anna"), "Anna"),
        lambda s: s.store.add_decisions([Decision("d", Choice.BOTH, "Anna", "G02")], "Anna"),
        lambda s: s.store.add_codings([Study(s.store, other).passage("hoor", "motieven")], "Anna"),
    ]
    for act, what in zip(
        hanging, ("case 'G2'", "round 'derde'", "memos", "decisions", "codings"), strict=True
    ):
        act(study)
        with pytest.raises(ConflictError, match=what):
            study.store.undo("Cor")
        study.store.undo("Anna")
    study.store.undo("Cor")
    assert [t.name for t in study.store.transcripts()] == ["G01"]
    for act in hanging:
        with pytest.raises(Exception, match="G02"):
            act(study)


def test_a_taken_back_import_does_not_return_beside_its_equal(study: Study) -> None:
    other = interview("G02", "R: ja hoor")
    study.store.add_transcript(other, file_of(other), "Cor")
    study.store.undo("Cor")
    study.store.add_transcript(replace(other, name="G03"), file_of(other), "Anna")
    with pytest.raises(ConflictError, match="'G02' cannot come back: 'G03'"):
        study.store.redo("Cor")
    study.store.undo("Anna")
    study.store.redo("Cor")
    assert study.store.transcript("G02") == other


@pytest.mark.parametrize(
    ("made", "target"),
    [
        (lambda s: s.store.put_cases([Case("G7")], "Cor"), (MemoTarget.CASE, "G7")),
        (lambda s: s.store.put_round(Round("r7"), "Cor"), (MemoTarget.ROUND, "r7")),
    ],
)
def test_what_has_a_memo_is_not_taken_back(
    study: Study, made: Act, target: tuple[MemoTarget, str]
) -> None:
    made(study)
    study.store.add_memo(Memo("", *target, "let op", "Anna"), "Anna")
    with pytest.raises(ConflictError, match="there is a memo on it"):
        study.store.undo("Cor")
    study.store.undo("Anna")
    study.store.undo("Cor")
    with pytest.raises(ConflictError, match=f"'{target[1]}' is no longer there"):
        study.store.redo("Anna")


def test_a_round_with_codings_is_not_taken_back(study: Study) -> None:
    study.store.put_round(Round("r7"), "Cor")
    study.code("feest", round="r7")
    with pytest.raises(ConflictError, match="taken back: codings were made in it"):
        study.store.undo("Cor")


def test_with_nothing_done_there_is_nothing_to_undo_or_redo(store: Store) -> None:
    for turn in (store.undo, store.redo):
        with pytest.raises(UndefinedRequestError, match=r"nothing to (un|re)do\."):
            turn()


def code_in_browser(study: Study, number: int, quote: str) -> Coding:
    """Make a coding as an edit of Anna's browser."""
    with study.store.step("Anna"):
        study.store.note_edit("tab", number, "", "Anna")
        return study.code(quote)


def test_a_browser_undoes_and_redoes_only_what_was_done_in_it(study: Study) -> None:
    imported = study.code("feest")
    made = code_in_browser(study, 1, "begon")
    with study.store.step("Anna"):
        study.store.note_edit("tab", 2, "", "Anna")
        study.store.save_codebook(first_codebook(), "Anna")
    assert study.store.count_browser_steps("Anna") == (1, 0)
    study.store.undo("Anna", edit=("tab", 3))
    assert study.store.codings() == (imported,)
    assert study.store.count_browser_steps("Anna") == (0, 1)
    with pytest.raises(UndefinedRequestError, match="nothing to undo"):
        study.store.undo("Anna", edit=("tab", 4))
    study.store.redo("Anna", edit=("tab", 5))
    assert {coding.id for coding in study.store.codings()} == {imported.id, made.id}


def test_an_undo_of_a_browser_that_arrives_twice_is_done_once(study: Study) -> None:
    code_in_browser(study, 1, "begon")
    code_in_browser(study, 2, "feest")
    assert study.store.undo("Anna", edit=("tab", 3)) != ()
    assert study.store.undo("Anna", edit=("tab", 3)) == ()
    assert len(study.store.codings()) == 1
    assert study.store.latest_edits(["tab"]) == {"tab": 3}
