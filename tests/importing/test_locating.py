"""Where a quote stands in a text."""

from __future__ import annotations

import pytest

from qualcode.importing import find_quote, locate_quote
from qualcode.model import Span

TEXT = "Ja, ja. Ik weet\nhet niet. Ja, ja."


@pytest.mark.parametrize(
    ("quote", "near", "span"),
    [
        ("Ik weet\nhet", None, Span(8, 19)),
        ("Ik  weet het", None, Span(8, 19)),
        (" Ik weet ", None, Span(8, 15)),
        ("Ja, ja.", None, None),
        ("Ja, ja.", 0, Span(0, 7)),
        ("Ja, ja.", 30, Span(26, 33)),
        ("nergens", None, None),
        ("nergens", 4, None),
        ("  ", None, None),
    ],
)
def test_a_quote_is_found_by_its_words_unless_it_stands_in_several_places(
    quote: str, near: int | None, span: Span | None
) -> None:
    assert locate_quote(TEXT, quote, near) == span


def test_all_places_of_an_ambiguous_quote_are_given() -> None:
    located = find_quote(TEXT, "Ja, ja.")
    assert located is not None
    assert located.is_ambiguous
    assert located.exact
    assert located.spans == (Span(0, 7), Span(26, 33))


def test_other_white_space_is_said_not_to_be_exact() -> None:
    located = find_quote(TEXT, "weet het")
    assert located is not None
    assert not located.exact
