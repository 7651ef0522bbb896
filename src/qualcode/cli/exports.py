"""The command ``export``: tables, and the whole project for another program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.output import (
    OptionError,
    heading,
    print_message,
    print_problems,
    print_table,
    print_written,
)
from qualcode.cli.shared_options import CoderOption, ProjectOption, open_project
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import Project


def export(
    what: Annotated[
        str,
        typer.Argument(
            help="What to write: project (the whole project), commented (a transcript in Word), "
            "codings, memos, cases, transcripts, code_by_case, ... Without it: a list."
        ),
    ] = "",
    file: Annotated[
        Path | None,
        typer.Argument(
            help="The file to write: csv, xlsx, parquet; a project: qdpx; commented: docx."
        ),
    ] = None,
    layer: Annotated[
        str,
        typer.Option(
            "--layer",
            "-l",
            help="The layer of codings, as for quotes. Default: final for counts by code (union "
            "while disagreements are open), all for what lists rows.",
        ),
    ] = "",
    transcript: Annotated[
        str, typer.Option(help="For commented: the transcript. Default: the name of the file.")
    ] = "",
    real_names: Annotated[
        bool,
        typer.Option(
            "--real-names", help="Write the names of coders instead of 'coder A', 'coder B'."
        ),
    ] = False,
    originals: Annotated[
        bool, typer.Option(help="For a project: include the imported files.")
    ] = True,
    position_unit: Annotated[
        str, typer.Option(help="For a project: how positions count: codepoint, or utf16 for NVivo.")
    ] = "codepoint",
    tool: Annotated[
        str,
        typer.Option(
            "--for",
            help="For codings and a project: the program to write for: atlas.ti, maxqda, nvivo, "
            "qualcoder, taguette.",
        ),
    ] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write a table of the project, or the whole project for another program."""
    from qualcode.project import ExportOptions

    if not what or file is None:
        _print_exports()
        if what:
            raise OptionError(Message("Name the file to write, as in the list."))
        return
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work, work.snapshot():
        if what == "project":
            options = ExportOptions(real_names, originals, position_unit, tool)
            print_problems(work.exchange.write(file, options))
        elif what == "commented":
            name = transcript or file.stem
            work.exchange.write_commented(name, file, layer=layer or "all", real_names=real_names)
        elif tool and what == "codings":
            work.exchange.write_tool_table(file, tool, layer or "all", real_names=real_names)
        else:
            layer = layer or _choose_layer(work, what)
            work.exchange.write_table(what, file, layer=layer, real_names=real_names)
            print_problems(work.disclosure.check_table(what, layer))
        info = work.info
    if tool or what in {"project", "commented"}:
        print_message(Message("Wrote {file}", file=str(file)))
    else:
        print_written(file, info)


def _choose_layer(work: Project, what: str) -> str:
    """Return whose codings a table is made of: no count takes a passage more than once."""
    from qualcode.project import FINAL

    if not what.startswith("code_by_"):
        return "all"
    try:
        work.codings.collect_layer(FINAL)
    except UndefinedRequestError:
        print_message(
            Message(
                "Disagreements are open, so the table counts what any coder coded, each passage "
                "once (--layer union)."
            )
        )
        return "union"
    return FINAL


def _print_exports() -> None:
    """Print what can be written, each with a command that writes it."""
    exports = (
        ("project project.qdpx", Message("the whole project, for another program")),
        ("commented interview01.docx", Message("a transcript in Word, with codes as comments")),
        ("codings codings.csv", Message("every coding: passage, code, coder, memo")),
        ("memos memos.csv", Message("every memo and what it is about")),
        ("cases cases.csv", Message("the respondents and their attributes")),
        ("participations people.csv", Message("who takes part in which interview")),
        ("transcripts interviews.csv", Message("the interviews: language, turns, words")),
        ("turns turns.csv", Message("every turn; likewise sentences, paragraphs, answers")),
        ("code_by_case codes.xlsx", Message("how often each respondent has each code")),
        ("code_by_group codes.xlsx", Message("the same per group; likewise per other attribute")),
        ("case_by_attribute cases.xlsx", Message("how many respondents have each value")),
    )
    rows = [(f"qualcode export {command}", meaning) for command, meaning in exports]
    print_table((heading("command"), heading("what")), rows)
