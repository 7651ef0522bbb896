"""Commands that maintain the project: undo, redo, check, backup."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.counts import count_codings, count_interviews
from qualcode.cli.history import describe_step
from qualcode.cli.language import translate
from qualcode.cli.output import confirm, print_json, print_message, print_problems
from qualcode.cli.pseudonyms import ask_passphrase
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coder,
    open_project,
)
from qualcode.errors import DamagedProjectError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Event
    from qualcode.project import Project

_UNDOABLE = {
    "transcript.add": Message("transcript imported"),
    "transcript.remove": Message("transcript removed"),
    "roles.set": Message("roles of speakers set"),
    "codebook.change": Message("codebook changed"),
    "guide.put": Message("topic guide imported"),
    "case.put": Message("respondents saved"),
    "round.put": Message("round changed"),
    "coding.add": Message("codings added"),
    "coding.withdraw": Message("codings withdrawn"),
    "memo.add": Message("memo written"),
    "memo.withdraw": Message("memo withdrawn"),
    "decision.add": Message("disagreements resolved"),
    "chosen.set": Message("choice of quotes changed"),
    "excerpt.set": Message("quotes shortened"),
}
"""The changes that can be undone, in words."""


def undo(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Undo the last step of a coder, or the last step that has no name."""
    with open_project(project, coder) as work:
        history = work.acting_as(_choose_person(work, coder, "undo")).history
        step, passed_over = history.next_undo()
        for sentence in dict.fromkeys(map(describe_step, _group_steps(passed_over))):
            print_message(
                Message("Passed over, because it cannot be undone: {step}", step=sentence)
            )
        if step:
            moment = f"{step[0].at.astimezone():%Y-%m-%d %H:%M}"
            print_message(
                Message("To undo: {step} ({moment})", step=describe_step(step), moment=moment)
            )
        # Without a screen a script is not held up: nothing is lost, because redo brings the step
        # back.
        if step and not yes and sys.stdin.isatty() and not confirm(Message("Undo it?")):
            print_message(Message("Nothing was undone."))
            return
        events = history.undo()
    print_message(Message("Undone: {changes}", changes=_list_changes(events)))


def redo(project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Repeat the step that was undone last."""
    with open_project(project, coder) as work:
        events = work.acting_as(_choose_person(work, coder, "redo")).history.redo()
    print_message(Message("Done again: {changes}", changes=_list_changes(events)))


def _group_steps(events: Iterable[Event]) -> list[list[Event]]:
    return [list(step) for _, step in groupby(events, key=lambda event: event.step)]


def _choose_person(work: Project, coder: str, action: str) -> str:
    """Return the coder whose step to undo or redo; ``""`` if the newest step has no name."""
    if coder:
        return coder
    # An import without --coder must be undone without --coder, also in a project with two coders.
    for event in reversed(work.history.events()):
        is_undo = event.action == "undo"
        if is_undo if action == "redo" else event.action in _UNDOABLE and not event.undone:
            if not event.who:
                return ""
            break
    return choose_coder(work, coder)


def _list_changes(events: tuple[Event, ...]) -> str:
    counts = Counter(event.action for event in events if event.action in _UNDOABLE)
    return ", ".join(
        translate(_UNDOABLE[action]) + (f" ({count})" if count > 1 else "")
        for action, count in counts.items()
    )


def check(project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False) -> None:
    """Check that all texts, quotes and codes in the project are unchanged and complete."""
    # A damaged project opens here only, so that its damage can be listed.
    with open_project(project, coder, verify=False) as work:
        problems = work.history.check()
        guides = work.transcripts.check_guides()
        codings = len(work.codings.collect())
        transcripts = len(work.transcripts.collect())
    if json:
        counts = {"transcripts": transcripts, "codings": codings}
        print_json({**counts, "problems": problems, "guides": guides})
    # The exit code reports the damage also with JSON, which is printed before the error.
    if problems:
        print_problems(problems)
        raise DamagedProjectError(
            Message.counted(
                "The project has {count} problem. Keep this file and go back to a backup.",
                "The project has {count} problems. Keep this file and go back to a backup.",
                len(problems),
            )
        )
    if not json:
        # A guide that names a missing or retired code is no damage, so it is a note and not an
        # error.
        print_problems(guides)
        print_message(
            Message(
                "No problems: {interviews}, {codings}; every quote is the same as its passage.",
                interviews=count_interviews(transcripts),
                codings=count_codings(codings),
            )
        )


def backup(
    file: Annotated[Path, typer.Argument(help="The file for the copy.")],
    encrypt: Annotated[
        bool,
        typer.Option(
            "--encrypt", help="Encrypt the copy with a passphrase; 'qualcode restore' opens it."
        ),
    ] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Copy the project to another file, even while the project is in use."""
    with open_project(project, coder) as work:
        if encrypt:
            work.history.back_up(file, ask_passphrase(new=True))
        else:
            work.history.back_up(file)
    print_message(Message("Wrote {file}", file=str(file)))
