"""Who said a passage: over 1,000 generated groups, nobody's words are another's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from generated_groups import BOOK, Group, groups
from hypothesis_examples import examples
from qualcode.model import (
    Case,
    Coding,
    Participation,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from qualcode.quotes import collect_quotes
from qualcode.speech import Speech
from qualcode.tables import codings_table
from qualcode.themes import code_by_case, collect_reach


@settings(max_examples=examples(1000), deadline=None)
@given(groups())
def test_nobody_gets_the_words_of_another(group: Group) -> None:
    speech = Speech((group.transcript,), group.cases)
    parts = (group.codings, BOOK, (group.transcript,), group.cases)
    reaches = collect_reach(*parts)
    matrix = code_by_case(*parts)
    table = codings_table(group.codings, (group.transcript,), group.cases)
    cases_by_id = dict(zip(table["id"], table["case"].fillna(""), strict=True))
    quotes = {q.coding: q for s in collect_quotes(*parts) for q in s.quotes}
    by_code: dict[str, set[str]] = {"a": set(), "b": set()}
    for coding in group.codings:
        sayers = group.sayers(coding)
        by_code[coding.code] |= sayers
        assert {case.name for case in speech.cases_of(coding)} == sayers
        assert {*filter(None, quotes[coding.id].case.split(", "))} == sayers
        assert {*filter(None, cases_by_id[coding.id].split(", "))} == sayers
        if len(sayers) == 1:
            assert quotes[coding.id].attributes.get("sex", "") in {"", next(iter(sayers))[1:]}
        else:
            assert "sex" not in quotes[coding.id].attributes
    for code, sayers in by_code.items():
        assert (reaches[code][0].cases, reaches[code][0].of) == (len(sayers), len(group.cases))
        cells = dict(zip(matrix.columns, matrix.cells[matrix.rows.index(code)], strict=True))
        assert {name for name, cell in cells.items() if cell.count} == sayers


FG = Transcript(
    "FG1",
    "M: Wie begint?\nF1: Ik dus.\nF2: Ik niet.\nF3: Soms wel.\nF4: Nooit.\n",
    (
        Speaker("M", Role.INTERVIEWER),
        *(Speaker(f"F{number}", Role.RESPONDENT) for number in range(1, 5)),
    ),
    (
        Turn(1, "M", Span(3, 14)),
        Turn(2, "F1", Span(19, 26)),
        Turn(3, "F2", Span(31, 39)),
        Turn(4, "F3", Span(44, 53)),
        Turn(5, "F4", Span(58, 64)),
    ),
)


def _case(name: str, *speakers: str) -> Case:
    return Case(name, participations=(Participation("FG1", speakers),))


def _names(*spans: tuple[int, int], cases: tuple[Case, ...]) -> list[list[str | None]]:
    speech = Speech((FG,), cases)
    return [
        [part.case.name if part.case else None for part in speech.who_said("FG1", Span(*span))]
        for span in spans
    ]


def test_a_group_of_four_with_one_passage_each() -> None:
    cases = tuple(_case(f"V{number}", f"F{number}") for number in range(1, 5))
    assert _names((3, 14), (20, 22), (24, 60), cases=cases) == [
        [None],
        ["V1"],
        ["V1", "V2", "V3", "V4"],
    ]


def test_nobody_said_who_is_who() -> None:
    cases = (_case("V1"), _case("V2"))
    assert _names((20, 22), (31, 35), cases=cases) == [[None], [None]]
    session = Speech((FG,), cases).in_transcript("FG1")
    assert session.unknown_speakers == ("F1", "F2", "F3", "F4")
    assert session.unknown_cases == cases


def test_one_case_of_two_respondents_is_not_both() -> None:
    assert _names((20, 22), (31, 35), cases=(_case("V1"),)) == [[None], [None]]


def test_the_last_speaker_who_is_left_is_the_last_case() -> None:
    cases = (*(_case(f"V{number}", f"F{number}") for number in range(1, 4)), _case("V4"))
    assert _names((58, 60), cases=cases) == [["V4"]]


def test_voices_that_nobody_can_tell_apart_are_nobody() -> None:
    mixed = replace(
        FG,
        speakers=(*FG.speakers[:2], Speaker("Man?", Role.RESPONDENT)),
        turns=(*FG.turns[:2], replace(FG.turns[2], speaker="Man?")),
    )
    speech = Speech((mixed,), (_case("V1"),))
    assert [part.case and part.case.name for part in speech.who_said("FG1", Span(20, 36))] == [
        "V1",
        None,
    ]
    assert speech.in_transcript("FG1").unknown_speakers == ("Man?",)


def test_one_person_may_be_two_labels() -> None:
    assert _names((20, 22), (31, 35), cases=(_case("V1", "F1", "F2"),)) == [["V1"], ["V1"]]


def test_words_of_an_interviewer_whom_nobody_confirmed_are_not_left_out() -> None:
    proposed = replace(
        FG, speakers=(Speaker("M", Role.INTERVIEWER, confirmed=False), *FG.speakers[1:])
    )
    coding = Coding("c", "FG1", Span(3, 14), "Wie begint?", "a", "anna")
    assert Speech((FG,), ()).is_of_interviewer(coding)
    assert not Speech((proposed,), ()).is_of_interviewer(coding)


@pytest.mark.parametrize("count", [1, 2])
def test_a_document_belongs_to_its_author(count: int) -> None:
    diary = Transcript("diary", "Maandag was druk.", (), ())
    authors = [Case(f"A{n}", participations=Participation.in_each("diary")) for n in range(count)]
    (part,) = Speech((diary,), authors).who_said("diary", Span(0, 7))
    assert part.case == (authors[0] if count == 1 else None)
