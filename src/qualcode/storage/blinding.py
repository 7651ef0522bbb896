"""What a coder may not see or change while a round of coding is under way.

Everything that tells of codings is read through a :class:`Sight`: in an open blind round a
coder sees only their own work on its transcripts, and someone unnamed sees nobody's. What a
coder handed in is fixed, also for undo.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qualcode.errors import ConflictError
from qualcode.model import Coding, Decision, Event, Memo, MemoTarget, Round
from qualcode.storage.schema import codings, decisions, transcripts
from qualcode.storage.study import read_rounds


@dataclass(frozen=True, slots=True)
class Sight:
    """What one viewer may not see.

    Attributes:
        viewer: Name of the coder who looks; ``""`` for someone unnamed.
        rounds: The open blind rounds that bind the viewer.
        codings: Ids of the codings that are hidden, withdrawn ones included.
        decisions: Numbers of the decisions that are hidden, as text.
    """

    viewer: str
    rounds: tuple[Round, ...] = ()
    codings: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()

    def covers(self, transcript: str) -> bool:
        """Tell whether a round that binds the viewer is about a transcript."""
        return any(one.covers(transcript) for one in self.rounds)

    def hides(self, transcript: str, coder: str) -> bool:
        """Tell whether what a coder did in a transcript is hidden."""
        return bool(self.rounds) and coder != self.viewer and self.covers(transcript)

    def shows_coding(self, coding: Coding) -> bool:
        """Tell whether a coding may be seen."""
        return not self.hides(coding.transcript, coding.coder)

    def shows_decision(self, decision: Decision) -> bool:
        """Tell whether a decision may be seen: it tells what both coders did."""
        return not self.covers(decision.transcript)

    def shows_memo(self, memo: Memo) -> bool:
        """Tell whether a memo may be seen."""
        return self._shows_note(memo.target_kind.value, memo.target, memo.author)

    def _shows_note(self, kind: str, target: str, author: str) -> bool:
        if kind == MemoTarget.CODING.value:
            return target not in self.codings
        if kind == MemoTarget.TURN.value:
            return not self.hides(target.rpartition("#")[0], author)
        return kind != MemoTarget.TRANSCRIPT.value or not self.hides(target, author)

    def shows_event(self, event: Event) -> bool:
        """Tell whether a change may be seen."""
        kind = event.action.partition(".")[0]
        if kind in {"coding", "chosen", "excerpt"}:
            return event.target not in self.codings
        if kind == "decision":
            return event.target not in self.decisions
        if kind == "memo" and (event.after or event.before):
            about = json.loads(event.after or event.before)
            return self._shows_note(about["kind"], about["target"], about["author"])
        # the history of a project that was taken in tells of its codings
        return not self.rounds or (event.action, event.target) != _IMPORTED


_IMPORTED = ("setting.set", "imported_history")


def find_sight(connection: Connection, viewer: str | None) -> Sight:
    """Return what a coder, or someone unnamed (``""``), may not see now; None sees everything."""
    if viewer is None:
        return Sight("")
    rounds = tuple(
        one
        for one in read_rounds(connection)
        if one.keeps_apart and (not viewer or viewer in one.coders)
    )
    if not rounds:
        return Sight(viewer)
    bare = Sight(viewer, rounds)
    made = select(codings.c.id, transcripts.c.name, codings.c.coder).join(transcripts)
    decided = select(decisions.c.id, transcripts.c.name).join(transcripts)
    return Sight(
        viewer,
        rounds,
        frozenset(i for i, name, coder in connection.execute(made) if bare.hides(name, coder)),
        frozenset(str(i) for i, name in connection.execute(decided) if bare.covers(name)),
    )


def refuse_fixed(connection: Connection, values: Iterable[Coding]) -> None:
    """Raise where codings belong to work that their coder handed in.

    Raises:
        ConflictError: one does; the text says how to open it again.
    """
    rounds = [one for one in read_rounds(connection) if one.handed_in]
    if not rounds:
        return
    for coding in values:
        for one in rounds:
            within = coding.round == one.name or (
                not coding.round and not one.closed and one.covers(coding.transcript)
            )
            if within and coding.coder in one.handed_in:
                raise ConflictError(
                    f"{coding.coder} handed in round '{one.name}', so these codings of "
                    f"'{coding.transcript}' are fixed. To change them, open it again: "
                    f"qualcode round reopen {one.name} --coder {coding.coder}"
                )
