"""What would teach most, and from which probability on a code is trusted."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode.suggesting.guidance import ALLOWED, BOUND, conformal_threshold, teaching_values


def test_doubt_teaches_and_certainty_does_not() -> None:
    chances = np.array([[0.5, 0.0], [0.98, 0.0], [0.02, 0.0]])
    values = teaching_values(chances, np.array([0, 0])).sum(axis=1)
    assert values[0] > values[1] == pytest.approx(values[2])


def test_a_code_with_few_examples_teaches_more() -> None:
    few, many = teaching_values(np.array([[0.5, 0.5]]), np.array([1, 80]))[0]
    assert few > many


def test_few_new_interviews_have_more_wrong_suggestions_than_allowed() -> None:
    """Drawn anew 400 times: nine interviews set the threshold, the tenth keeps within the bound."""
    generator = np.random.default_rng(7)
    groups = np.repeat(np.arange(10), 30)
    exceeded = 0
    for _ in range(400):
        level = np.repeat(generator.uniform(0, 0.5, 10), 30)
        chances = np.clip(level + generator.uniform(0, 0.5, 300), 0, 1)
        coded = generator.random(300) < 0.2
        known = groups < 9
        threshold = conformal_threshold(chances[known], coded[known], groups[known])
        exceeded += (chances[~known & ~coded] > threshold).sum() > ALLOWED
    assert exceeded / 400 <= BOUND + 0.05


def test_with_too_few_interviews_no_probability_is_high_enough() -> None:
    chances, coded = np.array([0.9, 0.8, 0.7]), np.zeros(3, dtype=bool)
    assert conformal_threshold(chances, coded, np.array([0, 0, 1])) == 1.0
