"""Results of a search: hits with their context, and candidates for codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.frozen import FrozenMap
from qualcode.model.span import Span


class SearchMode(StrEnum):
    """How the words of a search are compared with a text."""

    FORMS = "forms"
    """Any form of a word: ``werk`` finds "werkte"."""
    EXACT = "exact"
    """The words as they are written, upper and lower case alike."""
    PATTERN = "pattern"
    """A regular expression."""


class HitUnit(StrEnum):
    """The passage that is coded for a hit."""

    HIT = "hit"
    SENTENCE = "sentence"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with its filters, kept in the project under a name.

    Attributes:
        name: What the team calls it.
        words: The words or the pattern.
        mode: How the words are compared.
        code: Paths of codes that the hits must touch.
        without: Paths of codes that no hit may touch.
        where: Attributes of the respondent and their values.
        transcripts: Names of the transcripts; empty for all.
        everyone: Whether interviewers are searched too.
    """

    name: str
    words: str = ""
    mode: SearchMode = SearchMode.FORMS
    code: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    where: FrozenMap[str, str] = field(default_factory=FrozenMap)
    transcripts: tuple[str, ...] = ()
    everyone: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > 120:
            raise InvalidValueError(
                Message(
                    "A saved search needs a name of 1 to 120 characters; got '{name}'.",
                    name=self.name,
                )
            )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, with its context.

    Attributes:
        transcript: Name of the transcript.
        turn: Number of its turn.
        span: Its place.
        before: Words before it in the same turn.
        text: The passage itself.
        after: Words after it in the same turn.
    """

    transcript: str
    turn: int
    span: Span
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class CodeCandidate:
    """A word or phrase of respondents that is not in the codebook and may become a code.

    Attributes:
        theme: Path of the theme in whose passages it occurs; ``""`` for uncoded text.
        lemmas: Its lemmas.
        count: Number of occurrences.
        transcripts: Number of transcripts.
        examples: Some places, at most one per transcript before any second.
    """

    theme: str
    lemmas: tuple[str, ...]
    count: int
    transcripts: int
    examples: tuple[Hit, ...] = ()
