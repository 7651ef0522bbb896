"""Every sentence that the core says to a person, found in its source as a template.

A template is the sentence with a hole where a value goes: "'{path}' cannot be written:
{strerror}.". Where the source chooses between words of its own ("unit" or "units"), each choice
gives a template of its own, so that a translator sees whole sentences.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "qualcode"

MOST_CHOICES = 12
"""A text with more choices than this keeps holes; their words are translated one by one."""

EDGES = re.compile(r"(cli|frontend|app)/|project/deprecated")
"""What speaks to a person in its own way."""

QUIET = re.compile(
    r"exporting/|storage/migrations/|__init__|importing/(column_aliases|label_candidates|other_tools)|language/words"
    r"|suggesting/(fusion|vocabulary)|themes/(group_differences|prevalence|exemplars)"
)
"""What says nothing but its errors: tables, patterns, documents in both languages."""

_SPEAKS = re.compile(
    r"\b(is|are|was|were|no|not|nothing|neither|has|have|used|cannot|only|never|the|than|of)\b",
    re.IGNORECASE,
)

_UNREAD = {"bilingual", "compile", "fullmatch", "search", "execute", "text", "split", "sql"}
"""Calls that take patterns, SQL, lists of words, and texts that stand in each language."""

_TELLS = ("Error", "Problem", "_problem", "unknown_name")
"""How the calls end whose texts surely reach a person."""

Parts = list[str | ast.expr]


@cache
def sentences() -> dict[str, str]:
    """Return where each sentence stands in the source, by template."""
    found: dict[str, str] = {}
    for name, reader in _readers():
        for line, told, template in reader.texts():
            if _is_sentence(template, told=told) and (told or not QUIET.match(name)):
                found.setdefault(template, f"{name}:{line}")
    return found


@cache
def words() -> set[str]:
    """Return every text of the core, also the short ones that stand in holes of others."""
    return {text for _, reader in _readers() for _, _, text in reader.texts(inner=True)}


def _readers() -> Iterator[tuple[str, _Reader]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not EDGES.match(name):
            yield name, _Reader(ast.parse(path.read_text(encoding="utf-8")))


def _is_sentence(template: str, *, told: bool) -> bool:
    plain = re.sub(r"{\w+}", " ", template)
    if not re.search(r"[a-z]{2}", plain):
        return False
    if told:
        return True
    if " " not in template:
        return False
    whole = re.search(r"[.!?]$|[a-z')}][.:] [A-Za-z{]", template)
    return bool(whole or (len(plain.split()) > 2 and _SPEAKS.search(plain)))


class _Reader:
    """Reads the texts of one module."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._constants = _assigned(tree.body)
        self._spliced: set[str] = set()
        self._functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}

    def texts(self, *, inner: bool = False) -> Iterator[tuple[int, bool, str]]:
        """Yield the line of each text, whether it surely reaches a person, and its template."""
        yield from self._visit(self._tree, {}, told=False, inner=inner)

    def _visit(
        self, node: ast.AST, local: dict[str, list[ast.expr]], *, told: bool, inner: bool
    ) -> Iterator[tuple[int, bool, str]]:
        if _is_unread(node) or (not inner and self._is_put_aside(node)):
            return
        if isinstance(node, ast.FunctionDef):
            walked = list(ast.walk(node))
            local = _assigned(walked)
            self._spliced = {
                _name(one.value) for one in walked if isinstance(one, ast.FormattedValue)
            }
        if isinstance(node, ast.Call):
            name = _name(node.func)
            # A message has its Dutch in the other catalogue, which a test of its own reads.
            if name == "Message" or _name(getattr(node.func, "value", node)) == "Message":
                return
            told = name.endswith(_TELLS) or (told and name in {"join", "strip"})
        if isinstance(node, ast.expr) and _is_text(node):
            for parts in self._expand(node, local):
                yield node.lineno, told, _template(parts)
            if not inner:
                return
        for child in ast.iter_child_nodes(node):
            yield from self._visit(child, local, told=told, inner=inner)

    def _is_put_aside(self, node: ast.AST) -> bool:
        """Tell whether words are put aside ("is" or "are") for a text of the same function."""
        return isinstance(node, ast.Assign) and _name(node.targets[0]) in self._spliced - {""}

    def _expand(self, node: ast.expr, local: dict[str, list[ast.expr]]) -> list[Parts]:
        """Return the ways in which a text can be put together, as literals and holes."""
        if isinstance(node, ast.Constant):
            return [[str(node.value)]]
        if isinstance(node, ast.IfExp):
            chosen = [node.body, node.orelse] if _is_text(node) else []
            return [one for part in chosen for one in self._expand(part, local)] or [[node]]
        joined = _joined(node)
        if joined:
            return self._together(joined, local)
        values, local = self._values(node, local)
        if 0 < len(values) <= 4 and all(map(_is_text, values)):
            return [parts for value in values for parts in self._expand(value, local)]
        return [[node]]

    def _values(
        self, node: ast.expr, local: dict[str, list[ast.expr]]
    ) -> tuple[list[ast.expr], dict[str, list[ast.expr]]]:
        """Return what a name or a call of this module may stand for, and the names seen there."""
        if isinstance(node, ast.Name):
            rest = {key: one for key, one in local.items() if key != node.id}
            return local.get(node.id) or self._constants.get(node.id, []), rest
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            made = self._functions.get(node.func.id)
            walked = list(ast.walk(made)) if made else []
            returned = [one.value for one in walked if isinstance(one, ast.Return) and one.value]
            return returned, _assigned(walked)
        return [], local

    def _together(self, nodes: list[ast.expr], local: dict[str, list[ast.expr]]) -> list[Parts]:
        choices = [self._expand(node, local) for node in nodes]
        while _product(choices) > MOST_CHOICES:
            widest = max(range(len(choices)), key=lambda i: len(choices[i]))
            choices[widest] = [[nodes[widest]]]
        return [[part for parts in chosen for part in parts] for chosen in product(*choices)]


def _joined(node: ast.expr) -> list[ast.expr]:
    """Return what a text is put together from; nothing where it is no such text."""
    if isinstance(node, ast.BinOp) and _is_text(node):
        return [node.left, node.right]
    if isinstance(node, ast.JoinedStr):
        return [one.value if isinstance(one, ast.FormattedValue) else one for one in node.values]
    return []


def _product(choices: list[list[Parts]]) -> int:
    count = 1
    for one in choices:
        count *= len(one)
    return count


def _assigned(nodes: list[ast.stmt] | list[ast.AST]) -> dict[str, list[ast.expr]]:
    """Return the values that are given to each name."""
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and isinstance(node.target, ast.Name):
            found.setdefault(node.target.id, []).append(node.value or ast.Constant(None))
    return found


def _is_unread(node: ast.AST) -> bool:
    """Tell whether nobody reads what stands here: docstrings, patterns, SQL, lists of words."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.keyword):
        return node.arg == "comment"
    return isinstance(node, ast.Call) and _name(node.func) in _UNREAD


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _is_text(node.body) and _is_text(node.orelse)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add) and (_is_text(node.left) or _is_text(node.right))
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _template(parts: Parts) -> str:
    """Return a text with holes that are named after what fills them."""
    names: dict[str, str] = {}
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part.replace("{", "{{").replace("}", "}}")
            continue
        source = ast.unparse(part)
        if source not in names:
            name = _hole(part)
            taken = sum(re.fullmatch(rf"{name}(_\d+)?", one) is not None for one in names.values())
            names[source] = f"{name}_{taken + 1}" if taken else name
        text += "{" + names[source] + "}"
    return text


def _hole(node: ast.expr) -> str:
    """Return what a translator may call the value of an expression."""
    if isinstance(node, ast.Call):
        return _hole_of_call(node)
    if isinstance(node, ast.Subscript):
        return _hole(node.value)
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return _hole(node.generators[0].iter)
    if isinstance(node, ast.BinOp | ast.IfExp | ast.BoolOp | ast.Starred):
        inner = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
        return next((name for name in map(_hole, inner) if name != "value"), "value")
    return _name(node).strip("_").lower() or "value"


def _hole_of_call(node: ast.Call) -> str:
    name = _name(node.func)
    if name == "len" and node.args:
        return "count_" + _hole(node.args[0])
    if name in {"str", "repr", "sorted", "map", "join", "min", "max", "int", "next"}:
        return _hole(node.args[-1]) if node.args else "value"
    if isinstance(node.func, ast.Attribute) and not node.args:
        return _hole(node.func.value)
    return name.strip("_") or "value"


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
