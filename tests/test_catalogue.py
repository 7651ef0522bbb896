"""Every message of the source has its Dutch in the catalogue, with the same values in it."""

from __future__ import annotations

from string import Formatter

from message_catalogue import dutch_catalogue, holes, source_messages


def test_the_english_of_every_message_stands_in_place() -> None:
    computed = [message.place for message in source_messages() if message.template is None]
    assert computed == [], "Write the English text in the call, so that it can be translated."


def test_every_message_has_its_dutch() -> None:
    missing = {m.key: m.place for m in source_messages() if m.key not in dutch_catalogue()}
    assert missing == {}, "Add them to src/qualcode/locale/nl.po."


def test_no_dutch_is_left_over() -> None:
    assert dutch_catalogue().keys() - {message.key for message in source_messages()} == set()


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
        forms = dutch_catalogue()[message.key]
        english = [message.template or "", *([message.plural] if message.plural else [])]
        assert len(forms) == len(english), message.place
        for dutch, template in zip(forms, english, strict=True):
            assert dutch, message.place
            assert holes(dutch) == holes(template), message.place


def test_dutch_asks_only_for_what_the_translator_can_do_with_a_value() -> None:
    for key, forms in dutch_catalogue().items():
        for dutch in forms:
            conversions = {mark for _, name, _, mark in Formatter().parse(dutch) if name}
            assert conversions <= {None, "l", "n", "t"}, key
