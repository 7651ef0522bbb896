"""Which project, which coder: the options that most commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.output import say
from qualcode.errors import ProjectError, UndefinedRequestError

if TYPE_CHECKING:
    from qualcode.project import Project

ProjectOption = Annotated[
    str,
    typer.Option(
        "--project",
        "-p",
        envvar="QUALCODE_PROJECT",
        help="The project file; without it, the only .qualcode file in this folder.",
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
        help="Who does this: a coder's name.",
        show_default=False,
    ),
]


def find_project(given: str) -> str:
    """Return the project named, or the only project file in this folder."""
    if given:
        return given
    found = sorted(Path.cwd().glob("*.qualcode"))
    if len(found) == 1:
        return str(found[0])
    if not found:
        raise ProjectError(
            "There is no project in this folder. Make one with 'qualcode new study.qualcode', "
            "or name one with --project FILE."
        )
    names = ", ".join(path.name for path in found)
    raise ProjectError(
        f"There are several projects in this folder ({names}). Name one: --project {found[0].name}"
    )


def only_project(given: str) -> str:
    """Return the project named, or the only one in this folder, or ``""``."""
    found = sorted(Path.cwd().glob("*.qualcode"))
    return given or (str(found[0]) if len(found) == 1 else "")


def open_project(given: str, coder: str = "", *, verify: bool = True) -> Project:
    """Open the project named, or the only one in this folder, as a coder sees it.

    Someone unnamed is told where an open blind round hides something. A damaged project opens
    only on request.
    """
    from qualcode.project import Project

    project = Project.open(find_project(given), verify=verify, as_coder=coder)
    hidden = () if coder else project.rounds.collect_hiding()
    for one in hidden:
        say(
            f"Round '{one.name}' is blind and open: what {' and '.join(one.coders)} do in it is "
            "not shown. To see your own, say who you are: --coder NAME"
        )
    return project


def one_coder(project: Project, given: str) -> str:
    """Return the coder named, or the only one there is."""
    if given:
        return given
    known = [name for name in project.rounds.coders() if name != "consensus"]
    if len(known) == 1:
        return known[0]
    raise UndefinedRequestError(
        "Who does this? Name a coder with --coder NAME"
        + (f" ({', '.join(known)})." if known else ".")
    )


def coders_named(project: Project, given: str) -> tuple[str, ...]:
    """Return the coders named (``"anna,bram"``), or all who are at work; two or more."""
    names = [name.strip() for name in given.split(",") if name.strip()]
    known = [name for name in project.rounds.coders() if name != "consensus"]
    if not names:
        # a coder whose codings were all undone has nothing to compare
        at_work = {coding.coder for coding in project.codings.collect()}
        # some have handed in without a coding, of others the codings may be hidden
        at_work |= {coder for one in project.rounds.collect() for coder in one.handed_in}
        at_work |= {coder for one in project.rounds.collect_hiding() for coder in one.coders}
        known = names = [name for name in known if name in at_work]
    if len(names) < 2:
        raise UndefinedRequestError(
            f"Agreement is between two coders or more; the project has {len(known)}"
            + (f" ({', '.join(known)})" if known else "")
            + ". Name them: --coders anna,bram"
        )
    return tuple(names)
