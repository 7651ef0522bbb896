"""Passages move to the right place of a corrected text, whatever was changed around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.edit_script import EditScript
from qualcode.model import Span

WORDS = st.text(
    alphabet=st.sampled_from("ab é\u0301ë😀👍🏽\u200d.,\x0b\n"), min_size=1, max_size=30
)
PIECES = st.lists(
    st.tuples(st.text("abcdefghij", min_size=3, max_size=8), st.sampled_from(" \n\x0b")),
    min_size=1,
    max_size=40,
    unique_by=lambda piece: piece[0],
)


def moved(old: str, new: str, words: str) -> str:
    """Return what a passage of the old text says in the new one; ``""`` if it is gone."""
    start = old.index(words)
    span = EditScript(old, new).shift(Span(start, start + len(words)))
    return span.of(new) if span is not None else ""


@pytest.mark.parametrize(
    ("old", "new", "passage", "result"),
    [
        ("Het was leuk.", "Het was echt leuk.", "leuk", "leuk"),
        ("Het was leuk.", "Het was leuk, zeg.", "was leuk", "was leuk"),
        ("Ik ging naar Jan toe.", "Ik ging naar Piet toe.", "Jan", "Piet"),
        ("Ik ging naar Jan toe.", "Ik ging naar Piet toe.", "naar Jan toe", "naar Piet toe"),
        ("een twee drie vier", "een vier", "twee drie", ""),
        ("een twee drie vier", "een vier", "een twee", "een"),
        ("werkdrk is hoog", "werkdruk is hoog", "werkdrk", "werkdruk"),
        ("a 😀 b", "a 😀😀 b", "b", "b"),
        ("cafe open", "cafe\u0301 open", "cafe", "cafe\u0301"),
        ("👍 goed", "👍🏽 goed", "👍", "👍🏽"),
        ("I: Hoi\nR: Ja\x0bnee", "Kop\nI: Hoi\nR: Ja\x0bnee", "Ja\x0bnee", "Ja\x0bnee"),
        ("een\ntwee\n", "een\n\ntwee\n", "een\ntwee", "een\n\ntwee"),
        ("ja ja ja", "ja ja ja", "ja ja", "ja ja"),
    ],
)
def test_a_passage_moves_with_its_words(old: str, new: str, passage: str, result: str) -> None:
    assert moved(old, new, passage) == result


@given(PIECES, st.data())
def test_words_that_stay_are_found_where_they_are(
    pieces: list[tuple[str, str]], data: st.DataObject
) -> None:
    """With words that occur once, the right place of what was not touched is known."""
    kept = data.draw(st.lists(st.booleans(), min_size=len(pieces), max_size=len(pieces)))
    old = "".join(word + end for word, end in pieces)
    new = "".join(
        (word if stays else f"<{number}>" if number % 2 else "") + end
        for number, ((word, end), stays) in enumerate(zip(pieces, kept, strict=True))
    )
    new = "NIEUW " + new
    script = EditScript(old, new)
    for (word, _), stays in zip(pieces, kept, strict=True):
        if stays and old.count(word) == new.count(word) == 1:
            span = script.shift(Span(old.index(word), old.index(word) + len(word)))
            assert span is not None
            assert span.of(new) == word


@given(WORDS, WORDS, st.data())
def test_positions_stay_in_order_and_inside(old: str, new: str, data: st.DataObject) -> None:
    script = EditScript(old, new)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    span = script.shift(Span(start, end))
    assert span is None or 0 <= span.start < span.end <= len(new)
    # The whole text becomes the whole text.
    whole = script.shift(Span(0, len(old)))
    assert whole is None or old == new or whole.end <= len(new)
    rebuilt, position = "", 0
    for change in script.changes:
        rebuilt += old[position : change.old_start] + new[change.new_start : change.new_end]
        position = change.old_end
    assert rebuilt + old[position:] == new


@given(WORDS)
def test_the_same_text_moves_nothing(text: str) -> None:
    script = EditScript(text, text)
    assert script.changes == ()
    assert script.shift(Span(0, len(text))) == Span(0, len(text))
