"""The names of the languages of interviews."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.messages import Message

LANGUAGE_NAMES: Mapping[str, str] = {
    "nl": Message("Dutch"),
    "en": Message("English"),
    "de": Message("German"),
    "fr": Message("French"),
}
"""The languages that texts can be read in, by code, each with its name for people."""


def language_name(language: str) -> str:
    """Return the name of a language for people; the code itself where it is not known."""
    return LANGUAGE_NAMES.get(language, language)
