"""The commands ``archive``: a study for a repository, and its check on another machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.output import print_json, print_message, print_problems
from qualcode.cli.pseudonyms import OptionalKey, ask_passphrase
from qualcode.cli.report_options import LanguageOption
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import QualcodeError
from qualcode.messages import Message

app = typer.Typer(help="Archive: the whole study for a repository, and its check anywhere.")


@app.command()
def make(
    target: Annotated[Path, typer.Argument(help="A .zip file, or a folder that is not there yet.")],
    consent: Annotated[
        str,
        typer.Option(
            help="The attribute of participants that holds their consent: yes or ja lets their "
            "interviews in."
        ),
    ] = "",
    all_because: Annotated[
        str, typer.Option(help="Without such an attribute: why all interviews may go in.")
    ] = "",
    names_because: Annotated[
        str, typer.Option(help="Why likely names that are left in the texts may stay.")
    ] = "",
    key: OptionalKey = None,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Write the archive: data, texts, documentation, tables, metadata, consent, hashes."""
    # A folder with something in it is refused, and needs no question.
    if target.suffix:
        ask_overwrite(target, force=force)
    with open_project(project, coder) as work, work.snapshot():
        opened = work.pseudonyms.open_key(key, ask_passphrase()) if key else None
        publication = work.exchange.publication
        print_problems(
            publication.check_archive(
                consent=consent, reason=all_because, language=language, key=opened
            )
        )
        study = publication.make_archive(
            target,
            consent=consent,
            reason=all_because,
            names_because=names_because,
            language=language,
            key=opened,
        )
    if json:
        print_json({"interviews": study.interviews, "consent": study.consent})
        return
    print_message(
        Message(
            "Wrote {file}: {kept} of {all} interviews are in it.",
            file=str(target),
            kept=sum(interview.is_in for interview in study.interviews),
            all=len(study.interviews),
        )
    )


@app.command()
def verify(
    source: Annotated[Path, typer.Argument(help="The archive: a .zip file or a folder.")],
    json: JsonOption = False,
) -> None:
    """Check every file of an archive, and compute every table again."""
    from qualcode.project import verify_archive

    report = verify_archive(source)
    if json:
        print_json(report)
    else:
        print_problems((*report.problems, *report.older))
    if report.problems:
        raise QualcodeError(
            Message.counted(
                "The archive is not as it was made: {count} file differs.",
                "The archive is not as it was made: {count} files differ.",
                len({problem.where for problem in report.problems}),
            )
        )
    if report.older:
        raise QualcodeError(
            Message.counted(
                "Every file has its hash, but {count} table is in the layout of another version.",
                "Every file has its hash, but {count} tables are in the layout of another version.",
                len(report.older),
            )
        )
    if not json:
        print_message(
            Message(
                "The archive is whole: {files} files have their hash, and {tables} tables come out "
                "the same.",
                files=report.files,
                tables=report.tables,
            )
        )
