"""Every message of the app is there in Dutch and in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from app_messages import ROOT, messages
from qualcode.app import i18n

CATALOG = ROOT / "src" / "qualcode" / "frontend" / "locale" / "nl.po"


def catalog() -> dict[str, Message]:
    with CATALOG.open("rb") as file:
        found = read_po(file, locale="nl")
    return {one.id if isinstance(one.id, str) else one.id[0]: one for one in found if one.id}


def test_every_message_is_translated_and_no_translation_is_left_over() -> None:
    known = catalog()
    found = {
        message if isinstance(message, str) else message[0]: where for where, message in messages()
    }
    assert {text: where for text, where in found.items() if text not in known} == {}
    assert known.keys() - found.keys() == set()


def test_no_translation_is_empty_or_doubtful() -> None:
    for text, message in catalog().items():
        forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        assert all(forms), text
        assert not message.fuzzy, text


def test_translations_keep_every_place_for_a_value() -> None:
    for text, message in catalog().items():
        forms = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        for form in forms:
            assert set(re.findall(r"{\w+}", form)) == set(re.findall(r"{\w+}", text)), text


@pytest.mark.parametrize("folder", ["app", "app/components"])
def test_no_message_hides_inside_a_text_where_the_extractor_cannot_see_it(folder: str) -> None:
    hidden = re.compile(r"""f["'][^\n]*{_(\.many)?\(|\${_n?\(""")
    for path in sorted(Path(ROOT / folder).rglob("*.*")):
        if path.suffix in {".py", ".js"}:
            lines = path.read_text(encoding="utf-8").split("\n")
            assert [line for line in lines if hidden.search(line)] == [], path.name


def test_numbers_and_dates_follow_the_language() -> None:
    assert i18n.speaker("nl").number(0.734, 2) == "0,73"
    assert i18n.speaker("en").number(1234) == "1,234"
    assert i18n.speaker("nl").percent(0.5) in {"50%", "50 %", "50\u00a0%"}


def test_components_get_the_messages_that_they_show_and_no_others() -> None:
    dutch = i18n.component_messages("nl")
    assert dutch["All changes saved"] == "Alles opgeslagen"
    assert dutch["{count} coding"] == ("{count} codering", "{count} coderingen")
    assert "Try the demo" not in dutch
    assert i18n.component_messages("en") == {}
