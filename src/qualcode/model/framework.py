"""A framework matrix: what each participant says on each code, in the researcher's words.

After Ritchie and Spencer (1994), Qualitative data analysis for applied policy research, in
Bryman and Burgess (eds), Analyzing Qualitative Data: a row per participant, a column per theme,
in each cell a summary that keeps its way back to the passages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.coding_basis import Basis, BasisChange

MOST_WORDS = 400
"""Of one summary: what is longer is no summary, and makes the grid unreadable."""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary.

    Attributes:
        text: Its words.
        codings: Ids of the codings that it rests on.
    """

    text: str
    codings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellSummary:
    """What a researcher wrote in one cell.

    Attributes:
        case: Name of the participant.
        code: Id of the code.
        sentences: The text, sentence by sentence.
        layer: Whose codings it was written on.
        by: Who wrote it.
        basis: The codings it was last looked at with.
        id: Its id; ``""`` until it is stored.

    Raises:
        InvalidValueError: it has more than 400 words.
    """

    case: str
    code: str
    sentences: tuple[SummarySentence, ...]
    layer: str
    by: str
    basis: Basis
    id: str = ""

    def __post_init__(self) -> None:
        words = len(self.text.split())
        if words > MOST_WORDS:
            raise InvalidValueError(
                Message(
                    "The summary of {case} has {words} words, and {most} is the most. Summarise "
                    "it: what is longer is hard to compare.",
                    case=self.case,
                    words=words,
                    most=MOST_WORDS,
                )
            )

    @property
    def text(self) -> str:
        """The summary as it reads."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def codings(self) -> tuple[str, ...]:
        """Ids of the codings that its sentences rest on, each once."""
        return tuple(dict.fromkeys(key for s in self.sentences for key in s.codings))

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with its words and links."""
        # the links count too: who adds a passage to a sentence changes what it rests on
        parts = [f"{s.text}\n{','.join(s.codings)}" for s in self.sentences]
        # a text may hold half of a surrogate pair, which plain UTF-8 refuses
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """One cell: a participant and a code, with its passages and its summary.

    Attributes:
        case: Name of the participant.
        code: Path of the code.
        codings: Ids of its codings and those of the codes below it, in order of the texts.
        is_asked: Whether the participant was asked about it.
        summary: What was written; None where nothing is.
        others: Summaries that others wrote of it on their own, in a blind round.
        changes: Codings that are not as they were when it was last looked at.
        unsupported: Places of sentences without a coding that still stands.
        unmentioned: Ids of codings of the cell on whose passage no sentence rests.
    """

    case: str
    code: str
    codings: tuple[str, ...] = ()
    is_asked: bool = True
    summary: CellSummary | None = None
    others: tuple[CellSummary, ...] = ()
    changes: tuple[BasisChange, ...] = ()
    unsupported: tuple[int, ...] = ()
    unmentioned: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether it has passages and no summary."""
        return self.summary is None and bool(self.codings)

    @property
    def is_stale(self) -> bool:
        """Whether a coding that it rests on changed since somebody looked at it."""
        return bool(self.changes)

    @property
    def version(self) -> str:
        """That of its summary; ``""`` without one."""
        return self.summary.version if self.summary else ""


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """The cells of one participant.

    Attributes:
        case: Name of the participant.
        group: Group of the participant; ``""`` for none.
        cells: One per column.
    """

    case: str
    group: str
    cells: tuple[FrameworkCell, ...]


@dataclass(frozen=True, slots=True)
class FrameworkGrid:
    """The whole matrix, ordered by group.

    Attributes:
        codes: Paths of the codes of the columns.
        rows: One per participant.
        layer: Whose codings its passages are.
        elsewhere: Number of summaries of codes that are no column.
        withheld: Groups of too few participants, whose rows are left out in print.
        threshold: Groups of fewer participants are printed after a decision only.
        accepted: Groups that are printed all the same, with the reason.
    """

    codes: tuple[str, ...]
    rows: tuple[FrameworkRow, ...]
    layer: str
    elsewhere: int = 0
    withheld: tuple[str, ...] = ()
    threshold: int = 0
    accepted: tuple[tuple[str, str], ...] = ()

    def cells(self) -> Iterator[FrameworkCell]:
        """Yield the cells, row by row."""
        for row in self.rows:
            yield from row.cells

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups, in the order of the rows."""
        return tuple(dict.fromkeys(row.group for row in self.rows))
