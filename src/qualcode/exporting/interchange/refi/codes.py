"""The code tree as REFI-QDA elements; what the standard has no place for goes in blocks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.exporting.interchange.refi.elements import (
    ElementFields,
    add,
    guid,
    is_guid,
    refer,
)
from qualcode.exporting.interchange.refi.qualcoder_layout import QualcoderLayout
from qualcode.model import Code, Codebook, LocalText, MemoTarget
from qualcode.model.extension_block import CODE_FIELDS, is_xml_safe
from qualcode.model.json_values import to_json_value

if TYPE_CHECKING:
    from lxml.etree import _Element


def code_guid(code: Code) -> str:
    """Return the GUID of a code: its id where it has one, else made of its path."""
    return guid("code", code.id or code.path)


def add_codes(
    parent: _Element,
    book: Codebook,
    notes: Mapping[str, Sequence[str]],
    coded_paths: Collection[str],
    fields: ElementFields,
    *,
    layout: QualcoderLayout | None = None,
) -> None:
    """Append the tree of codes.

    Args:
        parent: The ``CodeBook`` element.
        book: The codebook; it has a code at least.
        notes: GUIDs of notes by path of the code they are about.
        coded_paths: Paths of the codes that have codings.
        fields: Gets what the standard has no place for.
        layout: The names and memos that QualCoder shows, in a file for that program.
    """
    elements = {"": add(parent, "Codes")}
    names = {"": ""}
    for code in book.codes:
        # A code that only groups others, unless somebody coded with it.
        groups = code.values("codable") == ("no",) and code.path not in coded_paths
        label = code.label.get(book.language, "")
        element = add(
            elements[code.parent],
            "Code",
            guid=code_guid(code),
            name=_name(code, label, layout),
            isCodable="false" if groups else "true",
            color=code.color,
        )
        words = code.definition.get(book.language, "")
        names[code.path] = f"{names[code.parent]} > {element.get('name')}".removeprefix(" > ")
        values = _fields(code, book.language)
        if layout and label.strip() and label != element.get("name"):
            # the name was changed for QualCoder, so the label itself travels in the block
            values["label"] = _others(code.label, "")
        shown_text = layout.text(MemoTarget.CODE, code.path, words) if layout else ""
        fields.describe(element, words, values, names[code.path], shown=shown_text)
        for note in notes.get(code.path, ()):
            refer(element, "NoteRef", note)
        elements[code.path] = element


def _name(code: Code, label: str, layout: QualcoderLayout | None) -> str:
    if layout:
        return layout.code_names[code.path]
    return label if label.strip() else code.name


def _fields(code: Code, language: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": code.name}
    label = code.label.get(language, "")
    if not label.strip():
        # the element must have a name: without this mark it would come back as a label
        fields["unlabelled"] = True
    # What XML cannot hold goes into the block, where it is escaped.
    is_readable = bool(label.strip()) and is_xml_safe(label)
    fields["label"] = _others(code.label, language if is_readable else "")
    fields["definition"] = _others(
        code.definition, language if code.definition.get(language) else ""
    )
    fields |= {name: to_json_value(getattr(code, name)) for name in CODE_FIELDS}
    fields |= {
        "terms": list(code.terms),
        "attributes": to_json_value(code.attributes),
        "id": "" if is_guid(code.id) else code.id,
        "retired": code.retired,
        "merged_into": code.merged_into,
    }
    kept_fields = {key: value for key, value in fields.items() if value}
    # without it, a reader takes the GUID for the id of the code
    return kept_fields if code.id else {**kept_fields, "id": ""}


def _others(text: LocalText, language: str) -> dict[str, str]:
    return {key: words for key, words in text.items() if key != language or not language}


def book_fields(book: Codebook) -> dict[str, Any]:
    """Return what a codebook has besides its codes."""
    fields: dict[str, Any] = {
        "name": book.name,
        "title": to_json_value(book.title),
        "language": book.language,
        "version": book.version,
    }
    # The standard keeps a tree; the order over branches is ours.
    if list(book.paths) != _tree_order(book):
        fields["order"] = list(book.paths)
    return fields


def _tree_order(book: Codebook) -> list[str]:
    below: dict[str, list[str]] = {}
    for code in book.codes:
        below.setdefault(code.parent, []).append(code.path)
    ordered: list[str] = []
    waiting = below.get("", [])[::-1]
    while waiting:
        path = waiting.pop()
        ordered.append(path)
        waiting += below.get(path, [])[::-1]
    return ordered
