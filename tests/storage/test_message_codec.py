"""A message comes back from a text column with its values; any other text is left as it is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.messages import Message
from qualcode.storage.message_codec import pack_message, rewrite_values, unpack_message
from qualcode.translation import translator


@pytest.mark.parametrize(
    "message",
    [
        Message("renamed {path} to {name}", path='a "b" \\', name="ç"),
        Message("coded by {coders}", coders=("anna", "bram")),
        Message.counted("{count} coding", "{count} codings", 3),
        Message.within("column", "case"),
        Message("{first}; {second}", first=Message("merged {path}", path="x"), second="y"),
    ],
)
def test_a_message_comes_back_with_its_template_and_values(message: Message) -> None:
    back = unpack_message(pack_message(message))
    assert back == message
    assert isinstance(back, Message)
    assert (back.template, back.values) == (message.template, message.values)
    assert (back.plural, back.context) == (message.plural, message.context)


@given(st.text())
def test_another_text_comes_back_as_it_is(text: str) -> None:
    assert pack_message(text) == text
    assert unpack_message(text) == text


@pytest.mark.parametrize("text", ['{"template":', '{"template": "{x}"}'])
def test_what_a_person_wrote_is_no_message_even_if_it_looks_like_one(text: str) -> None:
    assert unpack_message(pack_message(text)) == text
    assert unpack_message(text) == text


@pytest.mark.parametrize("hole", ["{x.__class__}", "{x[0]}", "{x!r}", "{x:>9}", "{}", "{", "{y}"])
def test_a_stored_hole_that_looks_into_its_value_is_not_filled(hole: str) -> None:
    packed = {"template": hole, "values": {"x": "a"}, "plural": "", "context": ""}
    stored = json.dumps(packed)
    assert unpack_message(stored) == stored


def test_names_are_replaced_in_the_values_only() -> None:
    note = Message("renamed {path} to {name}", path="renamed", name="Jan")
    replaced = rewrite_values(note, lambda text: text.replace("Jan", "[p]").replace("re", "-"))
    assert replaced == "renamed -named to [p]"
    assert translator("nl").translate(replaced) != replaced
    assert rewrite_values("Jan did it", lambda text: text.replace("Jan", "[p]")) == "[p] did it"
