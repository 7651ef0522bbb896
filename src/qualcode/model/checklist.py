"""A checklist of reporting standards, filled in from a project as far as it goes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


class ChecklistKind(StrEnum):
    """The reporting standards that can be filled in."""

    COREQ = "coreq"
    SRQR = "srqr"
    JARS_QUAL = "jars-qual"
    RTARG = "rtarg"


class ItemState(StrEnum):
    """How far a project answers an item."""

    KNOWN = "known"
    PARTLY = "partly"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class ChecklistFact:
    """Something that the project knows.

    Attributes:
        text: The fact, as a sentence.
        source: Where the project keeps it: "the codebook".
    """

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item, in words of this program.

    Attributes:
        number: Its number in the standard; in one without numbers, its place.
        part: The part of the standard that it belongs to.
        topic: What it is about, in a few words.
        facts: What the project knows of it.
        ask: What the author has to answer; ``""`` where the project answers all.
        caution: What cannot be claimed; ``""`` for nothing.
    """

    number: str
    part: str
    topic: str
    facts: tuple[ChecklistFact, ...] = ()
    ask: str = ""
    caution: str = ""

    @property
    def state(self) -> ItemState:
        """How far the project answers it."""
        if not self.facts:
            return ItemState.AUTHOR
        return ItemState.PARTLY if self.ask else ItemState.KNOWN

    def json_fields(self) -> dict[str, Any]:
        """Return the item as JSON has it, with how far the project answers it."""
        return {**{f.name: getattr(self, f.name) for f in fields(self)}, "state": self.state}


@dataclass(frozen=True, slots=True)
class Checklist:
    """A standard with its items.

    Attributes:
        kind: Which standard.
        name: What it is called in full.
        source: The publication that sets it.
        note: What its reader must know about it.
        items: Its items, in order.
    """

    kind: ChecklistKind
    name: str
    source: str
    note: str
    items: tuple[ChecklistItem, ...]

    def count(self, state: ItemState) -> int:
        """Return how many items the project answers as far as that."""
        return sum(item.state is state for item in self.items)
