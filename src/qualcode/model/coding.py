"""What coders do: codings, memos, rounds, and the events that record each change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from qualcode.errors import InvalidValueError
from qualcode.model.span import Span
from qualcode.model.transcript import Transcript

CONSENSUS = "consensus"
"""The coder that owns what was agreed in adjudication."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one span by one coder; added and withdrawn, never edited.

    Attributes:
        id: 32 hexadecimal digits (a UUID).
        transcript: Name of the transcript.
        span: Where it lies, in code points.
        quote: The text of the span when it was coded; equal to it for ever.
        code: Path of the code in the current codebook.
        coder: A person's name in the project, or ``consensus``.
        round: Name of the round it was made in; ``""`` outside rounds.
        codebook_version: Version of the codebook it was made under.
        memo: The coder's note on it.
        origin: ``manual``, ``table:FILE``, ``adjudication`` or
            ``suggestion:SUGGESTER@VERSION``.
        created_at: When, in UTC.
        withdrawn_at: When it was withdrawn, in UTC; None while it stands.
    """

    id: str
    transcript: str
    span: Span
    quote: str
    code: str
    coder: str
    round: str = ""
    codebook_version: int = 1
    memo: str = ""
    origin: str = "manual"
    created_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @classmethod
    def of(
        cls,
        transcript: Transcript,
        span: Span,
        code: str,
        coder: str,
        *,
        id: str = "",  # noqa: A002 - the field's name
        round: str = "",  # noqa: A002 - the project's word for it
        codebook_version: int = 1,
        memo: str = "",
        origin: str = "manual",
        created_at: datetime | None = None,
    ) -> Self:
        """Make a coding of a passage; its quote is what the transcript has there.

        Args:
            transcript: The transcript.
            span: The passage, in code points.
            code: Path of the code.
            coder: Who codes.
            id: Its id; ``""`` lets the store choose one.
            round: Name of the round; ``""`` outside rounds.
            codebook_version: Version of the codebook that it is made under.
            memo: A note on it.
            origin: As in the class.
            created_at: When, in UTC; None lets the store note the time.
        """
        return cls(
            id=id,
            transcript=transcript.name,
            span=span,
            quote=span.of(transcript.text),
            code=code,
            coder=coder,
            round=round,
            codebook_version=codebook_version,
            memo=memo,
            origin=origin,
            created_at=created_at,
        )

    def __post_init__(self) -> None:
        if not self.coder.strip():
            raise InvalidValueError("A coding needs a coder.")
        if not self.code:
            raise InvalidValueError("A coding needs a code.")
        if len(self.quote) != len(self.span):
            raise InvalidValueError(
                f"The quote of a coding has {len(self.quote)} characters, its span "
                f"{len(self.span)} (transcript '{self.transcript}' at {self.span.start})."
            )


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row of a table of codings, as read: not yet known to fit any text.

    Attributes:
        line: Number of the row in the file, the header being 1.
        transcript: Name of the transcript.
        start: Where the passage starts, in code points; None where the table does not say.
        end: Where it ends, excluded; None likewise.
        quote: The passage; ``""`` where the table does not say.
        code: Path of the code.
        coder: Who coded; ``""`` where the table does not say.
        memo: The coder's note.
    """

    line: int
    transcript: str
    start: int | None
    end: int | None
    quote: str
    code: str
    coder: str = ""
    memo: str = ""


class MemoTarget(StrEnum):
    """What a memo can be attached to."""

    PROJECT = "project"
    TRANSCRIPT = "transcript"
    TURN = "turn"
    CODE = "code"
    CODING = "coding"
    CASE = "case"
    CODER = "coder"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Memo:
    """A dated note on anything.

    Attributes:
        target: Key of what it is about: a coding's id, a code's path, a name, ``NAME#12`` for
            a turn; ``""`` for the project.
    """

    id: str
    target_kind: MemoTarget
    target: str
    text: str
    author: str
    created_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValueError("A memo needs a text.")


@dataclass(frozen=True, slots=True)
class Round:
    """A named stretch of coding work with its own rules.

    Attributes:
        coders: Who codes in it.
        transcripts: What is coded in it; empty means all.
        blind: Coders do not see each other's codings.
        suggestions: Whether the program's suggestions may be shown.
        codebook_version: The version it is coded with.
        closed: Whether the work was handed in by all.
        handed_in: The coders who handed in; their codings in the round are fixed.
        seed: Seed that the transcripts were drawn with; None where they were chosen.
        stratified_by: Attribute of the cases that the draw was stratified by; ``""`` for none.
        drawn_from: Number of transcripts that they were drawn from; 0 where they were chosen.
    """

    name: str
    coders: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    blind: bool = True
    suggestions: bool = False
    codebook_version: int = 1
    closed: bool = False
    handed_in: tuple[str, ...] = ()
    seed: int | None = None
    stratified_by: str = ""
    drawn_from: int = 0

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("A round needs a name.")

    @property
    def keeps_apart(self) -> bool:
        """Whether its coders may not see each other's work now."""
        return self.blind and not self.closed and bool(self.coders)

    def covers(self, transcript: str) -> bool:
        """Tell whether a transcript is coded in it."""
        return not self.transcripts or transcript in self.transcripts


@dataclass(frozen=True, slots=True)
class Event:
    """One change of the project: who, when, what, before and after.

    Attributes:
        number: Place in the history, from 1.
        step: Number of the step it belongs to: events of one step are undone together.
        at: When, in UTC.
        who: The coder, or ``""`` where nobody was named.
        action: What was done: ``coding.add``, ``codebook.change``, ...
        target: Key of what it was done to.
        before: State before, as JSON text; ``""`` where there was none.
        after: State after, as JSON text; ``""`` where there is none.
        undone: Whether it was undone since.
    """

    number: int
    step: int
    at: datetime
    who: str
    action: str
    target: str
    before: str = ""
    after: str = ""
    undone: bool = False
