"""Positions in the browser (UTF-16) against positions in the project (code points)."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

MODULE = Path(__file__).parents[2] / "app" / "components" / "offsets.js"
PIECES = [
    *("a", "é", "e\u0301", "ij", " ", "\n", "…", "“"),
    *("😅", "👩‍👩‍👧‍👦", "🇳🇱", "👍🏽", "\U00020bb7", "क्षि", "각"),
]

CHECK = """async ([source, cases]) => {
  const module = await import(`data:text/javascript;base64,${source}`);
  return cases.map(([text, point]) => {
    const pairs = module.pairsOf(text);
    const unit = module.toUnits(pairs, point);
    return [unit, module.toPoints(pairs, unit)];
  });
}"""
CALL = """async ([source, name, values]) => {
  const module = await import(`data:text/javascript;base64,${source}`);
  return values.map((one) => module[name](...one));
}"""


@pytest.fixture
def source() -> str:
    return base64.b64encode(MODULE.read_bytes()).decode()


def call(page: Page, source: str, name: str, *values: list[Any]) -> list[Any]:
    return list(page.evaluate(CALL, [source, name, list(values)]))


def test_ten_thousand_positions_convert_without_an_error(page: Page, source: str) -> None:
    draw = random.Random(7)
    cases: list[tuple[str, int]] = []
    for _ in range(10_000):
        text = "".join(draw.choices(PIECES, k=draw.randrange(1, 40)))
        cases.append((text, draw.randrange(len(text) + 1)))
    results = page.evaluate(CHECK, [source, cases])
    for (text, point), (unit, back) in zip(cases, results, strict=True):
        assert unit == len(text[:point].encode("utf-16-le")) // 2
        assert back == point


def test_a_selection_takes_whole_characters_and_whole_words(page: Page, source: str) -> None:
    family = "👩‍👩‍👧‍👦"
    assert call(page, source, "snapCharacters", [f"a{family}b", 3, 5]) == [[1, 1 + 11]]
    assert call(page, source, "snapWords", ["Thanks for making time", 2, 9]) == [[0, 10]]
    assert call(page, source, "trim", ["  een woord ", 0, 12], ["   ", 0, 3]) == [[2, 11], None]


def test_a_cursor_moves_by_words_and_stops_at_the_ends(page: Page, source: str) -> None:
    text = "Een, twee drie."
    moves = call(
        page,
        source,
        "wordEdge",
        [text, 3, 1, "end"],
        [text, 9, -1, "end"],
        [text, 0, 1, "start"],
        [text, 14, 1, "end"],
    )
    assert moves == [9, 3, 5, 15]
