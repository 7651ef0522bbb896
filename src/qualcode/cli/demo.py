"""The whole path on the sample study, saying at each step how to do it on one's own data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode import study
from qualcode.cli.output import messages, out, with_progress
from qualcode.cli.shared_options import CoderOption, ProjectOption, only_project
from qualcode.errors import DuplicateError, UndefinedRequestError

if TYPE_CHECKING:
    from qualcode.project import Project

CODERS = ("anna", "bram")


def demo(
    folder: Annotated[
        Path, typer.Argument(help="Where to put the demo project and its files.")
    ] = Path("qualcode-demo"),
) -> None:
    """Run the whole path on the sample study and write its quotes to Word."""
    from qualcode.project import Project

    target = folder / "study.qualcode"
    if target.exists():
        raise DuplicateError(
            f"'{target}' is there already. Remove the folder, or name another: qualcode demo FOLDER"
        )
    folder.mkdir(parents=True, exist_ok=True)
    _step("A new project", f"qualcode new {target} --codebook CODEBOOK.yaml")
    with Project.create(target, name="Middelengebruik (voorbeeld)") as project:
        _set_up(project)
        _code(project)
        _compare(project, folder)
        _write(project, folder)
        problems = project.history.check()
    _say(f"Checked: {len(problems)} problems; every stored quote equals its place in the text.")
    console = out()
    console.print("\nWritten:")
    for path in sorted(folder.iterdir()):
        console.print(f"  {path}", markup=False)
    console.print(f"\nNext, in the browser: qualcode app --project {target}", markup=False)


def app(
    project: ProjectOption = "",
    coder: CoderOption = "",
    language: Annotated[
        str, typer.Option(help="nl or en; the browser's by default.", show_default=False)
    ] = "",
    port: Annotated[
        int, typer.Option(help="Where it listens; the first free port from 8501 by default.")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
    serve: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.toml",
            help="Serve others, as this file says: who they are and who knows that. Without it "
            "only this machine is served.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open the app in the browser, on this machine only unless --serve says otherwise."""
    from qualcode.app import hosting, server

    if serve and coder:
        raise UndefinedRequestError(
            "Who codes is known from who signs in: leave --coder out, and list the coders in "
            f"'{serve}' under [coders]."
        )
    serving = hosting.read_serving(serve) if serve else None
    server.launch(server.Launch(only_project(project), coder, language, port, browser, serving))


def _set_up(project: Project) -> None:
    book, _ = project.codebook.read(study.codebook())
    _say(f"Codebook '{book.name}': {len(book.themes)} themes, {len(book.codes)} codes.")
    _step("Import the interviews", "qualcode import INTERVIEWS --cases cases.csv")
    paths = study.transcripts()
    for result in with_progress(project.transcripts.read_files(paths), len(paths), "Importing"):
        if result.read is None:
            _say(f"not imported: {result.refused}")
            continue
        text = result.read.transcript
        project.transcripts.set_roles(text.name, {s.label: s.role for s in text.speakers})
        labels = ", ".join(f"{s.label} = {s.role.value}" for s in text.speakers)
        _say(f"{result.path.name}: {len(text.turns)} turns ({labels})")
    project.cases.read(study.cases())
    _say(f"{len(project.cases.collect())} respondents with their attributes.")
    for path in study.guides():
        project.transcripts.read_guide(path)
    _step("Segment", "qualcode guide import GUIDE.yaml; qualcode segment")
    totals: dict[str, int] = {}
    for _, counts in with_progress(project.transcripts.segment(), len(paths), "Segmenting"):
        for kind, count in counts.items():
            totals[kind.value] = totals.get(kind.value, 0) + count
    _say(", ".join(f"{count} {kind}s" for kind, count in totals.items()))


def _code(project: Project) -> None:
    _step("Read the coders' codings", "qualcode code CODINGS.csv")
    for path in study.codings():
        codings, _ = project.codings.read_table(path)
        transcripts = len({coding.transcript for coding in codings})
        _say(f"{codings[0].coder}: {len(codings)} codings in {transcripts} interviews")


def _compare(project: Project, folder: Path) -> None:
    _step("Compare the coders", f"qualcode agreement --coders {','.join(CODERS)}")
    report = project.agreement.compare(CODERS)
    project.agreement.write(report, folder / "agreement.json")
    _say(report.description)
    for theme in report.themes:
        kappa = theme.figure("kappa")
        value = (
            f"undefined: {kappa.undefined_because}" if kappa.value is None else f"{kappa.value:.2f}"
        )
        if kappa.interval:
            value += f" (95% interval {kappa.interval[0]:.2f} to {kappa.interval[1]:.2f})"
        _say(f"{theme.code}: Cohen's kappa {value}")
    for warning in report.warnings:
        _say(warning)
    _step("Settle the disagreements", "qualcode adjudicate --ask")
    supervisor = project.acting_as("supervisor")
    decisions = supervisor.adjudication.read_decisions(study.decisions())
    settled = supervisor.adjudication.settle(CODERS, decisions)
    _say(
        f"{len(decisions)} decisions; the consensus has {settled.passages} codings; "
        f"{settled.open} disagreements are open."
    )


def _write(project: Project, folder: Path) -> None:
    _step("Summarise the themes", "qualcode themes --out themes.xlsx")
    themes = project.themes.report()
    for theme in themes.themes:
        reach = theme.reaches[0]
        _say(
            f"{theme.label.in_language('nl')}: {theme.codings} codings, "
            f"{reach.cases} of {reach.of} respondents"
        )
    project.themes.write(themes, folder / "themes.xlsx")
    _step("Export the quotes", "qualcode quotes --out quotes.docx")
    report = project.quotes.report()
    project.quotes.write(report, folder / "quotes.docx")
    quotes = sum(len(section.quotes) for section in report.sections)
    _say(f"{quotes} quotes under {len(report.sections)} codes")


def _step(title: str, command: str) -> None:
    console = messages()
    console.print(f"\n{title}", style="bold", markup=False)
    console.print("  on your own data: ", end="")
    console.print(command, style="cyan", markup=False)


def _say(text: str) -> None:
    messages().print(f"  {text}", markup=False)
