"""The command that erases a participant who takes their words back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ask_consent
from qualcode.cli.counts import count_codings, count_turns
from qualcode.cli.language import translate
from qualcode.cli.output import print_json, print_message, print_result
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import WithdrawalPlan


def withdraw(
    case: Annotated[
        str,
        typer.Argument(help="The case. Without cases: the name of the interview."),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the receipt to a text file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do not ask first.")] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Erase all that a participant said, everywhere in the project. This cannot be undone."""
    from qualcode.project import describe_receipt, write_receipt

    with open_project(project, coder) as work:
        ask_consent(_describe_plan(work.cases.plan_withdrawal(case)), force=force)
        receipt = work.cases.withdraw(case)
        lines = [translate(line) for line in describe_receipt(receipt)]
        if out is not None:
            write_receipt(lines, out)
    if json:
        print_json(receipt)
        return
    for line in lines:
        print_result(line)
    if out is not None:
        print_message(Message("Wrote {file}", file=str(out)))


def _describe_plan(plan: WithdrawalPlan) -> Message:
    parts = [
        Message.counted(
            "{count} interview of this person alone",
            "{count} interviews of this person alone",
            len(plan.removed),
        ),
        Message.counted(
            "this person's words in {count} group interview",
            "this person's words in {count} group interviews",
            len(plan.changed),
        ),
        count_turns(plan.turns),
        count_codings(plan.codings),
    ]
    counts = (len(plan.removed), len(plan.changed), plan.turns, plan.codings)
    return Message(
        "'{case}' withdraws. Erased for good, with all notes that repeat the words: {parts}.",
        case=plan.case,
        parts=tuple(part for part, count in zip(parts, counts, strict=True) if count),
    )
