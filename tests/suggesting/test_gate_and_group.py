"""That something applies at all, and that a group was not asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qualcode.language import load_language
from qualcode.model import FrozenMap, Suggestion
from qualcode.model.suggestion import Band
from qualcode.suggesting import (
    CodedPassage,
    Ranker,
    SegmentText,
    Vectors,
    bundled_embedder,
    rank_segments,
)
from small_book import BOOK

NL = load_language("nl")
RANKER = Ranker(BOOK, NL)


def first(text: str, ranker: Ranker = RANKER) -> Suggestion:
    return ranker.rank([SegmentText("s", text)]).of(0)[0]


@pytest.mark.parametrize(
    "text",
    [
        "[lacht]",
        "(telefoon gaat)",
        "Dankjewel",
        "Maandag 3 mei",
        "",
        "ja, precies",
        "3",
        "🙂",
        "Hm-hm.",
        "Goedemorgen!",
        "[dealer] (geld)",
    ],
)
@pytest.mark.parametrize("with_meaning", [False, True])
def test_what_says_nothing_gets_no_likely_offer(text: str, with_meaning: bool) -> None:
    embedder = bundled_embedder() if with_meaning else None
    ranker = Ranker(BOOK, NL, vectors=Vectors(embedder) if embedder else None)
    assert first(text, ranker).band is not Band.LIKELY


def test_a_note_of_the_transcriber_is_no_speech() -> None:
    applies = RANKER.rank([SegmentText("a", "[lacht]"), SegmentText("b", "De dealer")]).applies
    assert applies[0] < 0.05
    assert applies[1] > 0.4


def test_the_gate_learns_what_coders_leave_uncoded() -> None:
    coded = [
        CodedPassage(
            SegmentText(f"c{n}", f"de dealer brengt het geld {n}"),
            f"G{n % 4}",
            frozenset({"influences/availability"}),
            sentence=sentence,
        )
        for n in range(30)
        for sentence in (False, True)
    ]
    uncoded = [
        CodedPassage(
            SegmentText(f"u{n}", f"de hond ging weer naar buiten {n}"),
            f"G{n % 4}",
            frozenset(),
            sentence=True,
        )
        for n in range(60)
    ]
    texts = [SegmentText("a", "de hond ging naar buiten"), SegmentText("b", "de dealer bracht het")]
    before = RANKER.rank(texts).applies
    after = RANKER.learn([*coded, *uncoded]).rank(texts).applies
    assert after[0] < before[0]
    assert after[1] > after[0] + 0.3


ASKED = replace(
    BOOK,
    codes=tuple(
        replace(code, attributes=FrozenMap({"asked_of": ("users",)}))
        if code.path == "influences"
        else code
        for code in BOOK.codes
    ),
)


def chance(group: str) -> float:
    line = {"id": "s", "text": "Ik bestel het bij de dealer.", "group": group}
    lines, _ = rank_segments(ASKED, NL, [line])
    return next(
        float(s["probability"])
        for s in lines[0]["suggestions"]
        if s["code"] == "influences/availability"
    )


def test_a_code_that_the_group_was_not_asked_about_is_less_likely() -> None:
    """A code without groups has those of the code above it; case does not count."""
    assert chance("professionals") == chance("") or chance("professionals") < chance("users")
    assert chance("Users ") == chance("users") == chance("")


def test_a_group_that_the_codebook_never_names_says_nothing() -> None:
    assert chance("neighbours") == chance("")


def test_what_is_said_next_to_a_sentence_counts_in_the_same_answer_only() -> None:
    def finances(place: str) -> float:
        texts = [
            SegmentText("a", "Geld, euro's, dat kost veel.", place="1"),
            SegmentText("b", "Dat was een heel gedoe daar.", place=place),
        ]
        ranking = RANKER.rank(texts)
        return float(ranking.probabilities[1, ranking.paths.index("influences/finances")])

    assert finances("1") > finances("2") == pytest.approx(finances(""))


def test_probabilities_are_numbers_for_odd_texts() -> None:
    texts = ["\ud800", "a" * 50_000, "\x0b", "e\u0301" * 40, "\r\n", "🙂 geld"]
    embedder = bundled_embedder()
    ranker = Ranker(BOOK, NL, vectors=Vectors(embedder) if embedder else None)
    table = ranker.rank([SegmentText(str(n), t) for n, t in enumerate(texts)]).probabilities
    assert np.isfinite(table).all()
    assert (table >= 0).all()
    assert (table.sum(axis=1) <= 1 + 1e-9).all()
