"""A draw of interviews can be done again, is fair to the strata, and its width is told."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InvalidValueError
from qualcode.sampling import draw_sample

NAMES = [f"G{number:02}" for number in range(1, 21)]


def test_the_same_seed_draws_the_same_interviews_for_ever() -> None:
    assert draw_sample(NAMES, 4, 3) == ("G02", "G06", "G07", "G11")
    assert draw_sample(NAMES[::-1], 4, 3) == ("G11", "G07", "G06", "G02")


@given(st.integers(0, 10_000), st.integers(1, 20))
def test_a_draw_has_the_size_asked_for_and_the_order_given(seed: int, size: int) -> None:
    drawn = draw_sample(NAMES, size, seed)
    assert len(drawn) == size
    assert list(drawn) == [name for name in NAMES if name in drawn]


@given(st.integers(0, 1000), st.lists(st.sampled_from("abc"), min_size=20, max_size=20))
def test_every_stratum_gets_its_share_and_at_least_one(seed: int, groups: list[str]) -> None:
    strata = dict(zip(NAMES, groups, strict=True))
    sizes = Counter(groups)
    drawn = Counter(strata[name] for name in draw_sample(NAMES, 8, seed, strata))
    assert sum(drawn.values()) == 8
    for group, size in sizes.items():
        assert 1 <= drawn[group] <= size
        assert abs(drawn[group] - 8 * size / 20) < 1.5


def test_every_interview_is_drawn_about_as_often_over_many_seeds() -> None:
    counts = Counter(name for seed in range(2000) for name in draw_sample(NAMES, 5, seed))
    assert min(counts.values()) > 420
    assert max(counts.values()) < 580


@pytest.mark.parametrize("size", [0, 21])
def test_more_than_there_is_or_none_is_refused(size: int) -> None:
    with pytest.raises(InvalidValueError, match="1 to 20"):
        draw_sample(NAMES, size, 1)
