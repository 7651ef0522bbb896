"""The command line: each command reads its options, calls the project once and prints.

The errors of all commands are caught here.
"""

from __future__ import annotations

import sys
from textwrap import fill

import typer

from qualcode.cli.commands import ABOUT, COMMANDS, build_app
from qualcode.cli.ending import end_in_order
from qualcode.cli.language import get_language, set_language, translate_sentence
from qualcode.cli.output import print_message, print_refusal
from qualcode.errors import QualcodeError


def describe_commands() -> str:
    """Return the help of the whole program: its commands in sections."""
    lines = [translate_sentence("Usage: qualcode COMMAND [OPTIONS]"), "", translate_sentence(ABOUT)]
    section = ""
    for entry in COMMANDS:
        if entry.section != section:
            section = entry.section
            lines += ["", f"{translate_sentence(section)}:"]
        summary = translate_sentence(entry.summary)
        lines.append(fill(f"  {entry.name:<12}  {summary}", width=79, subsequent_indent=" " * 16))
    lines += [
        "",
        translate_sentence(
            "qualcode COMMAND --help explains a command; qualcode --version shows the version."
        ),
    ]
    return "\n".join(lines)


def main() -> None:
    """Run the command line: exit code 0, 1 after a refusal, 2 after a wrong option."""
    # Before the project is open, help and errors are in the system's language.
    set_language()
    if sys.argv[1:] in ([], ["-h"], ["--help"]):
        typer.echo(describe_commands())
        return
    end_in_order()
    app = build_app(sys.argv[1])
    try:
        if get_language() == "en":
            app()
        else:
            from qualcode.cli.help_language import translate_help

            translate_help(app)()
    except QualcodeError as error:
        print_refusal(str(error))
        sys.exit(1)
    finally:
        _tell_backups()


def _tell_backups() -> None:
    """Say which backups were made before steps, also where the step failed then."""
    # Most commands load no backups, and should not wait for them.
    backups_made = sys.modules.get("qualcode.project.backups")
    for sentence in backups_made.take_all_untold_backups() if backups_made else ():
        print_message(sentence)
