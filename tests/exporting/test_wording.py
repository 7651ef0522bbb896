"""How a report words what it prints by itself."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qualcode import exporting
from qualcode.errors import InvalidValueError
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import LocalText


def test_another_language_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="Use nl or en"):
        Wording("fr")


@pytest.mark.parametrize(("language", "day"), [("nl", "2 mei 2026"), ("en", "2 May 2026")])
def test_a_day_is_written_in_words(language: str, day: str) -> None:
    assert Wording(language).day(datetime(2026, 5, 2, 23, 59, tzinfo=UTC)) == day


def test_groups_and_attributes_that_are_not_known_keep_their_names() -> None:
    words = Wording("nl", {"users": LocalText({"nl": "gebruikers"})})
    assert [words.group(name) for name in ("users", "nurses")] == ["gebruikers", "nurses"]
    assert words.attribute("sex") == "geslacht"
    assert words.attribute("years_of_use") == "years of use"
    assert words.value("group", "users") == "gebruikers"
    assert words.value("level", "society") == "samenleving"


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("neither coder used this code", "geen van beide codeurs gebruikte deze code"),
        (
            Message("{coder} never used this code.", coder="Bram"),
            "Bram gebruikte deze code nooit.",
        ),
        (
            Message(
                "High observed agreement ({observed}) with a low kappa ({value}): the code "
                "is rare or nearly everywhere, so read positive agreement as well.",
                observed="0.97",
                value="-0.01",
            ),
            (
                "Veel waargenomen overeenstemming (0,97) en toch een lage kappa (-0,01): de "
                "code is zeldzaam of juist heel gewoon. Lees de positieve overeenstemming erbij."
            ),
        ),
        (
            Message(
                "too few interviews: {interviews}, where a base of {base_size} and a run of "
                "{length} need at least {base_size_2}",
                interviews=3,
                base_size=4,
                length=2,
                base_size_2=6,
            ),
            (
                "te weinig interviews: 3, waar een basis van 4 en een reeks van 2 er ten minste 6 "
                "vragen"
            ),
        ),
        ("respondents' turns", "beurten van respondenten"),
        ("something new", "something new"),
        (Message("There are no themes."), "Er zijn geen thema's om samen te vatten."),
    ],
)
def test_reasons_are_dutch_in_a_dutch_report(english: str, dutch: str) -> None:
    assert Wording("nl").reason(english) == dutch
    assert Wording("en").reason(english) == english


def test_no_block_of_a_document_holds_a_sentence_that_is_no_message() -> None:
    """It would stay English in a Dutch document."""
    folder = Path(exporting.__file__).parent
    literals = [
        f"{path.relative_to(folder)}:{call.lineno}"
        for path in folder.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"note", "Heading", "Paragraph", "undefined_note"}
        for value in call.args
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value
    ]
    assert literals == []
