"""Commands about backups: which there are, and going back to one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.counts import count_interviews
from qualcode.cli.language import translate
from qualcode.cli.output import confirm, print_message, print_result
from qualcode.cli.pseudonyms import ask_passphrase
from qualcode.cli.shared_options import (
    CoderOption,
    ProjectOption,
    find_only_project,
    open_project,
)
from qualcode.errors import QualcodeError
from qualcode.messages import Message, shell_word

if TYPE_CHECKING:
    from qualcode.project import BackupPreview


def backups(project: ProjectOption = "", coder: CoderOption = "") -> None:
    """List the backups that the program made of a project: one a day, and before great steps."""
    from qualcode.project import REASONS, backup_folder, list_backups

    with open_project(project, coder) as work:
        folder = backup_folder(work)
        backups_made = list_backups(work)
    if folder is None:
        print_message(Message("No backups are made: QUALCODE_BACKUPS is off, or it is no file."))
        return
    print_message(Message("Backups in {folder}", folder=str(folder)))
    for backup in backups_made:
        moment = f"{backup.made_at.astimezone():%Y-%m-%d %H:%M}"
        print_result(
            Message("{moment}  sound  {file}", moment=moment, file=backup.path.name)
            if not backup.problems
            else Message("{moment}  damaged  {file}", moment=moment, file=backup.path.name)
        )
        if backup.reason in REASONS:
            print_result(f"    {translate(REASONS[backup.reason])}")
    if backups_made:
        print_message(
            Message(
                "To go back: qualcode restore {file} NEW.qualcode",
                file=shell_word(backups_made[0].path),
            )
        )


def restore(
    file: Annotated[Path, typer.Argument(help="The backup, encrypted or not.")],
    to: Annotated[Path, typer.Argument(help="The new project file.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    project: ProjectOption = "",
) -> None:
    """Write the project in a backup to a new file, and show first what would be lost."""
    from qualcode.project import restore_backup, restore_plain

    if _is_encrypted(file):
        restore_backup(file, to, ask_passphrase())
        print_message(Message("Wrote {file}", file=str(to)))
        return
    _print_preview(_preview(file, project))
    if not yes and not confirm(Message("Write it to {file}?", file=str(to))):
        return
    restore_plain(file, to)
    print_message(Message("Wrote {file}", file=str(to)))


def _is_encrypted(file: Path) -> bool:
    from qualcode.project import is_encrypted_backup

    return is_encrypted_backup(file)


def _preview(file: Path, project: str) -> BackupPreview:
    from qualcode.project import Project, preview_backup

    name = find_only_project(project)
    if name:
        # The project may be the one that is damaged: the backup is shown all the same.
        try:
            with Project.open(name) as present:
                return preview_backup(file, present)
        except QualcodeError:
            return preview_backup(file)
    return preview_backup(file)


def _print_preview(preview: BackupPreview) -> None:
    print_message(
        Message(
            "Project '{name}' as it was at {moment}: {interviews}",
            name=preview.name,
            moment=f"{preview.changed_at.astimezone():%Y-%m-%d %H:%M}",
            interviews=count_interviews(preview.transcripts),
        )
    )
    for coder, count in preview.codings.items():
        print_message(Message("  codings of {coder}: {count}", coder=coder, count=count))
    for sentence in preview.missing:
        print_message(sentence)
