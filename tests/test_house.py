"""The house rules that can be counted hold, so that the code cannot slide back."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def house() -> dict[str, Any]:
    """Return the functions of the script that measures the source code."""
    return runpy.run_path(str(ROOT / "benchmarks" / "house.py"))


@pytest.fixture(scope="module")
def project(house: dict[str, Any]) -> tuple[int, int, dict[str, int]]:
    """Return classes and public names of Project, and public names of each part."""
    measure: tuple[int, int, dict[str, int]] = house["measure_project"]()
    return measure


@pytest.fixture(params=["core", "app"])
def paths(house: dict[str, Any], request: pytest.FixtureRequest) -> list[Path]:
    """Return the modules of the core, and then those of the app."""
    folders = {"core": ROOT / "src" / "qualcode", "app": ROOT / "app"}
    modules: list[Path] = house["collect_modules"]([folders[request.param]])
    return modules


def test_project_inherits_from_nothing(project: tuple[int, int, dict[str, int]]) -> None:
    assert project[0] == 1


def test_project_has_few_public_names(project: tuple[int, int, dict[str, int]]) -> None:
    assert project[1] <= 20


def test_no_part_of_a_project_has_many_verbs(project: tuple[int, int, dict[str, int]]) -> None:
    assert {name: count for name, count in project[2].items() if count > 15} == {}
    assert len(project[2]) > 10


def test_modules_have_nouns_as_names(house: dict[str, Any], paths: list[Path]) -> None:
    gerunds, modules = house["find_gerunds"](paths)
    assert len(gerunds) / modules < 0.05, gerunds


def test_variables_bear_names_of_things(house: dict[str, Any], paths: list[Path]) -> None:
    hits, variables = house["find_pronouns"](paths)
    assert len(hits) / variables < 0.01, hits


def test_comments_say_why(house: dict[str, Any], paths: list[Path]) -> None:
    comments, lines = house["count_comments"](paths)
    assert comments / lines >= 0.02


def test_functions_are_short(house: dict[str, Any], paths: list[Path]) -> None:
    assert house["find_long_functions"](paths, house["LONGEST_FUNCTION"]) == []


def test_the_length_of_a_function_is_that_of_its_statements(
    house: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "module.py"
    path.write_text('def f(\n    a,\n):\n    """Text."""\n    b = a\n    return b\n')
    assert house["find_long_functions"]([path], 2) == []
    assert house["find_long_functions"]([path], 1) == [(path, "f", 2)]


@pytest.mark.parametrize(
    ("name", "gerund"),
    [("telling", True), ("edit_finding", True), ("blinding", False), ("text_encoding", False)],
)
def test_gerunds_are_told_from_nouns(house: dict[str, Any], name: str, gerund: bool) -> None:
    assert house["is_gerund"](name) is gerund


def test_a_pronoun_is_found_where_it_gets_its_value(house: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("one = 1\ncoding = one\n", encoding="utf-8")
    assert house["find_pronouns"]([path]) == ([(path, 1, "one")], 2)


def test_directives_are_no_comments(house: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("a = 1  # noqa: F\n\n# why\nb = 2\n", encoding="utf-8")
    assert house["count_comments"]([path]) == (1, 3)
