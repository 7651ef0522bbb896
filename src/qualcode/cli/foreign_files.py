"""Exchange with other programs: how a file of theirs is shown, and its loss report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.output import out, print_json, print_table, say

if TYPE_CHECKING:
    from qualcode.model import ExchangeProject
    from qualcode.project import Project


def is_foreign(file: Path) -> bool:
    """Tell whether a file is a project or codebook of another program."""
    is_folder = (file / "project.yaml").is_file()
    return is_folder or file.suffix.lower() in {".qdpx", ".qdc", ".sqlite3"}


def show_foreign(file: Path, *, json: bool, full: bool) -> None:
    """Show what an import of a file of another program would give."""
    from qualcode.project import exchange_as_json, read_exchange

    read = read_exchange(file)
    shown = exchange_as_json(read, full=full)
    if json:
        print_json(shown)
        return
    say(f"{file.name}: written by {read.origin or 'an unknown program'}")
    if full:
        columns = ("source", "start", "end", "quote", "code", "coder")
        print_table(columns, [[coding[key] for key in columns] for coding in shown["codings"]])
    report_losses(read)


def import_foreign(work: Project, file: Path) -> None:
    """Take a file of another program into the project, and say what became of it."""
    from qualcode.model import CONSENSUS

    read = work.exchange.read(file)
    say(f"imported  {file.name}: written by {read.origin or 'an unknown program'}")
    report_losses(read)
    coders = {coding.coder for coding in read.codings} - {CONSENSUS}
    if len(coders) > 1:
        say(f"Coded by {', '.join(sorted(coders))}. To compare them: qualcode agreement")


def report_losses(read: ExchangeProject) -> None:
    """Print the loss report: what was taken, changed and not taken, and how positions count."""
    rows = [(loss.kind.value, loss.count, loss.what, loss.message) for loss in read.losses]
    print_table(("", "number", "of", "what happened"), rows)
    if read.convention is not None:
        out().print(f"Positions: {read.convention} ({read.score:.0%} of the selections fit).")
