"""Commands for rounds of coding: new, show, hand-in, reopen, advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.counts import count_interviews
from qualcode.cli.language import format_decimal, read_names, translate
from qualcode.cli.output import OptionError, heading, print_json, print_message, print_table
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coder,
    open_project,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Round
    from qualcode.project import Project, RoundProgress

app = typer.Typer(help="Rounds of coding, blind or joint: make, show, hand in, reopen.")

NameArgument = Annotated[str, typer.Argument(help="Name of the round.")]


@app.command()
def new(
    name: NameArgument,
    coders: Annotated[
        str, typer.Option(help="The coders of the round: anna,bram.", show_default=False)
    ],
    transcripts: Annotated[
        str, typer.Option(help="The transcripts to code, or to draw from: G01,G02. Default: all.")
    ] = "",
    sample: Annotated[
        int | None, typer.Option(help="Draw this number of whole interviews at random.")
    ] = None,
    by: Annotated[
        str, typer.Option(help="Stratify the draw by this attribute of cases: group.")
    ] = "",
    seed: Annotated[int | None, typer.Option(help="Seed of the draw; the round keeps it.")] = None,
    codebook_version: Annotated[
        int | None, typer.Option(help="Version of the codebook. Default: the newest.")
    ] = None,
    blind: Annotated[
        bool,
        typer.Option(
            "--blind/--joint",
            help="Blind: coders do not see each other's work until all have handed in.",
        ),
    ] = True,
    suggestions: Annotated[
        str,
        typer.Option(
            help="on or off: show suggestions to the coders. Only a joint round may show them."
        ),
    ] = "off",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Make a round of coding; its interviews may be drawn at random."""
    if suggestions not in {"on", "off"}:
        raise OptionError(Message("'{word}' is not on or off.", word=suggestions))
    with open_project(project, coder) as work:
        round_ = work.rounds.create(
            name,
            coders=read_names(coders),
            transcripts=read_names(transcripts),
            sample=sample,
            stratify_by=by,
            seed=seed,
            codebook_version=codebook_version,
            blind=blind,
            suggestions=suggestions == "on",
        )
        _print_round(round_)
        _print_expected_interval(work, len(round_.transcripts))
    # The sentences above are on standard error, so standard output holds only this JSON.
    if json:
        print_json(round_)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name of a round. Default: all rounds.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the rounds and the progress of each coder; in a blind round only your own."""
    with open_project(project, coder) as work:
        rounds = [work.rounds.get(name)] if name else list(work.rounds.collect())
        progress = {round_.name: work.rounds.progress(round_.name) for round_ in rounds}
    if json:
        print_json([{"round": round_, "progress": progress[round_.name]} for round_ in rounds])
        return
    columns = (
        heading("coder"),
        heading("state"),
        heading("codings"),
        heading("reopened"),
        heading("without a coding"),
    )
    for round_ in rounds:
        _print_round(round_)
        rows = [
            (
                row.coder,
                Message("handed in") if row.handed_in else Message("is coding"),
                row.codings,
                row.reopened,
                _list_uncoded(row),
            )
            for row in progress[round_.name]
        ]
        print_table(columns, rows)
    if not rounds:
        print_message(
            Message("There are no rounds yet. Make one: qualcode round new NAME --coders anna,bram")
        )


@app.command("hand-in")
def hand_in(name: NameArgument, project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Hand in your work in a round; from then on it does not change."""
    with open_project(project, coder) as work:
        person = choose_coder(work, coder)
        round_ = work.rounds.hand_in(name, person)
    # Names only, no counts: in a blind round coders may know who is ready and nothing more.
    waiting = [coder for coder in round_.coders if coder not in round_.handed_in]
    print_message(Message("{coder} handed in round '{round}'.", coder=person, round=name))
    if waiting:
        print_message(Message("Waiting for {coders}.", coders=waiting))
    else:
        print_message(Message("All handed in: the round is closed."))


@app.command()
def reopen(
    name: NameArgument,
    reason: Annotated[str, typer.Option(help="The reason; the history keeps it.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Reopen a round for yourself; the history and the report mention it."""
    with open_project(project, coder) as work:
        person = choose_coder(work, coder)
        work.rounds.reopen(name, person, reason)
    print_message(
        Message(
            "Round '{round}' is open again for {coder}. Hand in again when you are ready.",
            round=name,
            coder=person,
        )
    )


@app.command()
def advice(
    interviews: Annotated[int | None, typer.Argument(help="Number of interviews.")] = None,
    project: ProjectOption = "",
    json: JsonOption = False,
) -> None:
    """Show the expected width of the 95% interval for numbers of interviews."""
    with open_project(project) as work:
        rows = work.rounds.expected_intervals(interviews)
    if json:
        print_json([{"interviews": number, "half_width": width} for number, width in rows])
        return
    print_table((heading("interviews"), heading("95% interval, to each side")), rows)
    print_message(
        Message(
            "For alpha of the code in the middle, from the spread between the interviews that were "
            "coded twice so far. Per code, and for a promise instead of an average: qualcode "
            "agreement plan"
        )
        if any(width for _, width in rows)
        else UNKNOWN_WIDTH
    )


UNKNOWN_WIDTH = Message(
    "How wide intervals will be is not known: too few interviews were coded twice so far. From "
    "assumptions: qualcode agreement plan --prevalence 0.1"
)


def _list_uncoded(progress: RoundProgress) -> str:
    # The progress of another coder in a blind round has no list: it would show what she skipped.
    return "-" if progress.uncoded is None else ", ".join(progress.uncoded)


def _print_round(round_: Round) -> None:
    print_message(
        Message(
            "Round '{name}', {kind}, {state}: {coders}; codebook version {version}; "
            "suggestions {suggestions}.",
            name=round_.name,
            kind=Message("blind") if round_.blind else Message("joint"),
            state=Message("closed") if round_.closed else Message("open"),
            coders=round_.coders or Message("all coders"),
            version=round_.codebook_version,
            suggestions=Message("on") if round_.suggestions else Message("off"),
        )
    )
    number = len(round_.transcripts)
    print_message(
        Message(
            "{interviews}{draw}: {names}.",
            interviews=count_interviews(number) if number else Message("All interviews"),
            draw=_describe_draw(round_),
            names=", ".join(round_.transcripts) or Message("all"),
        )
    )


def _describe_draw(round_: Round) -> str:
    if round_.seed is None:
        return ""
    strata: str = ""
    if round_.stratified_by:
        strata = Message(", stratified by {by}", by=round_.stratified_by)
    return Message(
        ", drawn from {total} with seed {seed}{strata}",
        total=round_.drawn_from,
        seed=round_.seed,
        strata=strata,
    )


def _print_expected_interval(work: Project, interviews: int) -> None:
    widths = dict(work.rounds.expected_intervals(interviews))
    width = widths.get(interviews)
    # No invented width: a team would plan its sample by it.
    if width is None:
        print_message(UNKNOWN_WIDTH)
        return
    # Widths for other numbers show what a larger sample would bring, while it can still be drawn.
    alternatives = (
        translate(Message("{width} for {number}", width=format_decimal(half), number=number))
        for number, half in widths.items()
        if number != interviews and half
    )
    print_message(
        Message(
            "Expect 95% intervals of about {width} to each side ({others}).",
            width=format_decimal(width),
            others="; ".join(alternatives),
        )
    )
