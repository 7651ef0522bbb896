"""What the library of the command line says about wrong options, in the language of the reader.

Typer writes its errors in English only. Each kind is recognised by its words, and said again as a
message of ours; what is not recognised stays as it is.
"""

from __future__ import annotations

import re
from typing import IO, Any

import typer

from qualcode.cli.language import translate
from qualcode.messages import Message

# Typer brings a copy of Click of its own, and gives this class no public name.
_USAGE_ERROR: Any = typer.BadParameter.__base__
_NUMBER = "Input should be a valid integer"
_CHOICE = re.compile(
    r"(?:Value error, )?'(?P<value>.*)' is not one of (?P<choices>.*)\.", re.DOTALL
)


def translate_usage_errors() -> None:
    """Let errors in the use of a command be told in the language of the command line."""
    # Typer has no setting for the language of its errors: what shows them is replaced.
    _USAGE_ERROR.show = _show


def _show(error: Any, file: IO[Any] | None = None) -> None:
    if error.ctx is not None:
        typer.echo(error.ctx.get_usage(), file=file, err=file is None)
        command = Message(
            "'{command} --help' explains the command.", command=error.ctx.command_path
        )
        typer.echo(f"{translate(command)}\n", file=file, err=file is None)
    message = Message("Error: {message}", message=describe_usage_error(error.format_message()))
    typer.echo(translate(message), file=file, err=file is None)


def describe_usage_error(text: str) -> str:
    """Return an error of Typer as a message that can be translated."""
    # By its words: Typer gives an error its text, but no kind and no values.
    for pattern, describe in _KINDS:
        match = re.fullmatch(pattern, text, re.DOTALL)
        if match:
            message: Message = describe(match)
            return message
    return text


def _no_option(match: re.Match[str]) -> Message:
    if match["options"]:
        return Message(
            "There is no option {name}. Do you mean {options}?",
            name=match["name"],
            options=match["options"],
        )
    return Message("There is no option {name}.", name=match["name"])


def _invalid(match: re.Match[str]) -> Message:
    name, problem = match["name"], match["problem"]
    if _NUMBER in problem:
        return Message("{name} takes a whole number.", name=name)
    if choice := _CHOICE.fullmatch(problem):
        choices = ", ".join(
            word for word in (word.strip("'") for word in choice["choices"].split(", ")) if word
        )
        return Message(
            "'{value}' is not possible for {name}. Use one of: {choices}.",
            value=choice["value"],
            name=name,
            choices=choices,
        )
    return Message("The value of {name} cannot be used: {problem}", name=name, problem=problem)


_KINDS: Any = (
    (r"No such option: (?P<name>\S+)(?: \(Possible options: (?P<options>.*)\))?", _no_option),
    (
        r"No such command '(?P<name>.*?)'\.?(?:.*)",
        lambda match: Message("There is no command '{name}'.", name=match["name"]),
    ),
    (r"Missing command\.", lambda _: Message("Name a command; the help lists them.")),
    (
        r"Missing (?:argument|option|parameter) '?(?P<name>.*?)'?\.(?:.*)",
        lambda match: Message("'{name}' is missing.", name=match["name"]),
    ),
    (
        r"Got unexpected extra argument\(s\) \((?P<words>.*)\)",
        lambda match: Message(
            "The command takes fewer words; these are too many: {words}. A name with spaces goes "
            "between quotation marks.",
            words=match["words"],
        ),
    ),
    (
        r"Option '(?P<name>.*?)' requires (?:an argument|\d+ arguments)\.",
        lambda match: Message("{name} needs a value after it.", name=match["name"]),
    ),
    (r"Invalid value for (?P<name>'.*?'): (?P<problem>.*)", _invalid),
)
