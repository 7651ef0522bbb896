"""Commands for one interview or several: their language."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli import revisions
from qualcode.cli.output import (
    ask_text,
    confirm,
    heading,
    print_json,
    print_message,
    print_table,
)
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import UnknownNameError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import Project, TranscriptLanguage

app = typer.Typer(help="The interviews: their language and name, corrected texts, removal.")
app.command("rename")(revisions.rename)
app.command("replace")(revisions.replace)
app.command("confirm")(revisions.confirm)
app.command("versions")(revisions.versions)
app.command("remove")(revisions.remove)


@app.command("language")
def transcript_language(
    transcript: Annotated[
        str, typer.Argument(help="Name of a transcript; all of them without one.")
    ] = "",
    language: Annotated[
        str, typer.Argument(help="Its language: nl, en, de or fr.", show_default=False)
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the language of each interview, or say in which language one is."""
    from qualcode.model import language_name
    from qualcode.project import list_languages

    with open_project(project, coder) as work:
        if language:
            work.transcripts.set_language((transcript,), language)
        listed = list_languages(work)
        if transcript:
            # The name is checked here too: a table without rows would hide a slip.
            work.transcripts.get(transcript)
            listed = tuple(row for row in listed if row.transcript == transcript)
    if json:
        print_json(listed)
        return
    rows = [
        (
            row.transcript,
            language_name(row.language),
            language_name(row.guess) or "-",
            Message("confirmed") if row.confirmed else Message("proposed"),
        )
        for row in listed
    ]
    columns = (
        heading("transcript"),
        heading("language"),
        heading("looks like"),
        heading("status"),
    )
    print_table(columns, rows)


def confirm_language(work: Project, row: TranscriptLanguage) -> None:
    """Ask on a screen whether the language of an interview is right; elsewhere say how to."""
    from qualcode.model import language_name

    name = language_name(row.guess or row.language)
    if not sys.stdin.isatty():
        print_message(
            Message(
                '    read as {language}; confirm: qualcode transcript language "{name}" {code}',
                language=name,
                name=row.transcript,
                code=row.guess or row.language,
            )
        )
    elif confirm(Message("    Is this interview in {language}?", language=name)):
        work.transcripts.set_language((row.transcript,), row.guess or row.language)
    else:
        _ask_language(work, row.transcript)


def _ask_language(work: Project, transcript: str) -> None:
    """Ask for a language until it is one that the program knows."""
    from qualcode.model import LANGUAGE_NAMES

    while True:
        answer = ask_text(
            Message("    In which language is it? ({languages})", languages=list(LANGUAGE_NAMES)),
            show_default=False,
        )
        try:
            work.transcripts.set_language((transcript,), answer.strip().casefold())
        # The interviews are stored by now: a slip must not end the questions about the other files.
        except UnknownNameError as error:
            print_message(error.args[0])
        else:
            return
