"""The people of a project and their roles; the store refuses what a role may not do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.team import (
    CHOSEN_RIGHTS,
    TEAM_SETTING,
    Person,
    Right,
    Team,
    TeamRole,
    pack_team,
    unpack_team,
)
from qualcode.project.part import Part, in_step


class ProjectTeam(Part):
    """The list of people. A project without one lets everybody do everything."""

    def collect(self) -> Team:
        """Return the people and what their roles may do; a team without people is no list."""
        return unpack_team(self._store.setting(TEAM_SETTING))

    def names(self) -> tuple[str, ...]:
        """Return the names on the list, for somebody to say who they are; none without a list."""
        return tuple(person.name for person in self._store.team().people)

    def find_name(self, login: str) -> str:
        """Return the name of the person whom a server knows by a login; ``""`` for nobody."""
        return self._store.team().name_of(login)

    def role(self) -> TeamRole | None:
        """Return the role of the acting coder; None without a list, or where they are not on it."""
        return self._store.team().role_of(self._coder)

    def may(self, right: Right) -> bool:
        """Tell whether the acting coder has a right; what they may not do is refused anyway."""
        return self._store.team().may(self._coder, right)

    def put(self, person: str, role: TeamRole, logins: Sequence[str] | None = None) -> Team:
        """Add a person to the list, or give one another role or other logins.

        The first person is the acting coder, or the person where nobody acts, as the owner: with
        them the list begins.

        Args:
            person: The name that they code and write under.
            role: What they may do.
            logins: How a server knows them (e-mail addresses); None leaves them as they are.

        Raises:
            InvalidValueError: nobody would be the owner; a name or login stands there twice.
            NotAllowedError: the acting coder is not an owner.
        """
        if not self._coder and not self.names():
            return self._project.acting_as(person).rounds.team.put(person, role, logins)
        with self._store.step(self._coder):
            return self._put(person, role, logins)

    def _put(self, person: str, role: TeamRole, logins: Sequence[str] | None) -> Team:
        team = self.collect()
        known = next((old.logins for old in team.people if old.name == person), ())
        new = Person(person.strip(), TeamRole(role), tuple(known if logins is None else logins))
        team = self._keep(team.with_person(new))
        if new.role is TeamRole.CODER:
            self._store.add_coder(new.name, self._coder)
        return team

    @in_step
    def remove(self, person: str) -> Team:
        """Remove a person from the list; their work stays.

        Without the last person there is no list, and everybody may do everything again.

        Raises:
            InvalidValueError: nobody would be the owner.
            NotAllowedError: the acting coder is not an owner.
            UnknownNameError: nobody on the list has that name.
        """
        return self._keep(self.collect().without(person))

    @in_step
    def allow(self, right: Right, roles: Collection[TeamRole]) -> Team:
        """Choose which roles may change the codebook, or make rounds.

        Args:
            right: ``codebook`` or ``rounds``; the other rights belong to the roles.
            roles: The roles that have it from now on; the owner always has it.

        Raises:
            InvalidValueError: another right, a reader, or there is no list.
            NotAllowedError: the acting coder is not an owner.
        """
        if right not in CHOSEN_RIGHTS:
            raise InvalidValueError(
                Message(
                    "'{right}' goes with a role. To choose: {rights}.",
                    right=str(right),
                    rights=", ".join(CHOSEN_RIGHTS),
                )
            )
        team = self.collect()
        if not team.people:
            raise InvalidValueError(
                "This project has no list of people yet. Begin it with yourself as the owner."
            )
        chosen = frozenset(map(TeamRole, roles))
        if right is Right.CODEBOOK:
            return self._keep(replace(team, codebook=chosen))
        return self._keep(replace(team, rounds=chosen))

    def _keep(self, team: Team) -> Team:
        self._store.set_setting(TEAM_SETTING, pack_team(team), self._coder)
        return team
