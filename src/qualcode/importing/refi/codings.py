"""Makes codings of selections: resolves positions, names coders, merges duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.positions import Ruler, is_quote
from qualcode.importing.refi.selections import RawCoding, RawSelection
from qualcode.importing.refi.users import Users
from qualcode.model import Coding, Span, Transcript

SHOWN_DIGITS = 8
"""Digits of an id that lists show; a person names a coding by them."""


def find_shared_beginnings(guids: Iterable[str]) -> frozenset[str]:
    """Return the first digits that several different GUIDs begin with."""
    counts = Counter(guid[:SHOWN_DIGITS] for guid in set(guids))
    return frozenset(beginning for beginning, count in counts.items() if count > 1)


@dataclass(slots=True)
class PlacedCodings:
    """The result of placing selections.

    Attributes:
        codings: In the order of the file.
        notes: Id of a coding and GUID of a note on it.
        uncoded: Name of the transcript, span and selection of passages without a coding.
        selections: First coding of a selection that is linked to something, by its GUID.
        by_guid: Codings that are linked to something, by the GUIDs of their elements.
        of_cases: GUID of a case, and transcript and span of a passage coded with it.
        spans: Transcript and span by GUID of a selection or a coding.
    """

    codings: list[Coding] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    uncoded: list[tuple[str, Span, RawSelection]] = field(default_factory=list)
    selections: dict[str, Coding] = field(default_factory=dict)
    by_guid: dict[str, Coding] = field(default_factory=dict)
    of_cases: list[tuple[str, str, Span]] = field(default_factory=list)
    spans: dict[str, tuple[str, Span]] = field(default_factory=dict)


class CodingPlacer:
    """Places the selections of all sources of one file."""

    def __init__(
        self,
        paths: Mapping[str, str],
        users: Users,
        loss_report: LossReport,
        *,
        cases: Collection[str],
        linked: Collection[str],
        shared_beginnings: Collection[str],
        version: int,
        origin: str,
        is_qualcode_file: bool,
    ) -> None:
        self.placed = PlacedCodings()
        self._paths = paths
        self._cases = cases
        self._linked = linked
        self._users = users
        self._loss_report = loss_report
        self._version = version
        self._origin = origin
        self._is_qualcode_file = is_qualcode_file
        self._coding_keys: set[tuple[str, Span, str, str, str]] = set()
        self._ids: set[str] = set()
        self._shared = shared_beginnings

    def place(self, transcript: Transcript, selection: RawSelection, ruler: Ruler) -> None:
        """Add the codings of a selection, or the passage if it has none."""
        span = self._span(transcript, selection, ruler)
        if span is None:
            return
        for guid in (selection.guid, *(raw.guid for raw in selection.codings)):
            self.placed.spans[guid] = (transcript.name, span)
        first: Coding | None = None
        for raw in selection.codings:
            coding = self._coding(transcript, span, selection, raw)
            if coding is not None:
                first = first or coding
                self.placed.codings.append(coding)
                if raw.guid in self._linked:
                    self.placed.by_guid[raw.guid] = coding
                self.placed.notes += [(coding.id, note) for note in raw.notes]
        if first is not None:
            if selection.guid in self._linked:
                self.placed.selections[selection.guid] = first
            self.placed.notes += [(first.id, note) for note in selection.notes]
        elif not selection.codings:
            self.placed.uncoded.append((transcript.name, span, selection))

    def _span(self, transcript: Transcript, selection: RawSelection, ruler: Ruler) -> Span | None:
        length = len(transcript.text)
        if selection.code_points is not None:
            return Span(*selection.code_points)
        # Other programs code a whole document; here each coding has a passage.
        if selection.mark is None:
            self._loss_report.record_changed(
                "codings",
                "They are on a whole source; they cover all of its text.",
                len(selection.codings),
            )
            return Span(0, length)
        if selection.mark.end <= selection.mark.start:
            self._loss_report.record_lost("selections", "They are empty.")
            return None
        start, end = ruler.span(selection.mark.start, selection.mark.end)
        clipped = max(0, start), min(length, end)
        if clipped[0] >= clipped[1]:
            self._loss_report.record_lost("selections", "They lie outside the text.")
            return None
        if clipped != (start, end):
            self._loss_report.record_changed(
                "selections", "They ran past the end of the text; cut off there."
            )
        return Span(*clipped)

    def _coding(
        self, transcript: Transcript, span: Span, selection: RawSelection, raw: RawCoding
    ) -> Coding | None:
        if raw.code in self._cases:
            self.placed.of_cases.append((raw.code, transcript.name, span))
            self._loss_report.record_changed(
                "codings", "They name a case, not a code; it takes part in the source."
            )
            return None
        if raw.code not in self._paths:
            self._loss_report.record_lost("codings", "Their code is not in the file.")
            return None
        code, coder = self._paths[raw.code], self._coder(selection, raw)
        extensions = selection.extensions
        round_ = str(extensions.get("round", ""))
        # The store refuses a second coding of the same passage, code, coder and round.
        key = (transcript.name, span, code, coder, round_)
        if key in self._coding_keys:
            self._loss_report.record_changed(
                "codings", "Same passage, code and coder as another; merged."
            )
            return None
        self._coding_keys.add(key)
        quote = span.of(transcript.text)
        version = extensions.get("version", self._version)
        return Coding.of(
            transcript,
            span,
            code,
            coder,
            id=str(extensions.get("id") or self._id(raw, key)),
            round=round_,
            codebook_version=version if isinstance(version, int) else self._version,
            memo=self._memo(selection, quote),
            origin=str(
                extensions.get("origin", "manual" if self._is_qualcode_file else self._origin)
            ),
            created_at=raw.at or selection.at,
        )

    def _memo(self, selection: RawSelection, quote: str) -> str:
        if self._is_qualcode_file:
            return selection.description
        words = selection.description.strip()
        # Some programs repeat the passage as the description of its selection.
        return "" if is_quote(words, quote) else words

    def _coder(self, selection: RawSelection, raw: RawCoding) -> str:
        if raw.user:
            return self._users.name(raw.user)
        if self._users.listed_name(selection.user):
            message = "They do not name their coder; who made the selection was taken."
            self._loss_report.record_changed("codings", message)
            return self._users.listed_name(selection.user)
        self._loss_report.record_changed("codings", "They do not name their coder.")
        return self._users.name("")

    def _id(self, raw: RawCoding, key: tuple[str, Span, str, str, str]) -> str:
        coding_id = raw.guid
        # One Coding element may name several codes; a name-based UUID stays the same on each
        # reading. Lists show the first digits, which some programs count up in the last ones.
        if not coding_id or coding_id in self._ids or coding_id[:SHOWN_DIGITS] in self._shared:
            coding_id = uuid5(NAMESPACE_URL, f"{raw.guid} {key}").hex
        self._ids.add(coding_id)
        return coding_id
