"""Measures how the source code is built: names, comments, classes, reads of the store.

Run ``python benchmarks/house.py`` in a checkout; ``-v`` names the place of each finding, and
folders as arguments limit the count of names and comments to them. The script only reads the
source code, but for the reads per report, which it counts while it makes the reports of the demo
(left out with ``--static``).
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import shutil
import subprocess
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CORE = ROOT / "src" / "qualcode"
APP = ROOT / "app"

PRONOUNS = frozenset(
    """
    one ones other others another it its this that these those here there both either neither
    which what who whom whose some any all_ each every none nothing something anything everything
    own mine self_ rest such same so more most less few much many
    """.split()
)
PARTICIPLES = frozenset(
    """
    found made told shown said given asked done kept taken seen held known left wanted offered
    drawn put got gone come became begun chosen_ meant thought brought sent met built tried used
    read_ heard stood felt lost written_ spoken_ behind beside apart aside anew telling making
    finding showing going being doing having giving taking keeping saying asking looking
    """.split()
)
DIRECTIVES = re.compile(r"#\s*(noqa|type:|fmt:|pragma|ruff:|mypy:|!|-\*-)")
# Nouns that end in -ing: a module of one of these names is no gerund.
NOUNS = frozenset("coding string heading rating meeting setting".split())
GERUND = re.compile(r"[a-z]{2,}ing$")


def collect_modules(folders: Iterable[Path]) -> list[Path]:
    """Return the Python files of folders, without migrations of the database."""
    paths = (path for folder in folders for path in sorted(folder.rglob("*.py")))
    return [path for path in paths if "migrations" not in path.parts]


def find_gerunds(paths: Iterable[Path]) -> tuple[list[Path], int]:
    """Return the modules that have a gerund as their name, and the number of modules."""
    named = [path for path in paths if path.stem not in {"__init__", "__main__"}]
    return [path for path in named if is_gerund(path.stem)], len(named)


def is_gerund(name: str) -> bool:
    """Tell whether the head of a name (its last word) is a gerund."""
    word = name.rsplit("_", maxsplit=1)[-1]
    return bool(GERUND.match(word)) and word not in NOUNS


def collect_variables(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield name and line of each variable and parameter, where it gets its value."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg) and node.arg not in {"self", "cls"}:
            yield node.arg, node.lineno
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name, node.lineno


def find_pronouns(paths: Iterable[Path]) -> tuple[list[tuple[Path, int, str]], int]:
    """Return place and name of each variable that is a pronoun or participle, and of how many."""
    hits, total = [], 0
    for path in paths:
        for name, line in collect_variables(ast.parse(path.read_text(encoding="utf-8"))):
            total += 1
            if name.strip("_") in PRONOUNS | PARTICIPLES or name in PRONOUNS:
                hits.append((path, line, name))
    return hits, total


def count_comments(paths: Iterable[Path]) -> tuple[int, int]:
    """Return the lines with a comment for readers, and the lines of code that are not empty."""
    comments = lines = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        lines += sum(1 for line in text.splitlines() if line.strip())
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and not DIRECTIVES.match(token.string):
                comments += 1
    return comments, lines


def measure_project() -> dict[str, object]:
    """Return the length of the chain of classes of Project and its public names."""
    from qualcode.project import Project

    chain = [cls for cls in Project.__mro__ if cls.__module__.startswith("qualcode.")]
    names = {name for name in dir(Project) if not name.startswith("_")}
    parts = {}
    for name, attribute in vars(Project).items():
        part = getattr(attribute, "func", None) or getattr(attribute, "fget", None)
        returned = getattr(part, "__annotations__", {}).get("return", "")
        cls = _find_class(str(returned))
        if cls is not None:
            parts[name] = len([verb for verb in dir(cls) if not verb.startswith("_")])
    return {"chain": len(chain), "names": len(names), "parts": parts}


def _find_class(name: str) -> type | None:
    import importlib
    import pkgutil

    import qualcode.project as package

    for module in pkgutil.iter_modules(package.__path__):
        loaded = importlib.import_module(f"qualcode.project.{module.name}")
        cls = getattr(loaded, name, None)
        if isinstance(cls, type) and cls.__module__ == loaded.__name__:
            return cls
    return None


def count_tsc_errors() -> int | None:
    """Return the number of type errors in the JavaScript; None without Node.js's npx."""
    npx = shutil.which("npx")
    if npx is None:
        return None
    command = [npx, "--no-install", "tsc", "--noEmit"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode and "error TS" not in result.stdout:
        return None
    return result.stdout.count("error TS")


def _short(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def main() -> None:
    """Print each measure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--static", action="store_true")
    options = parser.parse_args()
    groups = {"core": [CORE], "app": [APP]}
    if options.folders:
        groups = {"here": [folder.resolve() for folder in options.folders]}
    for group, folders in groups.items():
        paths = collect_modules(folders)
        gerunds, modules = find_gerunds(paths)
        hits, variables = find_pronouns(paths)
        comments, lines = count_comments(paths)
        for title, count, of, goal in (
            ("modules named by a gerund", len(gerunds), modules, "< 5%"),
            ("pronouns, participles as names", len(hits), variables, "< 1%"),
            ("lines that are comments", comments, lines, "2.5% to 3.5%"),
        ):
            print(f"{group:5}{title:32}{count:6} of {of:6} ({count / max(of, 1):.1%}; goal {goal})")
        if options.verbose:
            for path in gerunds:
                print(f"  {_short(path)}: gerund")
            for path, line, name in hits:
                print(f"  {_short(path)}:{line}: {name}")
            common = Counter(name for _, _, name in hits).most_common(12)
            print("  " + ", ".join(f"{name} {count}" for name, count in common))


if __name__ == "__main__":
    main()
