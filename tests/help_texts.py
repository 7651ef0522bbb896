"""Every text that the help of the commands prints, in English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from qualcode.cli.commands import build_app


def collect_help_texts() -> set[str]:
    """Return the help of all commands, by paragraph, and of their options and arguments."""
    return set(_texts_of(get_command(build_app()))) - {""}


def _texts_of(command: Any) -> Iterator[str]:
    yield from (command.help or "").split("\n\n")
    for parameter in command.params:
        yield getattr(parameter, "help", None) or ""
    for subcommand in getattr(command, "commands", {}).values():
        yield from _texts_of(subcommand)
