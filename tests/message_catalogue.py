"""Every message in the source, found by reading it, and the Dutch of each in the catalogues.

A message is a call of ``Message``, ``Message.counted`` or ``Message.within``, or of one of
:data:`MARKERS`, with its English text in place. Whatever computes its text cannot be translated.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from source_trees import parse_module

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "qualcode"
CATALOGUE = SOURCE / "locale" / "nl.po"

MARKERS = {"heading": "column", "_look_up": ""}
"""Functions whose first argument is a fixed text of the program, with the context it gets."""

APP_KEYWORDS = {"_": None, "_n": (1, 2), "many": (1, 2), "Message": None}
APP_SOURCES = (
    (ROOT / "app", "**.py", "python"),
    (ROOT / "app" / "components", "**.js", "javascript"),
)
"""Where the messages of the app are, each as the argument of one of these functions."""

HANDING_ON = {*MARKERS, "many"}
"""Functions that hand a text of their callers on to ``Message``."""


@dataclass(frozen=True, slots=True)
class SourceMessage:
    """A message of the source.

    Attributes:
        context: What tells equal English texts from each other.
        template: The English text; None where the source computes it.
        plural: The text for a count other than 1.
        values: The names of the values that the source fills in; None where it does not name them.
        place: File and line.
    """

    context: str
    template: str | None
    plural: str
    values: frozenset[str] | None
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """How the catalogue knows it."""
        return self.context, self.template or ""


@cache
def source_messages() -> tuple[SourceMessage, ...]:
    """Return the messages of all modules, and of the app's pages and components."""
    return (
        *(message for path in sorted(SOURCE.rglob("*.py")) for message in _messages_of(path)),
        *_app_messages(),
    )


def _app_messages() -> Iterator[SourceMessage]:
    for folder, pattern, method in APP_SOURCES:
        calls = extract_from_dir(str(folder), [(pattern, method)], keywords=APP_KEYWORDS)
        for name, line, message, _comments, _context in calls:
            template, plural = (message, "") if isinstance(message, str) else message[:2]
            yield SourceMessage("", template, plural, None, f"{name}:{line}")


def _messages_of(path: Path) -> Iterator[SourceMessage]:
    name = path.relative_to(SOURCE).as_posix()
    tree = parse_module(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    handed_on = {
        node for function in functions if function.name in HANDING_ON for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node not in handed_on:
            read = _read_call(node, f"{name}:{node.lineno}")
            if read is not None:
                yield read


def _read_call(call: ast.Call, place: str) -> SourceMessage | None:
    texts = [_text(arg) for arg in call.args]
    names = [keyword.arg for keyword in call.keywords]
    values = None if None in names else frozenset(name for name in names if name)
    match call.func:
        case ast.Name("Message"):
            return SourceMessage("", texts[0], "", values, place)
        case ast.Attribute(ast.Name("Message"), "within"):
            return SourceMessage(str(texts[0]), texts[1], "", values, place)
        case ast.Attribute(ast.Name("Message"), "counted"):
            counted = None if values is None else values | {"count"}
            return SourceMessage("", texts[0], str(texts[1]), counted, place)
        case ast.Name(marker) | ast.Attribute(_, marker) if marker in MARKERS:
            if texts[0] is not None:
                return SourceMessage(MARKERS[marker], texts[0], "", values, place)
    return None


def _text(node: ast.expr) -> str | None:
    return str(node.value) if isinstance(node, ast.Constant) else None


@cache
def dutch_catalogue() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the Dutch forms of each message, by context and English template."""
    forms: dict[tuple[str, str], tuple[str, ...]] = {}
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    for message in catalogue:
        template = message.id if isinstance(message.id, str) else message.id[0]
        if template:
            dutch = message.string
            key = (message.context or "", template)
            forms[key] = (dutch,) if isinstance(dutch, str) else tuple(dutch)
    return forms


def is_glue(template: str) -> bool:
    """Tell whether a template has no words of its own: "{first}; {second}" is Dutch, too."""
    return not any(char.isalpha() for text, *_ in Formatter().parse(template) for char in text)


def holes(template: str) -> set[str]:
    """Return the names of the holes in a template."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
