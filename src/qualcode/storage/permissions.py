"""What each person may do by their role, asked where changes are recorded and rows are read.

No verb can forget it: what changes the study leaves an event, and what reads it goes through
:class:`~qualcode.storage.store.Store`. A project without a list of people asks nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from qualcode.errors import NotAllowedError
from qualcode.messages import Message
from qualcode.model import CONSENSUS
from qualcode.model.team import ROLE_NAMES, TEAM_SETTING, Right, Team, TeamRole, unpack_team
from qualcode.storage.schema import settings

RIGHT_OF: Mapping[str, Right] = {
    "coding.add": Right.CODE,
    "coding.withdraw": Right.CODE,
    "hand_in.add": Right.CODE,
    "hand_in.reopen": Right.ROUNDS,
    "round.put": Right.ROUNDS,
    "coder.add": Right.ROUNDS,
    "codebook.change": Right.CODEBOOK,
    "memo.add": Right.WRITE,
    "memo.withdraw": Right.WRITE,
    "memo_target.set": Right.CODE,
    "decision.add": Right.WRITE,
    "chosen.set": Right.WRITE,
    "excerpt.set": Right.WRITE,
    "design.set": Right.WRITE,
    "setting.set": Right.WRITE,
    "transcript.add": Right.DATA,
    "attributes.set": Right.DATA,
    "case.put": Right.DATA,
    "confirmation.set": Right.DATA,
    "guide.put": Right.DATA,
    "language.set": Right.DATA,
    "roles.set": Right.DATA,
    "segments.replace": Right.DATA,
    "text.confirm": Right.CODE,
    "text.rename": Right.DATA,
    "text.replace": Right.DATA,
    "text.forget": Right.ERASE,
    "transcript.remove": Right.ERASE,
    "participant.withdraw": Right.ERASE,
    "project.pseudonymize": Right.ERASE,
}
"""The right that each kind of event needs. A kind that is not here is the owner's."""

_DATA_SETTINGS = frozenset(
    {
        "attribute_types",
        "imported_history",
        "imports",
        "languages_confirmed",
        "speakers_confirmed",
        "surveys",
    }
)
"""Settings that tell of the interviews and respondents."""

# What a turned step did is asked of each of its own events.
_TURNS = frozenset({"undo", "redo"})

_NEEDED: Mapping[Right, Message] = {
    Right.CODE: Message("code"),
    Right.CODE_FOR_OTHERS: Message("bring in or change work of somebody else"),
    Right.WRITE: Message("write notes, decisions and findings"),
    Right.DATA: Message("change interviews and respondents"),
    Right.CODEBOOK: Message("change the codebook"),
    Right.ROUNDS: Message("make rounds and add coders"),
    Right.ERASE: Message("remove anything for good"),
    Right.COPY: Message("copy the whole project"),
    Right.TEAM: Message("change the list of people"),
}


def read_team(connection: Connection) -> Team:
    """Return the people of a project and what their roles may do."""
    row = connection.execute(
        select(settings.c.value).where(settings.c.key == TEAM_SETTING)
    ).one_or_none()
    return unpack_team(row.value if row else None)


def read_team_of_file(connection: sqlite3.Connection) -> Team:
    """Return the people of a project file that has lost its name."""
    row = connection.execute("SELECT value FROM settings WHERE key = ?", (TEAM_SETTING,)).fetchone()
    return unpack_team(json.loads(row[0]) if row else None)


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses what one person may not do.

    Attributes:
        team: The people of the project.
        name: Who acts; ``""`` for somebody without a name.
    """

    team: Team
    name: str

    def refuse_stranger(self) -> None:
        """Refuse somebody who is not on the list of people.

        Raises:
            NotAllowedError: the project has a list, and they are not on it.
        """
        if not self.team.people or self.team.role_of(self.name) is not None:
            return
        raise NotAllowedError(
            Message(
                "'{name}' is not on the list of people of this project. Ask an owner of the "
                "project: qualcode team add '{name}'",
                name=self.name,
            )
            if self.name
            else Message(
                "This project has a list of people. Say who you are: --coder NAME, or the "
                "environment variable QUALCODE_CODER."
            )
        )

    def require(self, right: Right) -> None:
        """Refuse who has not a right.

        Raises:
            NotAllowedError: they have not.
        """
        self.refuse_stranger()
        if self.team.may(self.name, right):
            return
        role, allowed = self.team.role_of(self.name), self.team.roles_with(right)
        raise NotAllowedError(
            Message(
                "You are {role} in this project, and may not {what}. Who may: {roles}. Nothing was "
                "changed.",
                role=ROLE_NAMES[role] if role else "",
                what=_NEEDED[right],
                roles=[ROLE_NAMES[role] for role in TeamRole if role in allowed],
            )
        )

    def refuse_event(self, action: str, target: str, *states: Any) -> None:
        """Refuse an event that a person may not cause.

        Args:
            action: Kind of the event.
            target: What it is about.
            states: What that was before, and is after, as JSON values; None for nothing.
        """
        if not self.team.people:
            self._require_owner_of_new_list(action, target, *states)
        elif action not in _TURNS:
            self.require(self._right(action, target, *states))

    def _right(self, action: str, target: str, *states: Any) -> Right:
        if (action, target) == ("setting.set", TEAM_SETTING):
            return Right.TEAM
        if action == "setting.set" and target in _DATA_SETTINGS:
            return Right.DATA
        # Who codes, or assigns types, joins the coders under their own name.
        if (action, target) == ("coder.add", self.name):
            return Right.WRITE
        right = RIGHT_OF.get(action, Right.TEAM)
        coders = {state.get("coder", self.name) for state in states if isinstance(state, dict)}
        if right is Right.CODE and coders == {CONSENSUS}:
            return Right.WRITE
        if right is Right.CODE and coders - {self.name, CONSENSUS}:
            return Right.CODE_FOR_OTHERS
        return right

    def _require_owner_of_new_list(self, action: str, target: str, *states: Any) -> None:
        # Whoever begins the list is its owner; otherwise they would be shut out by it.
        if (action, target) == ("setting.set", TEAM_SETTING):
            Guard(unpack_team(states[-1]), self.name).require(Right.TEAM)
