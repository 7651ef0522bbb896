"""What notes and links of a file refer to: all that was taken, by its GUID."""

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
from qualcode.model import ExchangeSource, MemoTarget, Span

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class ImportedItems:
    """What was taken of a file.

    Attributes:
        root: The project.
        tree: Its codes.
        texts: Its texts, and in the same order
        sources: the transcripts made of them.
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


def collect_memos(taken: ImportedItems, notes: Notes, *, is_own: bool) -> None:
    """Add the memos of all notes, links, descriptions and passages that nobody coded.

    Args:
        taken: What they can be about.
        notes: Gets the memos.
        is_own: Whether we wrote the file: its descriptions then hold fields only.
    """
    notes.read()
    for name, text, span, selection in _loose(taken):
        notes.add_loose(name, text, span, selection)
    for guid, kind, target in _references(taken):
        notes.refer(guid, kind, target)
    ends = _ends(taken)
    attach_linked_notes(taken.root, ends, notes)
    for guid in note_refs(taken.root):
        notes.refer(guid, MemoTarget.PROJECT, "")
    if not is_own:
        _describe(taken, notes)
    read_links(taken.root, ends, notes)


def _references(taken: ImportedItems) -> Iterator[tuple[str, MemoTarget, str]]:
    """Yield the GUID of a note and what refers to it."""
    for path, guid in taken.tree.notes:
        yield guid, MemoTarget.CODE, path
    for coding, guid in taken.placed.notes:
        yield guid, MemoTarget.CODING, coding
    for one in children(child(taken.root, "Cases"), "Case"):
        for guid in note_refs(one):
            yield guid, MemoTarget.CASE, taken.cases[guid_of(one.get("guid"))]
    for text in taken.texts:
        for guid in (*note_refs(text.whole), *note_refs(text.element)):
            yield guid, MemoTarget.TRANSCRIPT, text.name


def _loose(taken: ImportedItems) -> Iterator[tuple[str, str, Span, RawSelection]]:
    """Yield the passages that nobody coded, save those that tell what belongs to a case."""
    transcripts = {source.transcript.name: source.transcript for source in taken.sources}
    of_cases = case_selections(taken.root)
    for name, span, selection in taken.placed.loose:
        if selection.guid not in of_cases:
            yield name, transcripts[name].text, span, selection


def _describe(taken: ImportedItems, notes: Notes) -> None:
    for text in taken.texts:
        about = (text_of(text.whole, "Description"), text.description)
        for words in dict.fromkeys(one.strip() for one in about):
            notes.add(words, MemoTarget.TRANSCRIPT, text.name)
    for name, description in taken.descriptions:
        notes.add(description, MemoTarget.CASE, name)
    notes.add(text_of(taken.root, "Description"), MemoTarget.PROJECT, "")


def _ends(taken: ImportedItems) -> dict[str, LinkEnd]:
    ends = {
        guid: LinkEnd(MemoTarget.CODE, path, f"code {path}")
        for guid, path in taken.tree.paths.items()
    }
    for guid, name in taken.cases.items():
        ends[guid] = LinkEnd(MemoTarget.CASE, name, f"case {name}")
    for one in taken.texts:
        whole = LinkEnd(MemoTarget.TRANSCRIPT, one.name, f"transcript {one.name}")
        ends[one.key] = ends[guid_of(one.whole.get("guid"))] = whole
    for name, text, span, selection in _loose(taken):
        words = f"“{short_quote(span.of(text))}” ({name})"
        ends[selection.guid] = LinkEnd(MemoTarget.TRANSCRIPT, name, words)
    for guid, coding in taken.placed.selections.items():
        words = f"“{short_quote(coding.quote)}” ({coding.transcript})"
        ends[guid] = LinkEnd(MemoTarget.CODING, coding.id, words)
    for guid, coding in taken.placed.by_guid.items():
        words = f"“{short_quote(coding.quote)}” ({coding.code})"
        ends[guid] = LinkEnd(MemoTarget.CODING, coding.id, words)
    ends.pop("", None)
    return ends
