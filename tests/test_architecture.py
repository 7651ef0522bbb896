"""Holds the table of layers in ARCHITECTURE.md: who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from source_trees import parse_module

SOURCE = Path(__file__).parents[1] / "src" / "qualcode"
APP = Path(__file__).parents[1] / "app"

LAYERS = {
    "errors": 0,
    "messages": 0,
    "catalogue": 0,
    "translation": 0,
    "lazy_exports": 0,
    "model": 0,
    "segmenting": 1,
    "placement": 1,
    "cell_guard": 1,
    "edit_script": 1,
    "phrases": 1,
    "speech": 0,
    "pseudonyms": 1,
    "sampling": 1,
    "agreement": 1,
    "adjudication": 1,
    "codebook_edits": 1,
    "themes": 1,
    "quotes": 1,
    "tables": 1,
    "importing": 2,
    "codebooks": 2,
    "language": 2,
    "suggesting": 2,
    "exporting": 2,
    "encryption": 2,
    "storage": 2,
    "project": 3,
    "study": 3,
    "cli": 4,
    "__main__": 4,
    "app": 4,
}
THIRD_PARTY = {
    0: set(),
    1: {"numpy", "pandas", "scipy"},
    3: set(),
    4: {"typer", "rich", "click", "streamlit", "starlette", "babel"},
}
CATALOGUES = {"babel"}
HEAVY = {
    "spacy",
    "streamlit",
    "pandas",
    "scipy",
    "sklearn",
    "altair",
    "docx",
    "openpyxl",
    "sqlalchemy",
}


@cache
def modules() -> list[Path]:
    return sorted(
        p
        for p in (*SOURCE.rglob("*.py"), *APP.rglob("*.py"))
        if p.parent != SOURCE or p.name != "__init__.py"
    )


def place(path: Path) -> tuple[str, ...]:
    """Return the names that lead to a module from the package: ("app", "pages", ...)."""
    inside = path.relative_to(SOURCE) if SOURCE in path.parents else path.relative_to(APP.parent)
    return inside.with_suffix("").parts


def shown(path: Path) -> str:
    return "/".join(place(path))


def room(path: Path) -> str:
    return place(path)[0]


def modules_of(name: str) -> list[Path]:
    """Return the modules of a room."""
    return [path for path in modules() if room(path) == name]


@cache
def imports(path: Path) -> tuple[tuple[str, bool], ...]:
    """Return each imported module's full name, and whether it is imported at the top."""
    return tuple(_read_imports(path))


def _read_imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield them one by one.

    Imports for the type checker alone are left out: nothing is loaded by them.
    """
    tree = parse_module(path)
    top = {id(node) for node in tree.body}
    unloaded = {
        id(inner)
        for node in tree.body
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in unloaded:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 or APP in path.parents, f"{path}: relative import"
            module = ".".join(("qualcode", *place(path)[: -node.level])) if node.level else ""
            module = ".".join(filter(None, (module, node.module)))
            if module == "qualcode" or module.startswith("qualcode.app"):
                yield from ((f"{module}.{alias.name}", id(node) in top) for alias in node.names)
            else:
                yield module, id(node) in top


# A test for each room, not for each of its modules: 700 tests take longer than what they look at.
ROOMS = sorted({room(path) for path in modules()})


@pytest.mark.parametrize("own", ROOMS)
def test_every_module_has_a_room_and_imports_only_from_its_own_or_lower_layers(own: str) -> None:
    assert own in LAYERS, f"{own} has no layer in this table"
    named = ((path, name) for path in modules_of(own) for name, _ in imports(path))
    for path, name in named:
        if not name.startswith("qualcode."):
            continue
        other = name.split(".")[1]
        if other in {own, "__version__"}:
            continue
        assert other in LAYERS, f"{shown(path)} imports {name}, which has no layer"
        if LAYERS[own] == 4:
            assert LAYERS[other] in {0, 3, 4}, f"{shown(path)} goes past Project to {name}"
        else:
            lower = LAYERS[other] < LAYERS[own] or LAYERS[other] == 0
            assert lower, f"{shown(path)} (layer {LAYERS[own]}) imports {name}"


@pytest.mark.parametrize("own", ROOMS)
def test_third_party_libraries_stay_in_the_layer_that_may_know_them(own: str) -> None:
    allowed = CATALOGUES if own == "translation" else THIRD_PARTY.get(LAYERS[own])
    for path in modules_of(own):
        for name, at_top in imports(path):
            package = name.split(".")[0]
            if package in {"qualcode", "__future__"} or package in sys.stdlib_module_names:
                continue
            if allowed is not None:
                assert package in allowed, f"{shown(path)} imports {package}"
            if LAYERS[own] != 2 and not (package == "streamlit" and draws(path)):
                heavy = at_top and package in HEAVY
                assert not heavy, f"{shown(path)} imports {package} at its top"


def draws(path: Path) -> bool:
    """Tell whether a module of the app draws: it is first imported when Streamlit runs."""
    return place(path)[0] == "app" and place(path)[1:] not in {("server",), ("hosting",)}


def test_a_page_owns_its_parts() -> None:
    """Only the page itself uses its parts; what two pages need is a widget."""
    for path in sorted({*APP.rglob("*.py")} - {APP / "navigation.py"}):
        page = place(path)[1:3] if place(path)[1] == "pages" else ()
        for name, _ in imports(path):
            parts = tuple(name.split("."))
            if parts[:3] == ("qualcode", "app", "pages"):
                assert parts[2:4] == page, f"{shown(path)} reaches into {name}"


def test_the_script_of_streamlit_only_imports_and_calls() -> None:
    tree = ast.parse((APP / "entry" / "main.py").read_text(encoding="utf-8"))
    for node in tree.body:
        value = node.value if isinstance(node, ast.Expr) else None
        assert isinstance(node, ast.ImportFrom) or isinstance(value, ast.Constant | ast.Call)


@pytest.mark.slow
def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from qualcode.cli.commands import build_app; build_app(); "
        "print(*sorted(set(m.split('.')[0] for m in sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(out.stdout.split())


def test_the_help_is_shown_without_the_values_of_a_project() -> None:
    code = (
        "import sys; from qualcode.cli import main; sys.argv[1:] = ['--help']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted(m for m in sys.modules if m.startswith('qualcode.model.')), file=sys.stderr)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stderr.split() == []


def test_a_command_loads_no_other_command() -> None:
    code = (
        "import sys; from qualcode.cli.commands import build_app; build_app('check'); "
        "print(*(m for m in ('adjudication', 'maintenance') if f'qualcode.cli.{m}' in sys.modules))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["maintenance"]


@pytest.mark.slow
def test_a_project_opens_without_the_libraries_of_reports(tmp_path: Path) -> None:
    code = (
        "import sys; from qualcode.project import Project; "
        f"Project.create({str(tmp_path / 'study.qualcode')!r}).close(); "
        f"Project.open({str(tmp_path / 'study.qualcode')!r}).history.events(); "
        "print(*sorted(set(m.split('.')[0] for m in sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not (HEAVY - {"sqlalchemy"} | {"numpy", "simplemma", "lxml"}) & set(out.stdout.split())


LAZY = (
    *("agreement", "codebooks", "exporting", "importing", "model", "project", "pseudonyms"),
    *("quotes", "segmenting", "themes"),
)


@pytest.mark.parametrize("name", LAZY)
def test_a_package_that_loads_late_has_every_name_that_it_gives(name: str) -> None:
    package = import_module(f"qualcode.{name}")
    assert [export for export in package.__all__ if not hasattr(package, export)] == []
    # Once a module is loaded, Python keeps it in its package, under its own name.
    modules = {path.stem for path in (SOURCE / name).iterdir()}
    assert modules & {*package.__all__} == set()
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = package.no_such_name


@pytest.mark.slow
def test_counts_of_codes_load_no_readers_of_interviews_and_no_search_for_names() -> None:
    code = (
        "import sys; from qualcode.project import Project; project = Project.create('sqlite://'); "
        "project.codings, project.cases, project.codebook, project.disclosure, project.agreement; "
        "print(*(m for m in sys.modules if m.startswith('qualcode.')))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    late = "importing.transcripts pseudonyms.detection exporting.reports.codebook"
    assert not {f"qualcode.{name}" for name in late.split()} & set(out.stdout.split())


def test_nothing_catches_every_exception_and_nothing_below_the_command_line_prints() -> None:
    for path in modules():
        tree = parse_module(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                name = getattr(node.type, "id", None)
                assert node.type is not None, f"{path}:{node.lineno}"
                # A job's error is raised again on the page that waits for the job.
                job = shown(path) == "app/background_jobs"
                assert job or name not in {"Exception", "BaseException"}, f"{path}:{node.lineno}"
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
                assert LAYERS[room(path)] == 4, f"{path}:{node.lineno} prints"
