"""How the items of a reporting standard are filled in from a project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qualcode.messages import Message
from qualcode.model.reference import Reference
from qualcode.project.checklist_facts import ProjectFacts


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """How one item is filled in.

    Attributes:
        number: Its number, or place.
        topic: What it is about.
        facts: Names of facts, with spaces between them.
        question: What the author must answer whatever the project knows.
        otherwise: What the author must answer where the project knows nothing.
        caution: What cannot be claimed.
        applies: Whether the caution holds for a project; always by default.
    """

    number: str
    topic: Message
    facts: str = ""
    question: str = ""
    otherwise: str = ""
    caution: str = ""
    applies: Callable[[ProjectFacts], bool] = lambda _: True


@dataclass(frozen=True, slots=True)
class StandardPlan:
    """A standard: name, source, note, and its items by part."""

    name: str
    source: Reference
    note: str
    parts: Parts


def is_coded_once(facts: ProjectFacts) -> bool:
    """Tell whether nobody coded an interview a second time."""
    return not facts.is_double_coded


def is_coded_twice(facts: ProjectFacts) -> bool:
    """Tell whether an interview was coded by two people."""
    return facts.is_double_coded


def has_saturation(facts: ProjectFacts) -> bool:
    """Tell whether the project can count when new codes stop coming."""
    return facts.has_saturation


Parts = tuple[tuple[Message, tuple[ItemPlan, ...]], ...]
"""The parts of a standard, each with its items."""
