"""Suggestions with a trained model installed: its lemmas count as well as ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from genuine_model import installed_model
from notation import transcript
from qualcode.language.languages import Language
from qualcode.model import Codebook
from qualcode.suggesting import Ranker, SegmentText, propose_codes
from small_book import BOOK
from trained_stub import installed_stub


@pytest.fixture
def trained(tmp_path: Path) -> Iterator[Language]:
    with installed_model(tmp_path):
        yield Language("nl")


@pytest.fixture
def without_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    with installed_stub(tmp_path, monkeypatch):
        yield Language("nl")


@pytest.mark.slow
def test_terms_match_by_the_models_lemma_and_by_ours(trained: Language) -> None:
    terms = {
        "influences/finances": ("cheval",),
        "influences/availability": ("chevaux",),
        "influences/work_settings": ("van le cheval",),
    }
    codes = [replace(c, terms=(*c.terms, *terms.get(c.path, ()))) for c in BOOK.codes]
    ranker = Ranker(Codebook("b", tuple(codes)), trained)
    suggestions = ranker.rank([SegmentText("s", "Die jongens van les chevaux.")]).of(0)
    because = {suggestion.code: suggestion.because for suggestion in suggestions}
    assert "terms: chevaux" in because["influences/availability"]
    assert "terms: chevaux" in because["influences/finances"]
    assert "terms: van les chevaux" in because["influences/work_settings"]


@pytest.mark.slow
def test_candidates_are_the_models_noun_phrases(trained: Language) -> None:
    phrase = "Wij zagen un grand cheval blanc. "
    candidates = propose_codes([transcript(f"I: En?\nR: {phrase * 3}")], [], BOOK, trained)
    lemmas = [candidate.lemmas for candidate in candidates]
    assert ("un", "grand", "cheval", "blanc") in lemmas
    assert ("grand", "cheval") not in lemmas


@pytest.mark.slow
def test_candidates_fall_back_on_word_pairs_where_the_model_has_no_parser(
    without_parser: Language,
) -> None:
    talk = transcript("I: En?\nR: Blauwe kermis. Blauwe kermis! Blauwe kermis?")
    candidates = propose_codes([talk], [], BOOK, without_parser)
    assert ("blauw", "kermis") in [candidate.lemmas for candidate in candidates]
