"""Commands for participants: who takes part in which interview, as which speaker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.attributes import split_attribute
from qualcode.cli.consent import ForceOption, ask_consent, ask_overwrite
from qualcode.cli.language import read_names
from qualcode.cli.output import (
    OptionError,
    confirm,
    heading,
    print_json,
    print_message,
    print_problems,
    print_table,
)
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.cli.withdrawal import withdraw
from qualcode.errors import unknown_name
from qualcode.messages import Message, shell_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcode.model import Attribute, Case
    from qualcode.project import Project

app = typer.Typer(help="Participants: who takes part in which interview, as which speaker.")
app.command()(withdraw)


@app.command("list")
def list_(project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False) -> None:
    """Show the participants with their interviews, speakers and attributes."""
    with open_project(project, coder) as work:
        cases, doubts = work.cases.collect(), work.cases.doubts()
        # Without participants the message below leads to the proposals already.
        proposed = len(work.cases.propose()) if cases else 0
    if json:
        print_json([_as_json(case) for case in cases])
        return
    if not cases:
        print_message(
            Message(
                "There are no participants yet. See who speaks: qualcode participant propose; or "
                "read a table: qualcode import --cases TABLE.csv"
            )
        )
        return
    _print_cases(cases)
    print_problems(doubts)
    if proposed:
        print_message(
            Message.counted(
                "{count} respondent is no participant yet. See: qualcode participant propose",
                "{count} respondents are no participants yet. See: qualcode participant propose",
                proposed,
            )
        )


@app.command()
def propose(
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Store the proposals without a question.")
    ] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Propose a participant for each respondent of whom nobody said who it is."""
    with open_project(project, coder) as work:
        proposals = work.cases.propose()
        if json:
            print_json([_as_json(case) for case in proposals])
        elif proposals:
            _print_cases(proposals)
        else:
            print_message(Message("For every respondent it is known which person it is."))
        # A proposal changes nothing until somebody confirms it.
        if proposals and (yes or (not json and confirm(Message("Store these participants?")))):
            work.cases.add(proposals)
            print_message(
                Message.counted(
                    "{count} participant stored.", "{count} participants stored.", len(proposals)
                )
            )


@app.command("set")
def set_(
    name: Annotated[str, typer.Argument(help="Pseudonym of the participant; a new one is made.")],
    attributes: Annotated[
        list[str] | None, typer.Argument(help="Attributes: sex=woman, wave=2, ...")
    ] = None,
    transcript: Annotated[
        str,
        typer.Option(
            "--in",
            help="The interview in which the participant takes part; attributes then belong to "
            "that moment.",
        ),
    ] = "",
    speaker: Annotated[
        list[str] | None,
        typer.Option(help="Label of the speaker who is the participant there."),
    ] = None,
    remove_from: Annotated[
        str, typer.Option(help="The participant takes no part in this interview.")
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Say who a participant is: as which speaker in which interview, with which attributes."""
    if speaker and not transcript:
        raise OptionError(Message("A speaker belongs to an interview: add --in INTERVIEW."))
    with open_project(project, coder) as work:
        values = dict(_attribute(text, work) for text in attributes or ())
        names = [text.name for text in work.transcripts.collect()]
        for given in filter(None, (transcript, remove_from)):
            if given not in names:
                raise unknown_name("transcript", given, names, "the project")
        case = _changed(work, name, values, transcript, tuple(speaker or ()))
        if remove_from:
            kept = tuple(p for p in case.participations if p.transcript != remove_from)
            case = replace(case, participations=kept)
        work.cases.add([case])
        _print_cases([case])
        print_problems(work.cases.doubts())


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="Pseudonym of the participant.")],
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Remove a participant from the list; the interviews and codings stay."""
    with open_project(project, coder) as work:
        cases = work.cases.collect()
        if name not in {case.name for case in cases}:
            raise unknown_name("case", name, [case.name for case in cases], "the project")
        consequence = Message(
            "Participant '{name}' and the attributes are removed; the words in the interviews "
            "stay and count for nobody.",
            name=name,
        )
        ask_consent(consequence, force=force)
        work.cases.replace([case for case in cases if case.name != name])


@app.command()
def attributes(
    name: Annotated[str, typer.Argument(help="The attribute; without it, all are shown.")] = "",
    kind: Annotated[
        str, typer.Option("--type", help="Set the type: text, ordered, number or date.")
    ] = "",
    cuts: Annotated[
        str, typer.Option(help="Of a number: where the bands of reports begin: 30,50.")
    ] = "",
    order: Annotated[
        str,
        typer.Option(help="Of an ordered attribute: its values, lowest first: low,middle,high."),
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the attributes with their types, or set the type and the bands of one."""
    with open_project(project, coder) as work:
        if name:
            # Only numbers have bands, and only ordered values an order: the type need not be said
            # as well.
            default = "number" if cuts else "ordered" if order else "text"
            print_problems(
                work.cases.attributes.set_type(
                    name, kind or default, values=read_names(order), cuts=_numbers(cuts)
                )
            )
        known = [
            (attribute.name, attribute.type.value, *_bands(attribute))
            for attribute in work.cases.attributes.collect()
        ]
    if json:
        print_json(
            [dict(zip(("name", "type", "bands", "order"), row, strict=True)) for row in known]
        )
        return
    columns = heading("attribute"), heading("type"), heading("bands begin at"), heading("order")
    print_table(columns, known)


def _numbers(text: str) -> list[float]:
    numbers = []
    for part in read_names(text):
        try:
            numbers.append(float(part))
        except ValueError as error:
            raise OptionError(Message("'{text}' is no number.", text=part)) from error
    return numbers


def _bands(attribute: Attribute) -> tuple[str, str]:
    return ", ".join(f"{cut:g}" for cut in attribute.cuts), ", ".join(attribute.values)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write the table: csv or xlsx.")],
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write the table of participants, to edit and read back: qualcode import --cases FILE."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        work.exchange.write_table("participations", file)
    print_message(
        Message(
            "Wrote {file}. Read it back with: qualcode import --cases {file}", file=shell_word(file)
        )
    )


def _attribute(text: str, work: Project) -> tuple[str, str]:
    attribute = split_attribute(text, work.cases.collect())
    if attribute is None:
        raise OptionError(Message("'{text}' is no attribute. Write NAME=VALUE.", text=text))
    return attribute


def _changed(
    work: Project, name: str, values: dict[str, str], transcript: str, speakers: tuple[str, ...]
) -> Case:
    from qualcode.model import Case, FrozenMap, Participation

    case = {case.name: case for case in work.cases.collect()}.get(name, Case(name))
    if not transcript:
        return replace(case, attributes=FrozenMap({**case.attributes, **values}))
    part = case.participation(transcript) or Participation(transcript)
    part = replace(
        part,
        speakers=speakers or part.speakers,
        attributes=FrozenMap({**part.attributes, **values}),
    )
    parts = {p.transcript: p for p in case.participations} | {transcript: part}
    return replace(case, participations=tuple(parts.values()))


def _print_cases(cases: Iterable[Case]) -> None:
    columns = heading("case"), heading("transcript"), heading("speaker"), heading("attributes")
    print_table(columns, [row for case in cases for row in _rows(case)])


def _rows(case: Case) -> list[tuple[str, str, str, str]]:
    if not case.participations:
        return [(case.name, "", "", _joined(case.attributes))]
    return [
        (
            case.name,
            part.transcript,
            ", ".join(part.speakers),
            _joined(case.attributes_in(part.transcript)),
        )
        for part in case.participations
    ]


def _joined(attributes: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in attributes.items() if value)


def _as_json(case: Case) -> dict[str, object]:
    return {
        "case": case.name,
        "attributes": dict(case.attributes),
        "participations": [
            {
                "transcript": part.transcript,
                "speakers": list(part.speakers),
                "attributes": dict(part.attributes),
            }
            for part in case.participations
        ],
    }
