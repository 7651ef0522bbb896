"""Findings, and what carries them: codes, passages, evidence from outside, recommendations.

After the joint display of mixed methods research (Guetterman, Fetters and Creswell 2015, Annals of
Family Medicine 13(6), 554-561): what was found, in whom, with which words, and whether other
sources confirm, extend or contradict it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.coding_basis import Basis, BasisChange
from qualcode.model.frozen import FrozenMap
from qualcode.model.quote import Quote, Reach

MOST_WORDS = 120
"""Of a finding or recommendation: a sentence, not a section."""


class Relation(StrEnum):
    """How evidence from outside relates to a finding."""

    CONFIRMS = "confirms"
    EXTENDS = "extends"
    CONTRADICTS = "contradicts"


RELATION_NAMES: Mapping[Relation, Message] = MappingProxyType(
    {
        Relation.CONFIRMS: Message("confirms"),
        Relation.EXTENDS: Message("extends"),
        Relation.CONTRADICTS: Message("contradicts"),
    }
)
"""What a relation is called for people."""


@dataclass(frozen=True, slots=True)
class OutsideEvidence:
    """Evidence that is not in the interviews.

    Attributes:
        source: Where it is from: a survey, a paper, data of the client.
        text: What it says.
        relation: Whether it confirms, extends or contradicts the finding.

    Raises:
        InvalidValueError: it has no source.
    """

    source: str
    text: str = ""
    relation: Relation = Relation.CONFIRMS

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise InvalidValueError("Say where the evidence is from: a survey, a paper, data.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, as a researcher wrote it.

    Attributes:
        number: Its number in the study, from 1.
        text: The sentence.
        codes: Ids of the codes it is about.
        supporting: Ids of codings that carry it.
        contrary: Ids of codings that speak against it.
        evidence: Evidence from outside.
        layer: Whose codings it was written on.
        by: Who wrote it.
        basis: The codings it was last looked at with.
        id: Its id; ``""`` until it is stored.

    Raises:
        InvalidValueError: it is empty, or too long.
    """

    number: int
    text: str
    codes: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    evidence: tuple[OutsideEvidence, ...] = ()
    layer: str = ""
    by: str = ""
    basis: Basis = field(default_factory=FrozenMap)
    id: str = ""

    def __post_init__(self) -> None:
        check_sentence(self.text)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What should be done, and the findings it rests on.

    Attributes:
        number: Its number in the study, from 1.
        text: The sentence.
        findings: Ids of the findings.
        by: Who wrote it.
        id: Its id.

    Raises:
        InvalidValueError: it is empty, or too long.
    """

    number: int
    text: str
    findings: tuple[str, ...] = ()
    by: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        check_sentence(self.text)


def check_sentence(text: str) -> None:
    """Refuse a finding or recommendation without words, or with too many.

    Raises:
        InvalidValueError: it is so.
    """
    words = len(text.split())
    if not words:
        raise InvalidValueError("A finding or recommendation needs a sentence.")
    if words > MOST_WORDS:
        raise InvalidValueError(
            Message(
                "It has {words} words, and {most} is the most. Say one thing; make a second "
                "finding of the rest.",
                words=words,
                most=MOST_WORDS,
            )
        )


@dataclass(frozen=True, slots=True)
class FindingState:
    """A finding with what carries it now.

    Attributes:
        finding: The finding.
        codes: Paths of its codes.
        reaches: Participants with it, all first (group ``""``), then per group.
        codings: Ids of the codings of its codes, and of those that were linked to it.
        changes: Codings that are not as they were when it was last looked at.
        supporting: Quotes that carry it.
        contrary: Quotes that speak against it.
        recommendations: The recommendations that rest on it.
        risk: Id of the risk that few participants are recognised; ``""`` if they are enough.
        accepted: Why it is printed with its small counts all the same.
    """

    finding: Finding
    codes: tuple[str, ...]
    reaches: tuple[Reach, ...]
    codings: tuple[str, ...]
    changes: tuple[BasisChange, ...] = ()
    supporting: tuple[Quote, ...] = ()
    contrary: tuple[Quote, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    risk: str = ""
    accepted: str = ""

    @property
    def is_stale(self) -> bool:
        """Whether a coding that it rests on changed since somebody looked at it."""
        return bool(self.changes)

    @property
    def is_empty(self) -> bool:
        """Whether it rests on no coding."""
        return not self.codings


@dataclass(frozen=True, slots=True)
class ContraryProposal:
    """Who or what may speak against a finding; it changes nothing until somebody links it.

    Attributes:
        kind: ``opposite`` (participants who have the code with its opposite), ``silent`` (a group
            that was asked and never says it) or ``wording`` (passages least alike: atypical
            wording, which says nothing about participants).
        cases: Names of the participants.
        codings: Ids of the codings.
        group: The group that never says it.
    """

    kind: str
    cases: tuple[str, ...] = ()
    codings: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """All findings with what carries them, and all recommendations.

    Attributes:
        findings: The findings, by number.
        recommendations: The recommendations, by number.
        threshold: Counts of fewer participants are printed after a decision only.
    """

    findings: tuple[FindingState, ...]
    recommendations: tuple[Recommendation, ...]
    threshold: int
