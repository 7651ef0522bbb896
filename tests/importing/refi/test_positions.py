"""Positions of other programs become code points, however the program counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.importing.refi.positions import Mark, Ruler, StoredText, detect_convention
from qualcode.model import Convention

RAW = "\ufeffI: Hoe 😀 was het?\r\nR: Fijn 😀😀, heel fijn.\r\nI: En daarna?\r\nR: Niets meer."
TEXT = RAW.removeprefix("\ufeff").replace("\r\n", "\n")
CONVENTIONS = [
    Convention(unit, newline, bom, end)
    for unit in ("codepoint", "utf16", "utf8")
    for newline in ("crlf_counts_1", "crlf_counts_2")
    for bom in (False, True)
    for end in ("exclusive", "inclusive")
]


def counted(text: str, convention: Convention) -> int:
    """Return the length of a text as a program counts it."""
    if convention.newline == "crlf_counts_2":
        text = text.replace("\n", "\r\n")
    encoding, size = {
        "codepoint": ("utf-32-le", 4),
        "utf16": ("utf-16-le", 2),
        "utf8": ("utf-8", 1),
    }[convention.unit]
    return len(text.encode(encoding)) // size + convention.bom


def mark(start: int, end: int, convention: Convention, name: str = "") -> Mark:
    last = convention.end == "inclusive"
    place = counted(TEXT[:start], convention), counted(TEXT[:end], convention) - last
    return Mark(*place, name)


def stored() -> StoredText:
    return StoredText.of(RAW.removeprefix("\ufeff"), has_bom=True)


@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
@settings(deadline=None)
@given(data=st.data())
def test_a_ruler_undoes_how_a_program_counts(convention: Convention, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    if convention.end == "inclusive" and ord(TEXT[end - 1]) > 0xFFFF:
        end -= end - start > 1
    ruler = Ruler(stored(), convention)
    place = mark(start, end, convention)
    assert ruler.span(place.start, place.end) == (start, end)


@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
def test_quotes_as_names_decide_how_positions_are_counted(convention: Convention) -> None:
    words = ("Fijn 😀😀", "En daarna", "Niets meer", "heel fijn", "Hoe 😀")
    marks = []
    for quote in words:
        start = TEXT.index(quote)
        marks.append(mark(start, start + len(quote), convention, quote))
    found = detect_convention({"a": stored()}, {"a": marks}, "")
    assert found is not None
    assert (found.convention, found.score) == (convention, 1.0)


@pytest.mark.parametrize("convention", [c for c in CONVENTIONS if c.end == "exclusive"], ids=str)
def test_without_quotes_the_edges_of_words_decide(convention: Convention) -> None:
    words = ("Fijn", "En daarna", "Niets meer", "heel fijn", "Hoe", "was", "het", "daarna")
    places = [(TEXT.index(w), TEXT.index(w) + len(w)) for w in words]
    marks = [mark(start, end, convention) for start, end in places]
    found = detect_convention({"a": stored()}, {"a": marks}, "")
    assert found is not None
    rulers = Ruler(stored(), found.convention)
    assert [rulers.span(m.start, m.end) for m in marks] == places
    assert found.score == 1.0


def test_a_position_halfway_a_wide_character_takes_in_the_whole_character() -> None:
    ruler = Ruler(StoredText.of("a😀b"), Convention("utf16"))
    assert ruler.span(2, 4) == (1, 3)
    assert ruler.span(0, 2) == (0, 2)


def test_a_file_without_selections_has_no_convention() -> None:
    assert detect_convention({"a": stored()}, {"a": []}, "") is None


def test_without_any_difference_the_program_decides() -> None:
    texts, marks = {"a": StoredText.of("een twee")}, {"a": [Mark(0, 3)]}
    for origin, unit in (("NVivo for Windows 12.6", "utf16"), ("QualCoder 3.9", "codepoint")):
        found = detect_convention(texts, marks, origin)
        assert found is not None
        assert found.convention.unit == unit


def test_what_is_known_of_the_program_goes_before_ends_that_fit_a_little_better() -> None:
    text = "abcdef ghi jkl"
    # Sloppy ends, one letter before the end of the word: all fit as inclusive, half as exclusive.
    marks = [Mark(0, 5, "abcde"), Mark(0, 5, "abcdef"), Mark(7, 9, "ghi"), Mark(7, 10, "ghi")]
    marks += [Mark(11, 13, "jk"), Mark(11, 14, "jkl")]
    texts = {"a": StoredText.of(text)}
    for program in ("NVivo for Windows 12.6", "QualCoder 3.9"):
        found = detect_convention(texts, {"a": marks}, program)
        assert found is not None
        assert found.convention.end == "exclusive"


def test_one_letter_too_few_does_not_outweigh_what_is_known_of_the_program() -> None:
    text = "R: De tuin, de hond, het huis en de buurt. Wij wonen er graag.\n"
    # The last selection of four is one letter short, so that inclusive ends fit them all.
    marks = [Mark(3, 10), Mark(12, 19), Mark(21, 29), Mark(33, 40)]
    found = detect_convention({"a": StoredText.of(text)}, {"a": marks}, "NVivo 14.23.2")
    assert found is not None
    assert (found.convention.end, found.score) == ("exclusive", 0.75)
    # The other reading is told: a person can look at the selections.
    assert found.other is not None
    assert found.other.end == "inclusive"
    unknown = detect_convention({"a": StoredText.of(text)}, {"a": marks}, "")
    assert unknown is not None
    assert unknown.convention.end == "inclusive"


def test_a_second_reading_that_fits_as_well_and_gives_other_words_is_told() -> None:
    # Both "a b" and "a b c": single letters are words, so both ends are at the edge of one.
    texts = {"a": StoredText.of("😀 a b c d e")}
    found = detect_convention(texts, {"a": [Mark(2, 3), Mark(4, 7)]}, "")
    assert found is not None
    assert found.convention == Convention()
    assert found.other is not None
    assert found.differing == 2


def test_a_reading_that_differs_in_spaces_only_is_no_second_one() -> None:
    texts = {"a": StoredText.of("een twee drie")}
    found = detect_convention(texts, {"a": [Mark(0, 3), Mark(4, 8)]}, "")
    assert found is not None
    assert (found.convention.end, found.other) == ("exclusive", None)
