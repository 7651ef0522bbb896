"""Commands for the first steps: new, read, segment, guide."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.counts import count_codes, count_questions, count_turns
from qualcode.cli.foreign_files import is_foreign, show_foreign
from qualcode.cli.language import set_language
from qualcode.cli.output import (
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
    with_progress,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    with_password,
)
from qualcode.cli.speakers import SpeakersOption, print_proposals
from qualcode.errors import UnreadableFileError
from qualcode.messages import Message, shell_word


def new(
    target: Annotated[str, typer.Argument(help="The project file to make: study.qualcode.")],
    name: Annotated[str, typer.Option(help="Name of the study.", show_default=False)] = "",
    language: Annotated[
        str, typer.Option(help="Language of the transcripts: nl, en, de or fr.")
    ] = "nl",
    codebook: Annotated[
        Path | None, typer.Option(help="A codebook to start with (.yaml, .csv or .txt).")
    ] = None,
) -> None:
    """Make a new project: one file that holds everything."""
    from qualcode.project import Project, describe_risk, hide_password, read_codebook_file

    # The other commands find a project in a folder by this suffix. An address of a database server
    # has none.
    if "://" not in target and not target.endswith(".qualcode"):
        target += ".qualcode"
    if codebook is not None:
        # Read it first: after an error in the codebook there must be no empty project.
        read_codebook_file(codebook)
    with with_password(
        target, lambda: Project.create(target, name=name, language=language)
    ) as project:
        set_language(project.info.language)
        made = Message(
            "Made project '{name}': {file}", name=project.info.name, file=hide_password(target)
        )
        print_message(made)
        path = project.history.path
        risk = describe_risk(path) if path is not None else None
        if risk is not None:
            print_message(risk)
        if codebook is not None:
            book, problems = project.codebook.read(codebook)
            print_problems(problems)
            print_message(
                Message(
                    "Codebook '{name}': {codes}.",
                    name=book.name,
                    codes=count_codes(len(book.codes)),
                )
            )
    shown = shell_word(hide_password(target))
    print_message(Message("Next: qualcode import YOUR-INTERVIEWS --project {file}", file=shown))


def read(
    file: Annotated[
        Path, typer.Argument(help="An interview, or a project (.qdpx, .qdc, .sqlite3, .qda).")
    ],
    speakers: SpeakersOption = "",
    full: Annotated[bool, typer.Option(help="For a .qdpx file: show all codings too.")] = False,
    json: JsonOption = False,
) -> None:
    """Show what the program reads in one file, without a project."""
    from qualcode.project import parse_roles, read_transcript, transcript_as_json

    if is_foreign(file):
        show_foreign(file, json=json, full=full)
        return
    if file.is_dir():
        raise UnreadableFileError(
            Message("'{file}' is a folder. Name one file in it.", file=str(file))
        )
    result = read_transcript(file, roles=parse_roles(speakers) if speakers else None)
    if json:
        print_json(transcript_as_json(result))
        return
    transcript = result.transcript
    print_message(
        Message(
            "{file}: {characters} characters, {turns}",
            file=file.name,
            characters=len(transcript.text),
            turns=count_turns(len(transcript.turns)),
        )
    )
    print_proposals(result)
    for turn in transcript.turns[:6]:
        words = turn.span.of(transcript.text).replace("\n", " ")
        print_result(f"{turn.number:>4} {turn.speaker}: {words[:90]}")
    print_problems(result.problems)


def segment(project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False) -> None:
    """Divide all transcripts into turns, paragraphs, sentences and answers."""
    rows: list[dict[str, object]] = []
    with open_project(project, coder) as work:
        total = len(work.transcripts.collect())
        for name, counts in with_progress(work.transcripts.segment(), total, Message("Segmenting")):
            rows.append({"transcript": name} | {k.value: n for k, n in counts.items()})
    if json:
        print_json(rows)
    elif rows:
        titles = {
            "transcript": heading("transcript"),
            "turn": heading("turn"),
            "paragraph": heading("paragraph"),
            "sentence": heading("sentence"),
            "answer": heading("answer"),
        }
        columns = [titles.get(key, key) for key in rows[0]]
        print_table(columns, [tuple(row.values()) for row in rows])
    else:
        print_message(Message("There are no transcripts yet. Import some: qualcode import FILES"))


guide = typer.Typer(help="The topic guide: its questions, and the codes expected in their answers.")


@guide.command("import")
def guide_import(
    files: Annotated[list[Path], typer.Argument(help="Topic guides (.yaml).")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Import topic guides, one for each group of respondents."""
    # All guides are one step: an error in one of them adds none, and a single undo removes all.
    with open_project(project, coder) as work, work.history.step():
        for file in files:
            topic_guide, problems = work.transcripts.read_guide(file)
            print_problems(problems)
            print_message(
                Message(
                    "Guide '{name}' for group '{group}': {questions}",
                    name=topic_guide.name,
                    group=topic_guide.group,
                    questions=count_questions(len(topic_guide.questions)),
                )
            )


@guide.command("show")
def guide_show(project: ProjectOption = "", json: JsonOption = False) -> None:
    """Show the questions, and the codes expected in their answers."""
    with open_project(project) as work:
        guides = work.transcripts.collect_guides()
        language = work.info.language
    if json:
        print_json(guides)
        return
    columns = (heading("id"), heading("question"), heading("expected codes"))
    for topic_guide in guides:
        rows = [
            (question.id, question.text.in_language(language), ", ".join(question.codes))
            for question in topic_guide.questions
        ]
        print_table(columns, rows, title=f"{topic_guide.name} ({topic_guide.group})")
