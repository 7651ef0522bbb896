"""Commands that change an interview later: rename, replace, confirm, versions, remove."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_consent, ask_overwrite
from qualcode.cli.counts import count_codings, count_notes
from qualcode.cli.output import heading, print_json, print_message, print_table
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import UnknownNameError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import ChangedCoding, Correction, RemovalPlan

_LONGEST = 70

TranscriptArgument = Annotated[str, typer.Argument(help="Name of the transcript.")]


def rename(
    transcript: TranscriptArgument,
    new_name: Annotated[str, typer.Argument(help="Its new name.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Give an interview another name, everywhere in the project."""
    with open_project(project, coder) as work:
        work.transcripts.revisions.rename(transcript, new_name)
    print_message(Message("'{name}' is now '{new}'.", name=transcript, new=new_name))


def replace(
    file: Annotated[Path, typer.Argument(help="The corrected file.")],
    transcript: Annotated[
        str,
        typer.Option(
            "--transcript", help="The interview that it corrects. Default: the one of that file."
        ),
    ] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Replace the text of an interview by a corrected file; the codings move along."""
    with open_project(project, coder) as work:
        revisions = work.transcripts.revisions
        planned = revisions.plan_correction(file, transcript)
        ask_consent(_describe_correction(planned), force=force)
        corrected = revisions.correct(file, transcript)
    if json:
        print_json(corrected)
        return
    _print_changed((*corrected.changed, *corrected.gone))
    print_message(
        Message(
            "The text of '{name}' was replaced; the earlier text is kept (qualcode transcript "
            "versions). {same} cover the same words.",
            name=corrected.transcript,
            same=count_codings(corrected.same),
        )
    )
    if corrected.changed:
        print_message(
            Message(
                "Confirm the changed codings: qualcode transcript confirm ID, or --all; or "
                "withdraw them: qualcode withdraw ID"
            )
        )
    for label in corrected.speakers:
        print_message(
            Message("Speaker '{label}' is not in the new text: say again who it is.", label=label)
        )


def _describe_correction(correction: Correction) -> Message:
    return Message(
        "The text of '{name}' is replaced: {changed} will cover other words, and {gone} will be "
        "deleted, because their words are not in the new text. Undo does not bring the text back.",
        name=correction.transcript,
        changed=count_codings(len(correction.changed)),
        gone=count_codings(len(correction.gone)),
    )


def _print_changed(items: Iterable[ChangedCoding]) -> None:
    rows = [
        (
            item.coding.id[:8],
            item.coding.transcript,
            item.coding.code,
            item.coding.coder,
            _short(item.before),
            _short(item.after) or Message("deleted"),
        )
        for item in items
    ]
    if rows:
        columns = (
            heading("id"),
            heading("transcript"),
            heading("code"),
            heading("coder"),
            heading("was"),
            heading("is"),
        )
        print_table(columns, rows)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def confirm(
    codings: Annotated[
        list[str] | None, typer.Argument(help="Ids of codings. Without them: list what waits.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Confirm all that wait.")] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Confirm codings whose words changed with a corrected text, or list them."""
    with open_project(project, coder) as work:
        revisions = work.transcripts.revisions
        ids = [item.coding.id for item in revisions.unconfirmed()] if all_ else codings or []
        if ids:
            revisions.confirm(ids)
        waiting = revisions.unconfirmed()
    if json:
        print_json(waiting)
        return
    if ids:
        print_message(Message("Confirmed: {codings}.", codings=count_codings(len(ids))))
    _print_changed(waiting)
    if not waiting:
        print_message(Message("No coding waits to be confirmed."))


def versions(
    transcript: TranscriptArgument,
    number: Annotated[int, typer.Option("--number", help="Number of an earlier text.")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write this earlier text to a text file.")
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove the earlier texts for good.")
    ] = False,
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """List the earlier texts of an interview, write one to a file, or remove them."""
    from qualcode.project import write_text_version

    ask_overwrite(out, force=force)
    with open_project(project, coder) as work:
        texts = work.transcripts.revisions.versions(transcript)
        if out is not None:
            chosen = next((version for version in texts if version.number == number), None)
            if chosen is None:
                raise UnknownNameError(
                    Message(
                        "'{name}' has no earlier text {number}.", name=transcript, number=number
                    )
                )
            # Before anything is removed: this file may be the last copy of the text.
            write_text_version(chosen, out)
            print_message(Message("Wrote {file}", file=str(out)))
        if remove and texts:
            message = Message(
                "The earlier texts of '{name}' are removed for good.", name=transcript
            )
            ask_consent(message, force=force)
            work.transcripts.revisions.remove_versions(transcript)
            texts = ()
    if json:
        print_json(texts)
        return
    rows = [
        (v.number, v.file_name, f"{v.replaced_at.astimezone():%Y-%m-%d %H:%M}", v.who or "-")
        for v in texts
    ]
    if rows:
        columns = (heading("no."), heading("source"), heading("time"), heading("who"))
        print_table(columns, rows)
    else:
        print_message(Message("'{name}' has no earlier text.", name=transcript))


def remove(
    transcript: TranscriptArgument,
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Remove an interview with its codings, for good."""
    with open_project(project, coder) as work:
        ask_consent(
            _describe_removal(work.transcripts.revisions.plan_removal(transcript)), force=force
        )
        work.transcripts.revisions.remove(transcript)
        copies = work.history.find_copies()
    print_message(Message("'{name}' was removed.", name=transcript))
    for path in copies:
        print_message(Message("{file} may still hold it: delete it if it must go.", file=path.name))


def _describe_removal(plan: RemovalPlan) -> Message:
    return Message(
        "'{name}' is removed for good, with {codings} and {memos}; it leaves {cases} and {rounds}. "
        "Notes elsewhere may still quote it: if a participant withdraws, use qualcode participant "
        "withdraw.",
        name=plan.transcript,
        codings=count_codings(plan.codings),
        memos=count_notes(plan.memos),
        cases=Message.counted("{count} respondent", "{count} respondents", len(plan.cases)),
        rounds=Message.counted("{count} round", "{count} rounds", len(plan.rounds)),
    )
