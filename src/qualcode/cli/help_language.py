"""The help of all commands in the language of the command line.

The texts stand in English at their commands and options. They are looked up when help is printed
in another language, so that English pays nothing for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command

from qualcode.cli.language import translate_sentence
from qualcode.cli.usage_errors import translate_usage_errors

_CONTEXT: Any = TyperCommand.context_class
_FORMATTER: Any = _CONTEXT.formatter_class
TYPER_WORDS = (
    "Usage: ",
    "[OPTIONS]",
    "COMMAND [ARGS]...",
    "Arguments",
    "Commands",
    "Options",
    "Show this message and exit.",
    "default: ",
    "env var: ",
    "required",
)
"""Words of Typer itself that the catalogue translates."""

# What Typer writes behind a help text: "[env var: X; default: y; required]".
_EXTRA = re.compile(r"(?:(?<=\[)|(?<=; ))(default: |env var: |required(?=[\];]))")


class HelpFormatter(_FORMATTER):  # type: ignore[misc]
    """Typer's formatter of help, with its own words in the language of the command line."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line with the name of the command and what it takes."""
        for words in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(words, translate_sentence(words))
        super().write_usage(prog, args, prefix or translate_sentence("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading above a list of options, arguments or commands."""
        super().write_heading(translate_sentence(heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **keywords: Any) -> None:
        """Write options with their help."""
        translated = [
            (name, _EXTRA.sub(lambda mark: translate_sentence(mark[1]), translate_sentence(text)))
            for name, text in rows
        ]
        super().write_dl(translated, *args, **keywords)


def translate_help(app: typer.Typer) -> Any:
    """Return the commands of an app, with their help in the language of the command line."""
    command = get_command(app)
    _translate_command(command)
    _CONTEXT.formatter_class = HelpFormatter
    translate_usage_errors()
    return command


def _translate_command(command: Any) -> None:
    # Typer has copied the texts of its own classes, which have no common type with those of Click.
    if command.help:
        paragraphs = command.help.split("\n\n")
        command.help = "\n\n".join(map(translate_sentence, paragraphs))
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translate_sentence(parameter.help)
    for subcommand in getattr(command, "commands", {}).values():
        _translate_command(subcommand)
