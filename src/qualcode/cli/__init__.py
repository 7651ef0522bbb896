"""The command line: parse, call one verb of the project, print. Every error is caught here."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from qualcode.cli import (
    adjudicating,
    coding,
    comparing,
    confidential,
    demo,
    keeping,
    reporting,
    rounds,
    setting_up,
    suggesting,
    working,
)
from qualcode.cli import codebook as codebook_commands
from qualcode.cli.printing import refuse
from qualcode.errors import QualcodeError


class _Sections(TyperGroup):
    """Lists the commands in sections, in plain text: the decorated help takes twice the time."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                panel = getattr(command, "rich_help_panel", None) or "Commands"
                row = (name, command.get_short_help_str(limit=200))
                sections.setdefault(str(panel), []).append(row)
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)


app = typer.Typer(
    cls=_Sections,
    help="Code interviews, check whether coders agree, get the quotes of each theme. "
    "Nothing leaves your machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

START, CODE, REPORT, KEEP = "Start", "Code and compare", "Themes and quotes", "Look after it"
for panel, commands in (
    (START, (demo.demo, setting_up.new, setting_up.read)),
    (START, (setting_up.import_, setting_up.speakers, setting_up.segment)),
    (CODE, (coding.code, coding.withdraw, coding.memo, suggesting.suggest, suggesting.find)),
    (CODE, (comparing.agreement, adjudicating.adjudicate)),
    (REPORT, (reporting.themes, reporting.quotes, confidential.disclosure, reporting.export)),
    (KEEP, (keeping.history, keeping.undo, keeping.redo, keeping.check, keeping.backup)),
    (KEEP, (confidential.restore, suggesting.language, demo.app)),
):
    for command in commands:
        app.command(command.__name__.rstrip("_"), rich_help_panel=panel)(command)
app.add_typer(setting_up.guide, name="guide", rich_help_panel=START)
app.add_typer(codebook_commands.app, name="codebook", rich_help_panel=CODE)
app.add_typer(confidential.app, name="pseudonymize", rich_help_panel=KEEP)
app.add_typer(rounds.app, name="round", rich_help_panel=CODE)
app.add_typer(working.app, name="work", rich_help_panel=CODE)


@app.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Show the version and stop."),
) -> None:
    if version:
        from qualcode import __version__

        typer.echo(f"qualcode {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line: exit code 0, 1 where refused, 2 where misused."""
    try:
        app()
    except QualcodeError as error:
        refuse(str(error))
        sys.exit(1)
