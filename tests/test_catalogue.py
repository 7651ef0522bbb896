"""Every message of the source has its Dutch in the catalogue, with the same values in it."""

from __future__ import annotations

import re
from string import Formatter

from core_texts import constants, joined_texts, sentences
from message_catalogue import dutch_catalogue, holes, is_glue, source_messages

COMMAND = re.compile(r"qualcode |--\w")
"""What only the command line offers; the Dutch of the app may leave it out."""


def test_the_english_of_every_message_stands_in_place() -> None:
    computed = [message.place for message in source_messages() if message.template is None]
    assert computed == [], "Write the English text in the call, so that it can be translated."


def test_every_message_has_its_dutch() -> None:
    missing = {
        message.key: message.place
        for message in source_messages()
        if message.key not in dutch_catalogue() and not is_glue(str(message.template))
    }
    assert missing == {}, "Add them to the catalogue; CONTRIBUTING.md says how."


def test_every_sentence_without_values_has_its_dutch() -> None:
    missing = {
        text: place for text, place in sentences().items() if ("", text) not in dutch_catalogue()
    }
    assert missing == {}, "Add them to the catalogue; CONTRIBUTING.md says how."


def test_no_text_of_an_error_is_put_together_from_pieces() -> None:
    assert joined_texts() == [], "Write a Message with a hole for each value."


def test_no_dutch_is_left_over() -> None:
    needed = {message.key for message in source_messages()}
    needed |= {("", text) for text in constants()}
    assert dutch_catalogue().keys() - needed == set()


def test_every_hole_of_a_message_has_a_value() -> None:
    for message in source_messages():
        if message.values is not None and message.template:
            named = holes(message.template) | holes(message.plural)
            assert named <= message.values, message.place


def test_one_message_has_the_same_plural_everywhere() -> None:
    plurals: dict[tuple[str, str], set[str]] = {}
    for message in source_messages():
        plurals.setdefault(message.key, set()).add(message.plural)
    assert [key for key, forms in plurals.items() if len(forms) > 1] == []


def test_dutch_has_the_holes_of_the_english() -> None:
    for message in source_messages():
        if message.key not in dutch_catalogue() and is_glue(str(message.template)):
            continue
        forms = dutch_catalogue()[message.key]
        english = [message.template or "", *([message.plural] if message.plural else [])]
        assert len(forms) == len(english), message.place
        for dutch, template in zip(forms, english, strict=True):
            assert dutch, message.place
            if COMMAND.search(template):
                assert holes(dutch) <= holes(template), message.place
            else:
                assert holes(dutch) == holes(template), message.place


def test_dutch_asks_only_for_what_the_translator_can_do_with_a_value() -> None:
    for key, forms in dutch_catalogue().items():
        for dutch in forms:
            conversions = {mark for _, name, _, mark in Formatter().parse(dutch) if name}
            assert conversions <= {None, "l", "n", "t"}, key
