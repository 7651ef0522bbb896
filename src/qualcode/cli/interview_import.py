"""The command ``import``: it reads interviews, and cases and roles with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ask_consent
from qualcode.cli.counts import count_turns
from qualcode.cli.foreign_files import import_foreign, is_foreign
from qualcode.cli.interview_files import collect_files, keeps_service_lines, print_skipped
from qualcode.cli.language import translate
from qualcode.cli.output import print_message, print_problems, with_progress
from qualcode.cli.shared_options import CoderOption, ProjectOption, open_project
from qualcode.cli.speakers import SpeakersOption, ask_speakers, confirm_proposed
from qualcode.cli.transcripts import confirm_language
from qualcode.errors import LossError, QualcodeError, UndefinedRequestError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Role
    from qualcode.project import ImportResult, Project


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
    remove: Annotated[
        bool,
        typer.Option(
            "--remove",
            help="Let the table of respondents take interviews from respondents it does not name.",
        ),
    ] = False,
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
    language: Annotated[
        str,
        typer.Option(
            help="Language of these interviews (nl, en, de, fr); recognised by their words "
            "otherwise.",
            show_default=False,
        ),
    ] = "",
    service_lines: Annotated[
        str,
        typer.Option(
            help="What a transcription program wrote into the text, such as the path of the "
            "recording: keep it, or remove it.",
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
    paths, skipped = collect_files([file for file in files if not is_foreign(file)], cases)
    roles = parse_roles(speakers) if speakers else None
    refusals = 0
    with open_project(project, coder) as work:
        print_skipped(skipped)
        keeps_lines = keeps_service_lines(paths, service_lines)
        for file in filter(is_foreign, files):
            # A file of another program is a step of its own, with all that it brings.
            import_foreign(work, file, roles, partly=len(files) > 1, yes=yes)
        results, failure = _import_in_one_step(
            work,
            paths,
            roles,
            cases,
            yes=yes,
            same_text=same_text,
            remove=remove,
            keeps_lines=keeps_lines,
            language=language,
        )
        for result in results:
            # Who asks to skip files with a known text makes no mistake by naming such a file.
            is_named = result.path in files and same_text != "skip"
            refusals += _report_import(result, is_named=is_named)
            if result.read is not None:
                name = result.read.transcript.name
                if name not in work.transcripts.with_confirmed_roles():
                    ask_speakers(work, name)
        if isinstance(failure, LossError) and cases is not None:
            _ask_about_losses(work, cases)
            failure = None
        _confirm_languages(work, results)
    if any(result.read is not None for result in results) or any(map(is_foreign, files)):
        print_message(Message("What came in, and what is next: qualcode after-import"))
    # The error of the table comes last, so that the outcome of each interview is printed before it.
    if failure is not None:
        raise failure
    if refusals:
        raise QualcodeError(
            Message.counted(
                "{count} file was not imported (of {files}); see above.",
                "{count} files were not imported (of {files}); see above.",
                refusals,
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
    remove: bool,
    language: str,
    keeps_lines: bool,
) -> tuple[list[ImportResult], QualcodeError | None]:
    """Read interviews and respondents as one step; return the error of the respondents' table.

    Questions to the person at the screen come later: they would hold up who else works here.
    """
    with work.history.step():
        reading = work.transcripts.read_files(
            paths,
            roles=roles,
            same_text=same_text,
            service_lines=keeps_lines,
            language=language,
        )
        # A progress bar writes over a question: read all files before the first question.
        results = list(with_progress(reading, len(paths), Message("Importing")))
        for result in results if yes else ():
            if result.read is not None:
                confirm_proposed(work, result.read.transcript.name)
        if yes:
            _confirm_found_languages(work, results)
        failure = _import_cases(work, cases, remove=remove)
    return results, failure


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


def _import_cases(work: Project, cases: Path | None, *, remove: bool) -> QualcodeError | None:
    """Read a table of respondents, and return the error: a faulty table loses no interview."""
    if cases is None:
        return None
    try:
        print_problems(work.cases.read(cases, remove=remove))
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
    print_problems(work.cases.doubts())
    return None


def _ask_about_losses(work: Project, cases: Path) -> None:
    """Read a table that takes interviews from respondents, with consent.

    Raises:
        ConflictError: there is no consent.
    """
    losses = " ".join(map(translate, work.cases.preview(cases).losses))
    consequence = Message("The table takes something away: {losses}", losses=losses)
    ask_consent(consequence, force=False, option="--remove")
    failure = _import_cases(work, cases, remove=True)
    if failure is not None:
        raise failure


def _confirm_found_languages(work: Project, results: list[ImportResult]) -> None:
    """Confirm the languages in which files were read."""
    names: dict[str, list[str]] = {}
    for result in results:
        if result.read is not None:
            transcript = result.read.transcript
            names.setdefault(transcript.language, []).append(transcript.name)
    for language, transcripts in names.items():
        work.transcripts.set_language(transcripts, language)


def _confirm_languages(work: Project, results: list[ImportResult]) -> None:
    """Ask about the imported interviews that are in another language than the project."""
    from qualcode.project import list_languages

    names = {result.read.transcript.name for result in results if result.read is not None}
    doubtful = [row for row in list_languages(work) if row.is_doubtful]
    for row in doubtful:
        if row.transcript in names:
            print_message(Message("language  {name}", name=row.transcript))
            confirm_language(work, row)
