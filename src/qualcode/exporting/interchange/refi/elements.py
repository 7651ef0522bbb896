"""Pieces of REFI-QDA XML: GUIDs that stay the same, safe texts, times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from qualcode.model.extension_block import START, add_extension_block, is_xml_safe, xml_safe

if TYPE_CHECKING:
    from lxml.etree import _Element

# GUIDs of this namespace depend on names only: the same project, the same file.
_OURS = uuid5(NAMESPACE_URL, "urn:qualcode:exchange")
_ID = re.compile("[0-9a-f]{32}")


def guid(kind: str, key: str) -> str:
    """Return the GUID of something: its own id where that is one, else one made of its name."""
    return str(UUID(key)) if _ID.fullmatch(key) else str(uuid5(_OURS, f"{kind}:{_spelled(key)}"))


def _spelled(key: str) -> str:
    # Half a surrogate pair has no UTF-8, which uuid5 needs.
    return key.encode("utf-8", "backslashreplace").decode()


def is_guid(key: str) -> bool:
    """Tell whether an id can be read back from its GUID."""
    return _ID.fullmatch(key) is not None


def moment(value: datetime | None) -> str | None:
    """Return a time as the standard writes it: UTC, with a fraction only where there is one."""
    if value is None:
        return None
    utc = value.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat() + "Z"


def add(parent: _Element, name: str, /, **attributes: str | None) -> _Element:
    """Append an element with the attributes that are not None."""
    from lxml.etree import SubElement

    namespace = str(parent.tag).rpartition("}")[0]
    element = SubElement(parent, f"{namespace}}}{name}")
    for key, value in attributes.items():
        if value is not None:
            element.set(key, xml_safe(value))
    return element


class ElementFields:
    """The fields of all elements of a file: one block holds them, not each description.

    Other programs show a description as the memo of a code, a source or a coding.
    """

    def __init__(self) -> None:
        self.by_guid: dict[str, dict[str, Any]] = {}
        self.guids: dict[str, dict[str, str]] = {}
        """GUIDs by name and kind of element: some programs give all elements new GUIDs."""

    def describe(
        self,
        element: _Element,
        text: str,
        fields: Mapping[str, Any],
        name: str = "",
        *,
        shown: str = "",
    ) -> None:
        """Append a description to an element, and keep its fields.

        Args:
            element: It has a GUID.
            text: What others read; no description where it is empty.
            fields: JSON values by name.
            name: A name by which it is found if it gets another GUID; ``""`` for none.
            shown: What others read instead of the text, which qualcode reads back.
        """
        kept = dict(fields)
        shown = shown or text
        if not is_xml_safe(text) or shown != text:
            kept["text"] = text
        if shown != text:
            kept["shown"] = shown
        if shown:
            add(element, "Description").text = xml_safe(shown)
        # A text with such a line of its own would be read as a block.
        if kept or START in shown:
            key = element.get("guid", "")
            self.by_guid[key] = kept
            if name:
                kind = str(element.tag).rpartition("}")[2]
                self.guids.setdefault(kind, {})[name] = key

    def fields(self) -> dict[str, Any]:
        """Return what goes into the block of the file."""
        return {"elements": self.by_guid, "names": self.guids} if self.by_guid else {}


def describe(parent: _Element, text: str, fields: Mapping[str, Any]) -> None:
    """Append a description with a marked block below it; nothing where both are empty."""
    words = add_extension_block(text, fields)
    if words:
        add(parent, "Description").text = words


def refer(parent: _Element, name: str, target: str) -> None:
    """Append a reference to a GUID."""
    add(parent, name, targetGUID=target)
