"""The command ``agreement``: it compares two coders, a team, or one coder in two rounds.

Below it are the commands of ``agreement_plans``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qualcode.cli import agreement_contrasts, agreement_plans, rating_table
from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.language import read_names
from qualcode.cli.output import OptionError, print_json, print_message, print_problems
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coders,
    open_project,
)
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import AgreementReport, AgreementStudy
    from qualcode.project import Project

CodersOption = Annotated[
    str,
    typer.Option(
        "--coders", help="Two coders or more: anna,bram. Default: all who code.", show_default=False
    ),
]


app = typer.Typer(
    help="Compare coders: agreement for each code and theme, with 95% intervals.",
    invoke_without_command=True,
)


@app.callback(invoke_without_command=True)
def agreement(
    context: typer.Context,
    coders: CodersOption = "",
    unit: Annotated[
        Literal["", "turn", "sentence", "paragraph", "answer", "character"],
        typer.Option(
            help="The unit to compare, in what respondents say. Default: the one chosen, or turn.",
            show_default=False,
        ),
    ] = "",
    transcripts: Annotated[str, typer.Option(help="Only these transcripts: G01,G02.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Only the codings of this round.")] = "",
    rounds: Annotated[
        str, typer.Option(help="Compare the codings of one coder in two rounds: first,second.")
    ] = "",
    by: Annotated[
        str,
        typer.Option(
            help="For two coders: a result for each group of respondents: group, sex, ..."
        ),
    ] = "",
    level: Annotated[
        Literal["code", "theme"],
        typer.Option(help="Compute the overall figures over codes or over themes."),
    ] = "code",
    intervals: Annotated[
        Literal["jackknife", "bootstrap"],
        typer.Option(help="How intervals are found; those of the bootstrap are too narrow."),
    ] = "jackknife",
    file: Annotated[
        Path | None, typer.Option("--out", help="Write a report: json, md, xlsx, html, docx.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Write a forest plot: svg, png.")] = None,
    language: Annotated[
        str,
        typer.Option(
            help="Language of the report: nl or en. Default: the language of the project."
        ),
    ] = "",
    full: Annotated[
        bool, typer.Option("--full", help="Print all figures, not only those of each code used.")
    ] = False,
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Compare coders: agreement for each code and theme, with 95% intervals."""
    if context.invoked_subcommand is not None:
        return
    from qualcode.cli.agreement_tables import print_agreement, print_summary
    from qualcode.model import AgreementStudy
    from qualcode.model.json_values import to_json_value
    from qualcode.project import find_left_out

    # A refusal comes before the comparison, so that no result is computed and then lost.
    for path in (file, plot):
        ask_overwrite(path, force=force)
    # One snapshot: the report and the plot show the same codings, also when others code meanwhile.
    with open_project(project, coder) as work, work.snapshot():
        options: dict[str, Any] = {
            "unit": unit,
            "level": level,
            "intervals": intervals,
            "transcripts": read_names(transcripts) or None,
        }
        # Only then are the figures on passages printed, of which gamma takes longest.
        with_gamma = full or json or file is not None
        result: AgreementReport | AgreementStudy
        if rounds:
            if by or round_:
                raise _rounds_error()
            options["with_gamma"] = with_gamma
            result = _compare_rounds(work, read_names(coders), read_names(rounds), options)
        else:
            options["round"] = round_
            names = choose_coders(work, coders)
            codings = [coding for coding in work.codings.collect() if coding.coder in names]
            print_problems(find_left_out(work, codings, of_units=True))
            # Only a report in a file prints the groups and tables that take long to compute.
            is_full = file is not None or bool(by)
            result = _compare(work, names, options, by, is_full=is_full, with_gamma=with_gamma)
            if not round_:
                _print_closed_rounds(work, names)
        if file is not None:
            work.agreement.write(result, file, language=language)
            print_message(Message("Wrote {file}", file=str(file)))
            print_problems(work.disclosure.check_table(f"agreement_by_{by}") if by else ())
        report = result.report if isinstance(result, AgreementStudy) else result
        if plot is not None:
            work.agreement.plot(report, plot, language=language)
            print_message(Message("Wrote {file}", file=str(plot)))
        deviations = _find_deviations(work, report, rounds, round_)
    groups = result.groups if isinstance(result, AgreementStudy) else ()
    if json:
        print_json(
            to_json_value(report)
            | {"deviations": [*deviations]}
            | ({"attribute": by, "groups": to_json_value(groups)} if by else {})
        )
        return
    if full:
        print_agreement(report, groups, by, deviations)
    else:
        print_summary(report, groups, by, deviations)


def _find_deviations(
    work: Project, report: AgreementReport, rounds: str, round_: str
) -> tuple[Message, ...]:
    """Return in what the comparison differs from a plan that was frozen."""
    # A plan is about two people, not about one coder at two moments.
    return () if rounds else work.agreement.planning.deviations(report, round_)


def _print_closed_rounds(work: Project, coders: Sequence[str]) -> None:
    """Say which blind round can be compared alone, if there is more than that round."""
    codings = [coding for coding in work.codings.collect() if coding.coder in coders]
    for round_ in work.rounds.collect():
        is_blind = round_.blind and round_.closed and set(coders) <= {*round_.coders}
        if is_blind and any(coding.round != round_.name for coding in codings):
            print_message(
                Message(
                    "note  All codings are compared, also those outside round '{round}', which "
                    "was blind. That round alone: --round {round}",
                    round=round_.name,
                )
            )


def _compare_rounds(
    work: Project, coders: Sequence[str], rounds: Sequence[str], options: dict[str, Any]
) -> AgreementReport:
    """Return the agreement of one coder with herself in another round."""
    if len(rounds) != 2 or len(coders) != 1:
        raise _rounds_error()
    return work.agreement.compare_with_self(coders[0], (rounds[0], rounds[1]), **options)


def _rounds_error() -> UndefinedRequestError:
    return UndefinedRequestError(
        Message(
            "--rounds compares the codings of one coder in two rounds: "
            "--coders anna --rounds first,second, without --round and --by."
        )
    )


def _compare(
    work: Project,
    coders: Sequence[str],
    options: dict[str, Any],
    by: str,
    *,
    is_full: bool,
    with_gamma: bool,
) -> AgreementReport | AgreementStudy:
    """Return the agreement of coders; with all that a report prints where ``is_full``."""
    if len(coders) > 2 and by:
        raise OptionError(Message("--by is for two coders: --coders anna,bram."))
    if is_full:
        return work.agreement.report(coders, by=by, with_gamma=with_gamma, **options)
    return work.agreement.compare(coders, with_gamma=with_gamma, **options)


for command in (
    agreement_plans.unit,
    agreement_plans.plan,
    agreement_plans.freeze,
    agreement_plans.register,
    agreement_contrasts.contrast,
    agreement_contrasts.habits,
    agreement_contrasts.confusions,
    agreement_contrasts.units,
    rating_table.ratings,
):
    app.command(command.__name__)(command)
