"""What the core says reaches the reader of the Dutch app in Dutch, with its values whole."""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

import pytest
from app_messages import ROOT
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from core_sentences import sentences, words
from qualcode.app import i18n
from qualcode.frontend.sentences import PLACE

CATALOG = ROOT / "src" / "qualcode" / "frontend" / "locale" / "sentences.nl.po"

dutch = i18n.speaker("nl").sentence


def catalog() -> dict[str, str]:
    with CATALOG.open("rb") as file:
        found = read_po(file, locale="nl")
    return {str(one.id): str(one.string) for one in found if one.id}


KNOWN = catalog()


def holes(template: str) -> list[tuple[str, str]]:
    return [
        (name, conversion or "")
        for _, name, _, conversion in Formatter().parse(template)
        if name is not None
    ]


def test_every_sentence_of_the_core_is_translated() -> None:
    missing = {text: where for text, where in sentences().items() if text not in KNOWN}
    assert missing == {}, "Add them to sentences.nl.po; CONTRIBUTING.md says how."


def test_no_translation_is_left_over() -> None:
    assert KNOWN.keys() - sentences().keys() - words() == set()


def test_no_translation_is_empty_and_none_has_a_hole_that_the_sentence_lacks() -> None:
    for text, translated in KNOWN.items():
        assert translated, text
        names = {name for name, _ in holes(text)}
        assert {name for name, _ in holes(translated)} <= names, text
        assert {conversion for _, conversion in holes(translated)} <= {"", "l", "n", "t"}, text


def test_a_translation_leaves_out_a_value_only_with_the_command_it_stood_in() -> None:
    for text, translated in KNOWN.items():
        if {name for name, _ in holes(text)} != {name for name, _ in holes(translated)}:
            assert re.search(r"qualcode |--\w", text), text


AWKWARD = (
    "G01",
    "O'Brien",
    "a 'quoted' name",
    "{path}",
    "{",
    "100% \\1 $",
    "two\nlines",
    "één; twee: drie. Vier!",
    "No such thing. It was left out.",
    "x.y/z-1.docx",
    "👩🏽‍⚕️ e\u0301",
)

BESIDE = re.compile(r"{(\w+)} (?={)")
"""A value that stands beside another is told apart because it is a number or one word."""


def test_a_sentence_comes_back_in_dutch_with_its_values_whole() -> None:
    for text, translated in KNOWN.items():
        names = list(dict.fromkeys(name for name, _ in holes(text)))
        for shift in range(len(AWKWARD) if names and not PLACE.fullmatch(text) else 1):
            values = {name: AWKWARD[(shift + i) % len(AWKWARD)] for i, name in enumerate(names)}
            values |= dict.fromkeys(BESIDE.findall(text), "12")
            assert dutch(text.format_map(values)) == _filled(translated, values)


def test_a_place_is_said_in_dutch_but_a_file_keeps_its_name() -> None:
    assert dutch("case R01") == "respondent R01"
    assert dutch("case study.docx") == "case study.docx"


def _filled(translated: str, values: dict[str, str]) -> str:
    class Filler(Formatter):
        def convert_field(self, value: Any, conversion: Any) -> Any:
            return dutch(value) if conversion == "t" else value

    return Filler().vformat(translated, (), values)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(dutch(text), str)


SAID = {
    "No code 'work/presure' in codebook 'x'. Did you mean 'work/pressure'?": (
        "Geen code 'work/presure' in codeboek 'x'. Bedoel je 'work/pressure'?"
    ),
    "Transcript 'G' cannot be removed: it has 3 codings, case 'R, 1'. Withdraw or change those "
    "first.": (
        "Transcript 'G' kan niet worden verwijderd: er zijn 3 coderingen, respondent 'R, 1'. Trek "
        "die eerst in of verander ze."
    ),
    "This row has no transcript and no code.": "Deze rij heeft geen transcript en geen code.",
    "There is no transcript that both anna and bram coded.": (
        "Er is geen transcript dat anna en bram allebei codeerden."
    ),
    "t.csv, line 2: A new coding needs a code. Fill in new_code. No decision was taken over.": (
        "t.csv, regel 2: Een nieuwe codering heeft een code nodig. Vul new_code in. Geen enkele "
        "beslissing is overgenomen."
    ),
    "a usual label; occurs 3 times; not the interviewer": (
        "een gewoon label; komt 3 keer voor; niet de interviewer"
    ),
    "G.csv, row 3: Code 'x' is retired. Use another, or restore it.\n  ... Nothing known.": (
        "G.csv, rij 3: Code 'x' is buiten gebruik. Gebruik een andere, of zet die terug.\n"
        "  ... Nothing known."
    ),
    "rests on 12.5% of the text": "berust op 12,5% van de tekst",
    "Transcript 'code' has no text.": "Transcript 'code' heeft geen tekst.",
    "Nothing of this is known.": "Nothing of this is known.",
    "": "",
}


@pytest.mark.parametrize("said", SAID)
def test_sentences_in_sentences_lists_numbers_and_what_is_not_known(said: str) -> None:
    assert dutch(said) == SAID[said]
    assert i18n.speaker("en").sentence(said) == said


@given(st.lists(st.sampled_from([*sorted(KNOWN), *AWKWARD, "; ", ": ", "\n  "])))
def test_any_text_of_pieces_of_sentences_has_an_answer(pieces: list[str]) -> None:
    assert isinstance(dutch("".join(pieces)), str)
