"""Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50(6), 2347-2364.

Expected figures were worked independently of this code from the formulas of sections 3 to 5.
"""

from typing import Any

import pytest

from qualcode.agreement import unitizing

THREE = {
    "Alex": [(2, 5, "1"), (9, 11, "1"), (12, 20, "2")],
    "Paul": [(2, 5, "1"), (7, 15, "2")],
    "Susan": [(2, 5, "1"), (10, 15, "2")],
}


@pytest.mark.parametrize(
    ("name", "label", "value"),
    [
        ("u_alpha", None, 0.474),
        ("u_alpha_binary", None, 0.433),
        ("cu_alpha", None, 0.779),
        ("ku_alpha", "1", 0.769),
        ("ku_alpha", "2", 0.787),
    ],
)
def test_three_coders_of_twenty_positions(name: str, label: str | None, value: float) -> None:
    more: dict[str, Any] = {"label": label} if label else {}
    found = unitizing(name, THREE, length=20, **more)
    assert found.value == pytest.approx(value, abs=0.0005)


def test_u_alpha_by_hand() -> None:
    """Two coders, one unit each: Do 150/1000; units subtract their squares, gaps their length."""
    spans = {"a": [(0, 100, "x")], "b": [(50, 200, "x")]}
    own = 100**2 + 150**2 + 1750
    expected = 2 * 250 * 1750 * 2000 / (2000**2 - own)
    found = unitizing("u_alpha", spans, length=1000)
    assert found.value == pytest.approx(1 - 300 / expected)
    assert found.observed == pytest.approx(0.85)


def test_lengths_in_another_unit_hardly_change_it() -> None:
    """Stretching text and spans alike leaves all but the correction for gaps."""
    long = {coder: [(s * 50, e * 50, c) for s, e, c in own] for coder, own in THREE.items()}
    cu, stretched = (
        unitizing("cu_alpha", THREE, length=20),
        unitizing("cu_alpha", long, length=1000),
    )
    assert cu.value == pytest.approx(stretched.value)


@pytest.mark.parametrize("name", ["u_alpha", "u_alpha_binary", "cu_alpha"])
def test_identical_coders_agree_fully(name: str) -> None:
    own = [(0, 4, "x"), (6, 9, "y")]
    assert unitizing(name, {"a": own, "b": own}, length=20).value == 1


def test_one_label_leaves_nothing_to_vary() -> None:
    own = [(0, 4, "x")]
    found = unitizing("cu_alpha", {"a": own, "b": own}, length=20)
    assert found.value is None
    assert "one label" in str(found.undefined_because)


def test_labels_that_never_meet_have_no_coding_alpha() -> None:
    spans = {"a": [(0, 4, "x")], "b": [(5, 9, "y")]}
    found = unitizing("cu_alpha", spans, length=20)
    assert found.undefined_because == "the coders' units do not overlap anywhere"
