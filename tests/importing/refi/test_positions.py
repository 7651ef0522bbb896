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
    assert found == (convention, 1.0)


@pytest.mark.parametrize("convention", [c for c in CONVENTIONS if c.end == "exclusive"], ids=str)
def test_without_quotes_the_edges_of_words_decide(convention: Convention) -> None:
    words = ("Fijn", "En daarna", "Niets meer", "heel fijn", "Hoe", "was", "het", "daarna")
    places = [(TEXT.index(w), TEXT.index(w) + len(w)) for w in words]
    marks = [mark(start, end, convention) for start, end in places]
    found = detect_convention({"a": stored()}, {"a": marks}, "")
    assert found is not None
    rulers = Ruler(stored(), found[0])
    assert [rulers.span(m.start, m.end) for m in marks] == places
    assert found[1] == 1.0


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
        assert found[0].unit == unit
