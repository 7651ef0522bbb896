"""Searching what was said, and words that may become codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from notation import transcript
from qualcode.errors import InvalidValueError, UndefinedRequestError
from qualcode.language import load_language
from qualcode.model import Case, Coding, FrozenMap, Participation, Span, Transcript
from qualcode.suggesting import find, hits_where, propose_codes
from small_book import BOOK

NL = load_language("nl")
TALK = transcript(
    "I: En de dealers?\n"
    "R: Die dealers bellen mij. Ik belde hem op.\n"
    "I: Hoe duur?\n"
    "R: Vijftig euro, bij de dealer om de hoek."
)


def coding(text: str, code: str, source: Transcript = TALK) -> Coding:
    start = source.text.index(text)
    return Coding(text, source.name, Span(start, start + len(text)), text, code, "anna")


def texts(**asked: object) -> list[str]:
    return [hit.text for hit in find([TALK], NL, **asked)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ({"lemma": "dealer"}, ["dealers", "dealer"]),
        ({"lemma": "dealer", "everyone": True}, ["dealers", "dealers", "dealer"]),
        ({"lemma": "de dealer"}, ["de dealer"]),
        ({"lemma": "bellen"}, ["bellen", "belde"]),
        ({"pattern": r"\bde \w+"}, ["de dealer", "de hoek"]),
        ({"pattern": "VIJFTIG"}, ["Vijftig"]),
        ({"lemma": "dealer", "pattern": "dealers"}, ["dealers"]),
        ({"pattern": "x*"}, []),
    ],
)
def test_words_are_found_in_any_form_and_patterns_as_written(
    asked: dict[str, object], hits: list[str]
) -> None:
    assert texts(**asked) == hits


def test_a_code_alone_finds_its_codings_and_those_of_codes_below() -> None:
    codings = [coding("Vijftig euro", "influences/finances"), coding("Ik belde", "users")]
    assert texts(code="influences", codings=codings) == ["Vijftig euro"]


def test_a_code_and_words_find_words_inside_the_codings() -> None:
    codings = [coding("bij de dealer om de hoek", "influences/availability")]
    assert texts(lemma="dealer", code="influences", codings=codings) == ["dealer"]


def test_withdrawn_codings_are_not_found() -> None:
    gone = replace(coding("Vijftig", "users"), withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert texts(code="users", codings=[gone]) == []


def test_a_hit_shows_its_context_within_the_turn() -> None:
    (hit,) = find([TALK], NL, lemma="hoek")
    assert (hit.turn, hit.before, hit.after) == (4, "Vijftig euro, bij de dealer om de ", ".")
    assert hit.span.of(TALK.text) == "hoek"


def test_long_context_is_cut_at_words() -> None:
    long = transcript("I: Ja?\nR: " + "woord " * 30 + "dealer" + " woord" * 30)
    (hit,) = find([long], NL, lemma="dealer")
    assert len(hit.before) <= 50
    assert set(hit.before.split()) == set(hit.after.split()) == {"woord"}


@pytest.mark.parametrize("asked", [{}, {"lemma": "..."}, {"lemma": "🙂"}])
def test_looking_for_nothing_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(UndefinedRequestError):
        texts(**asked)


def test_a_broken_pattern_is_refused_with_its_reason() -> None:
    with pytest.raises(InvalidValueError, match="not a regular expression"):
        texts(pattern="(")


@pytest.mark.parametrize(
    ("attributes", "names"),
    [({}, ["G01", "P01"]), ({"group": "users"}, ["G01"])],
)
def test_transcripts_are_chosen_by_attributes_of_their_cases(
    attributes: dict[str, str], names: list[str]
) -> None:
    other = transcript("I: Ja?\nR: Nee.", name="P01")
    cases = [
        Case("G1", FrozenMap({"group": "users"}), participations=Participation.in_each("G01")),
        Case(
            "P1", FrozenMap({"group": "professionals"}), participations=Participation.in_each("P01")
        ),
    ]
    hits = find([TALK, other], NL, pattern="dealer|nee")
    found = hits_where(hits, [TALK, other], cases, attributes)
    assert list(dict.fromkeys(hit.transcript for hit in found)) == names


# --- candidates for codes ------------------------------------------------------------------

SKIP = transcript(
    "I: En?\nR: De kermis. De kermis weer. Die kermis, hè. De dealer, dealer, dealer."
)


def test_words_said_often_that_the_book_lacks_are_proposed() -> None:
    proposed = propose_codes([SKIP], [], BOOK, NL)
    assert [(c.theme, c.lemmas, c.count) for c in proposed] == [("", ("kermis",), 3)]
    assert proposed[0].examples[0].text == "kermis"


def test_candidates_are_proposed_per_theme_of_the_codings() -> None:
    codings = [coding("De kermis. De kermis weer. Die kermis", "users/cutting_down", SKIP)]
    assert [c.theme for c in propose_codes([SKIP], codings, BOOK, NL)] == ["users"]


def test_what_interviewers_say_is_no_candidate() -> None:
    asked = transcript("I: Kermis? Kermis? Kermis?\nR: Nee.")
    assert propose_codes([asked], [], BOOK, NL) == ()


def test_phrases_said_often_are_proposed_too() -> None:
    talk = transcript("I: En?\nR: Blauwe kermis. Blauwe kermis! Blauwe kermis?")
    assert ("blauw", "kermis") in [c.lemmas for c in propose_codes([talk], [], BOOK, NL)]
