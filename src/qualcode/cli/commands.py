"""The table of commands: what each is called, where it is, and its line in the list of commands.

A run loads the one command that it needs: reading the options of all commands takes as long as
starting Python.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

import typer

ABOUT = (
    "Code interviews, measure how far coders agree, and get the quotes of each theme.\n"
    "Your data stay on your machine."
)
START, CODE, REPORT, KEEP = "Start", "Code and compare", "Themes and quotes", "Maintain"


class Entry(NamedTuple):
    """One command, or a group of commands.

    Attributes:
        section: The heading above it in the list of commands.
        name: What a person types.
        place: Its module below ``qualcode.cli``, and its function or Typer app there.
        summary: The first line of its help.
    """

    section: str
    name: str
    place: str
    summary: str


COMMANDS = (
    Entry(
        START,
        "demo",
        "demo:demo",
        "Run all steps on the sample study, and write its quotes to Word.",
    ),
    Entry(START, "new", "first_steps:new", "Make a new project: one file that holds everything."),
    Entry(
        START,
        "read",
        "first_steps:read",
        "Show what the program reads in one file, without a project.",
    ),
    Entry(
        START,
        "import",
        "interview_import:import_",
        "Import interviews (docx, odt, rtf, pdf, txt, md, html, vtt, srt, csv, xlsx) or a .qdpx.",
    ),
    Entry(
        START,
        "after-import",
        "after_import:after_import",
        "Show what came in, what did not, what you should confirm, and the next steps.",
    ),
    Entry(
        START,
        "speakers",
        "speakers:speakers",
        "Show the speakers of each transcript and their roles; set or confirm the roles.",
    ),
    Entry(
        START,
        "segment",
        "first_steps:segment",
        "Divide all transcripts into turns, paragraphs, sentences and answers.",
    ),
    Entry(
        START,
        "transcript",
        "transcripts:app",
        "The interviews: their language and name, corrected texts, removal.",
    ),
    Entry(
        START,
        "guide",
        "first_steps:guide",
        "The topic guide: its questions, and the codes expected in their answers.",
    ),
    Entry(
        START,
        "participant",
        "participants:app",
        "Participants: who takes part in which interview, as which speaker.",
    ),
    Entry(START, "survey", "surveys:app", "Survey answers: a table with one row a person."),
    Entry(
        CODE,
        "code",
        "coding:code",
        "Read codings from a table: all rows, or none if a row does not fit.",
    ),
    Entry(
        CODE,
        "withdraw",
        "coding:withdraw",
        "Withdraw codings, or assign another code to their passages; the history keeps them.",
    ),
    Entry(
        CODE,
        "memo",
        "coding:memo",
        "Write a note on the project, a code, transcript, case or coding; or list the notes.",
    ),
    Entry(
        CODE,
        "suggest",
        "suggestions:suggest",
        "Suggest codes, with reasons; a suggestion never counts as a coding.",
    ),
    Entry(
        CODE,
        "find",
        "search:find",
        "Search the interviews by word in any form, by pattern, by code, by attribute of the case.",
    ),
    Entry(
        CODE,
        "adjudicate",
        "adjudication:adjudicate",
        "List the disagreements of coders, resolve them, and make the consensus.",
    ),
    Entry(
        CODE,
        "codebook",
        "codebook:app",
        "The codebook: check, show and change it. All versions stay.",
    ),
    Entry(
        CODE,
        "agreement",
        "agreement:app",
        "Compare coders: agreement for each code and theme, with 95% intervals.",
    ),
    Entry(
        CODE,
        "round",
        "rounds:app",
        "Rounds of coding, blind or joint: make, show, hand in, reopen.",
    ),
    Entry(
        CODE,
        "work",
        "coder_packages:app",
        "Coder packages: the work of one coder as a file, to merge into another copy.",
    ),
    Entry(
        REPORT,
        "themes",
        "themes:themes",
        "Summarise the themes: reach, differences between groups, quotes, matrices, saturation.",
    ),
    Entry(
        REPORT,
        "figure",
        "figures:figure",
        "Draw a figure for a paper: codes by level, themes, participants, one interview.",
    ),
    Entry(REPORT, "quotes", "quotes:quotes", "Show or write all quotes, in order of the codebook."),
    Entry(
        REPORT,
        "checklist",
        "publication:checklist",
        "Fill in a reporting checklist: what the project knows, and what you must answer.",
    ),
    Entry(
        REPORT,
        "annex",
        "publication:annex",
        "Write an annex of a paper: codebook, topic guides, sample, references.",
    ),
    Entry(
        REPORT,
        "audit",
        "publication:audit",
        "Tell what was done with the data, by kind: an audit trail that reads.",
    ),
    Entry(
        REPORT,
        "archive",
        "archives:app",
        "Archive: the whole study for a repository, and its check anywhere.",
    ),
    Entry(
        REPORT,
        "disclosure",
        "disclosure:disclosure",
        "Show the risks that readers recognise a person in quotes and tables, and take measures.",
    ),
    Entry(
        REPORT,
        "export",
        "exports:export",
        "Write a table of the project, or the whole project for another program.",
    ),
    Entry(
        REPORT,
        "framework",
        "framework:app",
        "Framework matrix: what each participant says on each code, in your words.",
    ),
    Entry(
        REPORT,
        "findings",
        "findings:app",
        "Findings: what you found, who says it, what speaks against it, what to recommend.",
    ),
    Entry(
        REPORT,
        "typology",
        "typology:app",
        "Typology: dimensions, types and target groups that you define, and who is which.",
    ),
    Entry(
        KEEP, "history", "history:history", "Show the changes and who made them, the newest last."
    ),
    Entry(
        KEEP,
        "undo",
        "maintenance:undo",
        "Undo the last step of a coder, or the last step that has no name.",
    ),
    Entry(KEEP, "redo", "maintenance:redo", "Repeat the step that was undone last."),
    Entry(
        KEEP,
        "check",
        "maintenance:check",
        "Check that all texts, quotes and codes in the project are unchanged and complete.",
    ),
    Entry(
        KEEP,
        "backup",
        "maintenance:backup",
        "Copy the project to another file, even while the project is in use.",
    ),
    Entry(
        KEEP,
        "copy",
        "maintenance:copy_",
        "Copy a whole project to another place: from a file to a server, or back.",
    ),
    Entry(
        KEEP,
        "upgrade",
        "maintenance:upgrade",
        "Bring a project on a server to the form of this version, after a dump of it.",
    ),
    Entry(
        KEEP,
        "rescue",
        "maintenance:rescue",
        "Save all that is whole in a damaged project into a new file, and list what is not.",
    ),
    Entry(
        KEEP,
        "backups",
        "backups:backups",
        "List the backups that the program made of a project: one a day, and before great steps.",
    ),
    Entry(
        KEEP,
        "restore",
        "backups:restore",
        "Write the project in a backup to a new file, and show first what would be lost.",
    ),
    Entry(
        KEEP,
        "team",
        "team:app",
        "The list of people: who is owner, supervisor, coder or reader of a project.",
    ),
    Entry(
        KEEP,
        "language",
        "suggestions:language",
        "Show the language tools on this machine, and the use of each tool.",
    ),
    Entry(
        KEEP,
        "language-model",
        "language_model:language_model",
        "Choose a language model on this machine for suggestions, or show which one is chosen.",
    ),
    Entry(
        KEEP,
        "app",
        "demo:app",
        "Open the app in the browser; only this machine reaches it, unless --serve is used.",
    ),
    Entry(
        KEEP,
        "pseudonymize",
        "pseudonyms:app",
        "Replace names by roles in brackets, after a review of each name.",
    ),
)
"""All commands, in the order of the list of commands."""


def build_app(name: str = "") -> typer.Typer:
    """Return the command line.

    Args:
        name: The only command that it needs. With any other word it has all commands, because
            the answer to a mistyped one names those that resemble it.
    """
    app = typer.Typer(
        help=ABOUT,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_show_version)
    for entry in [entry for entry in COMMANDS if entry.name == name] or COMMANDS:
        module, _colon, attribute = entry.place.partition(":")
        command = getattr(import_module(f"qualcode.cli.{module}"), attribute)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=entry.name)
        else:
            app.command(entry.name)(command)
    return app


def _show_version(
    version: bool = typer.Option(False, "--version", help="Show the version and stop."),
) -> None:
    if version:
        from qualcode import __version__

        typer.echo(f"qualcode {__version__}")
        raise typer.Exit
