"""The command ``speakers``, and the questions of an import about who speaks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.language import translate, translate_sentence
from qualcode.cli.output import (
    ask_text,
    confirm,
    heading,
    print_json,
    print_message,
    print_table,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    step_of_changes,
)
from qualcode.errors import InvalidValueError, UnknownNameError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Role, Transcript
    from qualcode.project import Project, ReadResult

SpeakersOption = Annotated[
    str,
    typer.Option(
        "--speakers",
        help='The role of each speaker label: "I=interviewer,R=respondent".',
        show_default=False,
    ),
]


def speakers(
    transcript: Annotated[str, typer.Argument(help="Name of a transcript.")] = "",
    set_: Annotated[
        str, typer.Option("--set", help='Set the roles: "I=interviewer,R=respondent".')
    ] = "",
    confirm_: Annotated[
        bool, typer.Option("--confirm", help="Confirm the roles as they are proposed.")
    ] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the speakers of each transcript and their roles; set or confirm the roles.

    A role that nobody confirmed leaves no coding out of themes, quotes or agreement.
    """
    from qualcode.project import parse_roles

    with open_project(project, coder) as work:
        collected = work.transcripts.collect()
        chosen = [work.transcripts.get(transcript)] if transcript else list(collected)
        roles = parse_roles(set_) if set_ else {}
        # All are one step: a single undo takes all of them back.
        with step_of_changes(work, roles, confirm_):
            for text in chosen if roles else ():
                work.transcripts.set_roles(text.name, roles)
            for name in [text.name for text in chosen] if confirm_ else ():
                confirm_proposed(work, name)
        names = {text.name for text in chosen}
        listed = [text for text in work.transcripts.collect() if text.name in names]
    _print_speakers(listed, json=json)


def _print_speakers(listed: Iterable[Transcript], *, json: bool) -> None:
    rows = [
        (
            text.name,
            speaker.label,
            speaker.role.value,
            sum(turn.speaker == speaker.label for turn in text.turns),
            Message("confirmed") if speaker.confirmed else Message("proposed"),
        )
        for text in listed
        for speaker in text.speakers
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


def confirm_proposed(work: Project, name: str) -> None:
    """Confirm the roles of the speakers of a transcript as they are proposed."""
    text = work.transcripts.get(name)
    if any(not speaker.confirmed for speaker in text.speakers):
        work.transcripts.set_roles(name, _roles(text))


def ask_speakers(work: Project, name: str) -> None:
    """Ask on a screen whether the proposed speakers are right; elsewhere say how to confirm."""
    roles = _roles(work.transcripts.get(name))
    if sys.stdin.isatty() and confirm(Message("    Are these speakers right?")):
        work.transcripts.set_roles(name, roles)
    elif sys.stdin.isatty():
        _ask_roles(work, [name])
    else:
        print_message(
            Message(
                '    proposed; confirm with: qualcode speakers "{name}" --set "{roles}"',
                name=name,
                roles=",".join(f"{label}={role.value}" for label, role in roles.items()),
            )
        )


def ask_speakers_of_project(work: Project, names: Iterable[str], *, yes: bool) -> None:
    """Ask about the speakers of transcripts that came in with a project, equal ones together.

    Args:
        work: The project.
        names: Names of the transcripts.
        yes: Confirm the proposals without a question.
    """
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for name in names:
        text = work.transcripts.get(name)
        if any(not speaker.confirmed for speaker in text.speakers):
            key = tuple((speaker.label, speaker.role.value) for speaker in text.speakers)
            groups.setdefault(key, []).append(name)
    for key, group in groups.items():
        labels = ", ".join(f"{label} = {role}" for label, role in key)
        print_message(
            Message.counted(
                "speakers  {names}: {labels}",
                "speakers  {count} transcripts, {names}: {labels}",
                len(group),
                names=_shortened(group),
                labels=labels,
            )
        )
        if yes or (sys.stdin.isatty() and confirm(Message("    Are these speakers right?"))):
            with work.history.step():
                for name in group:
                    confirm_proposed(work, name)
        elif sys.stdin.isatty():
            _ask_roles(work, group)
    if groups and not yes and not sys.stdin.isatty():
        print_message(
            Message(
                "    proposed; until they are confirmed, no coding is left out because of a role. "
                "Confirm with: qualcode speakers --confirm"
            )
        )


def _shortened(names: list[str]) -> str:
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")


def _roles(text: Transcript) -> dict[str, Role]:
    return {speaker.label: speaker.role for speaker in text.speakers}


def _ask_roles(work: Project, names: Iterable[str]) -> None:
    """Ask for the roles of the speakers until the answer can be read."""
    from qualcode.project import parse_roles

    while True:
        answer = ask_text(
            Message("    Who are they? (for example I=interviewer,R=respondent)"),
            show_default=False,
        )
        try:
            _set_all(work, names, parse_roles(answer))
        # The interviews are stored by now: a slip must not end the questions about the other files.
        except (InvalidValueError, UnknownNameError) as error:
            print_message(f"    {translate(str(error))}")
        else:
            return


def _set_all(work: Project, names: Iterable[str], roles: Mapping[str, Role]) -> None:
    with work.history.step():
        for name in names:
            work.transcripts.set_roles(name, roles)


def print_proposals(result: ReadResult) -> None:
    """Print the role that is proposed for each speaker of an interview, and why."""
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
