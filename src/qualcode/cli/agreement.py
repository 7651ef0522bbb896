"""The command that compares coders: agreement, of two, a team, or one with an earlier round."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.output import print_json, say
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    coders_named,
    open_project,
)

if TYPE_CHECKING:
    from qualcode.model import AgreementReport, AgreementStudy
    from qualcode.project import Project

CodersOption = Annotated[
    str,
    typer.Option("--coders", help="Two coders or more: anna,bram.", show_default=False),
]


def agreement(
    coders: CodersOption = "",
    unit: Annotated[
        Literal["turn", "sentence", "paragraph", "answer", "character"],
        typer.Option(help="What is compared, of the respondents."),
    ] = "turn",
    transcripts: Annotated[str, typer.Option(help="Only these: G01,G02.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Only what was coded in it.")] = "",
    rounds: Annotated[
        str, typer.Option(help="One coder with the own coding of another round: one,two.")
    ] = "",
    by: Annotated[
        str, typer.Option(help="Two coders, per group of respondents: group, sex, ...")
    ] = "",
    level: Annotated[
        Literal["code", "theme"], typer.Option(help="Overall figures about each code or theme.")
    ] = "code",
    file: Annotated[
        Path | None, typer.Option("--out", help="Write a report: json, md, xlsx, html, docx.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Write a forest plot: svg, png.")] = None,
    language: Annotated[
        str, typer.Option(help="Of the report: nl or en; the project's by default.")
    ] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Compare coders: how far they agree, per code, with its uncertainty."""
    from qualcode.cli.agreement_tables import print_agreement
    from qualcode.model import AgreementStudy
    from qualcode.model.json_values import to_json_value

    for path in (file, plot):
        ask_overwrite(path, force=force)
    with open_project(project, coder) as work, work.snapshot():
        asked: dict[str, Any] = {
            "unit": unit,
            "level": level,
            "transcripts": _listed(transcripts) or None,
        }
        made: AgreementReport | AgreementStudy
        if rounds:
            made = _with_self(work, coders, rounds, asked, others=bool(by or round_))
        else:
            asked["round"] = round_
            people = coders_named(work, coders)
            made = _of(work, people, asked, by, whole=file is not None)
            if not round_:
                _tell_closed_rounds(work, people)
        if file is not None:
            work.agreement.write(made, file, language=language)
            say(f"Wrote {file}")
        report = made.report if isinstance(made, AgreementStudy) else made
        if plot is not None:
            work.agreement.plot(report, plot, language=language)
            say(f"Wrote {plot}")
    groups = made.groups if isinstance(made, AgreementStudy) else ()
    if json:
        print_json(
            to_json_value(report)
            | ({"attribute": by, "groups": to_json_value(groups)} if by else {})
        )
        return
    print_agreement(report, groups, by)


def _tell_closed_rounds(work: Project, people: Sequence[str]) -> None:
    """Say which blind round can be compared alone, where there is more than that round."""
    codings = [c for c in work.codings.collect() if c.coder in people]
    for round_ in work.rounds.collect():
        blind = round_.blind and round_.closed and set(people) <= {*round_.coders}
        if blind and any(coding.round != round_.name for coding in codings):
            say(
                f"note  All codings are compared, also those outside round '{round_.name}', which "
                f"was blind. That round alone: --round {round_.name}"
            )


def _listed(given: str) -> list[str]:
    return [name.strip() for name in given.split(",") if name.strip()]


def _with_self(
    work: Project, coders: str, rounds: str, asked: dict[str, Any], *, others: bool
) -> AgreementReport:
    """Return one coder compared with the own coding of another round."""
    names, pair = _listed(coders), _listed(rounds)
    if len(pair) != 2 or len(names) != 1 or others:
        raise typer.BadParameter(
            "--rounds compares one coder with the own coding of another round: "
            "--coders anna --rounds one,two, without --round and --by."
        )
    return work.agreement.compare_with_self(names[0], (pair[0], pair[1]), **asked)


def _of(
    work: Project, people: Sequence[str], asked: dict[str, Any], by: str, *, whole: bool
) -> AgreementReport | AgreementStudy:
    """Return the comparison of coders, with all that a report prints if asked."""
    if len(people) > 2 and by:
        raise typer.BadParameter("--by is for two coders: --coders anna,bram.")
    if whole or by:
        return work.agreement.report(people, by=by, **asked)
    return work.agreement.compare(people, **asked)
