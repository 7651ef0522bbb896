"""Words that set a theme apart: Monroe, Colaresi and Quinn 2008."""

from collections import Counter
from math import log, sqrt
from typing import Any

import pytest

from qualcode.themes import log_odds, summarize_themes


def test_log_odds_by_hand() -> None:
    """Word a: 3 of 4 inside, 1 of 4 outside, prior 4 of 8. Odds inside (3 + 4)/(12 - 7) = 7/5,
    outside (1 + 4)/(12 - 5) = 5/7; ln(49/25) = .6729; variance 1/7 + 1/5; z = 1.149.
    """
    found = log_odds({"a": 3, "b": 1}, {"a": 1, "b": 3}, {"a": 4, "b": 4})
    assert found[0].word == "a"
    assert found[0].log_odds == pytest.approx(log(49 / 25))
    assert found[0].z == pytest.approx(log(49 / 25) / sqrt(1 / 7 + 1 / 5))
    assert found[1].z == pytest.approx(-found[0].z)


def test_the_figures_of_an_independent_implementation() -> None:
    """Two sentences of nine words, prior .05 for each: z of a word said once, in the second
    only, is -.6894 (documentation of the package fightin_words); of a shared word, 0.
    """
    one = Counter("the quick brown fox jumps over the lazy pig".split())
    other = Counter("the lazy purple pig jumps over the lazier donkey".split())
    z = {w.word: w.z for w in log_odds(one, other, dict.fromkeys(one | other, 0.05))}
    assert z["donkey"] == pytest.approx(-0.6894227886807968)
    assert z["quick"] == pytest.approx(0.6894227886807968)
    assert z["jumps"] == pytest.approx(0)


def test_a_theme_is_set_apart_by_respondents_words_only(study: Any, book: Any) -> None:
    texts = {
        "U1": "I: [boss boss boss|work]\nR: [hours hours hours and|work] fun fun and fun",
        "U2": "R: [hours too|work] [fun and fun|play]",
    }
    work, play = summarize_themes(*study(texts, book("work", "play")).parts)
    assert [(w.word, w.inside, w.outside) for w in work.distinctive_words] == [("hours", 4, 0)]
    assert [(w.word, w.inside, w.outside) for w in play.distinctive_words] == [("fun", 2, 3)]


def test_a_theme_without_passages_has_a_reason_instead_of_words(study: Any, book: Any) -> None:
    work, _ = summarize_themes(*study({"U1": "R: [so|play] much"}, book("work", "play")).parts)
    assert work.distinctive_words == ()
    assert work.words_undefined_because == "respondents say nothing in its passages"


def test_a_theme_that_holds_everything_has_nothing_to_be_set_apart_from(
    study: Any, book: Any
) -> None:
    (work,) = summarize_themes(*study({"U1": "R: [so so much|work]"}, book("work")).parts)
    assert work.words_undefined_because == "its passages hold everything that respondents say"
