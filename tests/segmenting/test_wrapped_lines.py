"""Lines that were cut at a width are paragraphs again where people read them; positions hold."""

from __future__ import annotations

import textwrap

import pytest

from notation import spoken_transcript
from qualcode.model import Span
from qualcode.model.wrapped_lines import flowing_text
from qualcode.segmenting import cut_paragraphs

LONG = (
    "Ik ben teammanager op een polikliniek, in een ziekenhuis hier in het oosten. Ik heb "
    "vierendertig mensen onder me 😅, bijna allemaal vrouwen, gemiddeld zevenenveertig jaar. Dat "
    "is de\u0301 leeftijd, hè. Kinderen de deur uit, ouders die beginnen te kwakkelen, en dan "
    "wordt er van alle kanten aan je getrokken, op het werk en ook thuis."
)


def spoken(*turns: str) -> tuple[str, list[Span]]:
    text = spoken_transcript(*turns)
    return text.text, [turn.span for turn in text.turns]


@pytest.mark.parametrize("width", [50, 72, 100])
def test_lines_cut_at_a_width_flow_and_every_position_holds(width: int) -> None:
    text, turns = spoken(textwrap.fill(LONG, width), textwrap.fill(LONG, width))
    flowing = flowing_text(text, turns)
    assert len(flowing) == len(text)
    assert [turn.of(flowing) for turn in turns] == [LONG, LONG]


def test_paragraphs_of_a_document_stay_apart() -> None:
    lines = "Ik kom uit Zwolle.\nDaar werk ik ook.\nEn mijn broer woont er.\nDat is fijn."
    text, turns = spoken(lines, LONG + "\n" + LONG, LONG)
    assert flowing_text(text, turns) == text


def test_a_list_and_an_empty_line_in_a_wrapped_text_stay() -> None:
    paragraph = textwrap.fill(LONG, 60)
    text, turns = spoken(f"{paragraph}\n\n{paragraph}\n- een\n- twee", paragraph)
    expected = f"{LONG}\n\n{LONG}\n- een\n- twee"
    assert turns[0].of(flowing_text(text, turns)) == expected


def test_paragraphs_are_cut_where_they_end_and_not_where_a_line_was_full() -> None:
    paragraph = textwrap.fill(LONG, 60)
    text = spoken_transcript(f"{paragraph}\n\n{paragraph}", paragraph)
    paragraphs = [segment.span.of(text.text) for segment in cut_paragraphs(text)]
    assert paragraphs == [paragraph] * 3
