"""Every code of the book ranked, with honest probabilities and reasons that can be checked."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.codebooks import read_codebook, read_guide
from qualcode.errors import InvalidTableError, UndefinedRequestError
from qualcode.language import load_language
from qualcode.model import Code, Codebook, LocalText, Span, Suggestion
from qualcode.model.suggestion import Band
from qualcode.suggesting import Ranker, SegmentText, rank_segments
from small_book import BOOK, GUIDE

ROOT = Path(__file__).parents[2]
NL = load_language("nl")
SMALL = Ranker(BOOK, NL, [GUIDE])


def suggested(text: str, question: str = "", start: int = 0) -> tuple[Suggestion, ...]:
    return SMALL.rank([SegmentText("s", text, question, start)]).of(0)


def test_every_code_is_ranked_best_first_and_probabilities_add_up_to_that_any_applies() -> None:
    suggestions = suggested("Ik bel de dealer.")
    chances = [s.probability for s in suggestions]
    assert {s.code for s in suggestions} == set(BOOK.paths)
    assert chances == sorted(chances, reverse=True)
    ranking = SMALL.rank([SegmentText("s", "Ik bel de dealer.")])
    assert sum(chances) == pytest.approx(ranking.applies[0])
    assert 0.4 < ranking.applies[0] < 1


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("De dealers komen altijd.", "influences/availability", ("dealers",)),
        ("Hij stond zo voor de deur.", "influences/availability", ("voor de deur",)),
        ("Met die werkdrukklachten van ons.", "influences/work_settings", ("werkdrukklachten",)),
        ("Ik houd het niet lang vol.", "users/cutting_down", ("houd het niet lang vol",)),
        ("Daar hield ik toen mee op.", "users/cutting_down", ("hield ik toen mee op",)),
        ("Vijftig euro, en ik betaal contant.", "influences/finances", ("euro", "betaal")),
    ],
)
def test_terms_are_found_in_any_form(text: str, code: str, words: tuple[str, ...]) -> None:
    best = suggested(text)[0]
    reason = next(r for r in best.reasons if r.suggester == "terms")
    assert best.code == code
    assert reason.words == words


def test_a_particle_that_is_a_preposition_makes_no_verb() -> None:
    reasons = [r for s in suggested("Ik hield op het feest mijn jas aan.") for r in s.reasons]
    assert not any("hield op" in word for reason in reasons for word in reason.words)


def test_a_denied_term_still_counts_and_is_noted() -> None:
    best = suggested("Ik heb geen dealer.")[0]
    assert best.code == "influences/availability"
    assert "terms: dealer (denied)" in best.because


def test_a_clause_that_excludes_speaks_for_the_code_it_points_to() -> None:
    assert suggested("Dat kan ik niet missen.")[0].code == "influences/finances"


def test_reasons_point_at_words_of_the_transcript() -> None:
    text = "Nou. Ik bestel het bij een dealer, in euro's."
    start = 100
    for suggestion in suggested(text, start=start):
        for reason in suggestion.reasons:
            for word, span in zip(reason.words, reason.spans, strict=True):
                assert text[span.start - start : span.end - start] == word


def test_shares_say_what_each_word_adds_to_the_score() -> None:
    reason = suggested("De dealer, betalen, bestellen.")[0].reasons[0]
    assert sum(reason.shares) == pytest.approx(1, abs=0.01)


def test_a_suggestion_carries_the_sentence_that_supports_it() -> None:
    text = "Ja, gezellig. De dealer komt langs. Verder niks."
    best = suggested(text, start=10)[0]
    assert best.span == Span(24, 45)


def test_without_words_of_the_book_the_whole_text_is_the_span() -> None:
    assert suggested("Hm, tja.")[0].span == Span(0, 8)


@pytest.mark.parametrize("question", ["U1", "En hoe kom je er eigenlijk aan?", " U1 "])
def test_the_question_counts_by_its_id_and_by_the_interviewers_words(question: str) -> None:
    plain = {s.code: s.probability for s in suggested("Gewoon, zo.")}
    asked = {s.code: s for s in suggested("Gewoon, zo.", question)}
    best = asked["influences/availability"]
    assert best.probability > 2 * plain["influences/availability"]
    assert "question U1 expects it" in best.because


def test_a_question_that_expects_a_theme_expects_its_codes() -> None:
    assert suggested("Tja.", "U3")[0].code == "users/cutting_down"


def test_an_unknown_question_tells_by_its_words_alone() -> None:
    best = suggested("Ja, hoor.", "Betaal je weleens cash geld?")[0]
    assert best.code == "influences/finances"
    assert best.because == ("the question is about it",)


def test_a_general_code_comes_after_its_own_codes_when_nothing_is_said() -> None:
    codes = [s.code for s in suggested("…")]
    assert set(codes[-2:]) == {"influences", "users"}


def test_rejected_codes_and_codes_without_a_reason_can_be_left_out() -> None:
    ranking = SMALL.rank([SegmentText("s", "De dealer wil geld.")])
    kept = ranking.of(0, 3, leave_out={"influences/finances"}, with_reason=True)
    assert [s.code for s in kept] == ["influences/availability"]


@pytest.mark.parametrize(
    ("probability", "band"), [(0.9, Band.LIKELY), (0.3, Band.POSSIBLE), (0.1, Band.WEAK)]
)
def test_people_see_three_bands(probability: float, band: Band) -> None:
    assert Suggestion("s", "users", probability).band is band


def test_the_origin_of_an_accepted_suggestion_names_it() -> None:
    assert suggested("dealer")[0].origin == "suggestion:fused@5"


# --- outside a project ---------------------------------------------------------------------


def test_the_plain_output_has_exactly_the_documented_fields() -> None:
    segments: list[dict[str, Any]] = [
        {"id": 7, "text": "De dealer.", "question": "U1"},
        {"id": "b", "text": "Geld."},
    ]
    lines, problems = rank_segments(BOOK, NL, segments, GUIDE)
    assert [line["id"] for line in lines] == ["7", "b"]
    assert not problems
    for line in lines:
        assert set(line) == {"id", "suggestions"}
        assert len(line["suggestions"]) == len(BOOK.paths)
        for item in line["suggestions"]:
            assert set(item) == {"code", "theme", "probability", "because"}
    first = lines[0]["suggestions"][0]
    assert first["theme"] == "influences"
    assert first["because"] == ["terms: dealer", "entry: dealer", "question U1 expects it"]
    assert json.loads(json.dumps(lines)) == lines


@pytest.mark.parametrize(
    ("segment", "message"),
    [
        ({"id": "a"}, "no 'text'"),
        ({"text": "ja"}, "no 'id'"),
        ({"id": "a", "text": 3}, "not a text"),
        ("ja", "not an object"),
    ],
)
def test_a_segment_that_is_none_is_refused_by_its_number(segment: Any, message: str) -> None:
    segments: list[Any] = [{"id": "ok", "text": "ja"}, segment]
    with pytest.raises(InvalidTableError, match=f"Segment 2.*{message}"):
        rank_segments(BOOK, NL, segments)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "\n\n", "🙂🙂🎉", "\ud800\udfff dealer \udc00", "...", "\x0b\x0c", "dealer" * 9000],
)
def test_odd_texts_are_ranked_like_any_other(text: str) -> None:
    (line,), _ = rank_segments(BOOK, NL, [{"id": "a", "text": text}], GUIDE)
    assert len(line["suggestions"]) == len(BOOK.paths)


def test_half_characters_do_not_hide_the_words_beside_them() -> None:
    best = suggested("\ud800 dealer")[0]
    assert best.reasons[0].spans == (Span(2, 8),)


@pytest.mark.slow
def test_a_segment_of_a_megabyte_is_ranked() -> None:
    text = "Ik weet het niet, misschien wel met de dealer. " * 22_000
    assert suggested(text)[0].code == "influences/availability"


def test_no_segments_give_no_lines() -> None:
    assert rank_segments(BOOK, NL, [], GUIDE) == ([], ())


def test_a_book_without_codes_is_refused() -> None:
    empty = Codebook("empty", (Code("users", retired=True),))
    with pytest.raises(UndefinedRequestError, match="'empty' has no codes to suggest"):
        rank_segments(empty, NL, [{"id": "a", "text": "ja"}])


def test_a_code_that_says_nothing_is_named_and_still_ranked() -> None:
    book = Codebook("bare", (*BOOK.codes, Code("x")))
    lines, problems = rank_segments(book, NL, [{"id": "a", "text": "De dealer."}])
    assert "x" in str(problems[0])
    assert "x" in {item["code"] for item in lines[0]["suggestions"]}


def test_retired_codes_are_not_suggested() -> None:
    codes = tuple(replace(c, retired=c.path == "influences/finances") for c in BOOK.codes)
    lines, _ = rank_segments(Codebook("b", codes), NL, [{"id": "a", "text": "geld"}])
    assert "influences/finances" not in {i["code"] for i in lines[0]["suggestions"]}


@settings(max_examples=examples(40), deadline=None)
@given(st.text(max_size=60), st.integers(0, 1000))
def test_any_text_gives_spans_inside_it(text: str, start: int) -> None:
    for suggestion in suggested(text, start=start):
        spans = [s for r in suggestion.reasons for s in r.spans]
        for span in [*spans, *([suggestion.span] if suggestion.span else [])]:
            assert start <= span.start < span.end <= start + len(text)


@pytest.mark.slow
def test_the_whole_path_runs_with_sockets_blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something reached for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    book = read_codebook(ROOT / "codebooks" / "substance_use.yaml")[0]
    guide = read_guide(ROOT / "codebooks" / "guide_users.yaml")[0]
    segments = [{"id": "a", "text": "De dealer komt.", "question": "Hoe kom je eraan?"}]
    lines, _ = rank_segments(book, NL, segments, guide)
    assert lines[0]["suggestions"][0]["code"] == "influences/availability"


def test_a_theme_speaks_only_where_none_of_its_codes_does() -> None:
    """A theme may sum up its codes: in the whole book the word is the code's own."""
    theme = Code("motives", LocalText.of("Motieven"), terms=("plezier", "verveling"))
    below = Code("motives/fun", LocalText.of("Lol"), terms=("plezier",))
    whole = Ranker(Codebook("b", (theme, below)), NL)
    best = whole.rank([SegmentText("s", "Voor het plezier.")]).of(0)
    assert [s.because for s in best] == [("terms: plezier", "entry: plezier"), ()]
    alone = Ranker(Codebook("b", (theme, *BOOK.codes)), NL)
    assert alone.rank([SegmentText("s", "Voor het plezier.")]).of(0)[0].code == "motives"


def test_the_same_words_among_many_others_make_less_sure() -> None:
    short = suggested("De dealer komt.")[0]
    long = suggested("De dealer komt, en geld, werkdruk, stoppen, kliniek, collega.")
    assert short.code == "influences/availability"
    chance = next(s.probability for s in long if s.code == short.code)
    assert chance < short.probability
