"""What the core says to a person without values, found in its source, and what it may not say.

A sentence with values is a ``Message`` (see ``message_catalogue``). A sentence without any may be
a plain text, which the translator looks up whole.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache

from message_catalogue import SOURCE
from source_trees import parse_module

EDGES = re.compile(r"(cli|frontend|app)/|project/deprecated|lazy_exports")
"""What speaks to a person in its own way, or to programmers in English."""

QUIET = re.compile(
    r"exporting/|storage/migrations/|__init__|importing/(column_aliases|label_candidates|other_tools)"
    r"|codebooks/(yaml_errors|code_rows|code_columns|code_levels)"
    r"|language/(words|detection)|suggesting/(fusion|vocabulary)"
    r"|pseudonyms/language_cues|segmenting/sentence_words"
    r"|themes/(group_differences|prevalence|exemplars)|model/unit_lines"
)
"""What says nothing but its errors: tables, patterns, code, documents in both languages."""

_SPEAKS = re.compile(
    r"\b(is|are|was|were|no|not|nothing|neither|has|have|used|cannot|only|never|the|than|of)\b",
    re.IGNORECASE,
)

_UNREAD = {"bilingual", "compile", "fullmatch", "search", "execute", "text", "split", "sql"}
"""Calls that take patterns, SQL, lists of words, and texts that stand in each language."""

_TELLS = ("Error", "Problem", "_problem", "_bad", "_risk", "record_lost", "record_changed")
"""How the calls end whose texts surely reach a person."""

_MESSAGES = {"Message", "counted", "within"}


@cache
def sentences() -> dict[str, str]:
    """Return where each sentence without values stands in the source, by its text."""
    places: dict[str, str] = {}
    for name, tree in _modules():
        for node, told in _texts(tree, told=False):
            text = str(node.value)
            if _is_sentence(text, told=told) and (told or not QUIET.match(name)):
                places.setdefault(text, f"{name}:{node.lineno}")
    return places


@cache
def constants() -> set[str]:
    """Return every text in the source, also the short ones that stand in holes of others.

    A docstring, which is the help of a command, is returned as a whole and by paragraph.
    """
    texts = {
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(parse_module(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return texts | {part for text in texts for part in inspect.cleandoc(text).split("\n\n")}


def joined_texts() -> list[str]:
    """Return the places of texts that reach a person and are put together from pieces."""
    return [
        f"{name}:{text.lineno}"
        for name, tree in _modules()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and _name(call.func).endswith((*_TELLS, "unknown_name"))
        for argument in [*call.args, *(keyword.value for keyword in call.keywords)]
        for text in _meant(argument, function)
        if _is_joined(text)
    ]


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not EDGES.match(name):
            yield name, parse_module(path)


def _texts(node: ast.AST, *, told: bool) -> Iterator[tuple[ast.Constant, bool]]:
    """Yield the texts below a node, and whether each surely reaches a person."""
    if _is_unread(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node, told
    if isinstance(node, ast.Call):
        told = _name(node.func).endswith(_TELLS)
    for child in ast.iter_child_nodes(node):
        yield from _texts(child, told=told)


def _is_unread(node: ast.AST) -> bool:
    """Tell whether nobody reads what stands here: docstrings, patterns, SQL, pieces of texts."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.keyword):
        return node.arg == "comment"
    return isinstance(node, ast.Call) and _name(node.func) in _UNREAD | _MESSAGES


def _is_sentence(text: str, *, told: bool) -> bool:
    if not re.search(r"[a-z]{2}", text) or " " not in text:
        return False
    whole = re.search(r"[.!?]$|[a-z')}][.:] [A-Za-z{]", text)
    return told or bool(whole or (len(text.split()) > 2 and _SPEAKS.search(text)))


def _meant(node: ast.expr, function: ast.FunctionDef) -> list[ast.expr]:
    """Return what an argument may stand for: itself, a choice, or what its name was given."""
    if isinstance(node, ast.IfExp):
        return [*_meant(node.body, function), *_meant(node.orelse, function)]
    if isinstance(node, ast.Name):
        return [
            assignment.value
            for assignment in ast.walk(function)
            if isinstance(assignment, ast.Assign)
            and any(_name(target) == node.id for target in assignment.targets)
        ]
    return [node]


def _is_joined(node: ast.expr) -> bool:
    """Tell whether a text with words of ours is put together in place."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod) and any(
            map(_is_text, (node.left, node.right))
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        # A list of names is a value; sentences in a row are not.
        mark = node.func.value.value if isinstance(node.func.value, ast.Constant) else ""
        return node.func.attr == "format" or (node.func.attr == "join" and mark not in {", ", "; "})
    return isinstance(node, ast.JoinedStr) and any(
        isinstance(part, ast.Constant) and re.search(r"[a-z]{2}|: |, ", str(part.value))
        for part in node.values
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
