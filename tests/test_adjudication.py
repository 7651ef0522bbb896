"""Decisions become codings of the consensus; the coders' own stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from notation import coded, transcript
from qualcode.adjudication import (
    Reason,
    consensus_changes,
    join_reason,
    settle,
    split_reason,
    time_spent,
)
from qualcode.agreement import (
    CodingStudy,
    UnitsOfAnalysis,
    agreed_codings,
    collect_disagreements,
)
from qualcode.model import (
    CONSENSUS,
    Choice,
    Code,
    Codebook,
    Coding,
    Decision,
    Disagreement,
    Span,
    Transcript,
)

BOOK = Codebook("b", (Code("a"), Code("a/x"), Code("a/y"), Code("b")))
CODERS = ("anna", "bram")


def coding_study(interview: Transcript, codings: Sequence[Coding]) -> CodingStudy:
    return CodingStudy.of(codings, UnitsOfAnalysis.of([interview]), BOOK, CODERS)


def compared(
    anna: str, bram: str
) -> tuple[Transcript, tuple[Coding, ...], tuple[Disagreement, ...]]:
    text, one = coded(anna, "anna")
    same, two = coded(bram, "bram")
    assert text == same
    interview = transcript(text)
    codings = (*one, *two)
    return interview, codings, collect_disagreements(coding_study(interview, codings))


def consensus(anna: str, bram: str, *choices: Choice) -> list[tuple[str, str]]:
    """Return (words, code) of the consensus after deciding on the disagreements in order."""
    interview, codings, found = compared(anna, bram)
    assert len(found) == len(choices)
    decisions = [Decision(d.id, c, "anna", "G01") for d, c in zip(found, choices, strict=True)]
    agreed = agreed_codings(coding_study(interview, codings))
    settled = settle(found, decisions, agreed, {"G01": interview})
    assert settled.open == ()
    return [(p.span.of(interview.text), p.code) for p in settled.passages]


def test_what_both_coded_alike_needs_no_decision() -> None:
    both = "I: En?\nR: We [waren moe|a/x] toen."
    assert consensus(both, both) == [("waren moe", "a/x")]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice.TAKE_A, [("waren moe", "a/x")]),
        (Choice.TAKE_B, []),
        (Choice.BOTH, [("waren moe", "a/x")]),
        (Choice.NEITHER, []),
    ],
)
def test_a_missed_passage_is_kept_or_not(choice: Choice, kept: list[tuple[str, str]]) -> None:
    anna = "I: En?\nR: We [waren moe|a/x] toen. En [blij|b]."
    bram = "I: En?\nR: We waren moe toen. En [blij|b]."
    assert consensus(anna, bram, choice) == [*kept, ("blij", "b")]


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice.TAKE_A, [("waren moe", "a/x")]),
        (Choice.TAKE_B, [("waren moe", "a/y")]),
        (Choice.BOTH, [("waren moe", "a/x"), ("waren moe", "a/y")]),
        (Choice.NEITHER, []),
    ],
)
def test_of_two_codes_one_both_or_none_is_kept(choice: Choice, kept: list[tuple[str, str]]) -> None:
    anna, bram = "R: We [waren moe|a/x] toen.", "R: We [waren moe|a/y] toen."
    assert consensus(anna, bram, choice) == kept


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice.TAKE_A, "We waren moe toen"),
        (Choice.TAKE_B, "waren moe"),
        (Choice.BOTH, "We waren moe toen"),
    ],
)
def test_of_two_boundaries_the_chosen_one_is_kept_once(choice: Choice, kept: str) -> None:
    anna, bram = "R: [We waren moe toen|a/x].", "R: We [waren moe|a/x] toen."
    assert consensus(anna, bram, choice) == [(kept, "a/x")]


def test_a_coding_over_several_turns_is_decided_turn_by_turn_and_put_together() -> None:
    """Anna coded three turns as one; Bram only the first. Taking Anna restores her passage."""
    anna = "R: [Een.\nR: Twee.\nR: Drie.|a/x]"
    bram = "R: [Een.|a/x]\nR: Twee.\nR: Drie."
    whole = consensus(anna, bram, Choice.TAKE_A, Choice.TAKE_A)
    assert whole == [("Een.\nR: Twee.\nR: Drie.", "a/x")]
    part = consensus(anna, bram, Choice.TAKE_A, Choice.TAKE_B)
    assert part == [("Een.\nR: Twee.", "a/x")]


def test_a_new_passage_replaces_both() -> None:
    interview, codings, found = compared("R: We [waren moe|a/x].", "R: [We waren moe|a/y].")
    new = Decision(found[0].id, Choice.NEW, "anna", "G01", span=Span(6, 11), code="b")
    settled = settle(
        found, [new], agreed_codings(coding_study(interview, codings)), {"G01": interview}
    )
    assert [(p.span, p.code) for p in settled.passages] == [(Span(6, 11), "b")]


@pytest.mark.parametrize(
    ("reason", "memo"),
    [("overlooked", ""), ("overlooked: te smal", "te smal"), ("breder", "breder")],
)
def test_a_new_passage_has_what_was_said_of_it_as_its_note_and_not_the_word_for_why(
    reason: str, memo: str
) -> None:
    interview, codings, found = compared("R: We [waren moe|a/x].", "R: [We waren moe|a/y].")
    new = Decision(found[0].id, Choice.NEW, "anna", "G01", reason, Span(6, 11), "b")
    settled = settle(
        found, [new], agreed_codings(coding_study(interview, codings)), {"G01": interview}
    )
    assert [p.memo for p in settled.passages] == [memo]


def test_what_nobody_decided_stays_open_and_out_of_the_consensus() -> None:
    interview, _, found = compared("R: We [waren moe|a/x].", "R: [We|b] waren moe.")
    settled = settle(found, [], [], {"G01": interview})
    assert settled.open == found
    assert settled.passages == ()


def test_the_last_decision_stands_and_one_about_nothing_is_told() -> None:
    interview, _, found = compared("R: We [waren moe|a/x]. [Ja|b]", "R: We waren moe. [Ja|b]")
    decisions = [
        Decision(found[0].id, Choice.TAKE_A, "anna", "G01"),
        Decision(found[0].id, Choice.NEITHER, "anna", "G01"),
        Decision("gone", Choice.TAKE_A, "anna", "G01"),
    ]
    settled = settle(found, decisions, [], {"G01": interview})
    assert settled.passages == ()
    assert [d.disagreement for d in settled.stale] == ["gone"]


def test_settling_twice_changes_nothing() -> None:
    both = "R: We [waren moe|a/x] toen."
    interview, codings, found = compared(both, both)
    agreed = agreed_codings(coding_study(interview, codings))
    passages = settle(found, [], agreed, {"G01": interview}).passages
    added, withdrawn = consensus_changes(passages, [], {"G01": interview}, codebook_version=1)
    assert [c.coder for c in added] == [CONSENSUS]
    again = consensus_changes(passages, added, {"G01": interview}, codebook_version=1)
    assert again == ((), ())
    assert withdrawn == ()


@pytest.mark.parametrize(
    ("text", "reason", "note"),
    [
        ("boundary", Reason.BOUNDARY, ""),
        ("boundary: een woord", Reason.BOUNDARY, "een woord"),
        ("boundary een woord", None, "boundary een woord"),
        ("gewoon gemist", None, "gewoon gemist"),
        ("", None, ""),
    ],
)
def test_a_reason_is_of_the_short_list_with_free_text_after_it(
    text: str, reason: Reason | None, note: str
) -> None:
    assert split_reason(text) == (reason, note)


def test_a_reason_and_a_note_come_apart_again() -> None:
    assert split_reason(join_reason("boundary", "een woord")) == (Reason.BOUNDARY, "een woord")
    assert join_reason("", "los") == "los"
    assert join_reason("boundary", "") == "boundary"


def test_time_is_what_lies_between_decisions_without_the_pauses() -> None:
    nine = datetime(2026, 3, 1, 9, tzinfo=UTC)
    minutes = (0, 2, 5, 65, 66)
    made = [("anna", nine + timedelta(minutes=m)) for m in minutes]
    assert time_spent(made) == timedelta(minutes=6)
    assert time_spent([*made, ("bram", nine + timedelta(minutes=1))]) == timedelta(minutes=6)
    assert time_spent([("anna", nine)] * 3) is None
