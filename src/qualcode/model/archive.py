"""What goes into the archive of a study, whose it is, and what was taken out of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.model.exchange import ExchangeProject
from qualcode.model.frozen import FrozenMap

YES = frozenset({"yes", "y", "ja", "j", "true", "1"})
"""Values of the attribute of consent that let an interview go into the archive."""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The consent of one participant.

    Attributes:
        participant: The pseudonym.
        consent: What the project says of it; ``""`` where it says nothing.
        is_in: Whether the interviews of this participant are in the archive.
    """

    participant: str
    consent: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class ArchivedInterview:
    """One interview of the study, in the archive or not.

    Attributes:
        name: Its alias.
        participants: Pseudonyms of who speaks in it.
        is_in: Whether it is in the archive.
        turns: Number of turns.
        words: Number of words.
        masked: Number of passages that were made unreadable.
    """

    name: str
    participants: tuple[str, ...]
    is_in: bool
    turns: int
    words: int
    masked: int


@dataclass(frozen=True, slots=True)
class ArchivedStudy:
    """A study as it goes into an archive.

    Attributes:
        project: The texts, codes and codings, without names of coders, interviews and files.
        interviews: All interviews.
        consent: The consent of each participant.
        consent_attribute: The attribute that holds it; ``""`` where a reason stands for it.
        reason: Why all interviews may go in, where no attribute holds consent.
        coders: What each coder is called in it.
        accepted: Why rare values in it are printed, by the id that their risk has in it.
    """

    project: ExchangeProject
    interviews: tuple[ArchivedInterview, ...]
    consent: tuple[ConsentRow, ...]
    consent_attribute: str
    reason: str
    coders: FrozenMap[str, str]
    accepted: FrozenMap[str, str] = field(default_factory=FrozenMap)
