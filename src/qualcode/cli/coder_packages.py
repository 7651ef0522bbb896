"""Commands for coders on separate machines: work export, work merge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.counts import count_codings, count_interviews, count_notes
from qualcode.cli.output import print_json, print_message
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coder,
    open_project,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import PackageMerge

app = typer.Typer(
    help="Coder packages: the work of one coder as a file, to merge into another copy."
)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The file to write: anna.json.")],
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write the work of a coder: codings, notes, and the texts and codes that they need."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        package = work.exchange.write_package(choose_coder(work, coder), file)
    # The package holds withdrawn codings too, so that a merge withdraws them in the other copy.
    codings = sum(coding.withdrawn_at is None for coding in package.codings)
    print_message(
        Message(
            "Wrote {file}: {codings} by {coder} in {interviews}.",
            file=str(file),
            codings=count_codings(codings),
            coder=package.coder,
            interviews=count_interviews(len(package.texts)),
        )
    )


@app.command()
def merge(
    file: Annotated[
        Path,
        typer.Argument(
            help="A coder package of another copy of this project, or the copy itself (.qualcode)."
        ),
    ],
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Merge the work of a coder, or of all in a copy of this project: as a whole, or not at all."""
    from qualcode.project import merge_copy

    with open_project(project, coder) as work:
        if file.suffix.casefold() == ".qualcode":
            merges = merge_copy(work, file)
        else:
            merges = (work.exchange.merge_package(file),)
    if json:
        print_json(merges[0] if len(merges) == 1 else merges)
    for merged in merges:
        _print_merge(merged, json=json)


def _print_merge(merged: PackageMerge, *, json: bool) -> None:
    for name in merged.handed_in:
        print_message(Message("{coder} handed in round '{round}'.", coder=merged.coder, round=name))
    if json:
        return
    if merged.added is None or merged.memos is None or merged.withdrawn is None:
        # None hides the counts: in a blind round even the number of codings says something about
        # the work of the coder.
        print_message(
            Message(
                "Merged the work of {coder}. It stays hidden until all coders have handed in.",
                coder=merged.coder,
            )
        )
    elif merged.changed:
        print_message(
            Message(
                "Merged the work of {coder}: {codings} and {notes} added, {withdrawn} withdrawn.",
                coder=merged.coder,
                codings=count_codings(merged.added),
                notes=count_notes(merged.memos),
                withdrawn=count_codings(merged.withdrawn),
            )
        )
    else:
        print_message(
            Message(
                "Nothing changed: the project has the work of {coder} already.",
                coder=merged.coder,
            )
        )
