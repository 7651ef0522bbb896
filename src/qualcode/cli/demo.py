"""The command ``demo``: all steps on the sample study, with the command for each; and ``app``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode import study
from qualcode.cli.counts import (
    count_codes,
    count_codings,
    count_interviews,
    count_problems,
    count_quotes,
    count_themes,
    count_turns,
    report_open_disagreements,
)
from qualcode.cli.language import format_decimal, get_language, translate
from qualcode.cli.output import messages, print_message, print_result, with_progress
from qualcode.cli.shared_options import CoderOption, ProjectOption, find_only_project
from qualcode.errors import DuplicateError, UndefinedRequestError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import Project

CODERS = ("anna", "bram")


def demo(
    folder: Annotated[
        Path, typer.Argument(help="The folder for the demo project and its files.")
    ] = Path("qualcode-demo"),
) -> None:
    """Run all steps on the sample study, and write its quotes to Word."""
    from qualcode.project import Project

    target = folder / "study.qualcode"
    if target.exists():
        raise DuplicateError(
            Message(
                "'{file}' is there already. Remove the folder, or name another: "
                "qualcode demo FOLDER",
                file=str(target),
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    _print_step(Message("A new project"), f"qualcode new {target} --codebook CODEBOOK.yaml")
    with Project.create(target, name="Middelengebruik (voorbeeld)") as project:
        _import(project)
        _code(project)
        _compare(project, folder)
        _resolve(project)
        _write(project, folder)
        problems = project.history.check()
    _print_line(
        Message(
            "Checked: {problems}. Every stored quote is the same as its passage in the text.",
            problems=count_problems(len(problems)),
        )
    )
    print_result()
    print_result(Message("Files:"))
    for path in sorted(folder.iterdir()):
        print_result(f"  {path}")
    print_result()
    print_result(Message("Next, in the browser: qualcode app --project {file}", file=str(target)))


def app(
    project: ProjectOption = "",
    coder: CoderOption = "",
    language: Annotated[
        str,
        typer.Option(help="nl or en. Default: the language of the browser.", show_default=False),
    ] = "",
    port: Annotated[
        int, typer.Option(help="Port of the app. Default: the first free port from 8501.")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
    serve: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.toml",
            help="Serve other people: this file names them and how they sign in. Without it, the "
            "app runs for this machine only.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open the app in the browser; only this machine reaches it, unless --serve is used."""
    from qualcode.app import hosting, server

    if serve and coder:
        raise UndefinedRequestError(
            Message(
                "With --serve, coders sign in: leave --coder out, and list the coders in '{file}' "
                "under [coders].",
                file=str(serve),
            )
        )
    serving = hosting.read_serving(serve) if serve else None
    # Other commands refuse a folder without a project. The app opens there too.
    address = find_only_project(project)
    server.launch(server.Launch(address, coder, language, port, browser, serving))


def _import(project: Project) -> None:
    book, _ = project.codebook.read(study.codebook())
    _print_line(
        Message(
            "Codebook '{name}': {themes}, {codes}.",
            name=book.name,
            themes=count_themes(len(book.themes)),
            codes=count_codes(len(book.codes)),
        )
    )
    _print_step(Message("Import the interviews"), "qualcode import INTERVIEWS --cases cases.csv")
    _import_interviews(project)
    project.cases.read(study.cases())
    _print_line(
        Message.counted(
            "{count} respondent with attributes.",
            "{count} respondents with attributes.",
            len(project.cases.collect()),
        )
    )
    for path in study.guides():
        project.transcripts.read_guide(path)
    _print_step(Message("Segment"), "qualcode guide import GUIDE.yaml; qualcode segment")
    _segment(project)


def _import_interviews(project: Project) -> None:
    paths = study.transcripts()
    reading = project.transcripts.read_files(paths)
    for result in with_progress(reading, len(paths), Message("Importing")):
        if result.read is None:
            _print_line(Message("not imported: {reason}", reason=result.refused))
            continue
        transcript = result.read.transcript
        roles = {speaker.label: speaker.role for speaker in transcript.speakers}
        # Nobody is asked in the demo: the proposed roles of the sample study are right.
        project.transcripts.set_roles(transcript.name, roles)
        _print_line(
            Message(
                "{file}: {turns} ({labels})",
                file=result.path.name,
                turns=count_turns(len(transcript.turns)),
                labels=", ".join(f"{label} = {role.value}" for label, role in roles.items()),
            )
        )


def _segment(project: Project) -> None:
    total = len(project.transcripts.collect())
    sums: dict[str, int] = {}
    for _, counts in with_progress(project.transcripts.segment(), total, Message("Segmenting")):
        for kind, count in counts.items():
            sums[kind.value] = sums.get(kind.value, 0) + count
    _print_line(
        Message(
            "{turns} turns, {paragraphs} paragraphs, {sentences} sentences, {answers} answers",
            turns=sums.get("turn", 0),
            paragraphs=sums.get("paragraph", 0),
            sentences=sums.get("sentence", 0),
            answers=sums.get("answer", 0),
        )
    )


def _code(project: Project) -> None:
    _print_step(Message("Read the coders' codings"), "qualcode code CODINGS.csv")
    for path in study.codings():
        codings, _ = project.codings.read_table(path)
        _print_line(
            Message(
                "{coder}: {codings} in {interviews}",
                coder=codings[0].coder,
                codings=count_codings(len(codings)),
                interviews=count_interviews(len({coding.transcript for coding in codings})),
            )
        )


def _compare(project: Project, folder: Path) -> None:
    _print_step(Message("Compare the coders"), f"qualcode agreement --coders {','.join(CODERS)}")
    report = project.agreement.compare(CODERS)
    project.agreement.write(report, folder / "agreement.json")
    _print_line(report.description)
    for theme in report.themes:
        kappa = theme.figure("kappa")
        value = kappa.text(format_decimal, " [{low}, {high}]")
        if kappa.undefined_because:
            value = Message("undefined: {reason}", reason=kappa.undefined_because)
        _print_line(Message("{theme}: Cohen's kappa {value}", theme=theme.code, value=value))
    for warning in report.warnings:
        _print_line(warning)


def _resolve(project: Project) -> None:
    _print_step(Message("Resolve the disagreements"), "qualcode adjudicate --ask")
    supervisor = project.acting_as("supervisor")
    decisions = supervisor.adjudication.read_decisions(study.decisions())
    outcome = supervisor.adjudication.settle(CODERS, decisions)
    _print_line(report_open_disagreements(len(decisions), outcome.passages, outcome.open))


def _write(project: Project, folder: Path) -> None:
    _print_step(Message("Summarise the themes"), "qualcode themes --out themes.xlsx")
    themes = project.themes.report()
    for theme in themes.themes:
        reach = theme.reaches[0]
        _print_line(
            Message(
                "{theme}: {codings}, {cases} of {asked} respondents",
                theme=theme.label.in_language(get_language()),
                codings=count_codings(theme.codings),
                cases=reach.cases,
                asked=reach.of,
            )
        )
    project.themes.write(themes, folder / "themes.xlsx")
    _print_step(Message("Export the quotes"), "qualcode quotes --out quotes.docx")
    report = project.quotes.report()
    project.quotes.write(report, folder / "quotes.docx")
    quotes = sum(len(section.quotes) for section in report.sections)
    _print_line(
        Message(
            "{quotes} of {codes}",
            quotes=count_quotes(quotes),
            codes=count_codes(len(report.sections)),
        )
    )


def _print_step(title: str, command: str) -> None:
    console = messages()
    console.print(f"\n{translate(title)}", style="bold", markup=False)
    label = translate(Message("on your own data:"))
    console.print(f"  {label} ", end="", markup=False)
    console.print(command, style="cyan", markup=False)


def _print_line(text: str) -> None:
    print_message(f"  {translate(text)}")
