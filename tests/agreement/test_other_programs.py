"""What NVivo, MAXQDA and ATLAS.ti print of two spans in 1,000 characters."""

import numpy as np
import pytest

from qualcode.agreement import coefficient, unitizing

SPANS = {"a": [(0, 100, "x")], "b": [(50, 200, "x")]}


@pytest.mark.parametrize(
    ("name", "value"), [("dice", 0.40), ("jaccard", 0.25), ("holsti", 0.40), ("nvivo_kappa", 0.318)]
)
def test_one_worked_example(name: str, value: float) -> None:
    assert unitizing(name, SPANS, length=1000).value == pytest.approx(value, abs=0.0005)


def test_nvivo_shows_agreement_on_characters() -> None:
    assert unitizing("nvivo_kappa", SPANS, length=1000).observed == pytest.approx(0.85)


@pytest.mark.parametrize(
    ("name", "value"),
    [("gwet_ac1", 0.808), ("brennan_prediger", 0.70), ("alpha_nominal", 0.315)],
)
def test_the_same_example_as_characters(name: str, value: float) -> None:
    """Every character is a unit: 50 both, 50 A only, 100 B only, 800 neither."""
    ratings = {"a": [1] * 100 + [0] * 900, "b": [0] * 50 + [1] * 150 + [0] * 800}
    assert coefficient(name, ratings, categories=[0, 1]).value == pytest.approx(value, abs=0.0005)


def test_binary_unitizing_alpha_of_the_example_keeps_units_whole() -> None:
    """.320 in place of .315: a unit cannot be paired with itself (Krippendorff et al. 2016)."""
    found = unitizing("u_alpha_binary", SPANS, length=1000)
    assert found.value == pytest.approx(0.3202, abs=0.00005)


def test_segments_match_at_a_share_of_overlap() -> None:
    """90 of 100 characters shared is a match at 90%, not at 95%."""
    spans = {"a": [(0, 100, "x"), (200, 210, "y")], "b": [(10, 100, "x")]}
    assert unitizing("segment_match", spans, length=300).value == pytest.approx(2 / 3)
    assert unitizing("segment_match", spans, length=300, overlap=0.95).value == 0


def test_labels_are_compared_one_by_one() -> None:
    """The same passage with another label shares nothing."""
    spans = {"a": [(0, 10, "x")], "b": [(0, 10, "y")]}
    assert unitizing("dice", spans, length=20).value == 0


def test_overlapping_spans_of_one_label_count_once() -> None:
    spans = {"a": [(0, 10, "x"), (5, 15, "x")], "b": [(0, 15, "x")]}
    assert unitizing("jaccard", spans, length=20).value == 1


def test_segments_match_as_when_all_pairs_are_compared() -> None:
    """Sorted starts leave out most pairs, and no match."""
    rng = np.random.default_rng(2)

    def segments() -> list[tuple[int, int, str]]:
        starts, sizes = rng.integers(0, 2000, 300), rng.integers(1, 60, 300)
        labels = rng.choice(["a", "b"], 300)
        return [
            (int(s), int(s + n), str(label))
            for s, n, label in zip(starts, sizes, labels, strict=True)
        ]

    made = {"anna": segments(), "bram": segments()}
    for overlap in (0.05, 0.5, 0.9, 1.0):
        matched = 0
        for mine, others in ((made["anna"], made["bram"]), (made["bram"], made["anna"])):
            for start, end, label in mine:
                matched += any(
                    name == label
                    and min(end, high) > max(start, low)
                    and min(end, high) - max(start, low)
                    >= overlap * (max(end, high) - min(start, low))
                    for low, high, name in others
                )
        figure = unitizing("segment_match", made, length=2100, overlap=overlap)
        assert figure.value == pytest.approx(matched / 600)
