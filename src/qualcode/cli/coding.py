"""Commands that change codings and notes: code, withdraw, memo."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.code_names import find_path
from qualcode.cli.columns import ask_columns, read_columns
from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.counts import count_codings, count_interviews
from qualcode.cli.language import translate
from qualcode.cli.output import (
    OptionError,
    describe_problem,
    heading,
    print_json,
    print_message,
    print_problems,
    print_table,
    print_written,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coder,
    open_project,
)
from qualcode.errors import InvalidTableError, Problem, UnknownColumnsError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import Project

COLUMNS = ("transcript", "code", "quote", "coder", "memo")
"""What a column of another program's table may be said to hold."""


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
    columns: Annotated[
        str,
        typer.Option(
            help='With --from: which column is which: "quote=Segment,code=Kod".',
            show_default=False,
        ),
    ] = "",
    errors: Annotated[
        Path | None,
        typer.Option(help="Write all rows that do not fit to a csv or xlsx, with the reason."),
    ] = None,
    force: ForceOption = False,
    right_text: Annotated[
        str,
        typer.Option(
            "--text",
            help="A docx with another text than the interview: correct (take its text as the "
            "corrected one) or keep (leave the text of the project).",
            show_default=False,
        ),
    ] = "",
    move: Annotated[
        bool, typer.Option("--move", help="Of a docx: move codings whose comment was moved.")
    ] = False,
    withdraw_: Annotated[
        bool,
        typer.Option("--withdraw", help="Of a docx: withdraw codings whose comment was deleted."),
    ] = False,
    new_codes: Annotated[
        str,
        typer.Option(
            help="Of a docx: what comments name that becomes a new code, with ';' between them; or "
            "all.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Read codings from a table: all rows, or none if a row does not fit."""
    ask_overwrite(errors, force=force)
    with open_project(project, coder) as work, _written_to(errors, work):
        if table.suffix.lower() == ".docx":
            from qualcode.cli.word_comments import import_commented
            from qualcode.project import CommentChoices

            labels = tuple(label.strip() for label in new_codes.split(";"))
            choices = CommentChoices(right_text, withdraw_, move, labels)
            codings, problems = import_commented(
                work, table, coder, choices, all_codes=new_codes.strip() == "all"
            )
        # Tables of other programs have other columns, and codes that this codebook may lack.
        elif tool:
            titles = read_columns(columns, COLUMNS)
            try:
                codings, problems = work.exchange.read_tool_table(
                    table, tool, coder=coder, titles=titles
                )
            except UnknownColumnsError as error:
                titles = ask_columns(error, titles)
                codings, problems = work.exchange.read_tool_table(
                    table, tool, coder=coder, titles=titles
                )
        else:
            codings, problems = work.codings.read_table(
                table, coder=coder, round=round_, partial=partial
            )
        late = work.rounds.find_late(codings)
    # Late codings are stored, but the round does not count them: the coder has to know.
    print_problems((*problems, *late))
    if not codings:
        print_message(Message("No codings were added."))
        return
    print_message(
        Message(
            "{codings} by {coders} in {interviews}",
            codings=count_codings(len(codings)),
            coders=tuple(dict.fromkeys(coding.coder for coding in codings)),
            interviews=count_interviews(len({coding.transcript for coding in codings})),
        )
    )


def _row_number(problem: Problem) -> int | None:
    line = problem.where.values.get("line") if isinstance(problem.where, Message) else None
    return line if isinstance(line, int) else None


@contextmanager
def _written_to(file: Path | None, work: Project) -> Iterator[None]:
    """Write the rows that a table is refused for to a file, and let the refusal pass."""
    from qualcode.project import write_problems

    try:
        yield
    except InvalidTableError as error:
        if file is not None and error.problems:
            rows = [(_row_number(problem), describe_problem(problem)) for problem in error.problems]
            write_problems(rows, file, decimal_comma=work.info.decimal_comma)
            print_written(file, work.info)
        raise


def memo(
    text: Annotated[str, typer.Argument(help="The note. Without it, the notes are listed.")] = "",
    about: Annotated[
        str,
        typer.Option(
            help="The subject of the note: 'code influences/finances', 'transcript G01', "
            "'case G01', 'coding ID'. Default: the project."
        ),
    ] = "",
    change: Annotated[
        str, typer.Option(help="Id of a note of yours (see --json): TEXT takes its place.")
    ] = "",
    remove: Annotated[str, typer.Option(help="Id of a note of yours: take it back.")] = "",
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
    if (change and (not text or about)) or (remove and (text or about or change)):
        raise OptionError(
            Message("--change takes a text and nothing else, --remove nothing else at all.")
        )
    with open_project(project, coder) as work:
        target = target.strip()
        if kind is MemoTarget.CODE:
            target = find_path(work, target)
        if text or remove:
            coder_codings = work.acting_as(choose_coder(work, coder)).codings
            if remove:
                coder_codings.revise_memo(remove, "")
            elif change:
                coder_codings.revise_memo(change, text)
            else:
                assert kind is not None
                coder_codings.add_memo(kind, target, text)
            print_message(
                Message("The note is removed.") if remove else Message("The note is saved.")
            )
            return
        memos = work.codings.collect_memos(kind, target or None)
    if json:
        print_json(memos)
    else:
        rows = [
            (memo.target_kind.value, memo.target, memo.author, _readable(memo.text))
            for memo in memos
        ]
        columns = (heading("about"), heading("name"), heading("author"), heading("memo"))
        print_table(columns, rows)


def _readable(text: str) -> str:
    """Return the text of a note, with words for the reason that the program begins it with."""
    from qualcode.project import reason_name

    reason = "codebook_must_change"
    return text.replace(f"[{reason}]", f"[{translate(reason_name(reason))}]", 1)


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
            give = find_path(work, give)
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
