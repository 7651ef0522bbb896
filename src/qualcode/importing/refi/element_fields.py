"""Gives the elements of a file of qualcode their fields, which its description holds together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from qualcode.importing.refi.container import child, local_name, text_of
from qualcode.model.extension_block import (
    add_extension_block,
    split_extension_block,
    xml_safe,
)

if TYPE_CHECKING:
    from lxml.etree import _Element


def spread_fields(root: _Element, block: Mapping[str, Any]) -> None:
    """Write the fields of each element below its description, as files of before have them.

    Args:
        root: The project or codebook.
        block: The fields of the file.
    """
    by_guid, guids = block.get("elements"), block.get("names")
    if not isinstance(by_guid, Mapping):
        return
    present = {element.get("guid") for element in root.iter("{*}*")}
    for element, name in _named(root, ""):
        key = element.get("guid") or ""
        if key not in by_guid:
            # A program that gives all elements new GUIDs keeps their names.
            named = guids.get(local_name(element)) if isinstance(guids, Mapping) else None
            former = named.get(name) if isinstance(named, Mapping) else None
            key = former if isinstance(former, str) and former not in present else ""
        fields = by_guid.get(key)
        if isinstance(fields, Mapping):
            _describe(element, dict(fields))


def is_copy(element: _Element) -> bool:
    """Tell whether qualcode wrote an element for another program; it reads the fact elsewhere."""
    _, fields = split_extension_block(text_of(element, "Description"))
    return fields.get("copy") is True


def _named(parent: _Element, above: str) -> Iterator[tuple[_Element, str]]:
    """Yield all elements with a GUID, with their names; of a code the names from the theme down."""
    waiting = [(parent, above)]
    while waiting:
        element, path = waiting.pop()
        for below in element:
            if not isinstance(below.tag, str):
                continue
            name = below.get("name") or ""
            is_code = local_name(below) == "Code"
            whole = f"{path} > {name}".removeprefix(" > ") if is_code else name
            if below.get("guid"):
                yield below, whole
            if len(below):
                waiting.append((below, whole if is_code else path))


def _describe(element: _Element, fields: dict[str, Any]) -> None:
    from lxml.etree import SubElement

    text = text_of(element, "Description")
    # Another program may have changed the description, whose exact text is then of before.
    if xml_safe(str(fields.pop("shown", fields.get("text", "")))) != text:
        fields.pop("text", None)
    description = child(element, "Description")
    if description is None:
        namespace = str(element.tag).rpartition("}")[0]
        description = SubElement(
            element, f"{namespace}}}Description" if namespace else "Description"
        )
        element.insert(0, description)
    for inner in list(description):
        description.remove(inner)
    description.text = add_extension_block(text, fields)
