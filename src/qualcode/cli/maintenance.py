"""Commands that maintain the project: undo, redo, check, backup."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.counts import count_codings, count_interviews
from qualcode.cli.history import describe_step
from qualcode.cli.language import set_language, translate
from qualcode.cli.output import confirm, print_json, print_message, print_problems
from qualcode.cli.pseudonyms import ask_passphrase
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coder,
    find_project,
    open_project,
    with_password,
)
from qualcode.errors import DamagedProjectError, QualcodeError
from qualcode.messages import Message, shell_word

if TYPE_CHECKING:
    from qualcode.model import Event
    from qualcode.project import Project

_UNDOABLE = {
    "transcript.add": Message("transcript imported"),
    "transcript.remove": Message("transcript removed"),
    "roles.set": Message("roles of speakers set"),
    "attributes.set": Message("attributes of an interview set"),
    "language.set": Message("language of transcripts set"),
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
    "design.set": Message("figures, types, summaries or findings changed"),
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
            print_message(Message("Skipped, because it cannot be undone: {step}", step=sentence))
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
    from qualcode.project import Project

    # A damaged project opens here only, so that its damage can be listed.
    target = find_project(project)
    with with_password(target, lambda: Project.open(target, verify=False, as_coder=coder)) as work:
        with suppress(QualcodeError):
            set_language(work.info.language)
        problems = work.history.check()
        _print_place(work)
        guides = () if problems else work.transcripts.check_guides()
        waiting = () if problems else work.transcripts.revisions.unconfirmed()
        codings = 0 if problems else len(work.codings.collect())
        transcripts = 0 if problems else len(work.transcripts.collect())
    if json:
        counts = {} if problems else {"transcripts": transcripts, "codings": codings}
        print_json({**counts, "problems": problems, "guides": guides})
    # The exit code reports the damage also with JSON, which is printed before the error.
    if problems:
        print_problems(problems)
        raise DamagedProjectError(
            Message.counted(
                "The project has {count} problem. Keep this file. Go back to a backup, or save "
                "what is whole: qualcode rescue {file} NEW.qualcode",
                "The project has {count} problems. Keep this file. Go back to a backup, or save "
                "what is whole: qualcode rescue {file} NEW.qualcode",
                len(problems),
                file=shell_word(find_project(project)),
            )
        )
    if not json:
        # A guide that names a missing or retired code is no damage, so it is a note and not an
        # error.
        print_problems(guides)
        if waiting:
            print_message(
                Message.counted(
                    "{count} coding waits to be confirmed: its text was corrected. See: qualcode "
                    "transcript confirm",
                    "{count} codings wait to be confirmed: their text was corrected. See: qualcode "
                    "transcript confirm",
                    len(waiting),
                )
            )
        print_message(
            Message(
                "No problems: {interviews}, {codings}; every quote is the same as its passage.",
                interviews=count_interviews(transcripts),
                codings=count_codings(codings),
            )
        )


def _print_place(work: Project) -> None:
    """Print what is risky about the folder of a project, and the copies that were left in it."""
    from qualcode.project import describe_risk, find_conflict_copies

    if work.history.path is None:
        return
    risk = describe_risk(work.history.path)
    if risk is not None:
        print_message(risk)
    for copy in find_conflict_copies(work.history.path):
        print_message(
            Message(
                "There is another version: {file}. To add its work: qualcode work merge {quoted}",
                file=copy.name,
                quoted=shell_word(copy),
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


def copy_(
    source: Annotated[str, typer.Argument(help="The project: a file, or the address of a server.")],
    to: Annotated[
        str,
        typer.Argument(help="The new place: a new file, or the address of an empty database."),
    ],
) -> None:
    """Copy a whole project to another place: from a file to a server, or back."""
    from qualcode.project import copy_project, hide_password

    server = next((place for place in (source, to) if "://" in place), "")
    counts = with_password(server, lambda: copy_project(source, to))
    print_message(
        Message(
            "Copied to {place}: {interviews}, {codings}. Every row is the same.",
            place=hide_password(to),
            interviews=count_interviews(counts["transcripts"]),
            codings=count_codings(counts["codings"]),
        )
    )
    print_message(
        Message("Go on in one of the two places: what is done in one does not come to the other.")
    )


def upgrade(
    dump: Annotated[Path, typer.Argument(help="The file for the dump: study.dump.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Bring a project on a server to the form of this version, after a dump of it."""
    from qualcode.project import upgrade_project

    target = find_project(project)
    if with_password(target, lambda: upgrade_project(target, dump, coder)):
        print_message(
            Message(
                "Upgraded. The dump is in {file}; pg_restore puts it back. Earlier versions of "
                "qualcode cannot open the project any more.",
                file=str(dump),
            )
        )
    else:
        print_message(Message("The project has the form of this version already."))


def rescue(
    file: Annotated[Path, typer.Argument(help="The damaged project file.")],
    to: Annotated[Path, typer.Argument(help="The new project file.")],
) -> None:
    """Save all that is whole in a damaged project into a new file, and list what is not."""
    from qualcode.project import rescue_project

    report = rescue_project(file, to)
    print_problems(report.lost)
    print_message(
        Message(
            "Saved in {file}: {interviews}, {codings}.",
            file=str(to),
            interviews=count_interviews(report.saved.get("transcripts", 0)),
            codings=count_codings(report.saved.get("codings", 0)),
        )
    )
    print_message(
        Message.counted(
            "{count} row was not whole; it is listed above. Compare with a backup.",
            "{count} rows were not whole; they are listed above. Compare with a backup.",
            len(report.lost),
        )
        if report.lost
        else Message("Everything in it was whole.")
    )
