"""The commands ``framework``: a summary per participant and code, linked to passages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.code_names import find_path, find_paths
from qualcode.cli.consent import ForceOption, ask_consent, ask_overwrite
from qualcode.cli.language import read_names, translate
from qualcode.cli.output import (
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.report_options import LanguageOption, LayerOption
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import unknown_name
from qualcode.messages import Message, shell_word

if TYPE_CHECKING:
    from qualcode.model.framework import FrameworkCell, FrameworkGrid

app = typer.Typer(
    help="Framework matrix: what each participant says on each code, in your words.",
    invoke_without_command=True,
)

CaseArgument = Annotated[str, typer.Argument(help="The participant.")]
CodeArgument = Annotated[str, typer.Argument(help="The path or label of the code.")]
_SHORT = 60


@app.callback(invoke_without_command=True)
def framework(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Option("--out", help="Write the matrix for others: docx, xlsx, html, md, json."),
    ] = None,
    paper: Annotated[str, typer.Option(help="The paper of a docx: A4 or A3.")] = "A4",
    columns: Annotated[
        str,
        typer.Option(
            help="The codes that are columns, with commas between them; - for the themes. They "
            "are kept."
        ),
    ] = "",
    print_group: Annotated[
        str | None,
        typer.Option(
            "--print-group",
            help="Print the rows of this group though few are in it; give the reason with "
            "--reason.",
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why a small group may be printed.")] = "",
    layer: LayerOption = "final",
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show what is summarised and what is not; or write the matrix to a file."""
    if context.invoked_subcommand is not None:
        return
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        matrix = work.themes.framework
        if columns:
            matrix.choose_columns([] if columns == "-" else find_paths(work, read_names(columns)))
        if print_group is not None:
            matrix.accept_small_group(print_group, reason)
        grid = matrix.grid(layer)
        problems = matrix.check(grid)
        printed = matrix.for_print(grid)
        if file is not None:
            matrix.write(grid, file, language=language, paper=paper)
            print_message(Message("Wrote {file}", file=str(file)))
    if json:
        print_json(grid)
        return
    if file is None:
        _print_grid(grid)
    print_problems(problems)
    for group in printed.withheld:
        print_message(
            Message(
                "Group '{group}' has fewer than {threshold} participants, so its rows are left out "
                "of the file. To print it: qualcode framework --print-group {word} --reason WHY",
                group=group,
                threshold=printed.threshold,
                # Respondents without a group are a group as well, and a shell passes an empty word
                # in quotes.
                word=shell_word(group or '""'),
            )
        )


def _print_grid(grid: FrameworkGrid) -> None:
    columns = (heading("participant"), heading("group"), *grid.codes)
    rows = [(row.case, row.group, *(_state(cell) for cell in row.cells)) for row in grid.rows]
    print_table(columns, rows)
    if grid.elsewhere:
        print_message(
            Message.counted(
                "{count} summary is of a code that is no column.",
                "{count} summaries are of codes that are no columns.",
                grid.elsewhere,
            )
        )


def _state(cell: FrameworkCell) -> str:
    """Return the begin of a summary, with a mark where there is something to do."""
    if cell.summary is None:
        if not cell.is_asked and not cell.codings:
            return translate(Message("not asked"))
        count = len(cell.codings)
        return (
            translate(Message.counted("{count} passage", "{count} passages", count))
            if count
            else "–"
        )
    mark = "! " if cell.is_stale or cell.others else "? " if cell.unsupported else ""
    text = cell.summary.text
    return mark + (text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…")


@app.command()
def show(
    case: CaseArgument,
    code: CodeArgument,
    layer: LayerOption = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show one cell: its summary, sentence by sentence, and its passages."""
    from qualcode.project.summary_text import format_summary

    with open_project(project, coder) as work:
        cell = work.themes.framework.cell(case, find_path(work, code), layer)
        codings = {coding.id: coding for coding in work.codings.collect()}
    if json:
        print_json(cell)
        return
    for written in filter(None, (cell.summary, *cell.others)):
        for number, sentence in enumerate(written.sentences, 1):
            print_result(f"{number}. {format_summary((sentence,))}")
    rows = [
        (
            # Enough to tell codings apart; commands take the beginning of an id.
            key[:8],
            codings[key].code,
            " ".join(codings[key].quote.split()),
            translate(Message("not mentioned")) if cell.summary and key in cell.unmentioned else "",
        )
        for key in cell.codings
    ]
    if rows:
        print_table((heading("id"), heading("code"), heading("passage"), heading("mark")), rows)
    _print_changes(cell)


def _print_changes(cell: FrameworkCell) -> None:
    if cell.is_stale:
        print_message(describe_changes([change.kind for change in cell.changes]))


def describe_changes(kinds: list[str]) -> Message:
    """Return what became of the codings that a text rests on.

    Args:
        kinds: ``added``, ``gone`` or ``changed`` of each coding.
    """
    return Message(
        "Since this was looked at: {added} passages added, {gone} gone, {changed} changed.",
        added=kinds.count("added"),
        gone=kinds.count("gone"),
        changed=kinds.count("changed"),
    )


@app.command()
def write(
    case: CaseArgument,
    code: CodeArgument,
    text: Annotated[
        str,
        typer.Argument(
            help="The summary; after a sentence the ids of its passages: 'Works at night. "
            "[3fa91c02]'. Without a text the summary is taken back."
        ),
    ] = "",
    layer: LayerOption = "final",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write the summary of a cell; sentences that stay keep their passages."""
    with open_project(project, coder) as work:
        matrix, code = work.themes.framework, find_path(work, code)
        if not text.strip() and matrix.cell(case, code, layer).summary:
            ask_consent(Message("The summary would be taken back."), force=force)
        cell = matrix.write_summary(case, code, text, layer=layer)
    _print_written(cell)


def _print_written(cell: FrameworkCell) -> None:
    if cell.summary is None:
        print_message(Message("The summary is taken back."))
        return
    count = len(cell.summary.sentences)
    print_message(
        Message.counted(
            "{count} sentence, {unsupported} without a passage; passages not mentioned: "
            "{unmentioned}.",
            "{count} sentences, {unsupported} without a passage; passages not mentioned: "
            "{unmentioned}.",
            count,
            unsupported=len(cell.unsupported),
            unmentioned=len(cell.unmentioned),
        )
    )


@app.command()
def link(
    case: CaseArgument,
    code: CodeArgument,
    sentence: Annotated[int, typer.Argument(help="The number of the sentence.")],
    codings: Annotated[
        list[str] | None, typer.Argument(help="Ids of passages; none unlinks the sentence.")
    ] = None,
    layer: LayerOption = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Say which passages a sentence of a summary rests on."""
    with open_project(project, coder) as work:
        cell = work.themes.framework.link(
            case, find_path(work, code), sentence, codings or (), layer=layer
        )
    _print_written(cell)


@app.command()
def looked(
    case: Annotated[str, typer.Argument(help="The participant; all by default.")] = "",
    code: Annotated[
        str, typer.Argument(help="The path or label of the code; all by default.")
    ] = "",
    layer: LayerOption = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Say that summaries still hold after codings changed: you looked at them again."""
    with open_project(project, coder) as work:
        matrix, code = work.themes.framework, find_path(work, code)
        if case and code:
            cells = [(case, code)]
        else:
            grid = matrix.grid(layer)
            names = [row.case for row in grid.rows]
            if case and case not in names:
                raise unknown_name("participant", case, names, "the framework matrix")
            cells = [
                (cell.case, cell.code)
                for cell in grid.cells()
                if cell.is_stale and case in {"", cell.case} and code in {"", cell.code}
            ]
        count = matrix.look_at(cells, layer)
    print_message(
        Message.counted("{count} summary looked at.", "{count} summaries looked at.", count)
    )


@app.command("export")
def export_(
    file: Annotated[Path, typer.Argument(help="The table to write: csv or xlsx.")],
    layer: LayerOption = "final",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write the cells as a table, to edit the summaries in Excel; it holds passages."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        work.themes.framework.write_table(file, layer)
    print_message(Message("Wrote {file}", file=str(file)))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The edited table: csv or xlsx.")],
    layer: LayerOption = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Read summaries from a table: all of them, or none if one does not fit."""
    with open_project(project, coder) as work:
        cells, problems = work.themes.framework.read_table(file, layer)
    print_problems(problems)
    print_message(
        Message.counted("{count} summary changed.", "{count} summaries changed.", len(cells))
    )
