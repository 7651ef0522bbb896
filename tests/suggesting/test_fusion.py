"""Suggesters fused by a conditional logit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qualcode.language import load_language
from qualcode.model import FrozenMap
from qualcode.suggesting import CodedPassage, Ranker, SegmentText
from qualcode.suggesting.fusion import (
    DEFAULT_WEIGHTS,
    FEWEST_CODED,
    Weights,
    fit_weights,
    fuse,
    weights_for,
)
from small_book import BOOK

FLAT = (False, False, False)


@given(arrays(np.float64, (4, 3), elements=st.floats(0, 200)))
def test_probabilities_are_shares_whatever_the_scores(table: np.ndarray) -> None:
    chances = fuse({"terms": table}, FLAT)
    assert np.all(chances >= 0)
    assert chances.sum(axis=1) == pytest.approx(np.ones(4))


def test_a_higher_score_never_makes_a_code_less_likely() -> None:
    low = fuse({"entry": np.array([[1.0, 1, 1]])}, FLAT)
    high = fuse({"entry": np.array([[2.0, 1, 1]])}, FLAT)
    assert high[0, 0] > low[0, 0]


def test_a_suggester_without_a_weight_counts_for_nothing() -> None:
    chances = fuse({"unheard_of": np.array([[9.0, 0, 0]])}, FLAT)
    assert chances[0] == pytest.approx([1 / 3] * 3)


def test_general_codes_are_held_back() -> None:
    chances = fuse({}, (True, False, False), Weights(FrozenMap(), general=-1.0))
    assert chances.shape == (1, 3)
    assert chances[0, 0] < chances[0, 1]


def test_fitting_finds_the_suggester_that_tells_and_drops_the_one_that_does_not() -> None:
    rng = np.random.default_rng(1)
    chosen = rng.integers(0, 3, 600)
    told = rng.normal(0, 1, (600, 3))
    told[np.arange(600), chosen] += 2
    noise = rng.normal(0, 1, (600, 3))
    weights = fit_weights({"terms": told, "entry": noise}, FLAT, chosen)
    assert weights.of["terms"] > 1
    assert weights.of["entry"] < 0.15


def test_with_few_codings_the_weights_stay_near_where_they_were() -> None:
    told = np.array([[3.0, 0, 0], [0, 3, 0]])
    weights = fit_weights({"terms": told}, FLAT, np.array([0, 1]))
    assert weights.of["terms"] == pytest.approx(DEFAULT_WEIGHTS.of["terms"], rel=0.3)


def test_weights_say_where_they_come_from() -> None:
    told = np.array([[3.0, 0, 0]])
    assert "1 codings" in fit_weights({"terms": told}, FLAT, np.array([0])).source
    assert DEFAULT_WEIGHTS.source


def test_a_suggester_that_was_not_fitted_keeps_its_weight() -> None:
    weights = fit_weights({"terms": np.array([[3.0, 0, 0]])}, FLAT, np.array([0]))
    assert weights.of["examples"] == DEFAULT_WEIGHTS.of["examples"]


@pytest.mark.parametrize(
    ("passages", "is_fitted"), [(0, False), (FEWEST_CODED - 1, False), (FEWEST_CODED, True)]
)
def test_a_project_with_few_coded_passages_keeps_the_default_weights(
    passages: int, is_fitted: bool
) -> None:
    given = np.zeros((passages + 5, 3), dtype=bool)
    given[:passages, 1] = True
    weights = weights_for({"terms": np.ones((passages + 5, 3))}, FLAT, given)
    assert (weights is not DEFAULT_WEIGHTS) == is_fitted


def test_fitted_weights_make_probabilities_of_a_project_honest() -> None:
    """Where terms mislead, a suggestion that rests on them becomes less sure."""
    passages = [
        CodedPassage(SegmentText(str(n), "De dealer wil geld."), "G1", frozenset({code}))
        for n, code in enumerate(BOOK.paths * 12)
    ]
    ranker = Ranker(BOOK, load_language("nl"))
    segment = [SegmentText("s", "Geld en euro's.")]
    before = ranker.rank(segment).of(0)[0].probability
    after = ranker.learn(passages).rank(segment).of(0)[0].probability
    assert after < before - 0.2
    assert ranker.weights is DEFAULT_WEIGHTS
