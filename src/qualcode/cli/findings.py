"""The commands ``findings``: findings, what carries them, and recommendations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.code_names import find_paths
from qualcode.cli.consent import ForceOption, ask_consent, ask_overwrite
from qualcode.cli.framework import describe_changes
from qualcode.cli.language import get_language, read_names, translate
from qualcode.cli.output import (
    OptionError,
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.report_options import ATTRIBUTION, AttributionOption, LanguageOption, LayerOption
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.model import Quote, Reach
    from qualcode.model.finding import ContraryProposal, FindingState

app = typer.Typer(
    help="Findings: what you found, who says it, what speaks against it, what to recommend.",
    invoke_without_command=True,
)

NumberArgument = Annotated[int, typer.Argument(help="The number of the finding.")]
CodingsArgument = Annotated[list[str], typer.Argument(help="Ids of passages.")]
CodesOption = Annotated[
    str | None,
    typer.Option("--codes", help="The codes it is about, with commas between them."),
]


@app.callback(invoke_without_command=True)
def findings(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Option("--out", help="Write a joint display: docx, xlsx, html, md, json."),
    ] = None,
    audit: Annotated[
        Path | None,
        typer.Option("--audit", help="Write each finding with all passages: docx, html, md."),
    ] = None,
    attribution: AttributionOption = ATTRIBUTION,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """List the findings and recommendations, and what is to be done; or write them to a file."""
    if context.invoked_subcommand is not None:
        return
    for path in (file, audit):
        ask_overwrite(path, force=force)
    with open_project(project, coder) as work:
        part = work.themes.findings
        report = part.report(attribution=attribution, language=language)
        problems = part.check(report)
        # On the screen the researcher sees all counts; small ones are hidden in what others get.
        for path in filter(None, (file, audit)):
            part.write(report, path, language=language, audit=path == audit)
            print_message(Message("Wrote {file}", file=str(path)))
    if json:
        print_json(report)
        return
    if file is None and audit is None:
        rows = [
            (
                state.finding.number,
                state.finding.text,
                _reach(state.reaches),
                len(state.supporting),
                len(state.contrary),
                translate(Message("look again")) if state.is_stale else "",
            )
            for state in report.findings
        ]
        titles = (
            heading("no."),
            heading("finding"),
            heading("participants"),
            heading("supporting"),
            heading("contrary"),
            heading("mark"),
        )
        print_table(titles, rows)
        for recommendation in report.recommendations:
            print_result(f"R{recommendation.number}. {recommendation.text}")
    print_problems(problems)


def _reach(reaches: Sequence[Reach]) -> str:
    """Return "3/6 users, 1/4 professionals"."""
    from qualcode.project import attribute_value

    # The row of all respondents repeats the groups; it stands alone where there are none.
    per_group = [reach for reach in reaches if reach.group] or reaches
    return ", ".join(
        f"{reach.cases}/{reach.of} {attribute_value('group', reach.group, get_language())}".strip()
        for reach in per_group
        if reach.of
    )


@app.command()
def add(
    text: Annotated[str, typer.Argument(help="The finding, as a sentence.")],
    codes: CodesOption = None,
    layer: LayerOption = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write a finding."""
    with open_project(project, coder) as work:
        finding = work.themes.findings.add(
            text, find_paths(work, read_names(codes or "")), layer=layer
        )
    print_message(Message("Finding {number} is written.", number=finding.number))


@app.command()
def edit(
    number: NumberArgument,
    text: Annotated[str | None, typer.Option("--text", help="Another sentence.")] = None,
    codes: CodesOption = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Change the sentence or the codes of a finding."""
    if text is None and codes is None:
        raise OptionError(Message("Say what to change: --text, or --codes."))
    with open_project(project, coder) as work:
        names = None if codes is None else find_paths(work, read_names(codes))
        finding = work.themes.findings.edit(number, text=text, codes=names)
    print_message(Message("Finding {number} is written.", number=finding.number))


@app.command()
def link(
    number: NumberArgument,
    codings: CodingsArgument,
    contrary: Annotated[
        bool, typer.Option("--contrary", help="They speak against the finding.")
    ] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Link passages that carry a finding, or that speak against it."""
    with open_project(project, coder) as work:
        finding = work.themes.findings.link(number, codings, contrary=contrary)
    _print_sides(len(finding.supporting), len(finding.contrary))


@app.command()
def unlink(
    number: NumberArgument,
    codings: CodingsArgument,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Take passages off a finding."""
    with open_project(project, coder) as work:
        finding = work.themes.findings.unlink(number, codings)
    _print_sides(len(finding.supporting), len(finding.contrary))


def _print_sides(supporting: int, contrary: int) -> None:
    print_message(
        Message(
            "Passages that carry it: {supporting}; that speak against it: {contrary}.",
            supporting=supporting,
            contrary=contrary,
        )
    )


@app.command()
def evidence(
    number: NumberArgument,
    source: Annotated[
        str, typer.Argument(help="Where it is from: a survey, a paper, data of the client.")
    ],
    text: Annotated[str, typer.Argument(help="What it says.")] = "",
    relation: Annotated[
        Literal["confirms", "extends", "contradicts"],
        typer.Option(help="How it relates to the finding."),
    ] = "confirms",
    remove: Annotated[bool, typer.Option("--remove", help="Take this source off.")] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Attach evidence from outside the interviews to a finding; one source once."""
    from qualcode.model.finding import OutsideEvidence, Relation

    with open_project(project, coder) as work:
        part = work.themes.findings
        states = {state.finding.number: state.finding for state in part.report().findings}
        before = states[number].evidence if number in states else ()
        # A source has one relation to a finding, so the same name again is a correction.
        attached = [item for item in before if item.source != source]
        if not remove:
            attached.append(OutsideEvidence(source, text, Relation(relation)))
        finding = part.set_evidence(number, attached)
    print_message(
        Message.counted(
            "{count} source from outside.", "{count} sources from outside.", len(finding.evidence)
        )
    )


@app.command()
def remove(
    number: NumberArgument,
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Remove a finding."""
    ask_consent(Message("Finding {number} would be removed.", number=number), force=force)
    with open_project(project, coder) as work:
        work.themes.findings.remove(number)
    print_message(Message("Finding {number} is removed.", number=number))


@app.command()
def recommend(
    text: Annotated[str, typer.Argument(help="The recommendation; '' removes one.")],
    rests_on: Annotated[
        str, typer.Option("--on", help="Numbers of the findings it rests on: 1,3.")
    ] = "",
    number: Annotated[
        int, typer.Option(help="The number of a recommendation to change; 0 for a new one.")
    ] = 0,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write a recommendation that rests on findings."""
    numbers = read_names(rests_on)
    if not all(word.isdecimal() for word in numbers):
        raise OptionError(Message("Name findings by their numbers: --on 1,3"))
    with open_project(project, coder) as work:
        recommendation = work.themes.findings.recommend(text, [*map(int, numbers)], number)
    print_message(Message("Recommendation {number} is kept.", number=recommendation.number))


@app.command()
def looked(
    numbers: Annotated[
        list[int] | None, typer.Argument(help="Numbers of findings; all by default.")
    ] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Say that findings still hold after codings changed: you looked at them again."""
    with open_project(project, coder) as work:
        part = work.themes.findings
        # Only what changed: to mark the others would say that somebody read their passages again.
        stale = [s.finding.number for s in part.report().findings if s.is_stale]
        count = part.look_at(numbers or stale)
    print_message(
        Message.counted("{count} finding looked at.", "{count} findings looked at.", count)
    )


@app.command()
def check(
    number: NumberArgument,
    print_counts: Annotated[
        str,
        typer.Option(
            "--print-counts", metavar="WHY", help="Print small counts of it, for this reason."
        ),
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show one finding with its passages, and who or what may speak against it."""
    with open_project(project, coder) as work:
        part = work.themes.findings
        if print_counts:
            part.accept_small_counts(number, print_counts)
        proposals = part.propose_contrary(number)
        state = next(s for s in part.report().findings if s.finding.number == number)
        codings = {coding.id: coding.quote for coding in work.codings.collect()}
    if json:
        print_json({"finding": state, "contrary": proposals})
        return
    _print_state(state)
    for proposal in proposals:
        print_message(describe_proposal(proposal))
        for key in proposal.codings:
            print_result(f"  {key[:8]}  {' '.join(codings.get(key, '').split())}")


def _print_state(state: FindingState) -> None:
    from qualcode.model.finding import RELATION_NAMES

    print_result(f"{state.finding.number}. {state.finding.text}  {_reach(state.reaches)}")
    for sign, quotes in (("+", state.supporting), ("-", state.contrary)):
        for quote in quotes:
            print_result(f"  {sign} {_quote(quote)}")
    for item in state.finding.evidence:
        relation = translate(RELATION_NAMES[item.relation])
        print_result(f"  {item.source} ({relation}) {item.text}")
    if state.is_stale:
        print_message(describe_changes([change.kind for change in state.changes]))


def _quote(quote: Quote) -> str:
    return f"{quote.coding[:8]}  “{' '.join(quote.text.split())}” {quote.attribution}"


def describe_proposal(proposal: ContraryProposal) -> Message:
    """Return who or what may speak against a finding, as a sentence."""
    from qualcode.project import attribute_value

    if proposal.kind == "opposite":
        return Message("Also say the opposite: {cases}.", cases=proposal.cases)
    if proposal.kind == "silent":
        return Message(
            "Asked, and never said by {group}: {cases}.",
            group=attribute_value("group", proposal.group, get_language()),
            cases=proposal.cases,
        )
    return Message("Atypical wording: passages least like the others.")
