"""Reads selections and codings of a source; positions are still those of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qualcode.importing.refi.container import child, children, guid_of, text_of
from qualcode.importing.refi.element_fields import is_copy
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.positions import Mark
from qualcode.importing.refi.sources import TextElement, count_codings
from qualcode.model.extension_block import split_extension_block

if TYPE_CHECKING:
    from lxml.etree import _Element

_OTHER = ("PictureSelection", "AudioSelection", "VideoSelection")


@dataclass(frozen=True, slots=True)
class RawCoding:
    """A ``Coding`` element: GUIDs of itself, its code, its user and its notes."""

    guid: str
    code: str
    user: str
    at: datetime | None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class RawSelection:
    """A selection of a text.

    Attributes:
        guid: Its GUID.
        mark: Its positions and name; None if it covers the whole text.
        user: GUID of the person who made it, not of the coder.
        at: Time of its creation.
        codings: Its codings.
        notes: GUIDs of its notes.
        description: Its description, without the fields of qualcode.
        extensions: The fields of qualcode.
        code_points: Its code points, if its words were searched in the text.
    """

    guid: str
    mark: Mark | None
    user: str = ""
    at: datetime | None = None
    codings: list[RawCoding] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    description: str = ""
    extensions: Mapping[str, Any] = field(default_factory=dict)
    code_points: tuple[int, int] | None = None


def read_selections(source: TextElement, loss_report: LossReport) -> list[RawSelection]:
    """Return the selections of a text; selections in other media are reported as lost."""
    selections = [s for s in _text_selections(source.element, loss_report) if s is not None]
    by_guid = {s.guid: s for s in selections if s.guid}
    for element in children(source.whole, "PDFSelection"):
        selections += _pdf_selection(element, source, by_guid, loss_report)
    for element in children(source.whole, *_OTHER):
        _lose(element, "They lie in a picture, a sound or a film.", loss_report)
    whole = [s for s in (source.whole, source.element) if child(s, "Coding") is not None]
    for element in dict.fromkeys(whole):
        selections.append(RawSelection("", None, codings=list(_codings(element))))
    return selections


def _text_selections(element: _Element, loss_report: LossReport) -> Iterator[RawSelection | None]:
    for selection in children(element, "PlainTextSelection"):
        if is_copy(selection):
            continue
        start, end = selection.get("startPosition"), selection.get("endPosition")
        yield _selection(selection, start, end, loss_report)
    points = {
        guid_of(point.get("guid")): point.get("position")
        for point in children(element, "SyncPoint")
    }
    for selection in children(element, "TranscriptSelection"):
        start = points.get(guid_of(selection.get("fromSyncPoint")))
        end = points.get(guid_of(selection.get("toSyncPoint")))
        yield _selection(selection, start, end, loss_report)


def _lose(element: _Element, why: str, loss_report: LossReport) -> None:
    loss_report.record_lost("selections", why)
    loss_report.record_lost("codings", why, count_codings(element))


def _selection(
    element: _Element, start: str | None, end: str | None, loss_report: LossReport
) -> RawSelection | None:
    try:
        # Some programs keep the order in which the mouse was dragged.
        first, last = sorted((int(start or ""), int(end or "")))
    except ValueError:
        _lose(element, "Their positions are not two whole numbers.", loss_report)
        return None
    mark = Mark(first, last, element.get("name") or "")
    description, extensions = split_extension_block(text_of(element, "Description"))
    return RawSelection(
        guid=guid_of(element.get("guid")),
        mark=mark,
        user=guid_of(element.get("creatingUser")),
        at=moment(element.get("creationDateTime")),
        codings=list(_codings(element)),
        notes=note_refs(element),
        description=description,
        extensions=extensions,
    )


def _codings(element: _Element) -> Iterator[RawCoding]:
    for coding in children(element, "Coding"):
        codes = [guid_of(ref.get("targetGUID")) for ref in children(coding, "CodeRef")]
        # A coding without a code is kept here, so that the loss report can count it later.
        for code in codes or [""]:
            yield RawCoding(
                guid=guid_of(coding.get("guid")),
                code=code,
                user=guid_of(coding.get("creatingUser")),
                at=moment(coding.get("creationDateTime")),
                notes=note_refs(coding),
            )


def note_refs(element: _Element) -> tuple[str, ...]:
    """Return the GUIDs of the notes that an element refers to."""
    return tuple(guid_of(ref.get("targetGUID")) for ref in children(element, "NoteRef"))


def _pdf_selection(
    element: _Element,
    source: TextElement,
    by_guid: Mapping[str, RawSelection],
    loss_report: LossReport,
) -> list[RawSelection]:
    twin = by_guid.get(guid_of(element.get("guid")))
    codings = list(_codings(element))
    if twin is not None:
        coded_pairs = {(coding.code, coding.user) for coding in twin.codings}
        # Some programs write a selection on a page of a PDF and once more in its text, with one
        # GUID.
        twin.codings += [c for c in codings if (c.code, c.user) not in coded_pairs]
        loss_report.record_changed(
            "selections", "They stood twice, on the page and in the text; merged."
        )
        return []
    place = _place_of_words(element, source.stored.text)
    if place is None:
        _lose(element, "They lie on a page of a PDF and their words were not found.", loss_report)
        return []
    loss_report.record_changed(
        "selections", "They lie on a page of a PDF; their words were found in the text."
    )
    selection = RawSelection(
        guid_of(element.get("guid")),
        None,
        guid_of(element.get("creatingUser")),
        moment(element.get("creationDateTime")),
        codings,
        note_refs(element),
        code_points=place,
    )
    return [selection]


def _place_of_words(element: _Element, text: str) -> tuple[int, int] | None:
    """Return the place of the words of a selection; None if they occur nowhere or twice."""
    representation = text_of(child(element, "Representation"), "PlainTextContent")
    for words in ((representation or "").split(), (element.get("name") or "").split()):
        if words:
            passage = re.compile(r"\s+".join(map(re.escape, words)))
            # Two matches are enough to know that the place is ambiguous.
            places = [match.span() for match, _ in zip(passage.finditer(text), "12", strict=False)]
            if len(places) == 1:
                return places[0]
    return None


def moment(value: str | None) -> datetime | None:
    """Return a time in UTC, which is also the zone of a time without one; None if invalid."""
    try:
        time = datetime.fromisoformat((value or "").strip())
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
