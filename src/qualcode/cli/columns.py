"""Which column of a table is which, as a person says it: in an option, or when asked."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from qualcode.cli.output import ask_text, print_message
from qualcode.errors import InvalidValueError, UnknownColumnsError
from qualcode.messages import Message

_QUESTIONS = {
    "code": Message("Which column holds the codes? (number)"),
    "parent": Message("Which column holds the code above? (number; 0: none)"),
    "quote": Message("Which column holds the quotes? (number)"),
    "transcript": Message("Which column names the interviews? (number)"),
}


def read_columns(text: str, names: Sequence[str]) -> dict[str, str]:
    """Return the titles in an option such as ``code=Onderwerp,definition=Uitleg``.

    Args:
        text: The option.
        names: What a column may hold.

    Raises:
        InvalidValueError: a part of it says nothing, or names something else.
    """
    titles: dict[str, str] = {}
    for part in filter(str.strip, text.split(",")):
        name, equals, title = (piece.strip() for piece in part.partition("="))
        if not equals or name not in names or not title:
            raise InvalidValueError(
                Message(
                    "'{part}' does not say which column is which. Write for example "
                    '--columns "code=Onderwerp,definition=Uitleg". The columns are: {names}.',
                    part=part.strip(),
                    names=", ".join(names),
                )
            )
        titles[name] = title
    return titles


def ask_columns(error: UnknownColumnsError, titles: Mapping[str, str]) -> dict[str, str]:
    """Ask on a screen which columns hold what is missing; elsewhere say how to tell it.

    Args:
        error: What is missing, and the columns that there are.
        titles: What the person said already.
    """
    # A title that the option names and the table lacks is a slip to correct there, no new question.
    if not sys.stdin.isatty() or {*error.missing} & {*titles}:
        example = ",".join(f"{name}=TITLE" for name in error.missing)
        raise UnknownColumnsError(
            Message(
                '{error} Say which is which: --columns "{example}"', error=error, example=example
            ),
            error.titles,
            error.missing,
        )
    for number, title in enumerate(error.titles, 1):
        print_message(f"  {number}  {title}")
    answers = {name: _ask(name, error.titles) for name in error.missing}
    return {**titles, **{name: title for name, title in answers.items() if title}}


def _ask(name: str, titles: Sequence[str]) -> str:
    while True:
        answer = ask_text(_QUESTIONS[name], show_default=False).strip()
        if name == "parent" and answer == "0":
            return ""
        if answer.isdecimal() and 0 < int(answer) <= len(titles):
            return titles[int(answer) - 1]
