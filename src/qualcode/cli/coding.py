"""Commands that change codings and notes: code, withdraw, memo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.foreign_files import report_losses
from qualcode.cli.output import print_json, print_table, say, warn
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    one_coder,
    open_project,
)


def code(
    table: Annotated[
        Path,
        typer.Argument(
            help="csv or xlsx: transcript, start, end, quote, code, coder, memo; or a docx whose "
            "comments name codes."
        ),
    ],
    project: ProjectOption = "",
    coder: CoderOption = "",
    round_: Annotated[str, typer.Option("--round", help="The round they belong to.")] = "",
    partial: Annotated[
        bool, typer.Option("--partial", help="Take the rows that fit, report the others.")
    ] = False,
    tool: Annotated[
        str,
        typer.Option(
            "--from",
            help="The program it comes from: atlas.ti, maxqda, qualcoder, taguette. "
            "Codes that the codebook lacks are then added.",
        ),
    ] = "",
) -> None:
    """Read codings from a table: all of them, or none where a row does not fit."""
    with open_project(project, coder) as work:
        if table.suffix.lower() == ".docx":
            read, problems = work.exchange.read_commented(table, coder=coder)
            codings = read.codings
            report_losses(read)
        elif tool:
            codings, problems = work.exchange.read_tool_table(table, tool, coder=coder)
        else:
            codings, problems = work.codings.read_table(
                table, coder=coder, round=round_, partial=partial
            )
        late = work.rounds.find_late(codings)
    warn((*problems, *late))
    coders = ", ".join(dict.fromkeys(coding.coder for coding in codings))
    transcripts = len({coding.transcript for coding in codings})
    say(f"{len(codings)} codings by {coders or 'nobody'} in {transcripts} transcripts")


def memo(
    text: Annotated[str, typer.Argument(help="The note; without it the memos are listed.")] = "",
    about: Annotated[
        str,
        typer.Option(
            help="What it is about: 'code influences/finances', 'transcript G01', 'case G01', "
            "'coding ID'; the project without it."
        ),
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Attach a note to anything, or list the notes."""
    from qualcode.model import MemoTarget

    word, _, target = about.partition(" ")
    known = [kind.value for kind in MemoTarget]
    if about and word not in known:
        raise typer.BadParameter(f"'{word}' is not one of {', '.join(known)}.")
    kind = MemoTarget(word) if about else (MemoTarget.PROJECT if text else None)
    with open_project(project, coder) as work:
        if text:
            assert kind is not None
            work.acting_as(one_coder(work, coder)).codings.add_memo(kind, target.strip(), text)
            say("Noted.")
            return
        memos = work.codings.collect_memos(kind, target.strip() or None)
    if json:
        print_json(memos)
    else:
        rows = [(m.target_kind.value, m.target, m.author, m.text) for m in memos]
        print_table(("about", "which", "author", "memo"), rows)


def withdraw(
    codings: Annotated[list[str], typer.Argument(help="Ids of codings, or how they begin.")],
    give: Annotated[
        str, typer.Option("--give", help="Give the same passages this code instead.")
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Withdraw codings, or give their passages another code; they stay in the history."""
    with open_project(project, coder) as work:
        ids = work.codings.find_ids(codings)
        if give:
            work.acting_as(one_coder(work, coder)).codings.recode(ids, give)
            say(f"{len(ids)} codings have the code {give} now.")
        else:
            work.acting_as(one_coder(work, coder)).codings.withdraw(ids)
            say(f"{len(ids)} codings withdrawn; 'qualcode undo' brings them back.")
