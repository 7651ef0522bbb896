"""Results are kept per text, and the texts used longest ago leave first."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.language.cache import ResultCache


class Lengths:
    """An analysis that notes which texts it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[int]:
        self.texts += texts
        return [len(text) for text in texts]


def test_a_text_is_analysed_once() -> None:
    lengths = Lengths()
    cache = ResultCache(lengths)
    assert cache.results_of(["ja", "nee", "ja"]) == [2, 3, 2]
    assert cache.results_of(["nee", "goed"]) == [3, 4]
    assert lengths.texts == ["ja", "nee", "goed"]


def test_the_text_used_longest_ago_leaves_first() -> None:
    lengths = Lengths()
    cache = ResultCache(lengths, capacity=5)
    for text in ("aa", "bb", "aa", "cc"):
        cache.results_of([text])
    cache.results_of(["aa", "bb"])
    assert lengths.texts == ["aa", "bb", "cc", "bb"]


def test_more_text_than_fits_still_gives_every_result() -> None:
    cache = ResultCache(Lengths(), capacity=3)
    assert cache.results_of(["aaaa", "bb", "c"]) == [4, 2, 1]


def test_a_text_with_half_a_character_is_a_text() -> None:
    assert ResultCache(Lengths()).results_of(["\ud83d", "ja"]) == [1, 2]
