"""Files of other programs: show them, import them, and print the loss report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.language import translate, translate_sentence
from qualcode.cli.output import heading, print_json, print_message, print_result, print_table
from qualcode.cli.speakers import ask_speakers_of_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import ExchangeProject, Loss, Role
    from qualcode.project import Project


def is_foreign(file: Path) -> bool:
    """Tell whether a file is a project or codebook of another program."""
    from qualcode.project import project_suffixes

    # The program itself also writes a project as a folder of text files, with this one in it.
    is_folder = (file / "project.yaml").is_file()
    return is_folder or file.suffix.lower() in project_suffixes()


def show_foreign(file: Path, *, json: bool, full: bool) -> None:
    """Show what the program reads in a file of another program."""
    from qualcode.project import exchange_as_json, read_exchange

    foreign = read_exchange(file)
    json_value = exchange_as_json(foreign, full=full)
    if json:
        print_json(json_value)
        return
    print_message(f"{file.name}: {translate(_describe_origin(foreign))}")
    if full:
        columns = {
            "source": heading("source"),
            "start": heading("start"),
            "end": heading("end"),
            "quote": heading("quote"),
            "code": heading("code"),
            "coder": heading("coder"),
        }
        rows = [[coding[key] for key in columns] for coding in json_value["codings"]]
        print_table(tuple(columns.values()), rows)
    print_losses(foreign)


def import_foreign(
    work: Project,
    file: Path,
    roles: Mapping[str, Role] | None,
    *,
    partly: bool,
    yes: bool,
) -> None:
    """Import a file of another program into the project, and print its loss report.

    Args:
        work: The project.
        file: The file.
        roles: Roles that the user gave, by speaker label.
        partly: Whether labels of ``roles`` may be in other files only.
        yes: Confirm the proposed speakers without a question.
    """
    from qualcode.model import CONSENSUS

    before = {text.name for text in work.transcripts.collect()}
    foreign = work.exchange.read(file, roles=roles, partly=partly)
    print_message(
        Message("imported  {file}: {origin}", file=file.name, origin=_describe_origin(foreign))
    )
    print_losses(foreign)
    new = [text.name for text in work.transcripts.collect() if text.name not in before]
    ask_speakers_of_project(work, new, yes=yes)
    # The consensus is made from codings of coders, so it is not one of them to compare.
    coders = {coding.coder for coding in foreign.codings} - {CONSENSUS}
    if len(coders) > 1:
        print_message(
            Message("Coded by {coders}. To compare them: qualcode agreement", coders=sorted(coders))
        )


def _describe_origin(foreign: ExchangeProject) -> Message:
    if foreign.origin:
        return Message("written by {program}", program=foreign.origin)
    return Message("written by an unknown program")


def print_losses(foreign: ExchangeProject) -> None:
    """Print the loss report: the items imported, changed and not imported."""
    print_loss_table(foreign.losses)
    if foreign.convention is not None:
        print_result(
            Message(
                "Positions: {share} of the passages fit the words (counted {convention}).",
                convention=str(foreign.convention),
                share=f"{foreign.score:.0%}",
            )
        )


def print_loss_table(losses: Sequence[Loss]) -> None:
    """Print the lines of a loss report in the language of the command line."""
    rows = [
        (
            translate_sentence(loss.kind.value),
            loss.count,
            translate_sentence(loss.item),
            translate_sentence(loss.message),
        )
        for loss in losses
    ]
    print_table(("", heading("number"), heading("item"), heading("what happened")), rows)
