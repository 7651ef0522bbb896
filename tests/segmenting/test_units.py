"""Turns, paragraphs and answers."""

from __future__ import annotations

import pytest

from notation import transcript
from qualcode.model import Guide, LocalText, Question, Segment, SegmentKind, Span, Transcript, Turn
from qualcode.segmenting import (
    QuestionMatcher,
    cut_answers,
    cut_paragraphs,
    cut_sentences,
    cut_turns,
    segment,
)
from qualcode.segmenting.answers import simple_words

TALK = transcript(
    "I: Hoe kom je aan een dealer?\n"
    "R: Via via. Heel makkelijk.\n"
    "I: Hm-hm.\n"
    "R: En via Telegram.\n"
    "I: Vertel eens meer?\n"
    "R: Nou ja.\n"
    "I: Wat kost dat per maand?\n"
    "R: Honderd euro."
)
GUIDE = Guide(
    "guide",
    "users",
    (
        Question("U1", LocalText.of("Hoe kom je eraan?"), terms=("dealer",)),
        Question("U2", LocalText.of("Wat kost het per maand?")),
        Question("U3", LocalText.of("Met wie gebruik je?")),
    ),
)


def texts(segments: tuple[Segment, ...], source: Transcript = TALK) -> list[str]:
    return [s.span.of(source.text) for s in segments]


def test_each_turn_is_a_segment() -> None:
    assert [s.turns for s in cut_turns(TALK)] == [(n,) for n in range(1, 9)]


def test_sentences_never_cross_a_turn() -> None:
    assert texts(cut_sentences(TALK))[:3] == [
        "Hoe kom je aan een dealer?",
        "Via via.",
        "Heel makkelijk.",
    ]


def test_an_answer_runs_from_its_question_to_the_next_over_interjections() -> None:
    assert [s.turns for s in cut_answers(TALK)] == [(1, 2, 3, 4), (5, 6), (7, 8)]


def test_answers_carry_the_guide_question_and_follow_ups_keep_the_one_before() -> None:
    assert [s.question for s in cut_answers(TALK, GUIDE)] == ["U1", "U1", "U2"]


def test_without_an_interviewer_there_are_no_answers() -> None:
    assert cut_answers(transcript("R: Ja.\nS: Nee.")) == ()


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Een regel\ndie doorloopt.\n\nTwee.", ["Een regel\ndie doorloopt.", "Twee."]),
        ("Een.\nTwee.", ["Een.", "Twee."]),
    ],
)
def test_blank_lines_divide_paragraphs_and_line_ends_where_there_are_none(
    text: str, paragraphs: list[str]
) -> None:
    speaker = TALK.speakers[1]
    source = Transcript("G01", text, (speaker,), (Turn(1, speaker.label, Span(0, len(text))),))
    assert texts(cut_paragraphs(source), source) == paragraphs


def test_a_transcript_is_cut_in_every_way_at_once() -> None:
    cut = segment(TALK, GUIDE)
    assert set(cut) == set(SegmentKind)
    assert cut[SegmentKind.TURN] == cut_turns(TALK)


COURSE = Guide(
    "course",
    "users",
    (
        Question("A", LocalText.of("Waar woon je?"), terms=("wonen",)),
        Question("B", LocalText.of("Hoe kom je aan het spul?"), terms=("dealer",)),
        Question("C", LocalText.of("Wat kost het spul?"), terms=("geld",)),
        Question("D", LocalText.of("Hoe kom je van het spul af?"), terms=("stoppen",)),
    ),
)


@pytest.mark.parametrize(
    ("spoken", "questions"),
    [
        pytest.param(["Zo, hij loopt.", "Waar woon je?"], [None, "A"], id="before the first"),
        pytest.param(["Waar woon je?", "Met wie?"], ["A", "A"], id="followed up"),
        pytest.param(["Waar woon je?", "Goed. Dank je wel."], ["A", None], id="after the last"),
        pytest.param(["Wat kost het?", "En je dealer?"], ["C", "B"], id="gone back"),
        pytest.param(
            ["Wat kost het spul, geld?", "En hoe kom je daar vanaf?"], ["C", "D"], id="order tells"
        ),
        pytest.param([], [], id="nothing said"),
    ],
)
def test_questions_are_taken_to_come_in_the_order_of_the_guide(
    spoken: list[str], questions: list[str | None]
) -> None:
    assert list(QuestionMatcher(COURSE, simple_words).in_order(spoken)) == questions
