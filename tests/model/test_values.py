"""The values that cannot exist, and the small questions values answer about themselves."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis.strategies as st
import pytest
from hypothesis import given

from notation import transcript
from qualcode.errors import InvalidValueError, UnknownNameError
from qualcode.model import (
    Case,
    Choice,
    Code,
    Codebook,
    Coding,
    Coefficient,
    Decision,
    FrozenMap,
    LocalText,
    Memo,
    MemoTarget,
    Role,
    Round,
    Span,
    Speaker,
    Transcript,
    Turn,
    compare_codebooks,
    trimmed,
)

RESPONDENT = (Speaker("R", Role.RESPONDENT),)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Span(3, 3),
        lambda: Span(-1, 2),
        lambda: Span(5, 2),
        lambda: Speaker(" ", Role.OTHER),
        lambda: Turn(0, "R", Span(0, 1)),
        lambda: Turn(1, "R", Span(0, 1), -5),
        lambda: Transcript("", "x", (), ()),
        lambda: Transcript("a", " \n", (), ()),
        lambda: Transcript("a", "x\r\ny", (), ()),
        lambda: Transcript("a", "x\x00y", (), ()),
        lambda: Transcript("a", "\ufeffx", (), ()),
        lambda: Transcript("a", "x\ud83d", (), ()),
        lambda: Transcript("a", "x", (), (Turn(1, "R", Span(0, 1)),)),
        lambda: Transcript("a", "x", RESPONDENT, (Turn(1, "R", Span(0, 2)),)),
        lambda: Transcript("a", "xyz", RESPONDENT * 2, ()),
        lambda: Transcript(
            "a", "xyz", RESPONDENT, (Turn(1, "R", Span(0, 2)), Turn(2, "R", Span(1, 3)))
        ),
        lambda: Code("Influences"),
        lambda: Code("a//b"),
        lambda: Code("a", color="red"),
        lambda: Codebook(" ", ()),
        lambda: Codebook("b", (Code("a"), Code("a"))),
        lambda: Codebook("b", (Code("a/b"), Code("a"))),
        lambda: Coding("1", "G01", Span(0, 3), "abc", "a", ""),
        lambda: Coding("1", "G01", Span(0, 3), "abc", "", "anna"),
        lambda: Coding("1", "G01", Span(0, 3), "abcd", "a", "anna"),
        lambda: Memo("1", MemoTarget.CODE, "a", " ", "anna"),
        lambda: Round(""),
        lambda: Case(""),
        lambda: Coefficient("kappa", None),
        lambda: Coefficient("kappa", 0.5, "no variation"),
        lambda: Decision("d", Choice.NEW, "anna", "G01"),
    ],
)
def test_a_value_that_makes_no_sense_cannot_exist(make: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError):
        make()


@given(st.text(alphabet=" \n\tab😀é\x0b", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_trimmed_gives_the_same_text_as_strip(text: str, start: int, end: int) -> None:
    """Whatever the text, the trimmed span covers the stripped part and nothing else."""
    start, end = min(start, len(text)), min(end, len(text))
    span = trimmed(text, start, end)
    assert (span.of(text) if span else "") == text[start:end].strip()


@pytest.mark.parametrize(
    ("one", "two", "shared"),
    [((0, 3), (2, 5), Span(2, 3)), ((0, 3), (3, 5), None), ((0, 9), (2, 5), Span(2, 5))],
)
def test_spans_that_only_touch_share_nothing(
    one: tuple[int, int], two: tuple[int, int], shared: Span | None
) -> None:
    assert Span(*one).intersection(Span(*two)) == shared
    assert Span(*one).overlaps(Span(*two)) is (shared is not None)


def test_the_turn_at_a_position_is_found_and_there_is_none_in_a_label() -> None:
    interview = transcript("I: Hoe gaat het?\nR: Goed 😀 hoor.")
    assert interview.turn_at(3) == interview.turns[0]
    assert interview.turn_at(len(interview.text) - 1) == interview.turns[1]
    assert interview.turn_at(0) is None
    assert interview.turn_at(17) is None
    assert [turn.speaker for turn in interview.respondent_turns()] == ["R"]


def test_text_falls_back_to_another_language_and_never_fails() -> None:
    text = LocalText({"en": "availability"})
    assert (text.in_language("nl"), LocalText().in_language("nl")) == ("availability", "")
    assert LocalText.of("beschikbaar", "nl") == LocalText({"nl": "beschikbaar"})


def test_frozen_maps_are_equal_and_hash_alike_whatever_their_order() -> None:
    one, two = FrozenMap({"a": 1, "b": 2}), FrozenMap({"b": 2, "a": 1})
    assert one == two
    assert hash(one) == hash(two)


def test_an_unknown_code_is_refused_with_the_nearest_one() -> None:
    book = Codebook("study", (Code("influences"), Code("influences/availability")))
    with pytest.raises(UnknownNameError, match="Did you mean 'influences/availability'"):
        book.code("influences/availabilty")


def test_codes_follow_their_id_when_versions_are_compared() -> None:
    """A renamed code is one move, not a removal and an addition."""
    old = Codebook("b", (Code("a", id="1"), Code("a/x", id="2"), Code("a/y", id="3")))
    new = Codebook(
        "b",
        (
            Code("a", id="1", definition=LocalText({"nl": "nieuw"})),
            Code("a/z", id="2"),
            Code("a/y", id="3", retired=True, merged_into="2"),
            Code("a/w"),
        ),
    )
    found = {
        (change.kind, change.path, change.before, change.after)
        for change in compare_codebooks(old, new)
    }
    assert found == {
        ("changed", "a", "", "nieuw"),
        ("moved", "a/z", "a/x", "a/z"),
        ("merged", "a/y", "", "a/z"),
        ("added", "a/w", "", ""),
    }
