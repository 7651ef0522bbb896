"""Commands that change codings and notes: code, withdraw, memo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.counts import count_codings, count_interviews
from qualcode.cli.foreign_files import print_losses
from qualcode.cli.output import (
    OptionError,
    heading,
    print_json,
    print_message,
    print_problems,
    print_table,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coder,
    open_project,
)
from qualcode.messages import Message


def code(
    table: Annotated[
        Path,
        typer.Argument(
            help="A csv or xlsx with the columns transcript, start, end, quote, code, coder, memo; "
            "or a docx with codes in its comments."
        ),
    ],
    project: ProjectOption = "",
    coder: CoderOption = "",
    round_: Annotated[str, typer.Option("--round", help="The round of the codings.")] = "",
    partial: Annotated[
        bool, typer.Option("--partial", help="Read the rows that fit, and report the other rows.")
    ] = False,
    tool: Annotated[
        str,
        typer.Option(
            "--from",
            help="The program that wrote the table: atlas.ti, maxqda, qualcoder, taguette. "
            "Codes that the codebook lacks are added.",
        ),
    ] = "",
) -> None:
    """Read codings from a table: all rows, or none if a row does not fit."""
    with open_project(project, coder) as work:
        if table.suffix.lower() == ".docx":
            commented, problems = work.exchange.read_commented(table, coder=coder)
            codings = commented.codings
            print_losses(commented)
        # Tables of other programs have other columns, and codes that this codebook may lack.
        elif tool:
            codings, problems = work.exchange.read_tool_table(table, tool, coder=coder)
        else:
            codings, problems = work.codings.read_table(
                table, coder=coder, round=round_, partial=partial
            )
        late = work.rounds.find_late(codings)
    # Late codings are stored, but the round does not count them: the coder has to know.
    print_problems((*problems, *late))
    coders = tuple(dict.fromkeys(coding.coder for coding in codings))
    print_message(
        Message(
            "{codings} by {coders} in {interviews}",
            codings=count_codings(len(codings)),
            coders=coders or Message("nobody"),
            interviews=count_interviews(len({coding.transcript for coding in codings})),
        )
    )


def memo(
    text: Annotated[str, typer.Argument(help="The note. Without it, the notes are listed.")] = "",
    about: Annotated[
        str,
        typer.Option(
            help="The subject of the note: 'code influences/finances', 'transcript G01', "
            "'case G01', 'coding ID'. Default: the project."
        ),
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Write a note on the project, a code, transcript, case or coding; or list the notes."""
    from qualcode.model import MemoTarget

    word, _, target = about.partition(" ")
    kinds = [kind.value for kind in MemoTarget]
    if about and word not in kinds:
        raise OptionError(
            Message("'{word}' is not one of {kinds}.", word=word, kinds=", ".join(kinds))
        )
    # A note without a subject is on the project; a list without a subject is of all notes.
    kind = MemoTarget(word) if about else (MemoTarget.PROJECT if text else None)
    with open_project(project, coder) as work:
        if text:
            assert kind is not None
            coder_work = work.acting_as(choose_coder(work, coder))
            coder_work.codings.add_memo(kind, target.strip(), text)
            print_message(Message("The note is saved."))
            return
        memos = work.codings.collect_memos(kind, target.strip() or None)
    if json:
        print_json(memos)
    else:
        rows = [(memo.target_kind.value, memo.target, memo.author, memo.text) for memo in memos]
        columns = (heading("about"), heading("name"), heading("author"), heading("memo"))
        print_table(columns, rows)


def withdraw(
    codings: Annotated[
        list[str], typer.Argument(help="Ids of codings, or the beginning of each id.")
    ],
    give: Annotated[
        str, typer.Option("--give", help="Assign this code to the same passages instead.")
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Withdraw codings, or assign another code to their passages; the history keeps them."""
    with open_project(project, coder) as work:
        # All ids are found before any coding changes: an unknown id changes nothing.
        ids = work.codings.find_ids(codings)
        coder_work = work.acting_as(choose_coder(work, coder))
        if give:
            coder_work.codings.recode(ids, give)
            print_message(
                Message.counted(
                    "{count} coding now has the code {code}.",
                    "{count} codings now have the code {code}.",
                    len(ids),
                    code=give,
                )
            )
        else:
            coder_work.codings.withdraw(ids)
            print_message(
                Message.counted(
                    "{count} coding withdrawn. To undo this: qualcode undo",
                    "{count} codings withdrawn. To undo this: qualcode undo",
                    len(ids),
                )
            )
