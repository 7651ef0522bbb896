"""The code tree of a REFI-QDA file as a Codebook; names of other programs become paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualcode.importing.refi.container import children, guid_of, text_of
from qualcode.importing.refi.ledger import Ledger
from qualcode.model import Code, Codebook, FrozenMap, LocalText
from qualcode.model.codebook import DEFAULT_COLOR, UNNAMED, path_name
from qualcode.model.marked import split_block

if TYPE_CHECKING:
    from lxml.etree import _Element

CODABLE = "codable"
"""Attribute of a code that only groups others; its value is then ``no``."""
_NAME = re.compile(r"[a-z0-9_]+")
_LONG_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_OPAQUE_COLOR = re.compile(r"#[0-9a-fA-F]{2}([0-9a-fA-F]{6})")
_SHORT_COLOR = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")


@dataclass(slots=True)
class CodeTree:
    """The codes as read.

    Attributes:
        codes: Each parent before its children.
        paths: Path by GUID.
        notes: Path and GUID of a note on it.
    """

    codes: list[Code] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_codes(book: _Element | None, language: str, ledger: Ledger) -> CodeTree:
    """Return the codes of a ``CodeBook``, whether they stand in ``Codes`` or in the book itself.

    Args:
        book: The element; None where the file has no codes.
        language: Language of the names and descriptions.
        ledger: What could not be taken as it is.
    """
    reader = _CodeReader(language, ledger)
    for element in (*children(book, "Codes"), book):
        reader.read_below(element, "")
    return reader.tree


class _CodeReader:
    def __init__(self, language: str, ledger: Ledger) -> None:
        self.tree = CodeTree()
        self._language = language
        self._ledger = ledger
        self._numbers: dict[str, int] = {}
        self._taken: set[str] = set()

    def read_below(self, element: _Element | None, parent: str) -> None:
        for child in children(element, "Code"):
            guid = guid_of(child.get("guid"))
            if guid and guid in self.tree.paths:
                message = "Their GUID is that of another code; what is below was kept."
                self._ledger.lost("codes", message)
                self.read_below(child, parent)
                continue
            code = self._read(child, guid, parent)
            self._taken.add(code.path)
            self.tree.codes.append(code)
            if guid:
                self.tree.paths[guid] = code.path
            notes = (guid_of(n.get("targetGUID")) for n in children(child, "NoteRef"))
            self.tree.notes += [(code.path, note) for note in notes]
            self.read_below(child, code.path)

    def _read(self, element: _Element, guid: str, parent: str) -> Code:
        plain, own = split_block(text_of(element, "Description"))
        shown = element.get("name") or ""
        if not shown.strip():
            self._ledger.changed("codes", "They have no name; they were given one.")
            shown = UNNAMED
        wanted = own.get("name", "")
        own_name = isinstance(wanted, str) and _NAME.fullmatch(wanted)
        name = wanted if own_name else path_name(shown) or UNNAMED
        path = self._free_path(f"{parent}/{name}" if parent else name)
        attributes = _attributes(own.get("attributes"))
        if (element.get("isCodable") or "true").strip().casefold() in {"false", "0"}:
            attributes = FrozenMap({**attributes, CODABLE: ("no",)})
        return Code(
            path=path,
            label=_label(shown, own, self._language),
            definition=_definition(plain, own, self._language),
            terms=_words(own.get("terms")),
            color=_color(element.get("color"), self._ledger),
            attributes=attributes,
            id=str(own.get("id", guid)),
            retired=own.get("retired") is True,
            merged_into=str(own.get("merged_into", "")),
            **{name: _local(own.get(name)) for name in Code.TEXT_FIELDS[2:]},
        )

    def _free_path(self, path: str) -> str:
        free = path
        while free in self._taken:
            self._numbers[path] = self._numbers.get(path, 1) + 1
            free = f"{path}_{self._numbers[path]}"
        return free


def _label(shown: str, own: Mapping[str, Any], language: str) -> LocalText:
    other = _local(own.get("label"))
    if own.get("unlabelled") is True:
        return other
    return LocalText({language: shown, **other})


def _definition(plain: str, own: Mapping[str, Any], language: str) -> LocalText:
    other = _local(own.get("definition"))
    text = plain if own else plain.strip()
    return LocalText({language: text, **other}) if text else other


def _color(value: str | None, ledger: Ledger) -> str:
    if not value or _LONG_COLOR.fullmatch(value.strip()):
        return value.strip() if value else DEFAULT_COLOR
    short = _SHORT_COLOR.fullmatch(value.strip())
    if short:
        return "#" + "".join(2 * digit for digit in short.groups())
    opaque = _OPAQUE_COLOR.fullmatch(value.strip())
    if opaque:
        return f"#{opaque[1]}"
    ledger.changed("codes", "Their colour is not one; they have the usual one.")
    return DEFAULT_COLOR


def _local(value: Any) -> LocalText:
    if not isinstance(value, Mapping):
        return LocalText()
    return LocalText({str(k): v for k, v in value.items() if isinstance(v, str)})


def _words(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _attributes(value: Any) -> FrozenMap[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        return FrozenMap()
    return FrozenMap({str(key): _words(words) for key, words in value.items()})


def make_codebook(
    tree: CodeTree, own: Mapping[str, Any], *, name: str, language: str
) -> Codebook | None:
    """Return the codebook of a tree; None where there are no codes and it is not our own."""
    if not tree.codes and not own:
        return None
    version = own.get("version")
    order = own.get("order")
    codes = {code.path: code for code in tree.codes}
    if isinstance(order, list) and sorted(map(str, order)) == sorted(codes):
        codes = {path: codes[path] for path in order}
    return Codebook(
        name=str(own.get("name") or name),
        codes=tuple(codes.values()),
        version=version if isinstance(version, int) and version > 0 else 1,
        title=_local(own.get("title")),
        language=language,
    )
