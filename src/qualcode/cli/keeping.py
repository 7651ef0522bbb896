"""Commands that look after the project: history, undo, redo, check, backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.opening import CoderOption, JsonOption, ProjectOption, one_coder, open_project
from qualcode.cli.printing import print_json, print_table, say, warn
from qualcode.errors import DamagedProjectError


def history(
    limit: Annotated[int, typer.Option(help="How many of the newest changes.")] = 30,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show who changed what, newest last."""
    with open_project(project, coder) as work:
        events = work.history(who=coder or None, limit=limit)
    if json:
        print_json(events)
        return
    rows = [
        (
            e.number,
            f"{e.at:%Y-%m-%d %H:%M:%S}",
            e.who or "-",
            e.action,
            e.target[:60],
            "undone" if e.undone else "",
        )
        for e in events
    ]
    print_table(("number", "at", "who", "what", "of", ""), rows)


def undo(project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Undo the last step of one coder."""
    with open_project(project, coder) as work:
        events = work.undo(one_coder(work, coder))
    say(f"Undone: {_summary(events)}")


def redo(project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Do the step that was undone last again."""
    with open_project(project, coder) as work:
        events = work.redo(one_coder(work, coder))
    say(f"Done again: {_summary(events)}")


def _summary(events: tuple[object, ...]) -> str:
    actions: dict[str, int] = {}
    for event in events:
        action = str(getattr(event, "action", ""))
        actions[action] = actions.get(action, 0) + 1
    return ", ".join(f"{count} x {action}" for action, count in actions.items())


def check(project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False) -> None:
    """Check that every text, quote and code in the project is as it was stored."""
    with open_project(project, coder, verify=False) as work:
        problems = work.check()
        codings = len(work.collect_codings())
        transcripts = len(work.collect_transcripts())
    if json:
        print_json({"transcripts": transcripts, "codings": codings, "problems": problems})
    if problems:
        warn(problems)
        raise DamagedProjectError(
            f"The project has {len(problems)} problems. Keep this file and go back to a backup."
        )
    if not json:
        say(f"All is well: {transcripts} transcripts, {codings} codings, every quote in its place.")


def backup(
    file: Annotated[Path, typer.Argument(help="The copy to make.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Copy the project to another file, safely also while it is in use."""
    with open_project(project, coder) as work:
        work.backup(file)
    say(f"Wrote {file}")
