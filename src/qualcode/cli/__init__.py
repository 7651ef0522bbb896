"""The command line: each command reads its options, calls the project once and prints.

The errors of all commands are caught here.
"""

from __future__ import annotations

import sys
from textwrap import fill

import typer

from qualcode.cli import (
    adjudication,
    agreement,
    coder_packages,
    coding,
    demo,
    disclosure,
    first_steps,
    history,
    maintenance,
    pseudonyms,
    reports,
    rounds,
    suggestions,
)
from qualcode.cli import codebook as codebook_commands
from qualcode.cli.language import set_language
from qualcode.cli.output import print_refusal
from qualcode.errors import QualcodeError

ABOUT = (
    "Code interviews, measure how far coders agree, and get the quotes of each theme.\n"
    "Your data stay on your machine."
)
app = typer.Typer(
    help=ABOUT,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

START, CODE, REPORT, KEEP = "Start", "Code and compare", "Themes and quotes", "Maintain"
for panel, commands in (
    (START, (demo.demo, first_steps.new, first_steps.read)),
    (START, (first_steps.import_, first_steps.speakers, first_steps.segment)),
    (CODE, (coding.code, coding.withdraw, coding.memo, suggestions.suggest, suggestions.find)),
    (CODE, (agreement.agreement, adjudication.adjudicate)),
    (REPORT, (reports.themes, reports.quotes, disclosure.disclosure, reports.export)),
    (
        KEEP,
        (
            history.history,
            maintenance.undo,
            maintenance.redo,
            maintenance.check,
            maintenance.backup,
        ),
    ),
    (KEEP, (pseudonyms.restore, suggestions.language, demo.app)),
):
    for command in commands:
        # A trailing underscore avoids a word of Python: import_.
        app.command(command.__name__.rstrip("_"), rich_help_panel=panel)(command)
app.add_typer(first_steps.guide, name="guide", rich_help_panel=START)
app.add_typer(codebook_commands.app, name="codebook", rich_help_panel=CODE)
app.add_typer(pseudonyms.app, name="pseudonymize", rich_help_panel=KEEP)
app.add_typer(rounds.app, name="round", rich_help_panel=CODE)
app.add_typer(coder_packages.app, name="work", rich_help_panel=CODE)


@app.callback(invoke_without_command=True)
def _version(
    version: bool = typer.Option(False, "--version", help="Show the version and stop."),
) -> None:
    if version:
        from qualcode import __version__

        typer.echo(f"qualcode {__version__}")
        raise typer.Exit


def describe_commands() -> str:
    """Return the help of the whole program: its commands in sections."""
    # Made of first lines only: Typer would read the options of all commands, which takes as long
    # as starting Python.
    sections: dict[str, list[tuple[str, str]]] = {START: [], CODE: [], REPORT: [], KEEP: []}
    for command in app.registered_commands:
        summary = (command.callback.__doc__ if command.callback else "") or ""
        sections[str(command.rich_help_panel)].append((command.name or "", summary.split("\n")[0]))
    for group in app.registered_groups:
        summary = str(group.typer_instance.info.help) if group.typer_instance else ""
        sections[str(group.rich_help_panel)].append((group.name or "", summary))
    lines = ["Usage: qualcode COMMAND [OPTIONS]", "", ABOUT]
    for title, rows in sections.items():
        lines += ["", f"{title}:"]
        for name, summary in rows:
            indent = " " * 16
            lines.append(fill(f"  {name:<12}  {summary}", width=79, subsequent_indent=indent))
    lines += [
        "",
        "qualcode COMMAND --help explains a command; qualcode --version shows the version.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Run the command line: exit code 0, 1 after a refusal, 2 after a wrong option."""
    if sys.argv[1:] in ([], ["-h"], ["--help"]):
        typer.echo(describe_commands())
        return
    # Before the project is open, an error can already occur: it is in the system's language.
    set_language()
    try:
        app()
    except QualcodeError as error:
        print_refusal(str(error))
        sys.exit(1)
