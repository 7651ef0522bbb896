"""The modules of the package in one order: a reader can begin at the first."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = "qualcode.suggesting"
FOLDER = Path(__file__).parents[2] / "src" / "qualcode" / "suggesting"


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom))
    return {name.removeprefix(f"{PACKAGE}.") for name in found if name.startswith(f"{PACKAGE}.")}


def test_no_module_imports_one_that_imports_it_not_even_for_the_type_checker() -> None:
    graph = {path.stem: imported(path) for path in FOLDER.glob("*.py")}
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("texts") < order.index("concordance") < order.index("ranker")
