"""The sources of a project as REFI-QDA elements and files: texts, originals, selections."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from qualcode.exporting.document.zip_archive import ArchiveEntry
from qualcode.exporting.interchange.refi.elements import (
    ElementFields,
    add,
    guid,
    is_guid,
    moment,
    refer,
)
from qualcode.exporting.interchange.refi.qualcoder_layout import QualcoderLayout, signed
from qualcode.model import (
    Coding,
    ExchangeSource,
    MemoTarget,
    Original,
    Span,
    Transcript,
    Turn,
)
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
    # A suffix may hold anything: only a plain one goes into the name of a file. The name has a GUID
    # of its own, because some programs take any file that has that of the source in its name.
    own_guid = guid("original", transcript.name)
    return f"{own_guid}{suffix if _SUFFIX.fullmatch(suffix) else '.bin'}"


def source_files(sources: Iterable[ExchangeSource]) -> Iterator[ArchiveEntry]:
    """Yield the files of the sources, each encoded when it is written."""
    for source in sources:
        text, key = source.transcript.text, source_guid(source.transcript.name)
        yield f"sources/{key}.txt", 4 * len(text), map(str.encode, (text,))
        entry = original_entry(source)
        if entry and source.original is not None:
            yield f"sources/{entry}", len(source.original.data), (source.original.data,)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the codings of a project refer to.

    Attributes:
        codes: GUID of a code by its path.
        version: Version of the codebook; codings say only another one.
        notes: GUIDs of notes by id of the coding they are about.
        unit: What positions count.
        speakers: By transcript: the labels of speakers that are cases.
        fields: Gets what the standard has no place for.
        layout: What QualCoder shows, in a file for that program.
        cases: GUID of a case by its name.
    """

    codes: Mapping[str, str]
    version: int
    notes: Mapping[str, Sequence[str]]
    unit: str
    speakers: Mapping[str, frozenset[str]]
    fields: ElementFields
    layout: QualcoderLayout | None = None
    cases: Mapping[str, str] = field(default_factory=dict)


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
    fields = _fields(transcript, source.original, entry)
    layout = around.layout
    shown_text = layout.text(MemoTarget.TRANSCRIPT, transcript.name) if layout else ""
    around.fields.describe(element, "", fields, transcript.name, shown=shown_text)
    positions = Positions(transcript.text, around.unit)
    for coding in codings:
        _add_selection(element, coding, positions, around)
    if layout:
        # QualCoder follows no reference to a turn or a note: it got both as passages
        _add_copies(element, transcript.name, positions, around, layout)
        return
    for turn in transcript.turns:
        if turn.speaker in around.speakers.get(transcript.name, ()):
            _add_turn(element, transcript.name, turn, positions)
    for note in notes:
        refer(element, "NoteRef", note)


def turn_guid(transcript: str, number: int) -> str:
    """Return the GUID of the selection of a turn."""
    return guid("selection", f"turn {number} of {transcript}")


def _add_turn(parent: _Element, transcript: str, turn: Turn, positions: Positions) -> None:
    """Append the selection of a turn, to which the case of its speaker refers."""
    add(
        parent,
        "PlainTextSelection",
        guid=turn_guid(transcript, turn.number),
        name=turn.speaker,
        startPosition=positions.of(turn.span.start),
        endPosition=positions.of(turn.span.end),
    )


def _add_copies(
    parent: _Element,
    name: str,
    positions: Positions,
    around: Surroundings,
    layout: QualcoderLayout,
) -> None:
    """Append the passages of cases and the memos on turns as QualCoder reads them.

    qualcode passes them over: it reads the cases and the notes themselves.
    """
    for case, span in layout.case_passages.get(name, ()):
        key = f"case {case} {span.start} {span.end} of {name}"
        selection = _add_copy(parent, key, span, positions, around)
        coding = add(selection, "Coding", guid=guid("coding", key))
        refer(coding, "CodeRef", around.cases[case])
    for span, memo in layout.annotations.get(name, ()):
        key = f"memo {memo.id or memo.text} of {name}"
        _add_copy(parent, key, span, positions, around, shown=signed(memo))


def _add_copy(
    parent: _Element,
    key: str,
    span: Span,
    positions: Positions,
    around: Surroundings,
    *,
    shown: str = "",
) -> _Element:
    selection = add(
        parent,
        "PlainTextSelection",
        guid=guid("selection", key),
        startPosition=positions.of(span.start),
        endPosition=positions.of(span.end),
    )
    around.fields.describe(selection, "", {"copy": True}, shown=shown)
    return selection


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
    proposed = [speaker.label for speaker in transcript.speakers if not speaker.confirmed]
    if proposed:
        fields["proposed"] = proposed
    if transcript.attributes:
        fields["attributes"] = dict(transcript.attributes)
    # Readers trim the name of a source, also ours: other programs pad theirs.
    if not is_xml_safe(transcript.name) or transcript.name != transcript.name.strip():
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
    layout = around.layout
    shown_text = layout.text(MemoTarget.CODING, coding.id, coding.memo) if layout else ""
    fields = _coding_fields(coding, around.version)
    around.fields.describe(selection, coding.memo, fields, shown=shown_text)
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
