"""Reads the code tree of a REFI-QDA file as a Codebook; names of codes become paths."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualcode.importing.refi.container import children, guid_of, text_of
from qualcode.importing.refi.loss_report import LossReport
from qualcode.model import Code, Codebook, FrozenMap, LocalText
from qualcode.model.codebook import DEFAULT_COLOR, UNNAMED, path_name
from qualcode.model.extension_block import CODE_FIELDS, split_extension_block

if TYPE_CHECKING:
    from lxml.etree import _Element

CODABLE = "codable"
"""Attribute with the value ``no`` on a code that only groups other codes."""
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
        notes: Path of a code and GUID of a note on it.
    """

    codes: list[Code] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_codes(
    book: _Element | None,
    language: str,
    loss_report: LossReport,
    cases: Collection[str] = (),
) -> CodeTree:
    """Return the codes of a ``CodeBook``, whether in its ``Codes`` or directly in the book.

    Args:
        book: The element; None where the file has no codes.
        language: Language of the names and descriptions.
        loss_report: Gets what was changed or not imported.
        cases: GUIDs of cases: a code with one of them is no code.
    """
    reader = _CodeReader(language, loss_report, cases)
    for element in (*children(book, "Codes"), book):
        reader.read_below(element, "")
    return reader.tree


class _CodeReader:
    def __init__(self, language: str, loss_report: LossReport, cases: Collection[str]) -> None:
        self.tree = CodeTree()
        self._language = language
        self._loss_report = loss_report
        self._cases = cases
        self._numbers: dict[str, int] = {}
        self._paths_in_use: set[str] = set()

    def read_below(self, element: _Element | None, parent: str) -> None:
        for child in children(element, "Code"):
            guid = guid_of(child.get("guid"))
            # NVivo writes a code for each case too, and so do we for QualCoder.
            if guid in self._cases:
                self.read_below(child, parent)
                continue
            if guid and guid in self.tree.paths:
                message = "Their GUID is that of another code; what is below was kept."
                self._loss_report.record_lost("codes", message)
                self.read_below(child, parent)
                continue
            code = self._read(child, guid, parent)
            self._paths_in_use.add(code.path)
            self.tree.codes.append(code)
            if guid:
                self.tree.paths[guid] = code.path
            notes = (guid_of(n.get("targetGUID")) for n in children(child, "NoteRef"))
            self.tree.notes += [(code.path, note) for note in notes]
            self.read_below(child, code.path)

    def _read(self, element: _Element, guid: str, parent: str) -> Code:
        plain, extensions = split_extension_block(text_of(element, "Description"))
        title = element.get("name") or ""
        if not title.strip():
            self._loss_report.record_changed("codes", "They have no name; they were given one.")
            title = UNNAMED
        extension_name = extensions.get("name", "")
        has_extension_name = isinstance(extension_name, str) and _NAME.fullmatch(extension_name)
        name = extension_name if has_extension_name else path_name(title) or UNNAMED
        path = self._free_path(f"{parent}/{name}" if parent else name)
        attributes = _attributes(extensions.get("attributes"))
        # Where a file does not say it, the code can be given: few codes only group others.
        if (element.get("isCodable") or "true").strip().casefold() in {"false", "0"}:
            attributes = FrozenMap({**attributes, CODABLE: ("no",)})
        return Code(
            path=path,
            label=_label(title, extensions, self._language),
            definition=_definition(plain, extensions, self._language),
            terms=_words(extensions.get("terms")),
            color=_color(element.get("color"), self._loss_report),
            attributes=attributes,
            id=str(extensions.get("id", guid)),
            retired=extensions.get("retired") is True,
            merged_into=str(extensions.get("merged_into", "")),
            **{name: _local(extensions.get(name)) for name in CODE_FIELDS},
        )

    def _free_path(self, path: str) -> str:
        free = path
        while free in self._paths_in_use:
            self._numbers[path] = self._numbers.get(path, 1) + 1
            free = f"{path}_{self._numbers[path]}"
        return free


def _label(title: str, extensions: Mapping[str, Any], language: str) -> LocalText:
    translations = _local(extensions.get("label"))
    if extensions.get("unlabelled") is True:
        return translations
    return LocalText({language: title, **translations})


def _definition(plain: str, extensions: Mapping[str, Any], language: str) -> LocalText:
    translations = _local(extensions.get("definition"))
    # Our own files keep white space exactly; other programs pad descriptions.
    text = plain if extensions else plain.strip()
    return LocalText({language: text, **translations}) if text else translations


def _color(value: str | None, loss_report: LossReport) -> str:
    if not value or _LONG_COLOR.fullmatch(value.strip()):
        return value.strip() if value else DEFAULT_COLOR
    short = _SHORT_COLOR.fullmatch(value.strip())
    if short:
        return "#" + "".join(2 * digit for digit in short.groups())
    # Some programs put two digits of opacity before the colour.
    opaque = _OPAQUE_COLOR.fullmatch(value.strip())
    if opaque:
        return f"#{opaque[1]}"
    loss_report.record_changed("codes", "Their colour is not one; they have the usual one.")
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
    tree: CodeTree, extensions: Mapping[str, Any], *, name: str, language: str
) -> Codebook | None:
    """Return the codebook of a tree; None if it has no codes and qualcode did not write it."""
    if not tree.codes and not extensions:
        return None
    version = extensions.get("version")
    order = extensions.get("order")
    codes = {code.path: code for code in tree.codes}
    # The tree of the file cannot hold every order of codes, so qualcode stores the order too.
    if isinstance(order, list) and sorted(map(str, order)) == sorted(codes):
        codes = {path: codes[path] for path in order}
    return Codebook(
        name=str(extensions.get("name") or name),
        codes=tuple(codes.values()),
        version=version if isinstance(version, int) and version > 0 else 1,
        title=_local(extensions.get("title")),
        language=language,
    )
