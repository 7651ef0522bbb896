"""How good suggestions are for single quotes: run ``python benchmarks/suggesting_quotes.py``.

The quotes are invented, written apart from the codebook, and given without a question or a
project. ``easy`` are short; ``hard`` are as people talk, and only half of them was used to set
weights: ``held out`` is the other half. A quote is right when its code is the suggested one,
where motives and consequences count as one code each, in three ways of getting there: the
likeliest code of the book decides (``best``), the probabilities of the codes below are added up
(``sum``), or the codebook is cut to seventeen codes beforehand (``cut``).

``blind`` quotes were written from situations, by a language model that had not read the terms of
the codebook; half of them is ``held out``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.codebooks import read_codebook
from qualcode.language import load_language
from qualcode.model import Codebook
from qualcode.suggesting import bundled_embedder, rank_segments
from qualcode.suggesting.evaluation import DROPOUT, DROPOUT_SEEDS, drop_terms

ROOT = Path(__file__).parents[1]
JOINED = ("motives", "consequences")
DRAWS = 1000
BINS = 10

Line = dict[str, Any]


def unit(path: str) -> str:
    """Return the code as it is counted."""
    theme = path.partition("/")[0]
    return theme if theme in JOINED else path


def cut_to_units(book: Codebook) -> Codebook:
    """Return the codebook with the codes under motives and consequences left out."""
    return replace(book, codes=tuple(code for code in book.codes if unit(code.path) == code.path))


def quotes() -> Iterator[tuple[str, list[Line]]]:
    """Yield each set of quotes with its name."""
    folder = ROOT / "tests" / "suggesting"
    easy, hard, blind = (
        [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
        for name in ("quotes.jsonl", "quotes_hard.jsonl", "quotes_blind.jsonl")
    )
    yield "easy", easy
    yield "hard", [quote for quote in hard if not quote["held_out"]]
    yield "hard, held out", [quote for quote in hard if quote["held_out"]]
    yield "blind", [quote for quote in blind if not quote["held_out"]]
    yield "blind, held out", [quote for quote in blind if quote["held_out"]]


def chances(
    book: Codebook, said: Sequence[Line], how: str, *, with_meaning: bool = True
) -> tuple[list[str], NDArray[Any]]:
    """Return the codes as they are counted, and their probabilities, one row per quote."""
    embedder = bundled_embedder() if with_meaning else None
    lines, _ = rank_segments(book, load_language("nl"), said, embedder=embedder)
    units = sorted({unit(path) for path in book.paths} - {"users", "influences"})
    table = np.zeros((len(said), len(units)))
    for row, line in enumerate(lines):
        for item in line["suggestions"]:
            if unit(item["code"]) in units:
                column = units.index(unit(item["code"]))
                value = item["probability"]
                before = table[row, column]
                table[row, column] = before + value if how == "sum" else max(before, value)
    return units, table


def calibration(confidence: NDArray[Any], right: NDArray[Any]) -> float:
    """Return the expected calibration error of the first suggestions."""
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        (place == n).mean() * abs(confidence[place == n].mean() - right[place == n].mean())
        for n in range(BINS)
        if (place == n).any()
    ]
    return float(sum(gaps))


def figures(units: list[str], table: NDArray[Any], codes: Sequence[str]) -> dict[str, str]:
    """Return the figures with 95% intervals from drawing quotes again."""
    themes = np.array([name.partition("/")[0] for name in units])
    truth = np.array([units.index(code) for code in codes])
    order = np.argsort(-table, axis=1, kind="stable")
    place = (order == truth[:, None]).argmax(axis=1)
    hits = {
        "first": place < 1,
        "three": place < 3,
        "five": place < 5,
        "theme": themes[order[:, 0]] == themes[truth],
    }
    confidence = np.minimum(table.max(axis=1), 1)
    draws = np.random.default_rng(1).integers(0, len(codes), (DRAWS, len(codes)))
    found = {
        name: _interval(float(hit.mean()), [hit[draw].mean() for draw in draws])
        for name, hit in hits.items()
    }
    drawn = [calibration(confidence[draw], hits["first"][draw]) for draw in draws]
    return {**found, "ECE": _interval(calibration(confidence, hits["first"]), drawn)}


def _interval(value: float, drawn: list[Any]) -> str:
    low, high = np.quantile(drawn, (0.025, 0.975))
    return f"{value:.2f} [{low:.2f}, {high:.2f}]"


def main() -> None:
    book, _ = read_codebook(ROOT / "codebooks" / "substance_use.yaml")
    ways = (("best", book), ("sum", book), ("cut", cut_to_units(book)))
    for name, said in quotes():
        print(f"\n{name}, {len(said)} quotes")
        for how, used in ways:
            units, table = chances(used, said, how)
            codes = [unit(quote["code"]) for quote in said]
            told = figures(units, table, codes)
            print(f"  {how:5s}" + "".join(f"  {key} {value}" for key, value in told.items()))
        units, table = chances(book, said, "best")
        told = figures(units, chances(book, said, "best", with_meaning=False)[1], codes)
        print("  words alone: " + "  ".join(f"{key} {value}" for key, value in told.items()))
        for seed in DROPOUT_SEEDS:
            fewer = chances(drop_terms(book, DROPOUT, seed), said, "best")[1]
            told = figures(units, fewer, codes)
            print(f"  half of the terms, {seed}: {told}")
        moved = dict(zip(units, units[5:] + units[:5], strict=True))
        chance = figures(units, table, [moved[code] for code in codes])
        print(f"  labels permuted: first {chance['first']}, three {chance['three']}")


if __name__ == "__main__":
    main()
