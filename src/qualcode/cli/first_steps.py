"""Commands for the first steps: new, read, import, speakers, segment, guide."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.counts import count_codes, count_questions, count_turns
from qualcode.cli.foreign_files import import_foreign, is_foreign, show_foreign
from qualcode.cli.language import set_language, translate, translate_sentence
from qualcode.cli.output import (
    ask_text,
    confirm,
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
    with_progress,
)
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import (
    InvalidValueError,
    QualcodeError,
    UndefinedRequestError,
    UnknownNameError,
    UnreadableFileError,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Role
    from qualcode.project import ImportResult, Project, ReadResult

SpeakersOption = Annotated[
    str,
    typer.Option(
        "--speakers",
        help='The role of each speaker label: "I=interviewer,R=respondent".',
        show_default=False,
    ),
]


def new(
    target: Annotated[str, typer.Argument(help="The project file to make: study.qualcode.")],
    name: Annotated[str, typer.Option(help="Name of the study.", show_default=False)] = "",
    language: Annotated[str, typer.Option(help="Language of the transcripts.")] = "nl",
    codebook: Annotated[
        Path | None, typer.Option(help="A codebook to start with (.yaml or .csv).")
    ] = None,
) -> None:
    """Make a new project: one file that holds everything."""
    from qualcode.project import Project, read_codebook_file

    # The other commands find a project in a folder by this suffix. An address of a database server
    # has none.
    if "://" not in target and not target.endswith(".qualcode"):
        target += ".qualcode"
    if codebook is not None:
        # Read it first: after an error in the codebook there must be no empty project.
        read_codebook_file(codebook)
    with Project.create(target, name=name, language=language) as project:
        set_language(project.info.language)
        print_message(Message("Made project '{name}': {file}", name=project.info.name, file=target))
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
    print_message(Message("Next: qualcode import YOUR-INTERVIEWS --project {file}", file=target))


def read(
    file: Annotated[
        Path, typer.Argument(help="An interview, or a project (.qdpx, .qdc, .sqlite3).")
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
    _print_proposals(result)
    for turn in transcript.turns[:6]:
        words = turn.span.of(transcript.text).replace("\n", " ")
        print_result(f"{turn.number:>4} {turn.speaker}: {words[:90]}")
    print_problems(result.problems)


def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Interviews, or folders with interviews. With --cases it may be left out.",
            show_default=False,
        ),
    ] = None,
    project: ProjectOption = "",
    speakers: SpeakersOption = "",
    cases: Annotated[
        Path | None, typer.Option(help="A table of respondents and their attributes.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Confirm the proposed speakers without a question.")
    ] = False,
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
            Message(
                "Name what to import: interviews or a folder with interviews (qualcode import "
                "interviews), or a table of respondents (--cases FILE)."
            )
        )
    paths = _transcript_files([file for file in files if not is_foreign(file)], cases)
    roles = parse_roles(speakers) if speakers else None
    refusals = 0
    with open_project(project, coder) as work:
        for file in filter(is_foreign, files):
            # A file of another program is a step of its own, with all that it brings.
            import_foreign(work, file)
        results, failure = _import_in_one_step(
            work, paths, roles, cases, yes=yes, same_text=same_text
        )
        for result in results:
            # Who asks to skip files with a known text makes no mistake by naming such a file.
            is_named = result.path in files and same_text != "skip"
            refusals += _report_import(result, is_named=is_named)
            if result.read is not None:
                name = result.read.transcript.name
                if name not in work.transcripts.with_confirmed_roles():
                    _confirm_speakers(work, result)
    # The error of the table comes last, so that the outcome of each interview is printed before it.
    if failure is not None:
        raise failure
    if refusals:
        raise QualcodeError(
            Message(
                "{refusals} of {files} files were not imported; see above.",
                refusals=refusals,
                files=len(paths),
            )
        )


def _import_in_one_step(
    work: Project,
    paths: list[Path],
    roles: Mapping[str, Role] | None,
    cases: Path | None,
    *,
    yes: bool,
    same_text: str,
) -> tuple[list[ImportResult], QualcodeError | None]:
    """Read interviews and respondents as one step; return the error of the respondents' table.

    Questions to the person at the screen come later: they would hold up who else works here.
    """
    with work.history.step():
        reading = work.transcripts.read_files(paths, roles=roles, same_text=same_text)
        # A progress bar writes over a question: read all files before the first question.
        results = list(with_progress(reading, len(paths), Message("Importing")))
        for result in results if yes else ():
            _confirm_proposed(work, result)
        failure = _import_cases(work, cases)
    return results, failure


def speakers(
    transcript: Annotated[str, typer.Argument(help="Name of a transcript.")] = "",
    set_: Annotated[
        str, typer.Option("--set", help='Set the roles: "I=interviewer,R=respondent".')
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the speakers of each transcript and their roles, or set the roles."""
    from qualcode.project import parse_roles

    with open_project(project, coder) as work:
        if set_:
            roles = parse_roles(set_)
            # Without a name the roles hold for all transcripts, and a single undo takes all of them
            # back.
            names = [transcript] if transcript else [t.name for t in work.transcripts.collect()]
            with work.history.step():
                for name in names:
                    work.transcripts.set_roles(name, roles)
        listed = [work.transcripts.get(transcript)] if transcript else work.transcripts.collect()
        confirmed = work.transcripts.with_confirmed_roles()
        rows = [
            (
                t.name,
                s.label,
                s.role.value,
                sum(turn.speaker == s.label for turn in t.turns),
                Message("confirmed") if t.name in confirmed else Message("proposed"),
            )
            for t in listed
            for s in t.speakers
        ]
    if json:
        keys = ("transcript", "label", "role", "turns", "status")
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
        return
    columns = (
        heading("transcript"),
        heading("speaker label"),
        heading("role"),
        heading("turns"),
        heading("status"),
    )
    print_table(columns, rows)


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


def _transcript_files(files: list[Path], cases: Path | None) -> list[Path]:
    """Return the files to import; for a folder, the files in it that may be interviews.

    Raises:
        UnreadableFileError: a folder holds no interviews.
    """
    paths: list[Path] = []
    for file in files:
        if not file.is_dir():
            paths.append(file)
            continue
        interviews = [path for path in sorted(file.iterdir()) if _may_be_interview(path, cases)]
        if not interviews:
            raise UnreadableFileError(
                Message("Folder '{folder}' holds no interviews.", folder=str(file))
            )
        paths += interviews
    return paths


def _may_be_interview(path: Path, cases: Path | None) -> bool:
    from qualcode.project import known_suffixes

    name = path.name.lower()
    other_names = {"cases.csv", "readme.md", cases.name.lower() if cases else ""}
    # Tables of codings have the suffix of an interview in a table. Word keeps a hidden file "~$..."
    # next to each open document.
    other_beginnings = ("codings", "coderingen", "~$", ".")
    return (
        path.suffix.lower() in known_suffixes()
        and name not in other_names
        and not name.startswith(other_beginnings)
    )


def _report_import(result: ImportResult, *, is_named: bool) -> int:
    """Print the outcome for one file; return 1 if that is a refusal, else 0."""
    if result.read is None:
        outcome = Message("already there") if result.known else Message("not imported")
        print_message(f"{translate(outcome)}  {translate(result.refused)}")
        # A folder may be imported again for its new files. A file that the user names and that
        # the project has already is a mistake.
        return is_named or not result.known
    transcript = result.read.transcript
    print_message(
        Message(
            "imported  {name}: {turns} ({labels})",
            name=transcript.name,
            turns=count_turns(len(transcript.turns)),
            labels=", ".join(f"{s.label} = {s.role.value}" for s in transcript.speakers),
        )
    )
    print_problems(result.read.problems)
    return 0


def _print_proposals(result: ReadResult) -> None:
    rows = [
        (
            proposal.label,
            proposal.role.value,
            proposal.turns,
            f"{proposal.confidence:.0%}",
            translate_sentence(proposal.reason),
        )
        for proposal in result.proposals
    ]
    columns = (
        heading("speaker label"),
        heading("proposed role"),
        heading("turns"),
        heading("confidence"),
        heading("reason"),
    )
    print_table(columns, rows)


def _import_cases(work: Project, cases: Path | None) -> QualcodeError | None:
    """Read a table of respondents, and return the error: a faulty table loses no interview."""
    if cases is None:
        return None
    try:
        print_problems(work.cases.read(cases))
    except QualcodeError as error:
        return error
    print_message(
        Message.counted(
            "Read {file}: the project has {count} case.",
            "Read {file}: the project has {count} cases.",
            len(work.cases.collect()),
            file=cases.name,
        )
    )
    return None


def _confirm_proposed(work: Project, result: ImportResult) -> None:
    """Confirm the proposed speakers of a file that was read."""
    if result.read is not None:
        transcript = result.read.transcript
        if transcript.name not in work.transcripts.with_confirmed_roles():
            roles = {speaker.label: speaker.role for speaker in transcript.speakers}
            work.transcripts.set_roles(transcript.name, roles)


def _confirm_speakers(work: Project, result: ImportResult) -> None:
    """Ask on a screen whether the proposed speakers are right; elsewhere say how to confirm."""
    assert result.read is not None
    transcript = result.read.transcript
    roles = {speaker.label: speaker.role for speaker in transcript.speakers}
    if sys.stdin.isatty() and confirm(Message("    Are these speakers right?")):
        work.transcripts.set_roles(transcript.name, roles)
    elif sys.stdin.isatty():
        _ask_roles(work, transcript.name)
    else:
        print_message(
            Message(
                '    proposed; confirm with: qualcode speakers "{name}" --set "{roles}"',
                name=transcript.name,
                roles=",".join(f"{label}={role.value}" for label, role in roles.items()),
            )
        )


def _ask_roles(work: Project, transcript: str) -> None:
    """Ask for the roles of the speakers until the answer can be read."""
    from qualcode.project import parse_roles

    while True:
        answer = ask_text(
            Message("    Who are they? (for example I=interviewer,R=respondent)"),
            show_default=False,
        )
        try:
            work.transcripts.set_roles(transcript, parse_roles(answer))
        # The interviews are stored by now: a slip must not end the questions about the other files.
        except (InvalidValueError, UnknownNameError) as error:
            print_message(f"    {translate(str(error))}")
        else:
            return
