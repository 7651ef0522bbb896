"""Text fit for print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qualcode.exporting.document.table import Kind
from qualcode.exporting.document.typography import (
    between_quotes,
    cell_text,
    clock,
    printable,
)
from qualcode.exporting.wording import Wording
from qualcode.messages import Message


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a\x0bb", "a\nb"),
        ("a\x0cb\u2028c\x85d", "a\nb\nc\nd"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00\x07\x1b\x7fb\ufffe", "ab"),
        ("a\tb 🙂 é", "a\tb 🙂 é"),
        ("\ud800x", "x"),
    ],
)
def test_illegal_characters_go_and_breaks_stay(text: str, printed: str) -> None:
    assert printable(text) == printed


@given(st.text())
@pytest.mark.slow
def test_whatever_is_printed_fits_in_xml(text: str) -> None:
    element = etree.Element("t")
    element.text = printable(text)
    assert etree.fromstring(etree.tostring(element)).text in {printable(text), None}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Ja.", "“Ja.”"),
        ('Hij zei "kom" en "ga".', "“Hij zei ‘kom’ en ‘ga’.”"),
        ("'s Avonds en 's ochtends z'n foto's", "“’s Avonds en ’s ochtends z’n foto’s”"),
        ("zo'n 'vriend' van me", "“zo’n ‘vriend’ van me”"),
        ("in '98 en '99", "“in ’98 en ’99”"),
        ('een " los', '“een " los”'),
        ("[lacht] “al goed”", "“[lacht] “al goed””"),
    ],
)
def test_quotation_marks(text: str, quoted: str) -> None:
    """Words stay as they are; only straight marks change."""
    assert between_quotes(text) == quoted


@given(st.text(alphabet="ab '\"\n[].", min_size=1))
def test_nothing_but_marks_changes(text: str) -> None:
    bare = str.maketrans(dict.fromkeys("'\"‘’", ""))
    assert between_quotes(text)[1:-1].translate(bare) == text.strip().translate(bare)


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [(0.725, "nl", "0,72"), (0.725, "en", "0.72"), (-0.001, "en", "0.00"), (-0.5, "nl", "-0,50")],
)
def test_figures_have_the_decimal_sign_of_the_language(
    value: float, language: str, text: str
) -> None:
    assert Wording(language).number(value) == text


def test_nothing_is_a_dash_and_a_share_a_percentage() -> None:
    assert cell_text(None, Kind.COEFFICIENT, Wording("nl")) == "–"
    assert cell_text(0.124, Kind.SHARE, Wording("nl")) == "12%"


def test_a_cell_is_translated_only_where_it_is_a_message() -> None:
    """A code or a coder may bear the name of something that the program has a word for."""
    assert cell_text(Message("not reached"), Kind.TEXT, Wording("nl")) == "niet bereikt"
    assert cell_text("not reached", Kind.TEXT, Wording("nl")) == "not reached"
    assert cell_text(3, Kind.COUNT, Wording("nl")) == "3"


@pytest.mark.parametrize(("ms", "text"), [(0, "0:00"), (271_999, "4:31"), (3_871_000, "1:04:31")])
def test_times_read_as_on_a_recorder(ms: int, text: str) -> None:
    assert clock(ms) == text
