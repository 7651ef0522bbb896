"""What would be lost is asked about first: on a screen by a question, elsewhere by ``--force``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.output import confirm
from qualcode.errors import ConflictError
from qualcode.messages import Message

ForceOption = Annotated[
    bool, typer.Option("--force", help="Do not ask before something is replaced.")
]


def ask_consent(consequence: str, *, force: bool, option: str = "--force") -> None:
    """Go on only with consent to a consequence.

    Args:
        consequence: What would be lost, as a sentence.
        force: Consent that was given with the command.
        option: The option that gives it.

    Raises:
        ConflictError: there is no screen to ask on, or the answer is no.
    """
    if force:
        return
    # A script must not hang on a question that nobody reads.
    if not sys.stdin.isatty():
        raise ConflictError(
            Message(
                "{consequence} Nothing was changed. To do it: {option}",
                consequence=consequence,
                option=option,
            )
        )
    question = Message("{consequence} Go on?", consequence=consequence)
    if not confirm(question, default=False):
        raise ConflictError(Message("Nothing was changed."))


def ask_overwrite(path: Path | None, *, force: bool) -> None:
    """Go on only with consent where a file would be replaced; see :func:`ask_consent`."""
    # An empty folder holds nothing to lose.
    if path is not None and path.exists() and not (path.is_dir() and not any(path.iterdir())):
        message = Message("'{path}' is there already and would be replaced.", path=path)
        ask_consent(message, force=force)
