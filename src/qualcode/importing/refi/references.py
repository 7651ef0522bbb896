"""Resolves references of notes and links: all imported items by their GUID."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.importing.refi.cases import case_selections
from qualcode.importing.refi.codes import CodeTree
from qualcode.importing.refi.codings import PlacedCodings
from qualcode.importing.refi.container import child, children, guid_of, text_of
from qualcode.importing.refi.links import LinkEnd, attach_linked_notes, read_links
from qualcode.importing.refi.notes import Notes, short_quote
from qualcode.importing.refi.selections import RawSelection, note_refs
from qualcode.importing.refi.sources import TextElement
from qualcode.messages import Message
from qualcode.model import ExchangeSource, MemoTarget, Span

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class ImportedItems:
    """The imported items of a file.

    Attributes:
        root: The project.
        tree: Its codes.
        texts: Its texts.
        sources: Their transcripts, in the same order.
        placed: Its codings.
        cases: Name of a case by its GUID.
        descriptions: Name of a case and its description.
    """

    root: _Element
    tree: CodeTree
    texts: Sequence[TextElement]
    sources: Sequence[ExchangeSource]
    placed: PlacedCodings
    cases: Mapping[str, str]
    descriptions: Sequence[tuple[str, str]]


def collect_memos(imported: ImportedItems, notes: Notes, *, is_qualcode_file: bool) -> None:
    """Add the memos of all notes, links, descriptions and passages without codings.

    Args:
        imported: The items that memos can be attached to.
        notes: Gets the memos.
        is_qualcode_file: Whether qualcode wrote the file: descriptions hold only fields then.
    """
    notes.read()
    for name, text, span, selection in _uncoded_passages(imported):
        notes.add_uncoded_passage(name, text, span, selection)
    # A note becomes one memo, on what first refers to it: items come before links and the project.
    for guid, kind, target in _references(imported):
        notes.refer(guid, kind, target)
    ends = _ends(imported)
    attach_linked_notes(imported.root, ends, notes)
    for guid in note_refs(imported.root):
        notes.refer(guid, MemoTarget.PROJECT, "")
    if not is_qualcode_file:
        _describe(imported, notes)
    read_links(imported.root, ends, notes)


def _references(imported: ImportedItems) -> Iterator[tuple[str, MemoTarget, str]]:
    """Yield the GUID of a note, and kind and key of the item that refers to it."""
    for path, guid in imported.tree.notes:
        yield guid, MemoTarget.CODE, path
    for coding, guid in imported.placed.notes:
        yield guid, MemoTarget.CODING, coding
    for element in children(child(imported.root, "Cases"), "Case"):
        for guid in note_refs(element):
            yield guid, MemoTarget.CASE, imported.cases[guid_of(element.get("guid"))]
    for text in imported.texts:
        for guid in (*note_refs(text.whole), *note_refs(text.element)):
            yield guid, MemoTarget.TRANSCRIPT, text.name


def _uncoded_passages(imported: ImportedItems) -> Iterator[tuple[str, str, Span, RawSelection]]:
    """Yield the passages without codings, except those that belong to a case."""
    transcripts = {source.transcript.name: source.transcript for source in imported.sources}
    of_cases = case_selections(imported.root)
    for name, span, selection in imported.placed.uncoded:
        if selection.guid not in of_cases:
            yield name, transcripts[name].text, span, selection


def _describe(imported: ImportedItems, notes: Notes) -> None:
    for text in imported.texts:
        about = (text_of(text.whole, "Description"), text.description)
        for words in dict.fromkeys(description.strip() for description in about):
            notes.add(words, MemoTarget.TRANSCRIPT, text.name)
    for name, description in imported.descriptions:
        notes.add(description, MemoTarget.CASE, name)
    notes.add(text_of(imported.root, "Description"), MemoTarget.PROJECT, "")


def _ends(imported: ImportedItems) -> dict[str, LinkEnd]:
    ends = {
        guid: LinkEnd(MemoTarget.CODE, path, f"code {path}")
        for guid, path in imported.tree.paths.items()
    }
    for guid, name in imported.cases.items():
        ends[guid] = LinkEnd(MemoTarget.CASE, name, Message("case {name}", name=name))
    for text_element in imported.texts:
        whole = LinkEnd(
            MemoTarget.TRANSCRIPT,
            text_element.name,
            Message("transcript {name}", name=text_element.name),
        )
        ends[text_element.key] = ends[guid_of(text_element.whole.get("guid"))] = whole
    for name, text, span, selection in _uncoded_passages(imported):
        words = f"“{short_quote(span.of(text))}” ({name})"
        ends[selection.guid] = LinkEnd(MemoTarget.TRANSCRIPT, name, words)
    for guid, coding in imported.placed.selections.items():
        words = f"“{short_quote(coding.quote)}” ({coding.transcript})"
        ends[guid] = LinkEnd(MemoTarget.CODING, coding.id, words)
    for guid, coding in imported.placed.by_guid.items():
        words = f"“{short_quote(coding.quote)}” ({coding.code})"
        ends[guid] = LinkEnd(MemoTarget.CODING, coding.id, words)
    # Items without a GUID share the empty one; a link without an end must not reach them.
    ends.pop("", None)
    return ends
