"""The command ``after-import``: what came in, what did not, what to confirm, and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.cli.foreign_files import print_loss_table
from qualcode.cli.language import translate
from qualcode.cli.output import describe_problem, heading, print_json, print_result, print_table
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import ImportNotes, ImportReview

STEP_NAMES = {
    "agreement": Message("agreement"),
    "themes": Message("themes"),
    "quotes": Message("quotes"),
}


def after_import(
    project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False
) -> None:
    """Show what came in, what did not, what you should confirm, and the next steps."""
    from qualcode.model.json_values import to_json_value
    from qualcode.project import read_import_notes, review_import

    with open_project(project, coder) as work:
        review, notes = review_import(work), read_import_notes(work)
    if json:
        print_json(to_json_value(review) | {"notes": to_json_value(notes)})
        return
    counts = ", ".join(f"{translate(subject)}: {count}" for subject, count in review.counts)
    print_result(Message("In the project: {counts}.", counts=counts))
    _print_files(review)
    _print_notes(notes)
    _print_tasks(review)
    print_result()
    print_table(
        (heading("next step"), heading("ready"), heading("why"), heading("command")),
        [
            (
                STEP_NAMES[step.name],
                Message("yes") if step.ready else Message("not yet"),
                step.message,
                step.command,
            )
            for step in review.steps
        ],
    )


def _print_files(review: ImportReview) -> None:
    from qualcode.model import LossKind

    for file in review.files:
        origin = file.origin or translate(Message("an unknown program"))
        print_result()
        print_result(Message("{file}, written by {program}:", file=file.file, program=origin))
        print_loss_table(file.losses)
        if not any(loss.kind is LossKind.NOT_TAKEN for loss in file.losses):
            print_result(Message("Nothing in it was left out."))
        if file.score is not None:
            print_result(
                Message(
                    "Positions: {share} of the passages fit the words (counted {convention}).",
                    convention=file.positions,
                    share=f"{file.score:.0%}",
                )
            )


def _print_notes(notes: Sequence[ImportNotes]) -> None:
    if not notes:
        return
    print_result()
    print_result(Message("What was left out of interviews, or read with doubt:"))
    for note in notes:
        print_result(f"  {note.transcript} ({note.file})")
        for problem in note.problems:
            print_result(f"  - {describe_problem(problem)}")


def _print_tasks(review: ImportReview) -> None:
    print_result()
    if not review.tasks:
        print_result(Message("Nothing is left to confirm."))
        return
    print_result(Message("To confirm or to add:"))
    for task in review.tasks:
        print_result(f"  - {translate(task.message)}")
        if task.command:
            print_result(f"    {task.command}")
