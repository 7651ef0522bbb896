"""The app writes numbers as its language does, and its components get their messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from message_catalogue import ROOT
from qualcode.app import i18n
from qualcode.translation import translator


@pytest.mark.parametrize("folder", ["app", "app/components"])
def test_no_message_hides_inside_a_text_where_the_extractor_cannot_see_it(folder: str) -> None:
    hidden = re.compile(r"""f["'][^\n]*{_(\.many)?\(|\${_n?\(""")
    for path in sorted(Path(ROOT / folder).rglob("*.*")):
        if path.suffix in {".py", ".js"}:
            lines = path.read_text(encoding="utf-8").split("\n")
            assert [line for line in lines if hidden.search(line)] == [], path.name


def test_numbers_and_dates_follow_the_language() -> None:
    assert translator("nl").number(0.734, 2) == "0,73"
    assert translator("en").number(1234) == "1,234"
    assert translator("nl").percent(0.5) in {"50%", "50 %", "50\u00a0%"}


def test_components_get_the_messages_that_they_show_and_no_others() -> None:
    dutch = i18n.component_messages("nl")
    assert dutch["All changes saved"] == "Alles opgeslagen"
    assert dutch["{count} coding"] == ("{count} codering", "{count} coderingen")
    assert "Try the demo" not in dutch
    assert i18n.component_messages("en") == {}
