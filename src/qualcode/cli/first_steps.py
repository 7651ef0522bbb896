"""Commands for the first steps: new, read, import, speakers, segment, guide."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.foreign_files import import_foreign, is_foreign, show_foreign
from qualcode.cli.output import out, print_json, print_table, say, warn, with_progress
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import (
    InvalidValueError,
    QualcodeError,
    UndefinedRequestError,
    UnknownNameError,
    UnreadableFileError,
)

if TYPE_CHECKING:
    from qualcode.project import ImportResult, Project

SpeakersOption = Annotated[
    str,
    typer.Option(
        "--speakers",
        help='Who the labels are: "I=interviewer,R=respondent".',
        show_default=False,
    ),
]


def new(
    target: Annotated[str, typer.Argument(help="The file to make, e.g. study.qualcode.")],
    name: Annotated[str, typer.Option(help="Name of the study.", show_default=False)] = "",
    language: Annotated[str, typer.Option(help="Language of the transcripts.")] = "nl",
    codebook: Annotated[
        Path | None, typer.Option(help="A codebook to start with (.yaml or .csv).")
    ] = None,
) -> None:
    """Make a new project: one file that holds everything."""
    from qualcode.project import Project, read_codebook_file

    if "://" not in target and not target.endswith(".qualcode"):
        target += ".qualcode"
    if codebook is not None:
        # a codebook that does not fit must not leave an empty project behind
        read_codebook_file(codebook)
    with Project.create(target, name=name, language=language) as project:
        say(f"Made project '{project.info.name}': {target}")
        if codebook is not None:
            book, problems = project.codebook.read(codebook)
            warn(problems)
            say(f"Codebook '{book.name}': {len(book.codes)} codes.")
    say(f"Next: qualcode import YOUR-INTERVIEWS --project {target}")


def read(
    file: Annotated[
        Path, typer.Argument(help="An interview, or a project (.qdpx, .qdc, .sqlite3).")
    ],
    speakers: SpeakersOption = "",
    full: Annotated[bool, typer.Option(help="Of a .qdpx file, all codings too.")] = False,
    json: JsonOption = False,
) -> None:
    """Show what an import of one file would give, without a project."""
    from qualcode.project import parse_roles, read_transcript, transcript_as_json

    if is_foreign(file):
        show_foreign(file, json=json, full=full)
        return
    if file.is_dir():
        raise UnreadableFileError(f"'{file}' is a folder. Name one file in it.")
    result = read_transcript(file, roles=parse_roles(speakers) if speakers else None)
    if json:
        print_json(transcript_as_json(result))
        return
    transcript = result.transcript
    say(f"{file.name}: {len(transcript.text)} characters, {len(transcript.turns)} turns")
    _print_proposals(result)
    console = out()
    for turn in transcript.turns[:6]:
        words = turn.span.of(transcript.text).replace("\n", " ")
        console.print(f"{turn.number:>4} {turn.speaker}: {words[:90]}", markup=False)
    warn(result.problems)


def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Interviews, or folders of them; none to read only --cases.", show_default=False
        ),
    ] = None,
    project: ProjectOption = "",
    speakers: SpeakersOption = "",
    cases: Annotated[
        Path | None, typer.Option(help="Table of respondents and their attributes.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Confirm proposed speakers.")] = False,
    same_text: Annotated[
        str,
        typer.Option(
            help="A file with the text of another interview: keep it (two people may give the "
            "same answer), or skip it.",
            show_default=False,
        ),
    ] = "",
    coder: CoderOption = "",
) -> None:
    """Import interviews (docx, odt, rtf, pdf, txt, md, html, vtt, srt, csv, xlsx) or a .qdpx."""
    from qualcode.project import parse_roles

    files = files or []
    if not files and cases is None:
        raise UndefinedRequestError(
            "Name what to import: interviews or a folder of them (qualcode import interviews), "
            "or a table of respondents (--cases FILE)."
        )
    paths = _transcript_files([file for file in files if not is_foreign(file)], cases)
    roles = parse_roles(speakers) if speakers else None
    refused = 0
    with open_project(project, coder) as work:
        for file in filter(is_foreign, files):
            import_foreign(work, file)
        reading = work.transcripts.read_files(paths, roles=roles, same_text=same_text)
        # a question beside a progress bar is not seen: ask when the bar is gone
        results = list(with_progress(reading, len(paths), "Importing"))
        if cases is not None:
            warn(work.cases.read(cases))
            say(f"Read {cases.name}: the project has {len(work.cases.collect())} cases.")
        for result in results:
            refused += _report_import(result, named=result.path in files and same_text != "skip")
            if result.read is not None:
                name = result.read.transcript.name
                if name not in work.transcripts.with_confirmed_roles():
                    _confirm(work, result, yes=yes)
    if refused:
        raise QualcodeError(f"{refused} of {len(paths)} files were not imported; see above.")


def speakers(
    transcript: Annotated[str, typer.Argument(help="Name of a transcript.")] = "",
    set_: Annotated[str, typer.Option("--set", help='Confirm: "I=interviewer,R=respondent".')] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show who speaks in each transcript, or confirm it."""
    from qualcode.project import parse_roles

    with open_project(project, coder) as work:
        if set_:
            roles = parse_roles(set_)
            names = [transcript] if transcript else [t.name for t in work.transcripts.collect()]
            for name in names:
                work.transcripts.set_roles(name, roles)
        chosen = [work.transcripts.get(transcript)] if transcript else work.transcripts.collect()
        confirmed = work.transcripts.with_confirmed_roles()
        rows = [
            (
                t.name,
                s.label,
                s.role.value,
                sum(turn.speaker == s.label for turn in t.turns),
                "confirmed" if t.name in confirmed else "proposed",
            )
            for t in chosen
            for s in t.speakers
        ]
    columns = ("transcript", "label", "role", "turns", "status")
    if json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, rows)


def segment(project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False) -> None:
    """Cut all transcripts into turns, paragraphs, sentences and answers."""
    rows: list[dict[str, object]] = []
    with open_project(project, coder) as work:
        total = len(work.transcripts.collect())
        for name, counts in with_progress(work.transcripts.segment(), total, "Segmenting"):
            rows.append({"transcript": name} | {k.value: n for k, n in counts.items()})
    if json:
        print_json(rows)
    elif rows:
        print_table(tuple(rows[0]), [tuple(row.values()) for row in rows])
    else:
        say("There are no transcripts yet. Import some: qualcode import FILES")


guide = typer.Typer(help="The topic guide: its questions and the codes they lead to.")


@guide.command("import")
def guide_import(
    files: Annotated[list[Path], typer.Argument(help="Guides (.yaml).")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Add topic guides, one for each group of respondents."""
    with open_project(project, coder) as work:
        for file in files:
            found, problems = work.transcripts.read_guide(file)
            warn(problems)
            say(f"Guide '{found.name}' for group '{found.group}': {len(found.questions)} questions")


@guide.command("show")
def guide_show(project: ProjectOption = "", json: JsonOption = False) -> None:
    """Show the questions and the codes expected in their answers."""
    with open_project(project) as work:
        guides = work.transcripts.collect_guides()
        language = work.info.language
    if json:
        print_json(guides)
        return
    for one in guides:
        rows = [(q.id, q.text.in_language(language), ", ".join(q.codes)) for q in one.questions]
        print_table(("id", "question", "expected codes"), rows, title=f"{one.name} ({one.group})")


def _transcript_files(files: list[Path], cases: Path | None) -> list[Path]:
    """Return the files, and of a folder those that may be interviews.

    Left out of a folder: the table of respondents, tables of codings, and the hidden files that
    Word keeps beside a document that is open.
    """
    from qualcode.project import known_suffixes

    skipped = {"cases.csv", "readme.md", cases.name.lower() if cases else ""}
    starts = ("codings", "coderingen", "~$", ".")
    paths: list[Path] = []
    for file in files:
        if file.is_dir():
            inside = (p for p in sorted(file.iterdir()) if p.suffix.lower() in known_suffixes())
            found = [p for p in inside if p.name.lower() not in skipped]
            found = [p for p in found if not p.name.lower().startswith(starts)]
            paths += found
            if not found:
                raise UnreadableFileError(f"Folder '{file}' holds no interviews.")
        else:
            paths.append(file)
    return paths


def _report_import(result: ImportResult, *, named: bool) -> int:
    """Say what became of a file; return 1 where it was refused.

    That the project has a file already is a refusal for a file that was asked for by name; a
    folder may well be read again for what is new in it.
    """
    if result.read is None:
        say(f"{'already there' if result.known else 'not imported'}  {result.refused}")
        return named or not result.known
    transcript = result.read.transcript
    labels = ", ".join(f"{s.label} = {s.role.value}" for s in transcript.speakers)
    say(f"imported  {transcript.name}: {len(transcript.turns)} turns ({labels})")
    warn(result.read.problems)
    return 0


def _print_proposals(result: object) -> None:
    rows = [
        (p.label, p.role.value, p.turns, f"{p.confidence:.0%}", p.reason)
        for p in getattr(result, "proposals", ())
    ]
    print_table(("label", "proposed role", "turns", "confidence", "because"), rows)


def _confirm(work: Project, result: ImportResult, *, yes: bool) -> None:
    """Ask about proposed speakers on a screen; elsewhere say how to confirm them."""
    assert result.read is not None
    transcript = result.read.transcript
    roles = {s.label: s.role for s in transcript.speakers}
    if yes or (sys.stdin.isatty() and typer.confirm("    Are these speakers right?", default=True)):
        work.transcripts.set_roles(transcript.name, roles)
    elif sys.stdin.isatty():
        _ask_roles(work, transcript.name)
    else:
        given = ",".join(f"{label}={role.value}" for label, role in roles.items())
        say(f'    proposed; confirm with: qualcode speakers "{transcript.name}" --set "{given}"')


def _ask_roles(work: Project, transcript: str) -> None:
    """Ask who the speakers are until the answer fits."""
    from qualcode.project import parse_roles

    while True:
        answer = typer.prompt("    Who are they? (like I=interviewer,R=respondent)")
        try:
            work.transcripts.set_roles(transcript, parse_roles(answer))
        except (InvalidValueError, UnknownNameError) as error:
            say(f"    {error}")
        else:
            return
