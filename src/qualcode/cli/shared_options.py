"""The options that most commands share, and how they find the project and the coders."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from qualcode.cli.language import read_names, set_language, translate
from qualcode.cli.output import print_message
from qualcode.errors import (
    ProjectError,
    QualcodeError,
    RefusedPasswordError,
    UndefinedRequestError,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import Project

T = TypeVar("T")

ProjectOption = Annotated[
    str,
    typer.Option(
        "--project",
        "-p",
        envvar="QUALCODE_PROJECT",
        help="The project file. Default: the only .qualcode file in this folder.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
CoderOption = Annotated[
    str,
    typer.Option(
        "--coder",
        "-c",
        envvar="QUALCODE_CODER",
        help="Your name as a coder.",
        show_default=False,
    ),
]


def find_project(project: str) -> str:
    """Return the path or address of the project: as named, or the only file in this folder.

    Raises:
        ProjectError: the folder holds no project, or several.
    """
    if project:
        return project
    paths = _list_projects()
    if len(paths) == 1:
        return str(paths[0])
    if not paths:
        raise ProjectError(
            Message(
                "There is no project in this folder. Make one with 'qualcode new study.qualcode', "
                "or name one with --project FILE."
            )
        )
    raise ProjectError(
        Message(
            "There are several projects in this folder ({names}). Name one: --project {first}",
            names=", ".join(path.name for path in paths),
            first=paths[0].name,
        )
    )


def find_only_project(project: str) -> str:
    """Return the project as named, or the only one in this folder, or ``""``."""
    paths = _list_projects()
    return project or (str(paths[0]) if len(paths) == 1 else "")


def _list_projects() -> list[Path]:
    from qualcode.project import list_projects

    return list_projects(Path.cwd())


def open_project(name: str, coder: str = "", *, verify: bool = True) -> Project:
    """Open a project as a coder sees it; from here on, messages are in its language.

    A person who names no coder sees no work of an open blind round, and reads so.

    Args:
        name: As for :func:`find_project`.
        coder: Name of the coder; ``""`` for nobody.
        verify: Whether a damaged project is refused.
    """
    from qualcode.project import Project

    target = find_project(name)
    project = with_password(target, lambda: Project.open(target, verify=verify, as_coder=coder))
    set_language(project.info.language)
    if not coder and project.rounds.team.names():
        # Some commands have no option for it, and such a project serves nobody unnamed.
        coder = os.environ.get("QUALCODE_CODER", "")
        project = project.acting_as(coder)
    _back_up(project)
    # Numbers without the codings of a blind round look complete: say that they are not.
    for round_ in () if coder else project.rounds.collect_hiding():
        print_message(
            Message(
                "Round '{round}' is blind and open: the work of {coders} in it is hidden. To see "
                "your own work, name yourself: --coder NAME",
                round=round_.name,
                coders=round_.coders,
            )
        )
    return project


def step_of_changes(work: Project, *wanted: object) -> AbstractContextManager[object]:
    """Return one step for all that a command was asked to change; none where it only reads.

    A project that may only be read has no step, not even an empty one.
    """
    return work.history.step() if any(wanted) else nullcontext()


def set_language_of_project() -> None:
    """Speak the language of the only project in this folder, in a command that opens none."""
    from qualcode.project import Project

    # A project that cannot be opened is no trouble here: the language of the machine remains.
    with suppress(QualcodeError):
        if target := find_only_project(""):
            with Project.open(target, verify=False) as project:
                set_language(project.info.language)


def with_password(target: str, connect: Callable[[], T]) -> T:
    """Return what a function makes of a project; where a server wants a password, ask for it.

    Args:
        target: The file or the address of the server.
        connect: Opens, makes or copies the project.
    """
    # A file has no password.
    if "://" not in target:
        return connect()
    from qualcode.project import has_password

    if has_password(target) and any(target in word for word in sys.argv):
        print_message(
            Message(
                "The password in the address can be read by others in the list of processes, and "
                "stays in the history of the shell. Leave it out: the program asks for it, or "
                "takes it from PGPASSWORD or the file .pgpass."
            )
        )
    try:
        return connect()
    except RefusedPasswordError:
        if has_password(target) or not sys.stdin.isatty():
            raise
    question = translate(Message("Password of the database"))
    # For this process only: it stands in no file and in no list.
    os.environ["PGPASSWORD"] = str(typer.prompt(question, hide_input=True))
    return connect()


def _back_up(project: Project) -> None:
    from qualcode.project import back_up_daily

    try:
        backup = back_up_daily(project)
    except QualcodeError as error:
        # The work goes on: a full disk is no reason to lose the day.
        print_message(Message("The backup of today was not made: {reason}", reason=str(error)))
        return
    if backup is not None and backup.problems:
        print_message(Message("The backup of today is damaged: {file}", file=str(backup.path)))


def choose_coder(project: Project, coder: str) -> str:
    """Return the coder as named, or the only coder of the project.

    Raises:
        UndefinedRequestError: nobody is named, and the project has several coders or none.
    """
    if coder:
        return coder
    coders = _list_coders(project)
    if len(coders) == 1:
        return coders[0]
    raise UndefinedRequestError(
        Message(
            "This step needs the name of a coder: --coder NAME ({coders}).",
            coders=", ".join(coders),
        )
        if coders
        else Message("This step needs the name of a coder: --coder NAME.")
    )


def choose_coders(project: Project, option: str) -> tuple[str, ...]:
    """Return the coders to compare: those of the option, or all who code in the project.

    Args:
        project: The project.
        option: The value of ``--coders``: ``"anna,bram"``; ``""`` for all.

    Raises:
        UndefinedRequestError: there are fewer than two.
    """
    named = read_names(option)
    names = named or _list_active_coders(project)
    if len(names) < 2:
        # Who names too few coders needs the names to choose from, also of coders without codings.
        coders = _list_coders(project) if named else names
        raise UndefinedRequestError(
            Message(
                "Agreement needs two coders or more; the project has {number}{names}. "
                "Name them: --coders anna,bram",
                number=len(coders),
                names=f" ({', '.join(coders)})" if coders else "",
            )
        )
    return tuple(names)


def _list_coders(project: Project) -> list[str]:
    # The consensus is stored as a coder, but nobody codes under that name.
    return [name for name in project.rounds.coders() if name != "consensus"]


def _list_active_coders(project: Project) -> list[str]:
    """Return the coders whose work can be compared now."""
    # A coder whose codings were all undone has nothing to compare. A coder may have handed in
    # without one coding, and codings of a blind round are hidden: such coders count all the same.
    active = {coding.coder for coding in project.codings.collect()}
    active |= {coder for round_ in project.rounds.collect() for coder in round_.handed_in}
    active |= {coder for round_ in project.rounds.collect_hiding() for coder in round_.coders}
    return [name for name in _list_coders(project) if name in active]
