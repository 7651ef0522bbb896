"""Commands for surveys: show, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.output import (
    heading,
    print_json,
    print_message,
    print_problems,
    print_table,
)
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project.surveys import SurveyPlan

app = typer.Typer(help="Survey answers: a table with one row a person.")

FileArgument = Annotated[Path, typer.Argument(help="The table: csv or xlsx.")]
IdOption = Annotated[str, typer.Option("--id", help="The column that names each person.")]
QuestionOption = Annotated[
    list[str] | None, typer.Option("--question", help="A column with open answers; repeat it.")
]
AttributeOption = Annotated[
    list[str] | None, typer.Option("--attribute", help="A column with an attribute; repeat it.")
]


@app.command()
def show(file: FileArgument, json: JsonOption = False) -> None:
    """Show the columns of a table, and what each looks like; nothing is imported."""
    from qualcode.project.surveys import propose_plan

    plan, titles = propose_plan(file)
    kinds = {title: Message("left out") for title in titles}
    kinds |= dict.fromkeys(plan.attributes, Message("attribute"))
    kinds |= dict.fromkeys(plan.questions, Message("open question"))
    kinds |= dict.fromkeys(plan.doubtful, Message("open question or attribute: say which"))
    if plan.id_column:
        kinds[plan.id_column] = Message("id of the person")
    if json:
        print_json({title: str(kind) for title, kind in kinds.items()})
        return
    print_table((heading("column"), heading("looks like")), list(kinds.items()))
    if plan.doubtful:
        print_message(_ask_which(plan.doubtful))


@app.command("import")
def import_(
    file: FileArgument,
    id_column: IdOption = "",
    question: QuestionOption = None,
    attribute: AttributeOption = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Import a survey: each question becomes a source, each answer a unit with its person.

    Without options the columns are taken as they look: see qualcode survey show.
    """
    with open_project(project, coder) as work:
        plan = _plan(file, id_column, question, attribute)
        print_problems(work.exchange.read_survey(file, plan))
        count = len([case for case in work.cases.collect() if case.participations])
        print_message(
            Message(
                "Read {file}: {questions}; the project has {people} respondents.",
                file=file.name,
                questions=Message.counted(
                    "{count} question", "{count} questions", len(plan.questions)
                ),
                people=count,
            )
        )


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write the table: csv or xlsx.")],
    survey: Annotated[
        str, typer.Option(help="File name of the survey, if there are several.")
    ] = "",
    layer: Annotated[
        str, typer.Option(help="Whose codings: final, consensus, or a coder.")
    ] = "final",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write the table of a survey back, with a column of 0 and 1 per question and code."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        rows = work.exchange.write_survey(file, survey, layer=layer)
    print_message(
        Message.counted(
            "Wrote {file}: {count} row.", "Wrote {file}: {count} rows.", rows, file=str(file)
        )
    )


def _plan(
    file: Path, id_column: str, questions: list[str] | None, attributes: list[str] | None
) -> SurveyPlan:
    from qualcode.project.surveys import SurveyPlan, propose_plan

    proposed, _ = propose_plan(file)
    chosen = tuple(questions or proposed.questions)
    named = {*(questions or ()), *(attributes or ()), id_column}
    doubtful = tuple(title for title in proposed.doubtful if title not in named)
    # Who lists the attributes has said that the other columns are none.
    if doubtful and attributes is None:
        raise UndefinedRequestError(_ask_which(doubtful))
    other_columns = tuple(a for a in proposed.attributes if a not in chosen and a != id_column)
    return SurveyPlan(
        id_column or proposed.id_column,
        chosen,
        tuple(attributes) if attributes is not None else other_columns,
    )


def _ask_which(titles: tuple[str, ...]) -> Message:
    return Message(
        "These columns may be open questions or attributes: {columns}. Say which with --question "
        "or --attribute; a column that you name in neither is left out.",
        columns=tuple(f"'{title}'" for title in titles),
    )
