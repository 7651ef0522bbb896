"""Suggestions with a trained model installed: its lemmas count beside ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from notation import transcript
from qualcode.language.loading import Language
from qualcode.model import Codebook
from qualcode.suggesting import Ranker, SegmentText, propose_codes
from small_book import BOOK
from trained_stub import installed_stub


@pytest.fixture
def trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    with installed_stub(tmp_path, monkeypatch):
        yield Language("nl")


def test_terms_match_by_the_models_lemma_and_by_ours(trained: Language) -> None:
    terms = {"influences/finances": ("handelaar",), "influences/work_settings": ("van handelaar",)}
    codes = [replace(c, terms=(*c.terms, *terms.get(c.path, ()))) for c in BOOK.codes]
    ranker = Ranker(Codebook("b", tuple(codes)), trained)
    said = ranker.rank([SegmentText("s", "Die jongens van dealers.")]).of(0)
    because = {s.code: s.because for s in said}
    assert "terms: dealers" in because["influences/availability"]
    assert "terms: dealers" in because["influences/finances"]
    assert "terms: van dealers" in because["influences/work_settings"]


def test_candidates_fall_back_on_word_pairs_where_the_model_has_no_parser(
    trained: Language,
) -> None:
    talk = transcript("I: En?\nR: Blauwe kermis. Blauwe kermis! Blauwe kermis?")
    assert ("blauw", "kermis") in [c.lemmas for c in propose_codes([talk], [], BOOK, trained)]
