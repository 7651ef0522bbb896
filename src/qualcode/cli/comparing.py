"""Commands for two coders: agreement, adjudicate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.opening import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    two_coders,
)
from qualcode.cli.printing import out, print_json, print_table, say

if TYPE_CHECKING:
    from qualcode.model import Coefficient, Decision, Disagreement
    from qualcode.project import Project

CodersOption = Annotated[
    str,
    typer.Option("--coders", help="Two coders: anna,bram.", show_default=False),
]


def agreement(
    coders: CodersOption = "",
    unit: Annotated[
        Literal["turn", "sentence", "paragraph", "answer"],
        typer.Option(help="What is compared, of the respondents."),
    ] = "turn",
    transcripts: Annotated[str, typer.Option(help="Only these: G01,G02.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Only what was coded in it.")] = "",
    level: Annotated[str, typer.Option(help="Overall figures about each code or theme.")] = "code",
    file: Annotated[
        Path | None, typer.Option("--out", help="Write a report: json, md, xlsx, html, docx.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Write a forest plot: svg, png.")] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Compare two coders: how far they agree, per code, with its uncertainty."""
    from qualcode.model import SegmentKind

    with open_project(project, coder) as work:
        pair = two_coders(work, coders)
        names = [name.strip() for name in transcripts.split(",") if name.strip()] or None
        report = work.agreement(
            pair, unit=SegmentKind(unit), level=level, transcripts=names, round=round_
        )
        if file is not None:
            work.write_agreement(report, file)
            say(f"Wrote {file}")
        if plot is not None:
            work.plot_agreement(report, plot)
            say(f"Wrote {plot}")
    if json:
        print_json(report)
        return
    console = out()
    console.print(report.description + "\n", markup=False)
    rows = [
        (
            row.code,
            row.only_a,
            row.only_b,
            row.both,
            row.neither,
            _figure(row.positive_agreement),
            _figure(row.kappa),
            _figure(row.alpha),
        )
        for row in (*report.themes, *report.codes)
    ]
    a, b = report.coders
    columns = ("code", f"only {a}", f"only {b}", "both", "neither", "positive", "kappa", "alpha")
    print_table(columns, rows)
    console.print()
    print_table(
        ("over all codes", "value", "because"),
        [(f.name, _figure(f), f.undefined_because or "") for f in report.overall],
    )
    for warning in report.warnings:
        console.print(f"\n{warning}", markup=False)


def adjudicate(
    coders: CodersOption = "",
    decisions: Annotated[
        Path | None,
        typer.Option(help="csv: disagreement, choice (a, b, both, neither), reason."),
    ] = None,
    take: Annotated[
        Literal["a", "b", "both", "neither"] | None,
        typer.Option(help="Decide all that is open in one way."),
    ] = None,
    queue: Annotated[
        Path | None, typer.Option(help="Write the open disagreements as csv or xlsx.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, for --take.")] = "",
    ask: Annotated[bool, typer.Option("--ask", help="Decide one by one, here.")] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """List the disagreements of two coders, decide on them, make the consensus."""
    from qualcode.model import Choice

    with open_project(project, coder) as work:
        pair = two_coders(work, coders)
        made: list[Decision] = []
        if decisions is not None:
            made += work.read_decisions(decisions, by=coder)
        if take is not None:
            made += work.decide_all(pair, Choice(take), by=coder, reason=reason)
        if ask:
            made += _ask(work, pair, coder)
        if made:
            settled = work.adjudicate(pair, made, who=coder)
            say(
                f"{len(made)} decisions; the consensus has {settled.passages} codings; "
                f"{settled.open} disagreements are open."
            )
        still_open = work.open_disagreements(pair)
        if queue is not None:
            work.write_disagreements(still_open, queue)
            say(f"Wrote {queue}")
    if json:
        print_json(still_open)
    elif not made:
        rows = [_row(d) for d in still_open]
        print_table(("id", "transcript", "kind", "code", *pair), rows)
        say(f"{len(rows)} open. Decide: --ask, --decisions FILE.csv or --take a|b|both|neither")


def _ask(work: Project, pair: tuple[str, str], coder: str) -> list[Decision]:
    """Ask about each open disagreement on the screen; q stops."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("--ask needs a screen; use --decisions FILE.csv elsewhere.")
    from qualcode.model import Choice, Decision

    made: list[Decision] = []
    console = out()
    for item in work.open_disagreements(pair):
        console.print(f"\n{item.transcript}  {item.kind.value}  {item.code}", markup=False)
        for name, codings in ((pair[0], item.codings_a), (pair[1], item.codings_b)):
            said = [f"{c.code}: {c.quote}" + (f"  ({c.memo})" if c.memo else "") for c in codings]
            console.print(f"  {name}: " + ("\n     ".join(said) or "-"), markup=False)
        answer = typer.prompt("a, b, both, neither, skip or q", default="skip")
        if answer == "q":
            break
        if answer in {"a", "b", "both", "neither"}:
            why = typer.prompt("why", default="", show_default=False)
            made.append(Decision(item.id, Choice(answer), coder, item.transcript, why))
    return made


def _row(item: Disagreement) -> tuple[str, ...]:
    code = f"{item.code} / {item.other_code}" if item.other_code else item.code
    sides = (" | ".join(c.quote for c in side)[:60] for side in (item.codings_a, item.codings_b))
    return (item.id, item.transcript, item.kind.value, code, *sides)


def _figure(figure: Coefficient) -> str:
    if figure.value is None:
        return "undefined"
    if figure.interval is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} [{figure.interval[0]:.2f}, {figure.interval[1]:.2f}]"
