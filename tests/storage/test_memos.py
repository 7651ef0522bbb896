"""Memos stand on anything that is there, and follow it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.errors import DuplicateError, InvalidValueError, QualcodeError, UnknownNameError
from qualcode.model import Case, Coding, Memo, MemoTarget, Round, Span
from store_contents import Study


def note(kind: MemoTarget, target: str, text: str = "let op") -> Memo:
    return Memo("", kind, target, text, "Anna")


def test_everything_can_have_a_memo(study: Study) -> None:
    coding = study.code("feest")
    study.store.put_cases([Case("G1")])
    study.store.put_round(Round("eerste"))
    targets = {
        MemoTarget.PROJECT: "",
        MemoTarget.TRANSCRIPT: "G01",
        MemoTarget.TURN: "G01#2",
        MemoTarget.CODE: "invloeden/aanbod",
        MemoTarget.CODING: coding.id,
        MemoTarget.CASE: "G1",
        MemoTarget.CODER: "Ben",
        MemoTarget.ROUND: "eerste",
    }
    assert set(targets) == set(MemoTarget)
    stored = [study.store.add_memo(note(*target), "Anna") for target in targets.items()]
    assert study.store.memos() == tuple(stored)
    for kind, target in targets.items():
        (found,) = study.store.memos(kind, target)
        assert (found.target_kind, found.target) == (kind, target)


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (MemoTarget.PROJECT, "x"),
        (MemoTarget.TRANSCRIPT, "G9"),
        (MemoTarget.TURN, "G01#5"),
        (MemoTarget.TURN, "G01"),
        (MemoTarget.TURN, "G9#1"),
        (MemoTarget.CODE, "invloeden/aanbot"),
        (MemoTarget.CODING, "nope"),
        (MemoTarget.CASE, "G7"),
        (MemoTarget.CODER, "Cor"),
        (MemoTarget.ROUND, "r9"),
    ],
)
def test_a_memo_on_what_is_not_there_is_refused_by_name(
    study: Study, kind: MemoTarget, target: str
) -> None:
    with pytest.raises(QualcodeError, match=target.rpartition("#")[2] or "target"):
        study.store.add_memo(note(kind, target))
    assert study.store.memos() == ()


def test_a_memo_on_a_code_follows_it_to_its_new_path(study: Study) -> None:
    study.store.add_memo(note(MemoTarget.CODE, "motieven/plezier"))
    book = study.store.codebook()
    assert book is not None
    codes = [replace(c, path="motieven/genot") if c.name == "plezier" else c for c in book.codes]
    study.store.save_codebook(replace(book, codes=tuple(codes)))
    assert [m.target for m in study.store.memos()] == ["motieven/genot"]
    assert len(study.store.memos(MemoTarget.CODE, "motieven/genot")) == 1


def test_a_withdrawn_memo_is_gone_once(study: Study) -> None:
    memo = study.store.add_memo(note(MemoTarget.PROJECT, ""))
    with pytest.raises(DuplicateError, match=memo.id):
        study.store.add_memo(memo)
    study.store.withdraw_memo(memo.id, "Anna")
    assert study.store.memos() == ()
    with pytest.raises(UnknownNameError, match=memo.id):
        study.store.withdraw_memo(memo.id, "Anna")


def test_a_memo_with_a_nul_is_refused(study: Study) -> None:
    with pytest.raises(InvalidValueError, match="memo holds a NUL character at position 1"):
        study.store.add_memo(note(MemoTarget.PROJECT, "", "a\x00"))


def _span(study: Study, start: int, end: int) -> Coding:
    text = study.transcript.text
    return study.passage(text[start:end], span=Span(start, end), quote=text[start:end])


def test_memos_follow_a_merge_and_go_back_to_their_own_passages(study: Study) -> None:
    first, second = study.store.add_codings([_span(study, 21, 30), _span(study, 40, 60)], "Anna")
    memos = [
        study.store.add_memo(note(MemoTarget.CODING, coding.id), "Anna")
        for coding in (first, second)
    ]
    with study.store.step("Anna"):
        study.store.withdraw_codings([first.id, second.id], "Anna")
        (merged,) = study.store.add_codings([_span(study, 21, 60)], "Anna")
    assert [memo.target for memo in study.store.memos()] == [merged.id, merged.id]
    study.store.undo("Anna")
    assert study.store.memos() == tuple(memos)


def test_a_memo_follows_the_larger_part_of_a_split(study: Study) -> None:
    (whole,) = study.store.add_codings([_span(study, 21, 60)], "Anna")
    study.store.add_memo(note(MemoTarget.CODING, whole.id), "Anna")
    with study.store.step("Anna"):
        study.store.withdraw_codings([whole.id], "Anna")
        _, larger = study.store.add_codings([_span(study, 21, 30), _span(study, 30, 60)], "Anna")
    assert [memo.target for memo in study.store.memos()] == [larger.id]


def test_a_memo_written_after_a_change_stays_with_the_passage_when_that_is_undone(
    study: Study,
) -> None:
    (old,) = study.store.add_codings([_span(study, 21, 30)], "Anna")
    with study.store.step("Anna"):
        study.store.withdraw_codings([old.id], "Anna")
        (new,) = study.store.add_codings([_span(study, 21, 40)], "Anna")
    study.store.add_memo(replace(note(MemoTarget.CODING, new.id), author="Ben"), "Ben")
    study.store.undo("Anna")
    assert [memo.target for memo in study.store.memos()] == [old.id]
    study.store.redo("Anna")
    assert [memo.target for memo in study.store.memos()] == [new.id]


def test_memos_stay_where_a_coding_elsewhere_or_of_another_coder_is_added(study: Study) -> None:
    (old,) = study.store.add_codings([_span(study, 21, 30)], "Anna")
    study.store.add_memo(note(MemoTarget.CODING, old.id), "Anna")
    with study.store.step("Anna"):
        study.store.withdraw_codings([old.id], "Anna")
        study.store.add_codings(
            [_span(study, 40, 60), replace(_span(study, 21, 30), coder="Ben")], "Anna"
        )
    assert [memo.target for memo in study.store.memos()] == [old.id]
