"""Measures how the source code is built: names, comments, classes, reads of the store.

Run ``python benchmarks/house.py`` in a checkout; ``-v`` names the place of each finding, and
folders as arguments limit the count of names and comments to them. Reads of a report and the path
of a key press are measured on the demo study (``house_runtime``); ``--static`` leaves them out.
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
from functools import cache, cached_property
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
NOUNS = frozenset("blinding coding encoding heading meeting rating setting string".split())
LONGEST_FUNCTION = 60
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


@cache
def parse_module(path: Path) -> ast.Module:
    """Return the syntax tree of a module, which several measures read."""
    return ast.parse(path.read_text(encoding="utf-8"))


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
        for name, line in collect_variables(parse_module(path)):
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


def find_long_functions(paths: Iterable[Path], most: int) -> list[tuple[Path, str, int]]:
    """Return the functions whose statements take more than so many lines, with their length.

    Parameters and docstring do not count: a command is as long as its options need.
    """
    hits = []
    for path in paths:
        for node in ast.walk(parse_module(path)):
            if isinstance(node, ast.FunctionDef):
                statements = node.body[ast.get_docstring(node) is not None :]
                length = (node.end_lineno or 0) - statements[0].lineno + 1 if statements else 0
                if length > most:
                    hits.append((path, node.name, length))
    return hits


def measure_project() -> tuple[int, int, dict[str, int]]:
    """Return the classes of Project, its public names, and the public names of each part."""
    from qualcode.project import Project
    from qualcode.project.part import Part

    with Project.create("sqlite://") as project:
        names = [name for name in dir(project) if not name.startswith("_")]
        parts = {
            name: len(_find_verbs(type(part)))
            for name in names
            if isinstance(part := getattr(project, name), Part)
        }
    chain = [cls for cls in Project.__mro__ if cls.__module__.startswith("qualcode.")]
    return len(chain), len(names), parts


def _find_verbs(part: type) -> list[str]:
    # A part of a part, such as cases.attributes, is made on use and is no verb.
    return [
        name
        for name in dir(part)
        if not name.startswith("_") and not isinstance(getattr(part, name), cached_property)
    ]


def count_tsc_errors() -> int | None:
    """Return the number of type errors in the JavaScript; None without ``node_modules``."""
    npx = shutil.which("npx")
    if npx is None or not (ROOT / "node_modules").is_dir():
        return None
    command = [npx, "--no-install", "tsc", "--noEmit"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode and "error TS" not in result.stdout:
        return None
    return result.stdout.count("error TS")


def _short(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def print_row(title: str, measure: object, goal: str) -> None:
    """Print one measure beside its goal."""
    print(f"{title:44} {measure!s:32} {goal}")


def _share(count: int, total: int) -> str:
    return f"{count} of {total} ({count / max(total, 1):.1%})"


def print_names(group: str, folders: Iterable[Path], *, verbose: bool) -> None:
    """Print the measures of names and comments of some folders."""
    paths = collect_modules(folders)
    gerunds, modules = find_gerunds(paths)
    hits, variables = find_pronouns(paths)
    comments, lines = count_comments(paths)
    print_row(f"modules named by a gerund, {group}", _share(len(gerunds), modules), "< 5%")
    print_row(f"pronouns, participles, {group}", _share(len(hits), variables), "< 1%")
    print_row(f"lines that are comments, {group}", _share(comments, lines), "2.5% to 3.5%")
    long_functions = find_long_functions(paths, LONGEST_FUNCTION)
    title = f"functions above {LONGEST_FUNCTION} lines, {group}"
    print_row(title, len(long_functions), "0")
    if verbose:
        for path in gerunds:
            print(f"  {_short(path)}: gerund")
        for path, line, name in hits:
            print(f"  {_short(path)}:{line}: {name}")
        for path, name, length in long_functions:
            print(f"  {_short(path)}: {name} has {length} lines")
        common = Counter(name for _, _, name in hits).most_common(12)
        print("  " + ", ".join(f"{name} {count}" for name, count in common))


def print_project() -> None:
    """Print the measures of the class Project and of its parts."""
    chain, names, parts = measure_project()
    largest = max(parts, key=lambda name: parts[name])
    print_row("classes in the inheritance chain of Project", chain, "1")
    print_row("public names on Project, parts included", names, "<= 20")
    print_row("public names on its largest part", f"{parts[largest]} ({largest})", "<= 15")


def print_running(*, verbose: bool) -> None:
    """Print the measures that need the demo study."""
    import house_runtime

    with house_runtime.demo_project() as path:
        for name, statements in house_runtime.count_reads(path).items():
            measure = f"{statements.transactions} ({statements.selects} SELECT)"
            print_row(f"transactions of a report: {name}", measure, "1")
        for name in ("", "a round"):
            press = house_runtime.trace_key_press(path, with_round=bool(name))
            title = f"files of a key press{', in ' + name if name else ''}"
            files = f"{len(press.files(models=False))}, {len(press.files())} with model"
            print_row(title, files, "<= 12")
            reads = f"{press.reads.transactions} ({press.reads.selects} SELECT)"
            print_row("  its functions", len(press.functions), "")
            print_row("  its transactions", reads, "1")
    if verbose:
        for file, function in press.functions:
            print(f"  {file}: {function}")
    scripts = house_runtime.find_key_press_scripts()
    print_row("  scripts before it, from keys to the queue", len(scripts), "")


def main() -> None:
    """Print each measure beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--static", action="store_true")
    options = parser.parse_args()
    print_row("measure", "now", "goal")
    if options.folders:
        folders = [folder.resolve() for folder in options.folders]
        print_names("here", folders, verbose=options.verbose)
        return
    print_project()
    for group, folder in (("core", CORE), ("app", APP)):
        print_names(group, [folder], verbose=options.verbose)
    if not options.static:
        print_running(verbose=options.verbose)
    errors = count_tsc_errors()
    missing = "not counted: run npm ci first"
    print_row("errors of tsc", missing if errors is None else errors, "0")
    print_row("files to open for a coefficient, field, text", "counted by hand", "2 / 4 / 1")
    print_row("quick suite", "python -m pytest --quick", "< 60 s")


if __name__ == "__main__":
    main()
