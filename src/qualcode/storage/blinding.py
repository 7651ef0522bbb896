"""Blinding: hides the work of other coders while a blind round is open.

Everything that reveals codings is read through a :class:`Visibility`. In an open blind round a
coder sees only their own work on its transcripts; a viewer without a name sees no work at all.
Work that a coder handed in is fixed, also for undo.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from qualcode.errors import ConflictError
from qualcode.messages import Message
from qualcode.model import Coding, Decision, Event, Memo, MemoTarget, Round
from qualcode.model.design_keys import WRITTEN, read_design_key
from qualcode.model.team import TeamRole
from qualcode.storage.permissions import read_team
from qualcode.storage.schema import codings, decisions, transcripts
from qualcode.storage.study import read_rounds


@dataclass(frozen=True, slots=True)
class Visibility:
    """The rounds, codings and decisions that are hidden from one viewer.

    Attributes:
        viewer: Name of the coder who looks; ``""`` for a viewer without a name.
        rounds: The open blind rounds that bind the viewer.
        codings: Ids of the codings that are hidden, withdrawn ones included.
        decisions: Numbers of the decisions that are hidden, as text.
    """

    viewer: str
    rounds: tuple[Round, ...] = ()
    codings: frozenset[str] = frozenset()
    decisions: frozenset[str] = frozenset()

    def covers(self, transcript: str) -> bool:
        """Tell whether a transcript is part of a round that binds the viewer."""
        return any(round_.covers(transcript) for round_ in self.rounds)

    def hides(self, transcript: str, coder: str) -> bool:
        """Tell whether the work of a coder in a transcript is hidden."""
        return bool(self.rounds) and coder != self.viewer and self.covers(transcript)

    def shows_coding(self, coding: Coding) -> bool:
        """Tell whether a coding may be seen."""
        return not self.hides(coding.transcript, coding.coder)

    def shows_decision(self, decision: Decision) -> bool:
        """Tell whether a decision may be seen; it reveals the work of both coders."""
        return not self.covers(decision.transcript)

    def shows_memo(self, memo: Memo) -> bool:
        """Tell whether a memo may be seen."""
        return self._shows_note(memo.target_kind.value, memo.target, memo.author)

    def _shows_note(self, kind: str, target: str, author: str) -> bool:
        if kind == MemoTarget.CODING.value:
            return target not in self.codings
        if kind == MemoTarget.TURN.value:
            return not self.hides(target.rpartition("#")[0], author)
        # Memos on codes, cases or the project reveal no coding and stay visible to all.
        return kind != MemoTarget.TRANSCRIPT.value or not self.hides(target, author)

    def shows_design(self, key: str) -> bool:
        """Tell whether a design may be seen: what tells of codings is its author's until then."""
        if not self.rounds:
            return True
        # Two coders assign types independently.
        if key.startswith(ASSIGNED):
            return key == ASSIGNED + self.viewer
        if key.startswith(WRITTEN):
            return read_design_key(key)[1] == self.viewer
        return True

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
        if kind == "memo_target":
            states = (event.before, event.after)
            return not self.codings & {json.loads(state) for state in states if state}
        if kind == "design":
            return self.shows_design(event.target)
        # The history that came with an imported project reveals its codings.
        return not self.rounds or (event.action, event.target) != _IMPORTED


ASSIGNED = "types by "
"""Begin of the key of the setting that holds which types a coder assigned."""
_IMPORTED = ("setting.set", "imported_history")


def read_visibility(connection: Connection, viewer: str | None) -> Visibility:
    """Return what a viewer may see now; ``""`` is a viewer without a name, None sees everything."""
    if viewer is None:
        return Visibility("")
    separated = [round_ for round_ in read_rounds(connection) if round_.coders_are_separated]
    # A viewer without a name could be any coder of the round.
    is_bound = not viewer or (separated and not _sees_both_layers(connection, viewer))
    rounds = tuple(round_ for round_ in separated if is_bound or viewer in round_.coders)
    if not rounds:
        return Visibility(viewer)
    # Ids are collected too, because events and memos name codings by id only.
    by_round = Visibility(viewer, rounds)
    coding_rows = select(codings.c.id, transcripts.c.name, codings.c.coder).join(transcripts)
    decision_rows = select(decisions.c.id, transcripts.c.name).join(transcripts)
    return Visibility(
        viewer,
        rounds,
        frozenset(
            i for i, name, coder in connection.execute(coding_rows) if by_round.hides(name, coder)
        ),
        frozenset(str(i) for i, name in connection.execute(decision_rows) if by_round.covers(name)),
    )


def _sees_both_layers(connection: Connection, viewer: str) -> bool:
    """Tell whether who is in no round may see the work of those who are: not every role may."""
    team = read_team(connection)
    return not team.people or team.role_of(viewer) in {TeamRole.OWNER, TeamRole.SUPERVISOR}


def refuse_handed_in(all_rounds: Iterable[Round], values: Iterable[Coding]) -> None:
    """Refuse codings that belong to work that their coder handed in.

    Args:
        all_rounds: The rounds of the project.
        values: The codings to add, withdraw or restore.

    Raises:
        ConflictError: A coding does; the message says how to reopen the round.
    """
    rounds = [round_ for round_ in all_rounds if round_.handed_in]
    if not rounds:
        return
    for coding in values:
        for round_ in rounds:
            # A coding outside rounds counts for every open round on its transcript, so it is fixed
            # too.
            within = coding.round == round_.name or (
                not coding.round and not round_.closed and round_.covers(coding.transcript)
            )
            if within and coding.coder in round_.handed_in:
                raise ConflictError(
                    Message(
                        "{coder} handed in round '{name}', so these codings of '{transcript}' "
                        "are fixed. To change them, open it again: qualcode round reopen "
                        "{name} --coder {coder}",
                        coder=coding.coder,
                        name=round_.name,
                        transcript=coding.transcript,
                    )
                )
