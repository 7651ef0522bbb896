"""Coefficients of a table of ratings: weights by the formula, and what the table may look like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

import pytest

from cli_runner import qualcode
from qualcode.agreement import COEFFICIENTS, coefficient
from qualcode.errors import InvalidTableError, UndefinedRequestError, UnknownNameError
from qualcode.project import compare_ratings

LABELS = (1, 2, 3, 5)
RATINGS: dict[str, list[Any]] = {
    "anna": [1, 2, 3, 5, 1, 2, None, 5, 3, 2, 1, 5],
    "bram": [1, 2, 5, 5, 2, 2, 3, 3, 3, 1, None, 5],
    "carl": [1, 3, 3, 5, 1, 2, 3, 5, 2, 2, 1, None],
}
WEIGHTS: dict[str, Callable[[int, int], float]] = {
    "ordinal": lambda k, m: 1 - comb(abs(k - m) + 1, 2) / comb(len(LABELS), 2) if k != m else 1.0,
    "interval": lambda k, m: 1 - (LABELS[k] - LABELS[m]) ** 2 / (5 - 1) ** 2,
    "ratio": lambda k, m: (
        1 - ((LABELS[k] - LABELS[m]) / (LABELS[k] + LABELS[m])) ** 2 / (4 / 6) ** 2
    ),
}
"""Weights of agreement in part, as Gwet (2014, chapter 3) writes them out."""


def shares_by_unit() -> list[list[int]]:
    """Return how many coders gave each label, for each unit with two labels or more."""
    units = zip(*RATINGS.values(), strict=True)
    counts = [[unit.count(label) for label in LABELS] for unit in units]
    return [unit for unit in counts if sum(unit) > 1]


def weighted(name: str, weight: Callable[[int, int], float]) -> float:
    """Return a coefficient by its formula, in plain loops over units and labels."""
    places = range(len(LABELS))
    units = shares_by_unit()
    observed = sum(
        sum(unit[k] * (sum(weight(k, m) * unit[m] for m in places) - 1) for k in places)
        / (sum(unit) * (sum(unit) - 1))
        for unit in units
    ) / len(units)
    everyone = [
        [unit.count(label) for label in LABELS] for unit in zip(*RATINGS.values(), strict=True)
    ]
    shares = [sum(unit[k] / sum(unit) for unit in everyone) / len(everyone) for k in places]
    total = sum(weight(k, m) for k in places for m in places)
    chance = {
        "fleiss_kappa": sum(weight(k, m) * shares[k] * shares[m] for k in places for m in places),
        "brennan_prediger": total / len(LABELS) ** 2,
        "gwet_ac2": total / (len(LABELS) * (len(LABELS) - 1)) * sum(p * (1 - p) for p in shares),
    }[name]
    return (observed - chance) / (1 - chance)


@pytest.mark.parametrize("weights", sorted(WEIGHTS))
@pytest.mark.parametrize("name", ["fleiss_kappa", "brennan_prediger", "gwet_ac2"])
def test_weighted_figures_of_a_team_follow_their_formula(name: str, weights: str) -> None:
    figure = coefficient(f"{name}_{weights}", RATINGS, categories=LABELS)
    assert figure.value == pytest.approx(weighted(name, WEIGHTS[weights]))


@pytest.mark.parametrize("weights", sorted(WEIGHTS))
def test_cohens_kappa_with_weights_follows_its_formula(weights: str) -> None:
    """Conger's of two coders is the same (Conger 1980)."""
    pairs = [
        (LABELS.index(a), LABELS.index(b))
        for a, b in zip(RATINGS["anna"], RATINGS["bram"], strict=True)
        if a and b
    ]
    weight = WEIGHTS[weights]
    observed = sum(weight(k, m) for k, m in pairs) / len(pairs)
    chance = sum(weight(k, m) for k, _ in pairs for _, m in pairs) / len(pairs) ** 2
    ratings = {name: RATINGS[name] for name in ("anna", "bram")}
    figure = coefficient(f"cohen_kappa_{weights}", ratings, categories=LABELS)
    assert figure.value == pytest.approx((observed - chance) / (1 - chance))
    complete = {name: [LABELS[pair[place]] for pair in pairs] for place, name in enumerate(ratings)}
    conger = coefficient(f"conger_kappa_{weights}", complete, categories=LABELS)
    assert conger.value == pytest.approx(figure.value)


def test_congers_kappa_with_weights_is_the_mean_of_pairs_over_the_same_units() -> None:
    """Where all coders rated all units: chance is the mean of the chances of the pairs."""
    ratings = {"a": [1, 2, 3, 5, 2, 2], "b": [1, 3, 3, 5, 2, 1], "c": [2, 2, 3, 3, 2, 1]}
    weight, places = WEIGHTS["ordinal"], LABELS.index
    rows = {name: [places(label) for label in row] for name, row in ratings.items()}
    pairs = list(combinations(rows.values(), 2))
    observed = sum(weight(k, m) for x, y in pairs for k, m in zip(x, y, strict=True)) / 6 / 3
    chance = sum(weight(k, m) for x, y in pairs for k in x for m in y) / 36 / 3
    figure = coefficient("conger_kappa_ordinal", ratings, categories=LABELS)
    assert figure.value == pytest.approx((observed - chance) / (1 - chance))


# --- tables -------------------------------------------------------------------------------------


def written(folder: Path, rows: Sequence[Sequence[object]], name: str = "ratings.csv") -> Path:
    path = folder / name
    lines = (";".join(map(str, row)) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def table(folder: Path) -> Path:
    units = zip(*RATINGS.values(), strict=True)
    rows = [
        (n, *("NA" if label is None else label for label in unit)) for n, unit in enumerate(units)
    ]
    return written(folder, [("unit", *RATINGS), *rows])


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval", "ratio"])
def test_a_table_gives_the_figures_of_its_scale(scale: str, tmp_path: Path) -> None:
    figures = compare_ratings(table(tmp_path), scale)
    assert [figure.units for figure in figures] == [12] * len(figures)
    for figure in figures:
        assert figure.value == coefficient(figure.name, RATINGS, categories=LABELS).value
        assert not COEFFICIENTS[figure.name].two_coders
    pair = compare_ratings(table(tmp_path), scale, coders=["anna", "bram"])
    assert not [f.name for f in pair if f.name.startswith(("fleiss", "conger"))]


def test_words_need_their_order_and_their_names(tmp_path: Path) -> None:
    path = written(tmp_path, [("nr", "a", "b"), (1, "laag", "laag"), (2, "hoog", "midden")])
    with pytest.raises(UndefinedRequestError, match="hoog, laag, midden"):
        compare_ratings(path, "ordinal")
    order = ["laag", "midden", "hoog"]
    values = {f.name: f.value for f in compare_ratings(path, "ordinal", order)}
    codes = {"a": [1, 3], "b": [1, 2]}
    assert values["cohen_kappa_linear"] == (
        coefficient("cohen_kappa_linear", codes, categories=[1, 2, 3]).value
    )
    with pytest.raises(UnknownNameError):
        compare_ratings(path, "ordinal", ["laag", "hoog"])


def test_a_dutch_word_is_a_label_and_a_missing_one_is_none(tmp_path: Path) -> None:
    path = written(
        tmp_path, [("nr", "a", "b"), (1, "voor", "na"), (2, "na", "na"), (3, "NA", "na")]
    )
    (observed, *_) = compare_ratings(path)
    assert (observed.units, observed.value) == (2, 0.5)


def test_what_is_no_table_of_ratings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidTableError, match="fewer than two columns of coders"):
        compare_ratings(written(tmp_path, [("nr", "a"), (1, 2)]))
    several = written(tmp_path, [("unit", "code", "a", "b"), (1, "x", 1, 0), (1, "y", 1, 1)])
    with pytest.raises(InvalidTableError, match="rows of several codes"):
        compare_ratings(several)
    with pytest.raises(UnknownNameError):
        compare_ratings(table(tmp_path), "likert")
    with pytest.raises(UnknownNameError):
        compare_ratings(table(tmp_path), coders=["anna", "dora"])


def test_interviews_are_the_sample(tmp_path: Path) -> None:
    rows = [("transcript", "unit", "a", "b")]
    for n in range(48):
        is_given = n % 3 == 0
        rows.append((f"G{n % 6}", str(n), str(is_given), str(is_given ^ (n % 7 == 0))))
    clustered = compare_ratings(written(tmp_path, rows))[1]
    plain = compare_ratings(written(tmp_path, [row[1:] for row in rows], "plain.csv"))[1]
    assert clustered.name == "cohen_kappa"
    assert clustered.value == plain.value
    assert clustered.interval != plain.interval


def test_the_command_prints_words_in_the_language_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("agreement", "ratings", table(tmp_path), "--scale", "ratio")
    assert "Fleiss' kappa, ratio weights" in qualcode(*words, folder=tmp_path).out
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")
    assert "de kappa van Fleiss, ratiogewichten" in qualcode(*words, folder=tmp_path).out
    assert qualcode("agreement", "ratings", tmp_path / "none.csv", folder=tmp_path).code == 1
