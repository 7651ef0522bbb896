"""A transcript: the frozen text of one interview, with speakers, turns and segments.

``importing`` reads files into these values; ``segmenting`` cuts the text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.frozen import FrozenMap
from qualcode.model.span import Span


class Role(StrEnum):
    """Roles of speakers in the interview; only words of respondents are counted."""

    INTERVIEWER = "interviewer"
    RESPONDENT = "respondent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker label as written in the transcript, with its role.

    Attributes:
        label: As written, unique in the transcript.
        role: Its role.
        confirmed: Whether a person said or confirmed the role; else the program proposes it.
    """

    label: str
    role: Role
    confirmed: bool = True

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise InvalidValueError("A speaker needs a label.")

    def is_confirmed_as(self, role: Role) -> bool:
        """Tell whether a person said or confirmed that the speaker has this role."""
        return self.confirmed and self.role is role

    @property
    def counts(self) -> bool:
        """Whether the words count as a respondent's: nobody confirmed another role."""
        return self.role is Role.RESPONDENT or not self.confirmed


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech.

    Attributes:
        number: Place in the transcript, from 1.
        speaker: The speaker's label.
        span: The speech, without the label, time stamps and outer white space.
        time_ms: The time of this turn in the transcript, in milliseconds from the start of the
            recording: its start, or its end in the style of f4, which stamps the end of a
            turn. None without a time.
    """

    number: int
    speaker: str
    span: Span
    time_ms: int | None = None

    def __post_init__(self) -> None:
        if self.number < 1:
            raise InvalidValueError(
                Message("Turns are numbered from 1; got {number}.", number=self.number)
            )
        if self.time_ms is not None and self.time_ms < 0:
            raise InvalidValueError(
                Message("Turn {number} has a negative time.", number=self.number)
            )


def text_hash(text: str) -> str:
    """Return the sha256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Original:
    """The original file of a transcript, byte for byte.

    Attributes:
        file_name: Its name, without folders.
        data: Its bytes.
        sha256: Hash of the bytes, which identifies the file; computed.
    """

    file_name: str
    data: bytes = field(repr=False)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True)
class Transcript:
    r"""One interview: a text that never changes again, with its speakers and turns.

    Attributes:
        name: Unique in the project; the file's stem by default ("G01").
        text: Decoded once; line ends are ``\n``; no BOM, NUL or lone surrogate; not
            normalised.
        speakers: In order of first appearance.
        turns: In order of the text; they do not overlap.
        source_file: Name of its original file, without folders.
        language: Language code of the text.
        attributes: ``date``, ``place``, ``mode``, ``interviewer``, ``kind``, ... to text.
        sha256: Hash of ``text``; computed.
    """

    KINDS: ClassVar[tuple[str, ...]] = ("interview", "group", "document", "answers")
    """Values of the attribute ``kind``: answers are those of many people to one question."""

    name: str
    text: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    source_file: str = ""
    language: str = "nl"
    attributes: FrozenMap[str, str] = field(default_factory=FrozenMap)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("A transcript needs a name.")
        if not self.text.strip():
            raise InvalidValueError(Message("Transcript '{name}' has no text.", name=self.name))
        # Readers clean the text. An unclean one would shift positions or could not be stored.
        bad = [c for c in ("\r", "\x00") if c in self.text]
        if bad or self.text.startswith("\ufeff"):
            raise InvalidValueError(
                Message(
                    "The text of transcript '{name}' was not cleaned: it holds a carriage "
                    "return, a NUL or a byte order mark.",
                    name=self.name,
                )
            )
        try:
            object.__setattr__(self, "sha256", text_hash(self.text))
        except UnicodeEncodeError as error:
            raise InvalidValueError(
                Message(
                    "The text of transcript '{name}' holds half a character (a lone surrogate) "
                    "at position {start}.",
                    name=self.name,
                    start=error.start,
                )
            ) from error
        self._check_turns()

    def _check_turns(self) -> None:
        labels = {speaker.label for speaker in self.speakers}
        if len(labels) != len(self.speakers):
            raise InvalidValueError(
                Message("Transcript '{name}' lists a speaker twice.", name=self.name)
            )
        for turn in self.turns:
            if turn.speaker not in labels:
                raise InvalidValueError(
                    Message(
                        "Turn {number} of '{name}' has the unknown speaker '{speaker}'.",
                        number=turn.number,
                        name=self.name,
                        speaker=turn.speaker,
                    )
                )
        if self.turns and self.turns[-1].span.end > len(self.text):
            raise InvalidValueError(
                Message("A turn of '{name}' ends past the text.", name=self.name)
            )
        for before, after in pairwise(self.turns):
            # The search for the turn at a position relies on this order.
            if after.span.start < before.span.end or after.number <= before.number:
                raise InvalidValueError(
                    Message(
                        "Turns {number} and {number_2} of '{name}' are not in order.",
                        number=before.number,
                        number_2=after.number,
                        name=self.name,
                    )
                )

    @property
    def kind(self) -> str:
        """The kind of source, or ``""`` if nobody said it."""
        return self.attributes.get("kind", "")

    def role_of(self, label: str) -> Role:
        """Return the role of a speaker of this transcript."""
        for speaker in self.speakers:
            if speaker.label == label:
                return speaker.role
        raise InvalidValueError(
            Message("Transcript '{name}' has no speaker '{label}'.", name=self.name, label=label)
        )

    def turn_at(self, position: int) -> Turn | None:
        """Return the turn at a code-point position, or None between turns."""
        # Binary search: reports ask for the turn of every coding.
        low, high = 0, len(self.turns)
        while low < high:
            middle = (low + high) // 2
            if self.turns[middle].span.end <= position:
                low = middle + 1
            else:
                high = middle
        if low < len(self.turns) and self.turns[low].span.start <= position:
            return self.turns[low]
        return None

    def of_interviewer(self, span: Span) -> bool:
        """Tell whether a passage lies in turns of confirmed interviewers only."""
        interviewers = {s.label for s in self.speakers if s.is_confirmed_as(Role.INTERVIEWER)}
        turns = [turn for turn in self.turns if turn.span.overlaps(span)]
        # A passage that reaches into an answer counts as words of the respondent.
        return bool(turns) and all(turn.speaker in interviewers for turn in turns)

    def respondent_turns(self) -> tuple[Turn, ...]:
        """Return the turns whose words count: all but those of whom a person said otherwise.

        A role that is only proposed leaves nothing out.
        """
        respondents = {s.label for s in self.speakers if s.counts}
        return tuple(turn for turn in self.turns if turn.speaker in respondents)


class SegmentKind(StrEnum):
    """Kinds of structural units of a text."""

    TURN = "turn"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Segment:
    """A structural unit of the text, independent of any judgement.

    Attributes:
        transcript: Name of the transcript.
        kind: Its kind.
        span: Its place. The span of an answer runs from its question to the last turn of the
            reply.
        turns: Numbers of its turns, in order.
        question: Id of the guide question that it answers; answers only, None if none fits.
    """

    transcript: str
    kind: SegmentKind
    span: Span
    turns: tuple[int, ...]
    question: str | None = None
