"""The words of a search: alternatives, neighbours, phrases, as written or in any form."""

from __future__ import annotations

import pytest

from qualcode.errors import InvalidValueError, UndefinedRequestError
from qualcode.language import load_language
from qualcode.suggesting.query import exact_matcher, form_matcher

TEXT = "Ja of nee. 😀 De werkdruk was hoog, en de druk van het werk ook."


def found(query: str, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in form_matcher(load_language("nl"), query)(text)]


def written(query: str, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in exact_matcher(query)(text)]


@pytest.mark.parametrize(
    ("query", "passages"),
    [
        ("werkdruk", ["werkdruk"]),
        ("werkdruk of (druk NABIJ werk)", ["werkdruk", "druk van het werk"]),
        ("druk NEAR werk", ["druk van het werk"]),
        ("werkdruk OR druk", ["werkdruk", "druk"]),
        ("ja of nee", ["Ja of nee"]),
        ("ja OF nee", ["Ja", "nee"]),
        ('"ja of nee" OF werkdruk', ["Ja of nee", "werkdruk"]),
        ("nee NABIJ paard", []),
    ],
)
def test_words_are_joined(query: str, passages: list[str]) -> None:
    assert found(query) == passages


def test_words_that_are_far_apart_are_not_near() -> None:
    assert found("druk NABIJ werk", "druk " + "en zo " * 20 + "werk") == []


def test_exact_words_are_whole_words_across_line_breaks() -> None:
    assert written("werk") == ["werk"]
    assert written("De Druk") == ["de druk"]
    assert written("het werk", "in het\nwerk e\u0301n het werkje") == ["het\nwerk"]


@pytest.mark.parametrize("query", ["(werk", "werk)", "werk OF", "NABIJ werk", "()", "werk OF )"])
def test_a_query_that_cannot_be_read_is_refused(query: str) -> None:
    with pytest.raises(InvalidValueError, match="cannot be read"):
        found(query)


@pytest.mark.parametrize("query", ["?!", " ", '""'])
def test_a_query_without_words_is_refused(query: str) -> None:
    with pytest.raises((UndefinedRequestError, InvalidValueError)):
        found(query)
