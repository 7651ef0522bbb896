"""Codings become complete quotes, in the order to print them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qualcode.errors import InvalidValueError, UnknownNameError
from qualcode.model import (
    Case,
    Codebook,
    Coding,
    DialogueLine,
    FrozenMap,
    Participation,
    Reach,
    Span,
    Transcript,
)
from qualcode.quotes import collect_quotes

Make = Callable[..., Coding]
Texts = tuple[Transcript, ...]
Cases = tuple[Case, ...]


def test_a_quote_is_complete(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    """All that a writer prints stands in the quote."""
    one = replace(coding("U1", "altijd via vrienden"), memo="kijk", round="r1")
    (section,) = collect_quotes([one], codebook, transcripts, cases)
    (quote,) = section.quotes
    assert (quote.text, quote.turn, quote.time_ms) == ("altijd via vrienden", 2, 2000)
    assert (quote.case, quote.group, quote.coder) == ("G1", "users", "Anna")
    assert quote.attribution == "gebruiker, vrouw, 20-29"
    assert (quote.memo, quote.round, quote.chosen) == ("kijk", "r1", False)
    assert quote.code_label["nl"] == "Verkrijgbaarheid"
    assert quote.theme_label["en"] == "Influences"


def test_a_coded_question_is_no_quote_of_a_respondent(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    (section,) = collect_quotes([coding("U1", "Waar koop je?")], codebook, transcripts, cases)
    (quote,) = section.quotes
    assert (quote.case, quote.group, quote.attribution) == ("", "interviewer", "interviewer")


def test_time_marks_inside_what_was_said_are_not_printed(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    """f4 puts them in the middle of a turn; the quote is for readers."""
    plain = coding("U1", "altijd via vrienden")
    marked = "altijd #00:01:23-4# via vrienden"
    first = transcripts[0]
    text = first.text.replace(plain.quote, marked)
    turns = (
        first.turns[0],
        replace(first.turns[1], span=Span(first.turns[1].span.start, len(text))),
    )
    span = Span(plain.span.start, plain.span.start + len(marked))
    marked_coding = replace(plain, quote=marked, span=span)
    texts = (replace(first, text=text, turns=turns), *transcripts[1:])
    (section,) = collect_quotes([marked_coding], codebook, texts, cases)
    assert section.quotes[0].text == "altijd via vrienden"


def test_sections_follow_the_codebook(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    codings = [
        coding("U1", "vrienden", "motives"),
        coding("U1", "vrienden"),
        coding("U2", "nummer", "influences"),
    ]
    sections = collect_quotes(codings, codebook, transcripts, cases)
    assert [s.code for s in sections] == ["influences", "influences/availability", "motives"]


def test_quotes_are_ordered_by_group_choice_transcript_and_position(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    late, early = coding("U1", "Nooit op straat"), coding("U1", "Via vrienden")
    other, expert = coding("U2", "Ik bel"), coding("P1", "makkelijk")
    everything = [late, other, expert, early]
    (section,) = collect_quotes(everything, codebook, transcripts, cases, chosen={other.id})
    assert [q.coding for q in section.quotes] == [other.id, early.id, late.id, expert.id]


def test_the_order_of_groups_is_that_of_the_reaches(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    reaches = (Reach("", 2, 3), Reach("professionals", 1, 1), Reach("users", 1, 2))
    (section,) = collect_quotes(
        [coding("U1", "vrienden"), coding("P1", "makkelijk")],
        codebook,
        transcripts,
        cases,
        reaches={"influences/availability": reaches},
    )
    assert section.reaches == reaches
    assert [q.group for q in section.quotes] == ["professionals", "users"]


def test_two_coders_of_one_passage_give_two_quotes(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    both = [coding("U1", "vrienden", coder=name) for name in ("Bram", "Anna")]
    (section,) = collect_quotes(both, codebook, transcripts, cases)
    assert [q.coder for q in section.quotes] == ["Anna", "Bram"]


def test_withdrawn_codings_are_not_quoted(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    gone = replace(coding("U1", "vrienden"), withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert collect_quotes([gone], codebook, transcripts, cases) == ()


def test_context_is_counted_in_words(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    (section,) = collect_quotes(
        [coding("U1", "altijd via")], codebook, transcripts, cases, context=2
    )
    assert section.quotes[0].context_before == "Via vrienden,"
    assert section.quotes[0].context_after == "vrienden. Nooit"


def test_context_holds_no_words_of_another_speaker_and_no_time_marks(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    (section,) = collect_quotes(
        [coding("U1", "altijd via")], codebook, transcripts, cases, context=50
    )
    quote, text = section.quotes[0], transcripts[0].text
    turn = next(turn for turn in transcripts[0].turns if turn.number == quote.turn)
    joined = f"{quote.context_before} {quote.text} {quote.context_after}"
    assert joined == turn.span.of(text)


def test_context_cannot_be_negative(codebook: Codebook) -> None:
    with pytest.raises(InvalidValueError, match="number of words"):
        collect_quotes([], codebook, (), (), context=-1)


def test_an_excerpt_is_printed_in_place_of_the_passage(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    one = coding("U1", "Via vrienden, altijd via vrienden. Nooit op straat.")
    excerpts = {one.id: "Via vrienden [...]. Nooit op straat."}
    (section,) = collect_quotes([one], codebook, transcripts, cases, excerpts=excerpts)
    assert section.quotes[0].text == "Via vrienden [...]. Nooit op straat."
    assert section.quotes[0].span == one.span


def test_of_several_respondents_in_one_interview_what_they_share_is_told(
    coding: Make, codebook: Codebook, transcripts: Texts
) -> None:
    pair = (
        Case(
            "G8",
            FrozenMap({"group": "users", "sex": "man"}),
            participations=Participation.in_each("U1"),
        ),
        Case(
            "G9",
            FrozenMap({"group": "users", "sex": "vrouw"}),
            participations=Participation.in_each("U1"),
        ),
    )
    (section,) = collect_quotes([coding("U1", "vrienden")], codebook, transcripts, pair)
    assert section.quotes[0].case == ""
    assert section.quotes[0].attribution == "gebruiker"


def test_a_dialogue_has_a_line_for_each_speaker(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    passage = coding("U1", "Waar koop je?\nR: Via vrienden")
    (section,) = collect_quotes([passage], codebook, transcripts, cases)
    (quote,) = section.quotes
    assert quote.lines == (
        DialogueLine("", "Waar koop je?", is_interviewer=True),
        DialogueLine("G1", "Via vrienden"),
    )
    assert quote.text == "Interviewer: Waar koop je?\nG1: Via vrienden"
    assert (quote.case, quote.turn) == ("G1", 1)


def test_a_label_is_no_part_of_a_quote(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    passage = coding("U1", "R: Via vrienden")
    (section,) = collect_quotes([passage], codebook, transcripts, cases)
    assert section.quotes[0].text == "Via vrienden"
    assert section.quotes[0].lines == ()


def test_the_line_below_a_quote_may_have_the_label_of_the_speaker(
    coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases
) -> None:
    (section,) = collect_quotes(
        [coding("U1", "Via vrienden")],
        codebook,
        transcripts,
        cases,
        attribution="{speaker}, {case}",
    )
    assert section.quotes[0].attribution == "R, G1"


def test_an_interview_without_a_case_can_be_quoted(
    coding: Make, codebook: Codebook, transcripts: Texts
) -> None:
    (section,) = collect_quotes([coding("U1", "vrienden")], codebook, transcripts, ())
    assert (section.quotes[0].case, section.quotes[0].attribution) == ("", "")


def test_a_transcript_that_is_not_there_is_named(
    coding: Make, codebook: Codebook, cases: Cases
) -> None:
    with pytest.raises(UnknownNameError, match="U1"):
        collect_quotes([coding("U1", "vrienden")], codebook, (), cases)


def test_an_attribute_that_is_not_there_is_named_with_those_that_are(
    codebook: Codebook, cases: Cases
) -> None:
    with pytest.raises(UnknownNameError, match=r"'regio'.*age_band.*group.*sex"):
        collect_quotes([], codebook, (), cases, attribution="{group}, {regio}")
