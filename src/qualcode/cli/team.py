"""Commands for the list of people: show, add, remove, allow."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.language import read_names
from qualcode.cli.output import OptionError, heading, print_json, print_message, print_table
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message
from qualcode.model import Right, Team, TeamRole

app = typer.Typer(
    help="The list of people: who is owner, supervisor, coder or reader of a project."
)

PersonArgument = Annotated[str, typer.Argument(help="Name that the person codes and writes under.")]
_ROLES = tuple(role.value for role in TeamRole)


@app.command()
def show(project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False) -> None:
    """Show the people of the project, their roles, and who may change what."""
    with open_project(project, coder) as work:
        team = work.rounds.team.collect()
    if json:
        print_json(team)
        return
    if not team.people:
        print_message(
            Message(
                "This project has no list of people: who can open it may do everything. Begin a "
                "list with yourself: qualcode team add NAME --role owner --coder NAME"
            )
        )
        return
    _print(team)


@app.command()
def add(
    person: PersonArgument,
    role: Annotated[
        str, typer.Option(help="owner, supervisor, coder or reader.", show_default=False)
    ],
    login: Annotated[
        list[str] | None,
        typer.Option(help="How a server knows the person: an e-mail address. Repeat for more."),
    ] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Add a person to the list, or give a person another role; the first is you, the owner."""
    with open_project(project, coder) as work:
        _print(work.rounds.team.put(person, _read_role(role), login))


@app.command()
def remove(person: PersonArgument, project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Remove a person from the list; what the person coded and wrote stays."""
    with open_project(project, coder) as work:
        team = work.rounds.team.remove(person)
    _print(team)
    if not team.people:
        print_message(
            Message("There is no list any more: who can open the project may do everything.")
        )


@app.command()
def allow(
    right: Annotated[
        str, typer.Argument(help="codebook (change it) or rounds (make, open again, add coders).")
    ],
    roles: Annotated[
        str, typer.Option(help="Roles that may: coder,supervisor.", show_default=False)
    ],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Choose which roles may change the codebook or make rounds; the owner always may."""
    if right not in tuple(Right):
        raise OptionError(Message("'{word}' is not codebook or rounds.", word=right))
    with open_project(project, coder) as work:
        _print(work.rounds.team.allow(Right(right), [*map(_read_role, read_names(roles))]))


def _read_role(word: str) -> TeamRole:
    if word not in _ROLES:
        raise OptionError(
            Message(
                "'{word}' is no role. The roles are: {roles}.", word=word, roles=", ".join(_ROLES)
            )
        )
    return TeamRole(word)


def _print(team: Team) -> None:
    rows = [(person.name, person.role.value, ", ".join(person.logins)) for person in team.people]
    if rows:
        print_table((heading("name"), heading("role"), heading("logins")), rows)
        print_message(
            Message(
                "The codebook is changed by: {codebook}. Rounds are made by: {rounds}.",
                codebook=_in_order(team, Right.CODEBOOK),
                rounds=_in_order(team, Right.ROUNDS),
            )
        )


def _in_order(team: Team, right: Right) -> str:
    return ", ".join(role.value for role in TeamRole if role in team.roles_with(right))
