"""Rows of a table of codings find their places, or say why not."""

from __future__ import annotations

import pytest

from notation import transcript
from qualcode.model import Code, Codebook, CodingRow, Span
from qualcode.placement import place_rows

TEXT = transcript("I: En toen?\nR: Toen 😀 ging ik weg. Toen was het laat.")
BOOK = Codebook("b", (Code("a"), Code("a/x"), Code("a/old", retired=True)))


def row(
    quote: str = "",
    start: int | None = None,
    end: int | None = None,
    *,
    code: str = "a/x",
    coder: str = "anna",
    name: str = "G01",
) -> CodingRow:
    return CodingRow(2, name, start, end, quote, code, coder)


def place(one: CodingRow, coder: str = "") -> tuple[Span | None, str]:
    placed, wrong = place_rows([one], {"G01": TEXT}, BOOK, file="t.csv", coder=coder)
    return (placed[0].span if placed else None), (str(wrong[0]) if wrong else "")


def test_positions_count_code_points_also_after_an_emoji() -> None:
    start = TEXT.text.index("ging")
    assert place(row("ging ik weg", start, start + 11))[0] == Span(start, start + 11)


def test_a_quote_alone_is_found_where_it_stands_once() -> None:
    span, _ = place(row("was het laat"))
    assert span is not None
    assert span.of(TEXT.text) == "was het laat"


def test_a_quote_that_moved_is_found_again_near_where_it_was() -> None:
    span, _ = place(row("Toen", 20, 24))
    assert span is not None
    assert span.of(TEXT.text) == "Toen"


@pytest.mark.parametrize(
    ("one", "message"),
    [
        (row("x", 0, 5000), "lie outside"),
        (row("x", 9, 3), "lie outside"),
        (row("Toen"), "occurs at 2 places"),
        (row("nergens"), "was not found"),
        (row("nergens", 3, 10), "nor elsewhere"),
        (row(), "neither positions"),
        (row("weg", code="a/y"), "No code 'a/y'"),
        (row("weg", code="a/old"), "retired"),
        (row("weg", name="G02"), "No transcript 'G02'"),
        (row("weg", coder=""), "no coder"),
    ],
)
def test_a_row_that_does_not_fit_says_why(one: CodingRow, message: str) -> None:
    span, told = place(one)
    assert span is None
    assert message in told
    assert told.startswith("t.csv, row 2")


def test_the_coder_of_the_request_stands_in_where_the_row_names_none() -> None:
    assert place(row("weg", coder=""), coder="bram")[0] is not None


def test_the_same_coding_twice_in_one_table_is_reported() -> None:
    placed, wrong = place_rows([row("weg")] * 2, {"G01": TEXT}, BOOK, file="t.csv")
    assert (len(placed), len(wrong)) == (1, 1)


REPEATED = transcript("R: Dat was zo.\nI: En toen?\nR: Dat was zo.\nI: Ja?")


def place_repeated(turn: int | None) -> tuple[Span | None, str]:
    one = CodingRow(2, "G01", None, None, "Dat was zo", "a", "anna", turn=turn)
    placed, wrong = place_rows([one], {"G01": REPEATED}, BOOK, file="t.csv")
    return (placed[0].span if placed else None), (str(wrong[0]) if wrong else "")


def test_a_quote_in_several_turns_is_placed_by_the_number_of_its_turn() -> None:
    span, _ = place_repeated(3)
    assert span is not None
    assert span.start == REPEATED.turns[2].span.start


@pytest.mark.parametrize("turn", [None, 2])
def test_a_quote_in_several_turns_lists_them(turn: int | None) -> None:
    span, told = place_repeated(turn)
    assert span is None
    assert "at 2 places in the transcript, in the turns 1 and 3" in told


def test_a_quote_with_a_mistake_shows_the_nearest_passage() -> None:
    _, told = place(row("Toen ging ik wag"))
    assert "The nearest passage is 'Toen 😀 ging ik weg'" in told
