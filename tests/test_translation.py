"""A message is a value: English by itself, and the same sentence in Dutch from the catalogue."""

from __future__ import annotations

import copy
import pickle

import pytest

from qualcode.errors import Problem, UnknownNameError
from qualcode.messages import Message, join_clauses, join_names
from qualcode.translation import Translator, translator

DUTCH = Translator(
    "nl",
    {
        ("", " and "): " en ",
        ("", "No {kind} '{name}'."): "Geen {kind!t} '{name}'.",
        ("", "code"): "code",
        ("", "unit"): "eenheid",
        ("", "Coded by {coders}."): "Gecodeerd door {coders}.",
        ("", "{count} quote by {coder}"): (
            "{count} citaat van {coder}",
            "{count} citaten van {coder}",
        ),
        ("", "{where}: {why}"): "{where}: {why}",
        ("", "rests on {share}"): "berust op {share!n}",
        ("column", "case"): "respondent",
        ("", "case"): "geval",
        ("", "Write {{name}}."): "Schrijf {{name}}.",
    },
)


def test_a_message_is_its_english_text() -> None:
    message = Message("No {kind} '{name}'.", kind="unit", name="{x}")
    assert message == "No unit '{x}'."
    assert str(UnknownNameError(message)) is message


def test_its_dutch_comes_from_the_template_with_the_same_values() -> None:
    message = Message("No {kind} '{name}'.", kind="unit", name="{x}")
    assert DUTCH.translate(message) == "Geen eenheid '{x}'."


def test_an_error_in_a_message_is_translated_with_it() -> None:
    error = UnknownNameError(Message("No {kind} '{name}'.", kind="unit", name="x"))
    whole = Message("{where}: {why}", where="G1", why=error)
    assert whole == "G1: No unit 'x'."
    assert DUTCH.translate(whole) == "G1: Geen eenheid 'x'."


def test_a_problem_is_a_message_of_its_parts() -> None:
    problem = Problem(Message("Coded by {coders}.", coders=("a", "b")), "unit", "code")
    catalogue = {**DUTCH.catalogue, ("", "{where}: {message} {hint}"): "{where} {message!t} {hint}"}
    assert str(problem) == "Coded by a and b.: unit code"
    assert (
        Translator("nl", catalogue).translate(str(problem)) == "Gecodeerd door a en b. eenheid code"
    )


def test_a_value_that_is_dutch_already_is_not_looked_up_again() -> None:
    message = Message("No {kind} '{name}'.", kind=Message("unit"), name="x")
    catalogue = {**DUTCH.catalogue, ("", "eenheid"): "wrong"}
    assert Translator("nl", catalogue).translate(message) == "Geen eenheid 'x'."


def test_clauses_are_joined_without_the_empty_ones() -> None:
    clauses = join_clauses("", Message("unit"), Message("Coded by {coders}.", coders=("a", "b")))
    assert clauses == "unit; Coded by a and b."
    assert DUTCH.translate(clauses) == "eenheid; Gecodeerd door a en b."
    assert join_clauses("", "") == ""


def test_a_message_in_a_message_is_translated_with_it() -> None:
    reason = Message("Coded by {coders}.", coders=("anna", "bram", "eva"))
    whole = Message("{where}: {why}", where="G1", why=reason)
    assert whole == "G1: Coded by anna, bram and eva."
    assert DUTCH.translate(whole) == "G1: Gecodeerd door anna, bram en eva."


@pytest.mark.parametrize(
    ("count", "english", "dutch"),
    [
        (0, "0 quotes by x", "0 citaten van x"),
        (1, "1 quote by x", "1 citaat van x"),
        (1234, "1234 quotes by x", "1.234 citaten van x"),
    ],
)
def test_a_count_chooses_the_form(count: int, english: str, dutch: str) -> None:
    message = Message.counted(
        "{count} quote by {coder}", "{count} quotes by {coder}", count, coder="x"
    )
    assert message == english
    assert DUTCH.translate(message) == dutch


def test_a_context_tells_equal_english_apart() -> None:
    assert DUTCH.translate(Message.within("column", "case")) == "respondent"
    assert DUTCH.translate("case", "column") == "respondent"
    assert DUTCH.translate("case") == "geval"


def test_numbers_get_the_decimal_mark_of_the_language() -> None:
    assert DUTCH.translate(Message("rests on {share}", share="12.5%")) == "berust op 12,5%"


def test_thousands_get_the_mark_of_the_language() -> None:
    message = Message(
        "They have more than {longest_text} characters, far too many.", longest_text="5,000,000"
    )
    assert (
        translator("nl").translate(message) == "Ze hebben meer dan 5.000.000 tekens, veel te veel."
    )


def test_what_nobody_translated_stays_english() -> None:
    assert DUTCH.translate(Message("New in {year}.", year=2026)) == "New in 2026."
    assert DUTCH.translate("Het was {gewoon} leuk") == "Het was {gewoon} leuk"


def test_doubled_braces_are_braces() -> None:
    assert Message("Write {{name}}.") == "Write {name}."
    assert DUTCH.translate(Message("Write {{name}}.")) == "Schrijf {name}."


def test_a_copy_is_still_a_message() -> None:
    message = Message.counted("{count} quote by {coder}", "{count} quotes by {coder}", 2, coder="x")
    for duplicate in (copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert duplicate == message
        assert DUTCH.translate(duplicate) == "2 citaten van x"


def test_names_are_listed_as_a_person_does() -> None:
    assert [join_names("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert DUTCH.names(["a", "b"]) == "a en b"
