"""What Python and the browser send each other: one type for each JSON object.

``components/wire.d.ts`` says the same to the JavaScript. ``python tests/wire_types.py`` writes it
from this module, and a test fails where the two differ. Positions are code points of the
transcript, half-open; a code is always its id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NotRequired, TypedDict

from qualcode.project import EditKind

Messages = Mapping[str, str | tuple[str, ...]]
"""Translations by English message; a tuple holds the forms for one and for many."""


class Passage(TypedDict):
    """A passage of a transcript."""

    start: int
    end: int


class Turn(TypedDict):
    """One turn of a transcript; ``time`` is in milliseconds."""

    number: int
    speaker: str
    time: int | None
    start: int
    text: str
    interviewer: bool


class Code(TypedDict):
    """A code; ``parent`` is the id of the code above it, or empty for a theme."""

    id: str
    parent: str
    name: str
    color: str
    retired: bool
    about: str


class Coding(TypedDict):
    """A coding; ``side`` says whose it is where two coders are compared."""

    id: str
    code: str
    start: int
    end: int
    memo: str
    side: NotRequired[Literal["a", "b"]]


class Memo(TypedDict):
    """A memo on a coding, by its id, or on a turn, by its number."""

    id: str
    target_kind: Literal["coding", "turn"]
    target: str
    text: str


class Offer(TypedDict):
    """A suggested code; ``segment`` is what it was suggested for, the passage may be shorter."""

    id: str
    code: str
    start: int
    end: int
    probability: float
    why: str
    segment: Passage
    suggester: str


class State(TypedDict):
    """What one coder may see of the codings in a transcript."""

    transcript: str
    codings: list[Coding]
    memos: list[Memo]
    offers: list[Offer]


class Removed(TypedDict):
    """Ids of what a state no longer holds."""

    codings: list[str]
    memos: list[str]
    offers: list[str]


class Changes(TypedDict):
    """What changed from state ``known`` to state ``key``: new and changed objects, ids removed."""

    transcript: str
    known: str
    key: str
    codings: list[Coding]
    memos: list[Memo]
    offers: list[Offer]
    removed: Removed


class Edit(TypedDict):
    """One edit of a browser; see ``qualcode.project.Edit`` for its fields."""

    number: int
    kind: EditKind
    transcript: str
    sha256: NotRequired[str]
    id: NotRequired[str]
    replaces: NotRequired[str]
    code: NotRequired[str]
    start: NotRequired[int]
    end: NotRequired[int]
    text: NotRequired[str]
    target_kind: NotRequired[Literal["coding", "turn"]]
    target: NotRequired[str]
    suggester: NotRequired[str]


class Batch(TypedDict):
    """Edits of one browser tab in one round."""

    client: str
    round: str
    edits: list[Edit]


class EditMessage(TypedDict):
    """All edits that may be sent now; ``seen`` is the key of the newest state received."""

    project: str
    coder: str
    seen: str
    batches: list[Batch]


class Refusal(TypedDict):
    """An edit that could not be applied, and why."""

    client: str
    number: int
    why: str


class UndoCounts(TypedDict):
    """How many steps the coder can undo and redo on the coding screen."""

    undo: int
    redo: int


class TranscriptChoice(TypedDict):
    """A transcript that the coder can open."""

    name: str
    title: str


class Focus(TypedDict):
    """A passage to bring into view, once for each ``key``."""

    start: int
    end: int
    key: str


class Document(TypedDict):
    """One transcript with its codebook; ``questions`` are by the number of a turn."""

    transcript: str
    title: str
    sha256: str
    text_language: str
    transcripts: list[TranscriptChoice]
    turns: list[Turn]
    codes: list[Code]
    questions: dict[str, str]


class Comparison(TypedDict):
    """The codings of two coders, for a screen that changes nothing."""

    coders: list[str]
    codings: list[Coding]


class ScreenMount(Document):
    """The coding screen."""

    kind: Literal["screen"]
    project: str
    coder: str
    round: str
    language: str
    messages: Messages
    focus: Focus | None
    suggesting: bool
    suggested: bool
    comparison: Comparison | None


class SyncMount(TypedDict):
    """What an edit brings back: changes, acknowledged numbers by browser, refusals."""

    kind: Literal["sync"]
    project: str
    coder: str
    round: str
    changes: Changes | None
    acknowledged: dict[str, int]
    refused: list[Refusal]
    trouble: str
    steps: UndoCounts


class KnownMount(TypedDict):
    """A whole state, for a browser that has none; later messages only send changes."""

    kind: Literal["known"]
    key: str
    state: State


class WakeMount(TypedDict):
    """A mount whose only use is to make the server draw the whole page."""

    kind: Literal["wake"]
    language: str
    messages: Messages


class FrameMount(TypedDict):
    """What lies around a page: its language, and the words that Streamlit has in English only."""

    kind: Literal["frame"]
    language: str
    messages: Messages


class TreeCode(TypedDict):
    """A code in the tree of the codebook, and how many codings it has."""

    id: str
    parent: str
    name: str
    color: str
    retired: bool
    count: int


class TreeDone(TypedDict):
    """The last act of a browser tab that was done."""

    client: str
    number: int


class TreeMount(TypedDict):
    """The tree of the codebook page."""

    codes: list[TreeCode]
    picked: str
    done: TreeDone
    language: str
    messages: Messages


MatrixLook = Literal["heat", "bar", "same", "plain"]
"""How a cell of a matrix is drawn."""


class MatrixCell(TypedDict):
    """A cell of a matrix.

    ``value`` sorts its column, and is null where there is no number. ``shade`` is 0 to 1 on the one
    scale of the matrix: the heat of the cell, or the length of its bar.
    """

    text: str
    value: float | None
    shade: float
    look: MatrixLook
    opens: bool


class MatrixRow(TypedDict):
    """A row of a matrix; ``depth`` is how many codes stand above its code."""

    name: str
    depth: int
    color: str
    cells: list[MatrixCell]


class MatrixMount(TypedDict):
    """A matrix; ``chosen`` is a row and a column, or empty; ``low`` and ``high`` name its scale."""

    label: str
    corner: str
    columns: list[str]
    rows: list[MatrixRow]
    chosen: list[int]
    low: str
    high: str
    same: str
    language: str
    messages: Messages


class MatrixChoice(TypedDict):
    """The cell that somebody clicked."""

    row: int
    column: int


class TreeAct(TypedDict):
    """A code is moved below ``parent``, ahead of ``before``; gets another name; or is added.

    ``was`` is the name that it had when somebody began to type another one.
    """

    number: int
    kind: Literal["place", "label", "add"]
    id: str
    parent: NotRequired[str]
    before: NotRequired[str]
    text: NotRequired[str]
    was: NotRequired[str]


class TreeMessage(TypedDict):
    """All acts in the tree that were not acknowledged."""

    client: str
    acts: list[TreeAct]


class FigureMount(TypedDict):
    """A figure, and which of its marks lead to passages."""

    svg: str
    marks: list[str]
    picked: str
    language: str
    messages: Messages


class FigurePick(TypedDict):
    """The mark of a figure that was clicked."""

    key: str
    number: int


CoderMount = ScreenMount | SyncMount | KnownMount | WakeMount | FrameMount
"""What the component ``coder`` is mounted with."""
