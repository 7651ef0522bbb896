"""Who may work in a project, and what each person may do there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model.coding import CONSENSUS, LAYERS


class TeamRole(StrEnum):
    """What a person is in a project: one of these, and no other."""

    OWNER = "owner"
    SUPERVISOR = "supervisor"
    CODER = "coder"
    READER = "reader"


ROLE_NAMES: Mapping[TeamRole, Message] = {
    TeamRole.OWNER: Message("owner"),
    TeamRole.SUPERVISOR: Message("supervisor"),
    TeamRole.CODER: Message("coder"),
    TeamRole.READER: Message("reader"),
}
"""The roles in words."""


class Right(StrEnum):
    """A kind of change, or of reading, that not everybody may make."""

    CODE = "code"
    """Codings in one's own name, handing in, suggestions."""
    CODE_FOR_OTHERS = "code_for_others"
    """Work that was made by somebody else: imported codings, merged packages."""
    WRITE = "write"
    """Memos, decisions, the consensus, findings, summaries, chosen quotes, measures."""
    DATA = "data"
    """Interviews, their speakers and segments, guides, respondents."""
    CODEBOOK = "codebook"
    ROUNDS = "rounds"
    ERASE = "erase"
    """What cannot be undone: removed interviews, replaced names, withdrawn participants."""
    COPY = "copy"
    """A whole copy of the project, blind rounds included."""
    TEAM = "team"


_R = TeamRole
_FIXED: Mapping[Right, frozenset[TeamRole]] = {
    Right.CODE: frozenset({_R.OWNER, _R.CODER}),
    Right.CODE_FOR_OTHERS: frozenset({_R.OWNER}),
    Right.WRITE: frozenset({_R.OWNER, _R.SUPERVISOR, _R.CODER}),
    Right.DATA: frozenset({_R.OWNER, _R.CODER}),
    Right.ERASE: frozenset({_R.OWNER}),
    Right.COPY: frozenset({_R.OWNER, _R.SUPERVISOR}),
    Right.TEAM: frozenset({_R.OWNER}),
}
CHOSEN_RIGHTS = (Right.CODEBOOK, Right.ROUNDS)
"""The rights that the owner gives to roles."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person on the list of a project.

    Attributes:
        name: The name that they code and write under.
        role: What they may do.
        logins: How a server knows them: e-mail addresses, in lower case.
    """

    name: str
    role: TeamRole
    logins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip() or self.name.casefold() in {*LAYERS, CONSENSUS}:
            raise InvalidValueError(
                Message("'{name}' cannot be the name of a person.", name=self.name)
            )
        logins = tuple(dict.fromkeys(filter(None, (x.strip().casefold() for x in self.logins))))
        object.__setattr__(self, "logins", logins)


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a project. Without people, everybody may do everything.

    Attributes:
        people: The people, in the order they were added; one of them at least is an owner.
        codebook: The roles that may change the codebook; the owner always may.
        rounds: The roles that may make rounds and open them again; the owner always may.
    """

    people: tuple[Person, ...] = ()
    codebook: frozenset[TeamRole] = frozenset({_R.OWNER, _R.CODER})
    rounds: frozenset[TeamRole] = frozenset({_R.OWNER, _R.SUPERVISOR})

    def __post_init__(self) -> None:
        if not self.people:
            return
        if not any(person.role is TeamRole.OWNER for person in self.people):
            raise InvalidValueError(
                "The list of people needs an owner: nobody else can change the list."
            )
        _refuse_double([person.name for person in self.people])
        _refuse_double([login for person in self.people for login in person.logins])
        for right in CHOSEN_RIGHTS:
            roles = frozenset(getattr(self, right.value)) | {TeamRole.OWNER}
            if TeamRole.READER in roles:
                raise InvalidValueError("A reader changes nothing. Give the person another role.")
            object.__setattr__(self, right.value, roles)

    def role_of(self, name: str) -> TeamRole | None:
        """Return the role of a person; None for somebody who is not on the list."""
        return next((person.role for person in self.people if person.name == name), None)

    def name_of(self, login: str) -> str:
        """Return the name of the person with a login; ``""`` where nobody has it."""
        wanted = login.strip().casefold()
        return next((person.name for person in self.people if wanted in person.logins), "")

    def roles_with(self, right: Right) -> frozenset[TeamRole]:
        """Return the roles that have a right."""
        if right in CHOSEN_RIGHTS:
            return self.codebook if right is Right.CODEBOOK else self.rounds
        return _FIXED[right]

    def may(self, name: str, right: Right) -> bool:
        """Tell whether a person has a right."""
        return not self.people or self.role_of(name) in self.roles_with(right)

    def with_person(self, person: Person) -> Team:
        """Return the team with a person, in the place of who had that name."""
        kept = tuple(person if old.name == person.name else old for old in self.people)
        return replace(self, people=kept if person in kept else (*kept, person))

    def without(self, name: str) -> Team:
        """Return the team without a person.

        Raises:
            InvalidValueError: nobody else is an owner.
            UnknownNameError: nobody on the list has that name.
        """
        self.require(name)
        return replace(self, people=tuple(person for person in self.people if person.name != name))

    def require(self, name: str) -> Person:
        """Return the person of a name.

        Raises:
            UnknownNameError: nobody on the list has that name.
        """
        found = [person for person in self.people if person.name == name]
        if not found:
            names = [person.name for person in self.people]
            raise unknown_name("person", name, names, "the list of people")
        return found[0]


def _refuse_double(names: Collection[str]) -> None:
    spoken = [name.strip().casefold() for name in names]
    for name in names:
        if spoken.count(name.strip().casefold()) > 1:
            raise InvalidValueError(
                Message("'{name}' is on the list of people already.", name=name)
            )


TEAM_SETTING = "team"
"""The key under which a project keeps its list of people."""


def pack_team(team: Team) -> dict[str, Any]:
    """Return a team as a JSON value."""
    return {
        "people": [
            {"name": person.name, "role": person.role.value, "logins": list(person.logins)}
            for person in team.people
        ],
        "codebook": sorted(role.value for role in team.codebook),
        "rounds": sorted(role.value for role in team.rounds),
    }


def unpack_team(packed: Any) -> Team:
    """Return the team of a JSON value; None is a project without a list of people."""
    if not packed:
        return Team()
    people = tuple(
        Person(entry["name"], TeamRole(entry["role"]), tuple(entry["logins"]))
        for entry in packed["people"]
    )
    codebook, rounds = (frozenset(map(TeamRole, packed[key])) for key in ("codebook", "rounds"))
    return Team(people, codebook, rounds)
