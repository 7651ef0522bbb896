"""Tables as Parquet: the queries of the docs give the figures of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode
from parquet_queries import run_query


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, with its tables as Parquet."""
    folder = tmp_path_factory.mktemp("demo")
    assert qualcode("demo", "study", folder=folder).code == 0
    for words in (
        ("codings", "codings.parquet", "--layer", "all"),
        ("codings", "final.parquet", "--layer", "final"),
        ("turns", "turns.parquet"),
    ):
        told = qualcode("export", *words, folder=folder / "study")
        assert told.code == 0, told.err
    return folder / "study"


def test_reach(study: Path) -> None:
    ours: dict[str, int] = {}
    for theme in qualcode("themes", "--json", folder=study).json["themes"]:
        reaches = {theme["theme"]: theme["reaches"]}
        reaches |= {code["code"]: code["reaches"] for code in theme["codes"]}
        # A code that only some are asked about counts only those.
        ours |= {code: reach[0]["cases"] for code, reach in reaches.items() if reach[0]["of"] == 10}
    counted = dict(run_query("reach", study))
    assert {code: counted.get(code, 0) for code in ours} == ours
    assert len(ours) > 30


def test_co_occurrence(study: Path) -> None:
    ours = {
        (*sorted((pair["first"], pair["second"])), pair["together"])
        for theme in qualcode("themes", "--json", folder=study).json["themes"]
        for pair in theme["pairs"]
        if pair["unit"] == "passage"
    }
    assert set(run_query("co-occurrence", study)) == ours
    assert len(ours) > 30


def test_agreement(study: Path) -> None:
    codes = qualcode("agreement", "--coders", "anna,bram", "--json", folder=study).json["codes"]
    ours = {(code["code"], code["both"], code["only_a"], code["only_b"]) for code in codes}
    given = {row for row in ours if any(row[1:])}
    assert set(run_query("agreement", study)) == given
    assert len(given) > 30
