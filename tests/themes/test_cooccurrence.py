"""Codes that occur together, with the c-coefficient."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from qualcode.model import CodePair, Segment, SegmentKind, Span
from qualcode.themes import summarize_themes


def _pairs(made: Any, answers: tuple[Segment, ...] = ()) -> tuple[CodePair, ...]:
    return summarize_themes(*made.parts, answers=answers)[0].pairs


def test_c_coefficient_of_passages_by_hand(study: Any, book: Any) -> None:
    """x has 3 codings, y 2; they share one passage: 1 / (3 + 2 - 1) = .25."""
    made = study(
        {"U1": "R: [one|a/x, a/y] [two|a/x] [three|a/x] [four|a/y]"}, book("a", "a/x", "a/y")
    )
    (pair,) = _pairs(made)
    assert (pair.first, pair.second, pair.unit) == ("a/x", "a/y", "passage")
    assert (pair.together, pair.first_count, pair.second_count) == (1, 3, 2)
    assert pair.c_coefficient == 0.25
    assert pair.codings == (made.codings[0].id, made.codings[1].id)


def test_overlap_is_enough_and_touching_is_not(study: Any, book: Any) -> None:
    made = study({"U1": "R: [one two|a/x] [three|a/y]"}, book("a", "a/x", "a/y"))
    x, y = made.codings
    touching = replace(y, span=Span(x.span.end, x.span.end + 5), quote=" thre")
    assert _pairs(replace(made, codings=(x, touching))) == ()
    overlapping = replace(y, span=Span(x.span.end - 1, x.span.end + 4), quote="o thr")
    assert len(_pairs(replace(made, codings=(x, overlapping)))) == 1


def test_one_long_passage_over_three_short_ones_meets_once(study: Any, book: Any) -> None:
    """1 / (1 + 3 - 1) = 1/3; counting pairs instead would give 3, above the largest value."""
    made = study({"U1": "R: [one|a/y] [two|a/y] [three|a/y]"}, book("a", "a/x", "a/y"))
    whole = replace(made.codings[0], id="long", code="a/x", span=Span(3, 16), quote="one two three")
    (pair,) = _pairs(replace(made, codings=(*made.codings, whole)))
    assert pair.together == 1
    assert pair.c_coefficient == pytest.approx(1 / 3)


def test_answers_that_have_both_codes_by_hand(study: Any, book: Any) -> None:
    """Answers: 1 has x, y; 2 has x; 3 has x twice and y: 2 / (3 + 2 - 2) = 2/3."""
    lines = ["R: [one|a/x] [one|a/y]", "R: [two|a/x]", "R: [six|a/x] [six|a/y] [six|a/x]"]
    made = study({"U1": "\n".join(lines)}, book("a", "a/x", "a/y"))
    turns = made.transcripts[0].turns
    answers = tuple(Segment("U1", SegmentKind.ANSWER, t.span, (t.number,)) for t in turns)
    sentences = tuple(replace(answer, kind=SegmentKind.SENTENCE) for answer in answers)
    (pair,) = _pairs(made, answers + sentences)
    assert (pair.unit, pair.together, pair.first_count, pair.second_count) == ("answer", 2, 3, 2)
    assert pair.c_coefficient == pytest.approx(2 / 3)
    assert len(pair.codings) == 5


def test_pairs_come_by_count_and_belong_to_each_theme_they_touch(study: Any, book: Any) -> None:
    texts = {"U1": "R: [one|a/x, b] [two|a/x, b] [three|a/x, a/y]"}
    made = study(texts, book("a", "a/x", "a/y", "b"))
    first, second = summarize_themes(*made.parts)
    assert [(p.first, p.second, p.together) for p in first.pairs] == [
        ("a/x", "b", 2),
        ("a/x", "a/y", 1),
    ]
    assert [(p.first, p.second) for p in second.pairs] == [("a/x", "b")]


def test_the_order_of_the_codings_changes_nothing(study: Any, book: Any) -> None:
    texts = {"U1": "R: [one|a/x, a/y] [two|a/x]", "U2": "R: [so|a/y, a/x]"}
    made = study(texts, book("a", "a/x", "a/y"))
    for codings in permutations(made.codings):
        assert _pairs(replace(made, codings=codings)) == _pairs(made)
