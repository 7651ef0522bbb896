"""Suggestions measured against codings, and what that says about a codebook."""

from __future__ import annotations

import pytest

from qualcode.errors import UndefinedRequestError
from qualcode.language import load_language
from qualcode.model import SuggestionReport
from qualcode.suggesting import CodedPassage, SegmentText, evaluate
from small_book import BOOK, GUIDE

NL = load_language("nl")
SAID = [
    ("De dealer komt.", "influences/availability", "U1"),
    ("Ik bestel het bij een dealer.", "influences/availability", ""),
    ("Dat kost geld, veel euro's.", "influences/finances", "U2"),
    ("Ik betaal vijftig euro.", "influences/finances", ""),
    ("Mijn collega's, die werkdruk.", "influences/work_settings", ""),
    ("Stoppen lukt me niet.", "users/cutting_down", ""),
    ("Mijn geld is voor de kapper.", "", ""),
    ("Mijn geld ligt bij de kapper.", "", ""),
    ("Die schoorsteenveger, ja, die schoorsteenveger.", "influences/work_settings", ""),
]


def passages() -> list[CodedPassage]:
    return [
        CodedPassage(
            SegmentText(f"{transcript}{number}", text, question),
            transcript,
            frozenset({code} if code else ()),
        )
        for transcript in ("G1", "G2", "G3", "G4")
        for number, (text, code, question) in enumerate(SAID)
    ]


@pytest.fixture(scope="module")
def report() -> SuggestionReport:
    return evaluate(BOOK, NL, passages(), [GUIDE])


def test_every_suggester_is_measured_alone_and_all_together(report: SuggestionReport) -> None:
    names = [line.suggester for line in report.suggesters]
    assert names == ["terms", "entry", "question", "examples", "fused"]
    assert (report.passages, report.transcripts) == (28, 4)


def test_shares_grow_with_the_number_of_suggestions_looked_at(report: SuggestionReport) -> None:
    for line in report.suggesters:
        shares = [line.first.value or 0, line.three.value or 0, line.five.value or 0]
        assert shares == sorted(shares)


def test_terms_alone_find_what_has_a_term(report: SuggestionReport) -> None:
    assert report.suggesters[0].first.value == pytest.approx(6 / 7)


def test_examples_are_learned_from_the_other_transcripts(report: SuggestionReport) -> None:
    assert (report.suggesters[3].first.value or 0) > 0.6


def test_intervals_come_from_drawing_transcripts(report: SuggestionReport) -> None:
    first = report.suggesters[-1].first
    assert first.interval is not None
    assert first.interval[0] <= (first.value or 0) <= first.interval[1]
    assert "transcripts" in first.detail


def test_precision_counts_what_was_suggested_and_not_coded(report: SuggestionReport) -> None:
    finances = next(c for c in report.codes if c.code == "influences/finances")
    assert finances.codings == 8
    assert (finances.precision.value or 0) < 1
    assert finances.recall.value == 1
    assert finances.f1.value == pytest.approx(2 * 8 / (8 + finances.suggested))


def test_codes_too_rare_to_judge_are_said_so() -> None:
    report = evaluate(BOOK, NL, passages()[:9], [GUIDE])
    finances = next(c for c in report.codes if c.code == "influences/finances")
    assert finances.f1.value is None
    assert "only 2 codings" in (finances.f1.undefined_because or "")


def test_one_transcript_has_no_interval_and_says_so() -> None:
    report = evaluate(BOOK, NL, passages()[:9], [GUIDE])
    assert report.suggesters[0].first.interval is None
    assert "fewer than 3 transcripts" in report.suggesters[0].first.detail


def test_the_reliability_plot_holds_every_coded_passage(report: SuggestionReport) -> None:
    assert sum(line.count for line in report.bins) == 28
    assert 0 <= (report.calibration.value or 0) <= 1


def test_advice_names_terms_that_misfire() -> None:
    misfiring = [p for p in passages() if "kapper" in p.segment.text] + passages()[:1]
    report = evaluate(BOOK, NL, misfiring)
    advice = {line.code: line for line in report.advice}
    assert [(t.term, t.right, t.wrong) for t in advice["influences/finances"].misfires] == [
        ("geld", 0, 8)
    ]


def test_advice_names_missed_passages_and_words_that_would_have_found_them(
    report: SuggestionReport,
) -> None:
    advice = {line.code: line for line in report.advice}["influences/work_settings"]
    assert advice.missed == ("G18", "G28", "G38", "G48")
    assert advice.words[0] == "schoorsteenveger"


@pytest.mark.parametrize("kept", [[], [CodedPassage(SegmentText("a", "x"), "G1", frozenset())]])
def test_nothing_coded_cannot_be_measured(kept: list[CodedPassage]) -> None:
    with pytest.raises(UndefinedRequestError, match="nothing to measure"):
        evaluate(BOOK, NL, kept)
