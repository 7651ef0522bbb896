"""Where a quote stands in a text."""

from __future__ import annotations

import pytest

from qualcode.model import Span
from qualcode.model.quote_search import find_nearest_passage, find_quote

TEXT = "Ja, ja. Ik weet\nhet niet. Ja, ja."


@pytest.mark.parametrize(
    ("quote", "spans"),
    [
        ("Ik weet\nhet", (Span(8, 19),)),
        ("Ik  weet het", (Span(8, 19),)),
        (" Ik weet ", (Span(8, 15),)),
        ("Ja, ja.", (Span(0, 7), Span(26, 33))),
    ],
)
def test_a_quote_is_found_by_its_words_wherever_it_stands(
    quote: str, spans: tuple[Span, ...]
) -> None:
    located = find_quote(TEXT, quote)
    assert located is not None
    assert located.spans == spans
    assert located.is_ambiguous is (len(spans) > 1)
    assert located.nearest(30) == spans[-1]


@pytest.mark.parametrize(
    "quote",
    [
        "'M'n moeder' - nou...",
        "\u2018M\u2019n moeder\u2019 \u2014 nou\u2026",
        "\u201bM`n  moeder\u00b4 \u2013 nou...",
    ],
)
@pytest.mark.parametrize(
    "text", ["Ja. 'M'n moeder' - nou... ja", "Ja. \u2018M\u2019n moeder\u2019 \u2013 nou\u2026 ja"]
)
def test_marks_that_are_typed_and_printed_differently_are_alike(text: str, quote: str) -> None:
    located = find_quote(text, quote)
    assert located is not None
    assert located.spans == (Span(4, text.index(" ja")),)
    assert located.exact is (quote in text)


@pytest.mark.parametrize("quote", ["nergens", "  ", ""])
def test_a_quote_that_is_not_there_has_no_place(quote: str) -> None:
    assert find_quote(TEXT, quote) is None


@pytest.mark.parametrize(("quote", "exact"), [("Ik weet", True), ("weet het", False)])
def test_other_white_space_is_said_not_to_be_exact(quote: str, exact: bool) -> None:
    located = find_quote(TEXT, quote)
    assert located is not None
    assert located.exact is exact


@pytest.mark.parametrize(
    "quote",
    [
        "“Ik ging weg.”",
        "'Ik ging weg.'",
        "… Ik ging weg.",
        "Ik ging weg ...",
        "[...] Ik ging weg (…)",
        "“… Ik ging weg …”",
        "Ik\u00a0ging\nweg.",
    ],
)
def test_marks_and_ellipses_around_a_quote_are_not_part_of_it(quote: str) -> None:
    text = "R: Nou. Ik ging weg. Ja."
    located = find_quote(text, quote)
    assert located is not None
    assert located.spans[0].of(text).rstrip(".") == "Ik ging weg"


def test_the_nearest_passage_shares_most_words() -> None:
    text = "R: Ik slaap nooit meer door. Ik ben gewoon moe, elke dag."
    nearest = find_nearest_passage(text, "Ik ben zo gewoon moe")
    assert nearest is not None
    assert "Ik ben gewoon moe" in nearest.of(text)
    assert find_nearest_passage(text, "de buurt is gezellig en groen") is None
