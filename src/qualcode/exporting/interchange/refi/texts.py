"""The sources of a project as REFI-QDA elements and files: texts, originals, selections."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from qualcode.exporting.interchange.refi.elements import add, describe, guid, is_guid, moment, refer
from qualcode.model import Coding, ExchangeSource, Original, Transcript
from qualcode.model.extension_block import is_xml_safe

if TYPE_CHECKING:
    from lxml.etree import _Element

# Characters that UTF-16 counts as two.
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_LONGEST_NAME = 200
WORD = ".docx"


class Positions:
    """Code points of one text as a unit counts them: ``codepoint`` or ``utf16``."""

    def __init__(self, text: str, unit: str) -> None:
        wide = unit == "utf16"
        self._wide = [match.start() for match in _ASTRAL.finditer(text)] if wide else []

    def of(self, position: int) -> str:
        """Return a position as text."""
        return str(position + bisect_left(self._wide, position))


def has_wide_characters(text: str) -> bool:
    """Tell whether a text has characters that UTF-16 counts as two."""
    return _ASTRAL.search(text) is not None


def source_guid(name: str) -> str:
    """Return the GUID of a transcript."""
    return guid("source", name)


def original_entry(source: ExchangeSource) -> str:
    """Return the name of the file of a source's original; ``""`` where the text is all of it."""
    original, transcript = source.original, source.transcript
    if original is None or original.data == transcript.text.encode():
        return ""
    suffix = PurePath(original.file_name).suffix
    key = source_guid(transcript.name)
    # The standard knows Word files as rich text; other originals are ours.
    if suffix.casefold() == WORD:
        return f"{key}{WORD}"
    # A suffix may hold anything: only a plain one goes into the name of a file.
    return f"{key}.original{suffix if _SUFFIX.fullmatch(suffix) else '.bin'}"


def source_files(sources: Iterable[ExchangeSource]) -> dict[str, bytes]:
    """Return the files of the sources by their names in the archive."""
    files: dict[str, bytes] = {}
    for source in sources:
        key = source_guid(source.transcript.name)
        files[f"sources/{key}.txt"] = source.transcript.text.encode()
        entry = original_entry(source)
        if entry and source.original is not None:
            files[f"sources/{entry}"] = source.original.data
    return files


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the codings of a project refer to.

    Attributes:
        codes: GUID of a code by its path.
        version: Version of the codebook; codings say only another one.
        notes: GUIDs of notes by id of the coding they are about.
        unit: What positions count.
    """

    codes: Mapping[str, str]
    version: int
    notes: Mapping[str, Sequence[str]]
    unit: str


def add_source(
    parent: _Element,
    source: ExchangeSource,
    codings: Iterable[Coding],
    around: Surroundings,
    notes: Sequence[str],
) -> None:
    """Append a text source with its selections.

    Args:
        parent: The ``Sources`` element.
        source: The transcript and its original.
        codings: Its codings, in order.
        around: What they refer to.
        notes: GUIDs of notes on the transcript.
    """
    transcript = source.transcript
    key = source_guid(transcript.name)
    entry = original_entry(source)
    element = add(
        parent,
        "TextSource",
        guid=key,
        name=transcript.name,
        richTextPath=f"internal://{entry}" if entry.endswith(WORD) else None,
        plainTextPath=f"internal://{key}.txt",
    )
    describe(element, "", _fields(transcript, source.original, entry))
    positions = Positions(transcript.text, around.unit)
    for coding in codings:
        _add_selection(element, coding, positions, around)
    for note in notes:
        refer(element, "NoteRef", note)


def _fields(transcript: Transcript, original: Original | None, entry: str) -> dict[str, Any]:
    places = {speaker.label: place for place, speaker in enumerate(transcript.speakers)}
    fields: dict[str, Any] = {
        "source_file": transcript.source_file,
        "language": transcript.language,
        "sha256": transcript.sha256,
        "speakers": [[s.label, s.role.value] for s in transcript.speakers],
        "turns": [
            [t.number, places[t.speaker], t.span.start, t.span.end, t.time_ms]
            for t in transcript.turns
        ],
    }
    if not is_xml_safe(transcript.name):
        fields["name"] = transcript.name
    if original is not None:
        fields["original"] = {"name": original.file_name, "file": entry}
    return fields


def _add_selection(
    parent: _Element, coding: Coding, positions: Positions, around: Surroundings
) -> None:
    coder, created_at = guid("user", coding.coder), moment(coding.created_at)
    words = " ".join(coding.quote.split())
    selection = add(
        parent,
        "PlainTextSelection",
        guid=guid("selection", f"of {coding.id}"),
        name=words if len(words) <= _LONGEST_NAME else words[:_LONGEST_NAME] + "…",
        startPosition=positions.of(coding.span.start),
        endPosition=positions.of(coding.span.end),
        creatingUser=coder,
        creationDateTime=created_at,
    )
    describe(selection, coding.memo, _coding_fields(coding, around.version))
    element = add(
        selection,
        "Coding",
        guid=guid("coding", coding.id),
        creatingUser=coder,
        creationDateTime=created_at,
    )
    refer(element, "CodeRef", around.codes[coding.code])
    for note in around.notes.get(coding.id, ()):
        refer(element, "NoteRef", note)


def _coding_fields(coding: Coding, version: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if not is_guid(coding.id):
        fields["id"] = coding.id
    if coding.round:
        fields["round"] = coding.round
    if coding.codebook_version != version:
        fields["version"] = coding.codebook_version
    if coding.origin != "manual":
        fields["origin"] = coding.origin
    return fields
