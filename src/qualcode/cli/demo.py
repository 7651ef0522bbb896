"""The command ``demo``: all steps on the sample study, with the command for each; and ``app``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode import study
from qualcode.cli import demo_results
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
from qualcode.messages import Message, shell_word
from qualcode.model.annex import AnnexKind
from qualcode.model.checklist import ItemState
from qualcode.translation import translator

if TYPE_CHECKING:
    from qualcode.project import Project

CODERS = ("anna", "bram")
_DIMENSIONS = (
    "Setting: uitgaan=influences/recreational_settings; werk=influences/work_settings; thuis=*",
    (
        "Motief: sociaal=motives/sociability|motives/energy; functioneel=motives/performance; "
        "emoties=motives/numbing_emotions|motives/relaxation; ander=*"
    ),
    "Controle: minder=consequences/dependence_and_loss_of_control; meer=*",
)
_TYPES = (
    ("Met feesten, in de hand", "uitgaan,sociaal,meer", "Sociaal gebruik bij uitgaan"),
    ("Met feesten, minder in de hand", "uitgaan,sociaal,minder", "Sociaal gebruik bij uitgaan"),
    ("Met collega's na het werk", "werk,sociaal,*", "Gebruik rond werk"),
    ("Alleen, om te kunnen werken", "werk,functioneel,*", "Gebruik rond werk"),
    ("Om met gevoelens om te gaan", "*,emoties,meer", "Gebruik als uitweg"),
    ("Bij psychische problemen", "*,emoties,minder", "Gebruik als uitweg"),
)
"""The groups of users of the sample study, in the language of its interviews."""


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
    _print_step(
        Message("A new project"), f"qualcode new {shell_word(target)} --codebook CODEBOOK.yaml"
    )
    with Project.create(target, name="Middelengebruik (voorbeeld)") as project:
        _import(project)
        _code(project)
        _compare(project, folder)
        _resolve(project)
        _write(project, folder)
        _publish(project, folder / "results")
        _write_annexes(project, folder / "results")
        problems = project.history.check()
    _print_line(
        Message(
            "Checked: {problems}. Every stored quote is the same as its passage in the text.",
            problems=count_problems(len(problems)),
        )
    )
    print_result()
    print_result(Message("Files:"))
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            print_result(f"  {path}")
    print_result()
    print_result(
        Message("Next, in the browser: qualcode app --project {file}", file=shell_word(target))
    )


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
    server.launch(server.Launch(address, coder, language, port, browser, serving), _print_address)


def _print_address(address: str) -> None:
    print_message(
        Message(
            "The app is at {address}\n"
            "Keep this window open as long as you work. To stop: Ctrl+C in this window.",
            address=address,
        )
    )


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
    _print_line(Message("In brackets: the 95% interval of each kappa, over interviews."))
    for warning in report.warnings:
        _print_line(warning)


def _resolve(project: Project) -> None:
    _print_step(Message("Resolve the disagreements"), "qualcode adjudicate --ask")
    supervisor = project.acting_as("supervisor")
    decisions = supervisor.adjudication.read_decisions(study.decisions())
    outcome = supervisor.adjudication.settle(CODERS, decisions)
    _print_line(report_open_disagreements(len(decisions), outcome.passages, outcome.open))


def _reason(project: Project) -> str:
    """Return why nobody can be recognised, in the language of the documents that print it."""
    return translator(project.info.language).translate(Message("the interviews are invented"))


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
    for risk in project.disclosure.check():
        # Of invented people, so that neither small counts nor attributes point at anybody.
        if risk.kind.value != "name":
            project.disclosure.accept_risk(risk.id, _reason(project))
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


def _publish(project: Project, folder: Path) -> None:
    """Write what a results chapter has: figures, a typology, summaries, findings, quotes."""
    folder.mkdir(exist_ok=True)
    _print_step(Message("Draw the figures"), "qualcode figure levels --out levels.svg")
    figures = project.themes.figures
    for kind in ("levels", "theme-map", "co-occurrence", "participants"):
        figures.write(figures.draw(kind), folder / f"{kind}.svg")
    figures.write(figures.draw("levels"), folder / "levels.png")
    _print_step(Message("Build a typology"), "qualcode typology report --out typology.docx")
    typology = project.themes.typology
    typology.set_dimensions(_DIMENSIONS, "users")
    for name, cells, target in _TYPES:
        typology.set_type(name, cells=cells, target=target)
    typology.assign_from_space()
    report = typology.report(for_print=True)
    typology.write(report, folder / "typology.docx")
    _print_line(
        Message(
            "{types} types of users, joined into {targets} target groups.",
            types=len(report.pages),
            targets=len(report.design.targets),
        )
    )
    _print_step(
        Message("Write summaries and findings"),
        "qualcode framework --out framework.docx; qualcode findings --out joint.docx",
    )
    summaries = demo_results.write_summaries(project, folder / "framework.docx")
    count = demo_results.write_findings(project, folder)
    _print_line(demo_results.count_written(summaries, count))
    _print_step(Message("Choose quotes"), "qualcode quotes --balance --journal quotes.docx")
    chosen = {
        passage.coding
        for theme in project.themes.report(quotes_per_code=1).themes
        for code in theme.codes
        for passage in code.representative
    }
    project.quotes.choose(sorted(chosen))
    project.quotes.write_chosen(folder / "quotes.docx")
    project.quotes.write_appendix(folder / "appendix.docx")
    balance = project.quotes.balance()
    _print_line(
        Message(
            "{quotes}, of {people} participants.",
            quotes=count_quotes(balance.quotes),
            people=len(balance.participants) - len(balance.never),
        )
    )


def _write_annexes(project: Project, folder: Path) -> None:
    """Write what goes with the paper: checklists and annexes."""
    _print_step(Message("Fill in the checklists"), "qualcode checklist coreq --out coreq.docx")
    publication = project.exchange.publication
    for kind in ("coreq", "srqr", "jars-qual", "rtarg"):
        publication.write_checklist(kind, folder / f"{kind}.docx")
    known_items = publication.checklist("coreq").count(ItemState.KNOWN)
    _print_line(
        Message("The project itself answers {known} of the 32 items of COREQ.", known=known_items)
    )
    _print_step(Message("Write the annexes"), "qualcode annex codebook --out codebook.docx")
    for attribute in ("sex", "age_band", "region"):
        publication.print_small_counts(attribute, _reason(project))
    for kind in AnnexKind:
        publication.write_annex(kind, folder / f"annex-{kind}.docx")
    _print_step(Message("Write the audit trail"), "qualcode audit --out audit.docx")
    publication.write_audit(folder / "audit.docx")
    _print_step(
        Message("Write the archive"),
        "qualcode archive make study.zip --consent ATTRIBUTE; qualcode archive verify study.zip",
    )
    # Of invented people, so that nobody can refuse.
    reason = _reason(project)
    publication.make_archive(folder / "archive.zip", reason=reason, names_because=reason)


def _print_step(title: str, command: str) -> None:
    console = messages()
    console.print(f"\n{translate(title)}", style="bold", markup=False)
    label = translate(Message("on your own data:"))
    console.print(f"  {label} ", end="", markup=False)
    console.print(command, style="cyan", markup=False)


def _print_line(text: str) -> None:
    print_message(f"  {translate(text)}")
