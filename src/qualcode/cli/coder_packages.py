"""Commands for coders on separate machines: work export, work merge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.output import print_json, say
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    one_coder,
    open_project,
)

app = typer.Typer(help="Coders on separate machines: a coder's work as a file, out and back.")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The file to write: anna.json.")],
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write a coder's work: codings, notes, and what they stand on."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        made = work.exchange.write_package(one_coder(work, coder), file)
    standing = sum(coding.withdrawn_at is None for coding in made.codings)
    say(f"Wrote {file}: {standing} codings by {made.coder} in {len(made.texts)} interviews.")


@app.command()
def merge(
    file: Annotated[Path, typer.Argument(help="A work file of another copy of this project.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Take a coder's work into this project: all of it, or nothing where it does not fit."""
    with open_project(project, coder) as work:
        merged = work.exchange.merge_package(file)
    for name in merged.handed_in:
        say(f"{merged.coder} handed in round '{name}'.")
    if json:
        print_json(merged)
    elif merged.changed is None:
        say(f"Merged the work of {merged.coder}; it is shown once all have handed in.")
    elif merged.changed:
        say(
            f"Merged the work of {merged.coder}: {merged.added} codings and {merged.memos} notes "
            f"added, {merged.withdrawn} codings withdrawn."
        )
    else:
        say(f"Nothing changed: the work of {merged.coder} is here already.")
