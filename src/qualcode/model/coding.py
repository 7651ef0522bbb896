"""The work of coders: codings, memos, rounds, and the events that record each change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.span import Span
from qualcode.model.transcript import Transcript

CONSENSUS = "consensus"
"""The coder of the codings that were agreed in adjudication."""
UNION = "union"
"""The coder of the passages of all coders together, in reports only; it is nobody."""
LAYERS = frozenset({"all", "final", UNION})
"""Names that choose codings of several coders, so that no coder may have one of them."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one span by one coder; added and withdrawn, never edited.

    Attributes:
        id: 32 hexadecimal digits (a UUID).
        transcript: Name of the transcript.
        span: Where it lies, in code points.
        quote: The text of the span when it was coded, which never changes.
        code: Path of the code in the current codebook.
        coder: A person's name in the project, or ``consensus``.
        round: Name of the round it was made in; ``""`` outside rounds.
        codebook_version: Version of the codebook it was made under.
        memo: The coder's note on it.
        origin: ``manual``, ``table:FILE``, ``adjudication`` or
            ``suggestion:SUGGESTER@VERSION``.
        created_at: Time of coding, in UTC.
        withdrawn_at: Time of withdrawal, in UTC; None while it is active.
    """

    id: str
    transcript: str
    span: Span
    quote: str
    code: str
    coder: str
    round: str = ""
    # A coding keeps the version that its coder read, while its code follows the newest book.
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
        # The text is not at hand here. The length alone already shows positions in another unit.
        if len(self.quote) != len(self.span):
            raise InvalidValueError(
                Message(
                    "The quote of a coding has {count_quote} characters, its span {count_span} "
                    "(transcript '{transcript}' at {start}).",
                    count_quote=len(self.quote),
                    count_span=len(self.span),
                    transcript=self.transcript,
                    start=self.span.start,
                )
            )


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row of a table of codings as read, not yet located in a text.

    Attributes:
        line: Number of the row in the file, the header being 1.
        transcript: Name of the transcript.
        start: Start of the passage, in code points; None if the table has none.
        end: End of the passage, exclusive; None if the table has none.
        quote: The passage; ``""`` if the table has none.
        code: Path of the code.
        coder: The coder; ``""`` if the table names none.
        memo: The coder's note.
        turn: Number of the turn in which the quote stands; None if the table has none.
    """

    line: int
    transcript: str
    start: int | None
    end: int | None
    quote: str
    code: str
    coder: str = ""
    memo: str = ""
    turn: int | None = None


class MemoTarget(StrEnum):
    """Kinds of items that a memo can be attached to."""

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
        target: Key of its target: the id of a coding, the path of a code, a name, ``NAME#12``
            for a turn; ``""`` for the project.
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
    """A named phase of coding with its own rules.

    Attributes:
        coders: Coders of the round.
        transcripts: Transcripts to code; empty means all.
        blind: Whether coders cannot see each other's codings.
        suggestions: Whether suggestions of the program may be shown.
        codebook_version: Version of the codebook to use.
        closed: Whether all coders handed in their work.
        handed_in: The coders who handed in; their codings in the round are fixed.
        seed: Seed of the random draw of transcripts; None if they were chosen.
        stratified_by: Attribute of cases that stratified the draw; ``""`` for none.
        drawn_from: Number of transcripts in the draw; 0 if they were chosen.
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
    def coders_are_separated(self) -> bool:
        """Whether the work of other coders is hidden now."""
        # A round without coders has nobody who could hand in, so its work would stay hidden for
        # ever.
        return self.blind and not self.closed and bool(self.coders)

    def covers(self, transcript: str) -> bool:
        """Tell whether a transcript is part of the round."""
        # Transcripts that are imported later belong to a round of all transcripts too.
        return not self.transcripts or transcript in self.transcripts


@dataclass(frozen=True, slots=True)
class Event:
    """One change of the project: who, when, what, before and after.

    Attributes:
        number: Place in the history, from 1.
        step: Number of the step it belongs to: events of one step are undone together.
        at: Time, in UTC.
        who: The coder, or ``""`` if nobody was named.
        action: The action: ``coding.add``, ``codebook.change``, ...
        target: Key of its target.
        before: State before, as JSON text; ``""`` for none.
        after: State after, as JSON text; ``""`` for none.
        undone: Whether it was undone since.
        note: Of a codebook version, what was done, as a message; ``""`` for everything else.
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
    note: str = ""
