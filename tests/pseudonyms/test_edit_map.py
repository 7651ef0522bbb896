"""Replacing passages moves every span along: it covers the same words, with replacements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InvalidValueError
from qualcode.model import Span
from qualcode.pseudonyms import Edit, EditMap

LETTERS = st.sampled_from("abc é😀👩‍👩‍👧e\u0301\n[]İß\u2028")


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, EditMap, Span]:
    text = draw(st.text(LETTERS, min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    pieces = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    replacements = st.text(LETTERS, min_size=1, max_size=12)
    edits = EditMap(Edit(piece, draw(replacements)) for piece in pieces)
    start = draw(st.integers(0, len(text) - 1))
    return text, edits, Span(start, draw(st.integers(start + 1, len(text))))


@given(edited())
def test_a_shifted_span_covers_the_same_words_with_their_replacements(
    case: tuple[str, EditMap, Span],
) -> None:
    text, edits, span = case
    touched = [edit for edit in edits.edits if edit.span.overlaps(span)]
    start = min([span.start, *(edit.span.start for edit in touched)])
    end = max([span.end, *(edit.span.end for edit in touched)])
    inside = EditMap(
        Edit(Span(e.span.start - start, e.span.end - start), e.replacement) for e in touched
    )
    assert edits.shift(span).of(edits.apply(text)) == inside.apply(text[start:end])


@given(edited())
def test_spans_that_follow_each_other_still_do(case: tuple[str, EditMap, Span]) -> None:
    text, edits, span = case
    if span.end < len(text) and not any(e.span.start < span.end < e.span.end for e in edits.edits):
        after = Span(span.end, len(text))
        assert edits.shift(span).end <= edits.shift(after).start


def test_no_edits_change_nothing() -> None:
    assert EditMap().apply("Jan 😀") == "Jan 😀"
    assert EditMap().shift(Span(1, 3)) == Span(1, 3)
    assert not EditMap()


def test_a_span_that_cuts_a_name_grows_to_the_whole_replacement() -> None:
    edits = EditMap([Edit(Span(4, 16), "[buurvrouw 1]")])
    new = edits.apply("Hoi Fatima Amran, ja")
    assert edits.shift(Span(11, 18)).of(new) == "[buurvrouw 1], "
    assert edits.shift(Span(0, 6)).of(new) == "Hoi [buurvrouw 1]"


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="overlap"):
        EditMap([Edit(Span(0, 4), "[a]"), Edit(Span(3, 5), "[b]")])


def test_a_replacement_is_never_empty() -> None:
    with pytest.raises(InvalidValueError):
        Edit(Span(0, 1), "")


def test_what_was_replaced_inside_a_span_is_told() -> None:
    edits = EditMap([Edit(Span(0, 3), "[a]"), Edit(Span(8, 12), "[b]")])
    assert edits.within(Span(2, 5), "Jan en  Piet") == (("Jan", "[a]"),)
