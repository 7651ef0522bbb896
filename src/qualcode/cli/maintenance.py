"""Commands that look after the project: undo, redo, check, backup."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.history import told
from qualcode.cli.output import print_json, say, warn
from qualcode.cli.pseudonyms import ask_passphrase
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    one_coder,
    open_project,
)
from qualcode.errors import DamagedProjectError

if TYPE_CHECKING:
    from qualcode.model import Event
    from qualcode.project import Project

# the changes that can be undone
_WORDS = {
    "transcript.add": "transcript imported",
    "transcript.remove": "transcript removed",
    "roles.set": "speakers set",
    "codebook.change": "codebook changed",
    "guide.put": "topic guide imported",
    "case.put": "respondents saved",
    "round.put": "round changed",
    "coding.add": "codings added",
    "coding.withdraw": "codings withdrawn",
    "memo.add": "memo written",
    "memo.withdraw": "memo withdrawn",
    "decision.add": "disagreements decided",
    "chosen.set": "quotes chosen or unchosen",
    "excerpt.set": "quotes shortened",
}


def undo(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Undo the last step of one coder, or the last one that was done without a name."""
    with open_project(project, coder) as work:
        history = work.acting_as(_whose(work, coder, "undo")).history
        step, passed_over = history.next_undo()
        for sentence in dict.fromkeys(map(told, _steps(passed_over))):
            say(f"Passed over, as it cannot be undone: {sentence}")
        if step:
            say(f"To undo: {told(step)} ({step[0].at.astimezone():%Y-%m-%d %H:%M})")
        if step and not yes and sys.stdin.isatty() and not typer.confirm("Undo it?", default=True):
            say("Nothing was undone.")
            return
        events = history.undo()
    say(f"Undone: {_summary(events)}")


def redo(project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Do the step that was undone last again."""
    with open_project(project, coder) as work:
        events = work.acting_as(_whose(work, coder, "redo")).history.redo()
    say(f"Done again: {_summary(events)}")


def _steps(events: Iterable[Event]) -> list[list[Event]]:
    return [list(step) for _, step in groupby(events, key=lambda event: event.step)]


def _whose(work: Project, coder: str, action: str) -> str:
    """Return whose step to turn: the coder's, or nobody's where the newest has no name."""
    if coder:
        return coder
    for event in reversed(work.history.events()):
        turned = event.action == "undo"
        if turned if action == "redo" else event.action in _WORDS and not event.undone:
            if not event.who:
                return ""
            break
    return one_coder(work, coder)


def _summary(events: tuple[Event, ...]) -> str:
    counts = Counter(event.action for event in events if event.action in _WORDS)
    return ", ".join(
        f"{_WORDS[action]}{f' ({count})' if count > 1 else ''}" for action, count in counts.items()
    )


def check(project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False) -> None:
    """Check that every text, quote and code in the project is as it was stored."""
    with open_project(project, coder, verify=False) as work:
        problems = work.history.check()
        guides = work.transcripts.check_guides()
        codings = len(work.codings.collect())
        transcripts = len(work.transcripts.collect())
    if json:
        counts = {"transcripts": transcripts, "codings": codings}
        print_json({**counts, "problems": problems, "guides": guides})
    if problems:
        warn(problems)
        raise DamagedProjectError(
            f"The project has {len(problems)} problems. Keep this file and go back to a backup."
        )
    if not json:
        warn(guides)
        say(f"All is well: {transcripts} transcripts, {codings} codings, every quote in its place.")


def backup(
    file: Annotated[Path, typer.Argument(help="The copy to make.")],
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Under a passphrase; 'qualcode restore' opens it.")
    ] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Copy the project to another file, safely also while it is in use."""
    with open_project(project, coder) as work:
        if encrypt:
            work.history.back_up(file, ask_passphrase(new=True))
        else:
            work.history.back_up(file)
    say(f"Wrote {file}")
