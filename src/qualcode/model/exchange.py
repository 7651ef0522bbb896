"""A whole project for exchange between programs, and the loss report of an import.

``importing.refi`` and ``exporting.refi`` read and write the files; ``project`` stores and
assembles the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from qualcode.messages import Message
from qualcode.model.case import Case
from qualcode.model.codebook import Codebook
from qualcode.model.coding import Coding, Event, Memo, Round
from qualcode.model.disagreement import Decision
from qualcode.model.frozen import FrozenMap
from qualcode.model.guide import Guide
from qualcode.model.json_values import rename_fields
from qualcode.model.transcript import Original, Transcript


class LossKind(StrEnum):
    """Outcomes for an item in a file of another program."""

    TAKEN = "taken"
    CHANGED = "changed"
    NOT_TAKEN = "not taken"


@dataclass(frozen=True, slots=True)
class Loss:
    """One line of the loss report.

    Attributes:
        kind: The outcome.
        item: The kind of item ("codings", "sources", "links").
        count: Number of items.
        message: The change or the reason, in one sentence.
    """

    kind: LossKind
    item: str
    count: int
    message: str

    def __str__(self) -> str:
        return Message(
            "{count} {what} {kind}: {message}",
            count=self.count,
            what=self.item,
            kind=self.kind.value,
            message=self.message,
        )

    def json_fields(self) -> dict[str, Any]:
        """Return the line as JSON names it: the item is ``what``."""
        return rename_fields(self, {"item": "what"})


_UNITS = {
    "codepoint": Message("characters"),
    "utf16": Message("UTF-16 units"),
    "utf8": Message("bytes"),
}


@dataclass(frozen=True, slots=True)
class Convention:
    """Convention of a program for positions in a text.

    Attributes:
        unit: ``codepoint``, ``utf16``, or ``utf8`` (bytes, as Taguette counts).
        newline: ``lf``: only line feeds occur, each counts 1; ``crlf_counts_1`` and
            ``crlf_counts_2``: length of the pair CRLF, where a line feed counts 1;
            ``lf_counts_2``: every line end counts 2.
        bom: Whether a byte order mark counts.
        end: ``exclusive``, or ``inclusive`` if the end is the last character.
    """

    unit: str = "codepoint"
    newline: str = "lf"
    bom: bool = False
    end: str = "exclusive"

    def __str__(self) -> str:
        ends_count_2 = self.newline in {"crlf_counts_2", "lf_counts_2"}
        parts = {
            "unit": _UNITS.get(self.unit, self.unit),
            "newline": Message("a line end as 2") if ends_count_2 else Message("a line end as 1"),
            "end": Message("up to and including the last")
            if self.end == "inclusive"
            else Message("up to, not including, the last"),
        }
        if self.bom:
            return Message("in {unit}, {newline}, {end}, with the mark before the text", **parts)
        return Message("in {unit}, {newline}, {end}", **parts)


@dataclass(frozen=True, slots=True)
class ExchangeSource:
    """A transcript with its original file; None if there is only the text."""

    transcript: Transcript
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class ExchangeSet:
    """A named set of codes, sources and cases, as other programs keep them.

    Attributes:
        name: Its name.
        description: Its description.
        codes: Paths of its codes.
        sources: Names of its transcripts.
        cases: Names of its cases.
    """

    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangeProject:
    """The content of a project file of another program or of qualcode.

    Attributes:
        name: Name of the project.
        origin: The program that wrote the file.
        language: Language of the codebook and the transcripts.
        sources: The texts.
        codebook: The codes; None without codes.
        coders: Names of all users, in order, whether they coded or not.
        codings: In the order of the file; their codes are paths of ``codebook``.
        cases: The respondents.
        memos: Notes; a note on a coding has the id of the coding.
        sets: Sets of codes and sources.
        rounds: Rounds of coding; this field and the next ones are in files of qualcode only.
        guides: Topic guides.
        decisions: Decisions on disagreements.
        events: The history of changes.
        chosen: Ids of the codings chosen for publication.
        excerpts: The author's texts to print, by coding id.
        confirmed: Names of the transcripts whose speakers were confirmed.
        earlier: Earlier versions of the codebook, the first one first.
        variable_types: Type of each attribute of cases that another program did not hold as
            text (``Integer``, ``Date``), by name.
        losses: Items imported, changed and not imported; filled by a reader.
        convention: Convention of positions; None without selections.
        score: Share of selections that fit the convention, 0 to 1; None without selections.
    """

    name: str
    origin: str = ""
    language: str = "nl"
    sources: tuple[ExchangeSource, ...] = ()
    codebook: Codebook | None = None
    coders: tuple[str, ...] = ()
    codings: tuple[Coding, ...] = ()
    cases: tuple[Case, ...] = ()
    memos: tuple[Memo, ...] = ()
    sets: tuple[ExchangeSet, ...] = ()
    rounds: tuple[Round, ...] = ()
    guides: tuple[Guide, ...] = ()
    decisions: tuple[Decision, ...] = ()
    events: tuple[Event, ...] = ()
    chosen: frozenset[str] = frozenset()
    excerpts: Mapping[str, str] = field(default_factory=FrozenMap)
    confirmed: frozenset[str] = frozenset()
    earlier: tuple[Codebook, ...] = ()
    variable_types: Mapping[str, str] = field(default_factory=FrozenMap)
    losses: tuple[Loss, ...] = ()
    convention: Convention | None = None
    score: float | None = None
