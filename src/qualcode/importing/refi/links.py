"""Reads links of a REFI-QDA file as memos, because qualcode has no links.

A link between a note and something else gives the subject of the note. Any other link becomes
a memo on its origin, with the names of both ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.importing.refi.container import child, children, guid_of
from qualcode.importing.refi.notes import Notes
from qualcode.importing.refi.selections import note_refs
from qualcode.messages import Message
from qualcode.model import MemoTarget

if TYPE_CHECKING:
    from lxml.etree import _Element

_ARROWS = {"oneway": "→", "bidirectional": "↔"}


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """An item at one end of a link.

    Attributes:
        kind: Kind of the item, as memos have it.
        target: Key of the item, as memos have it.
        title: Name of the item for people.
    """

    kind: MemoTarget
    target: str
    title: str


def linked_guids(root: _Element) -> frozenset[str]:
    """Return the GUIDs of all items at an end of a link."""
    links = children(child(root, "Links"), "Link")
    return frozenset(guid for link in links for guid in _ends(link) if guid)


def attach_linked_notes(root: _Element, ends: Mapping[str, LinkEnd], notes: Notes) -> None:
    """Make memos of the notes at one end of a link, on the item at the other end."""
    for link in children(child(root, "Links"), "Link"):
        origin, target = _ends(link)
        for note, other_guid in ((origin, target), (target, origin)):
            if other_guid in ends:
                notes.refer(note, ends[other_guid].kind, ends[other_guid].target)


def read_links(root: _Element, ends: Mapping[str, LinkEnd], notes: Notes) -> None:
    """Add a memo for each link between two imported items.

    Args:
        root: The project.
        ends: Imported items by GUID.
        notes: Gets the memos.
    """
    loss_report = notes.loss_report
    for link in children(child(root, "Links"), "Link"):
        origin, target = _ends(link)
        if notes.knows(origin) or notes.knows(target):
            loss_report.record_changed(
                "links", "They tie a note to something; it is a memo on that."
            )
        elif origin in ends and target in ends:
            _add(link, ends[origin], ends[target], notes)
            loss_report.record_changed("links", "They became memos on what they start from.")
        else:
            loss_report.record_lost("links", "What they tie together is not all here.")


def _ends(link: _Element) -> tuple[str, str]:
    return guid_of(link.get("originGUID")), guid_of(link.get("targetGUID"))


def _add(link: _Element, origin: LinkEnd, target: LinkEnd, notes: Notes) -> None:
    arrow = _ARROWS.get((link.get("direction") or "").casefold(), "–")
    name = (link.get("name") or "").strip()
    ends = {"title": origin.title, "arrow": arrow, "title_2": target.title}
    words = (
        Message("Link “{name}”: {title} {arrow} {title_2}", name=name, **ends)
        if name
        else Message("Link: {title} {arrow} {title_2}", **ends)
    )
    notes.add(words, origin.kind, origin.target)
    for note in note_refs(link):
        notes.refer(note, origin.kind, origin.target)
