"""Commands for rounds of coding: new, show, hand-in, reopen, advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.output import print_json, print_table, say
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    one_coder,
    open_project,
)

if TYPE_CHECKING:
    from qualcode.model import Round
    from qualcode.project import Project

app = typer.Typer(help="Rounds: who codes what, blind or together; handing in the work.")

NameArgument = Annotated[str, typer.Argument(help="Name of the round.")]


@app.command()
def new(
    name: NameArgument,
    coders: Annotated[str, typer.Option(help="Who codes: anna,bram.", show_default=False)],
    transcripts: Annotated[
        str, typer.Option(help="What is coded (or drawn from): G01,G02; all without it.")
    ] = "",
    sample: Annotated[
        int | None, typer.Option(help="Draw this many whole interviews at random.")
    ] = None,
    by: Annotated[str, typer.Option(help="Stratify the draw by this attribute: group.")] = "",
    seed: Annotated[int | None, typer.Option(help="Seed of the draw; printed and kept.")] = None,
    codebook_version: Annotated[
        int | None, typer.Option(help="Version to code with; the newest without it.")
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind/--joint", help="Apart until all handed in, or together.")
    ] = True,
    suggestions: Annotated[
        str, typer.Option(help="on or off: show suggestions; only in a joint round.")
    ] = "off",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Make a round, drawing its interviews if asked."""
    if suggestions not in {"on", "off"}:
        raise typer.BadParameter(f"'{suggestions}' is neither on nor off.")
    with open_project(project, coder) as work:
        made = work.rounds.create(
            name,
            coders=_names(coders),
            transcripts=_names(transcripts),
            sample=sample,
            stratify_by=by,
            seed=seed,
            codebook_version=codebook_version,
            blind=blind,
            suggestions=suggestions == "on",
        )
        _say_round(made)
        _say_width(work, len(made.transcripts))
    if json:
        print_json(made)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A round; all of them without it.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the rounds, and how far each coder is: your own work while a round is blind."""
    with open_project(project, coder) as work:
        shown = [work.rounds.get(name)] if name else list(work.rounds.collect())
        progress = {one.name: work.rounds.progress(one.name) for one in shown}
    if json:
        print_json([{"round": one, "progress": progress[one.name]} for one in shown])
        return
    for one in shown:
        _say_round(one)
        rows = [
            (p.coder, "handed in" if p.handed_in else "codes", p.codings, p.reopened, _left(p))
            for p in progress[one.name]
        ]
        print_table(("coder", "state", "codings", "reopened", "without a coding"), rows)
    if not shown:
        say("There are no rounds yet. Make one: qualcode round new NAME --coders anna,bram")


@app.command("hand-in")
def hand_in(name: NameArgument, project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Hand in your work in a round: it is fixed from then on."""
    with open_project(project, coder) as work:
        who = one_coder(work, coder)
        changed = work.rounds.hand_in(name, who)
    waiting = [one for one in changed.coders if one not in changed.handed_in]
    say(f"{who} handed in round '{name}'.")
    say(f"Waiting for {' and '.join(waiting)}." if waiting else "All handed in: it is closed.")


@app.command()
def reopen(
    name: NameArgument,
    reason: Annotated[str, typer.Option(help="Why; kept in the history.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Open a round again for yourself; the history and the report tell of it."""
    with open_project(project, coder) as work:
        who = one_coder(work, coder)
        work.rounds.reopen(name, who, reason)
    say(f"Round '{name}' is open again for {who}. Hand in again when you are done.")


@app.command()
def advice(
    interviews: Annotated[int | None, typer.Argument(help="A number of interviews.")] = None,
    project: ProjectOption = "",
    json: JsonOption = False,
) -> None:
    """Say how many interviews give which width of the interval."""
    with open_project(project) as work:
        rows = work.rounds.expected_intervals(interviews)
    if json:
        print_json([{"interviews": n, "half_width": width} for n, width in rows])
        return
    print_table(("interviews", "95% interval, to either side"), rows)
    say(
        "A rule of thumb for kappa of a code of middling frequency; rare codes are less sure. "
        "To tell .667 from .8 takes some 20 interviews."
    )


def _names(given: str) -> list[str]:
    return [name.strip() for name in given.split(",") if name.strip()]


def _left(progress: object) -> str:
    uncoded = getattr(progress, "uncoded", None)
    return "-" if uncoded is None else ", ".join(uncoded)


def _say_round(one: Round) -> None:
    kind = "blind" if one.blind else "joint"
    state = "closed" if one.closed else "open"
    aid = "on" if one.suggestions else "off"
    say(
        f"Round '{one.name}', {kind}, {state}: {' and '.join(one.coders) or 'all coders'}; "
        f"codebook version {one.codebook_version}; suggestions {aid}."
    )
    drawn = ""
    if one.seed is not None:
        strata = f", stratified by {one.stratified_by}" if one.stratified_by else ""
        drawn = f", drawn from {one.drawn_from} with seed {one.seed}{strata}"
    names = ", ".join(one.transcripts) or "all"
    say(f"{len(one.transcripts) or 'All'} interviews{drawn}: {names}.")


def _say_width(work: Project, interviews: int) -> None:
    widths = dict(work.rounds.expected_intervals(interviews))
    width = widths.get(interviews)
    if width is None:
        say(f"{interviews} interviews are too few for an interval that says anything.")
        return
    others = "; ".join(f"{w:.2f} at {n}" for n, w in widths.items() if n != interviews and w)
    say(f"Expect 95% intervals of about {width:.2f} to either side ({others}).")
