"""Commands under ``agreement`` for what is decided before looking: unit, plan, registration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.agreement_tables import figure_text
from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.language import format_decimal, read_names
from qualcode.cli.output import OptionError, heading, print_json, print_message, print_table
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coders,
    open_project,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import AssumedNeed, CodeNeed, SampleAdvice

Units = Literal["turn", "sentence", "paragraph", "answer", "character"]
ThresholdOption = Annotated[
    float, typer.Option(help="What the lower limit of a code is judged by.")
]


def unit(
    name: Annotated[str, typer.Argument(help="turn, sentence, paragraph, answer, character.")] = "",
    reason: Annotated[str, typer.Option(help="Why this unit; reports print it.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Choose the unit of analysis, once, before looking; without a name: show it."""
    from qualcode.model.comparison import UNIT_NAMES

    with open_project(project, coder) as work:
        planning = work.agreement.planning
        choice = planning.choose_unit(name, reason) if name else planning.unit()
    if json:
        print_json(choice)
        return
    if choice is None:
        print_message(
            Message(
                "No unit was chosen yet. Choose one before you compare: qualcode agreement unit "
                'turn --reason "..."'
            )
        )
        return
    print_message(
        Message(
            "The unit is {unit}, chosen on {day} by {by}. The reason: {reason}",
            unit=UNIT_NAMES[choice.unit],
            day=choice.chosen_at.date().isoformat(),
            by=choice.by or Message("somebody"),
            reason=choice.reason,
        )
    )
    if choice.after_looking:
        print_message(
            Message("Codings of two coders could be compared already when it was chosen.")
        )


def plan(
    coders: Annotated[
        str, typer.Option(help="The coders of the pilot: anna,bram. Default: all who code.")
    ] = "",
    half_width: Annotated[
        float, typer.Option(help="How far the 95% interval may reach to either side.")
    ] = 0.15,
    # Krippendorff's lower limit for tentative conclusions.
    threshold: ThresholdOption = 0.667,
    power: Annotated[
        float, typer.Option(help="How often the lower limit should lie above the threshold.")
    ] = 0.8,
    coefficient: Annotated[
        Literal["alpha", "kappa", "ac1"], typer.Option(help="The coefficient per code.")
    ] = "alpha",
    unit: Annotated[str, typer.Option(help="The unit; by default the one chosen.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Only the codings of this round.")] = "",
    prevalence: Annotated[
        float | None,
        typer.Option(help="Without a pilot: the share of units that will have the code."),
    ] = None,
    expected: Annotated[
        float, typer.Option(help="Without a pilot: the kappa or alpha you expect.")
    ] = 0.85,
    icc: Annotated[
        float, typer.Option(help="Without a pilot: how alike units of an interview are.")
    ] = 0.1,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Compute how many interviews to code twice: from a pilot, or from assumptions."""
    with open_project(project, coder) as work:
        planning = work.agreement.planning
        if prevalence is not None:
            need = planning.assume(prevalence, expected, threshold=threshold, power=power, icc=icc)
            print_json(need) if json else _print_assumed(need)
            return
        advice = planning.advise(
            choose_coders(work, coders),
            unit=unit,
            round=round_,
            coefficient=coefficient,
            half_width=half_width,
            threshold=threshold,
            power=power,
        )
    print_json(advice) if json else _print_advice(advice)


def _print_advice(advice: SampleAdvice) -> None:
    rows = [
        (
            need.code,
            need.units,
            f"{format_decimal(100 * need.prevalence, 1)}%",
            figure_text(need.figure),
            _interviews(need, need.for_width),
            _interviews(need, need.for_power),
            need.reason,
        )
        for need in advice.codes
    ]
    columns = (
        heading("code"),
        heading("units"),
        heading("share"),
        advice.coefficient,
        Message("interviews for ±{width}", width=format_decimal(advice.half_width)),
        Message("interviews for ≥{limit}", limit=format_decimal(advice.threshold, 3)),
        heading("reason"),
    )
    print_table(columns, rows)
    print_message(
        Message(
            "From {pilot} interviews coded twice; the project has {available}. The half-width is "
            "reached in 80 to 95 of 100 such studies; the lower limit lies above the threshold in "
            "{power} of 100, if the figure of the pilot is the true one.",
            pilot=advice.interviews,
            available=advice.available,
            power=round(100 * advice.power),
        )
    )


def _interviews(need: CodeNeed, number: int | None) -> str:
    if need.reason:
        return "-"
    return Message("out of reach") if number is None else str(number)


def _print_assumed(need: AssumedNeed) -> None:
    print_table(
        (heading("method"), heading("units")),
        [
            (Message("Donner and Eliasziw (1992), two coders"), need.goodness_of_fit),
            (Message("Krippendorff's table (2004)"), need.krippendorff),
        ],
    )
    print_message(
        Message(
            "With {units} units to an interview that are alike by {icc}, each counts for "
            "1/{effect} of a unit: code {interviews} interviews twice.",
            units=format_decimal(need.units_per_interview, 0),
            icc=format_decimal(need.icc),
            effect=format_decimal(need.design_effect, 1),
            interviews=need.interviews,
        )
    )


def freeze(
    coders: Annotated[str, typer.Option(help="Who code twice: anna,bram.")],
    share: Annotated[float, typer.Option(help="Percentage of the interviews to code twice.")] = 20,
    interviews: Annotated[int, typer.Option(help="The number of interviews instead.")] = 0,
    unit: Annotated[str, typer.Option(help="The unit; by default the one chosen.")] = "",
    coefficient: Annotated[
        Literal["alpha", "kappa", "ac1"], typer.Option(help="The coefficient per code.")
    ] = "alpha",
    threshold: ThresholdOption = 0.667,
    stop: Annotated[
        str, typer.Option(help="When coding twice ends, and what happens to codes below.")
    ] = "",
    note: Annotated[str, typer.Option(help="Anything else for the registration.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Freeze the plan of the check with today's date; reports tell of deviations."""
    from qualcode.model import AgreementPlan

    if not 0 < share <= 100:
        raise OptionError(
            Message("--share is a percentage above 0 and at most 100; got {share}.", share=share)
        )
    with open_project(project, coder) as work:
        planning = work.agreement.planning
        choice = planning.unit()
        frozen = planning.freeze(
            AgreementPlan(
                coders=tuple(read_names(coders)),
                share=share / 100,
                # The frozen plan names its unit, so that a choice made later cannot change it.
                unit=unit or (choice.unit if choice else "turn"),
                coefficient=coefficient,
                threshold=threshold,
                stopping_rule=stop,
                interviews=interviews,
                note=note,
            )
        )
        number = len(planning.plans())
    if json:
        print_json(frozen)
        return
    day = frozen.frozen_at.date().isoformat() if frozen.frozen_at else ""
    print_message(
        Message("The plan is frozen on {day}. Every report compares the work with it.", day=day)
    )
    if number > 1:
        print_message(
            Message.counted(
                "There is {count} earlier plan; reports say that the plan was changed.",
                "There are {count} earlier plans; reports say that the plan was changed.",
                number - 1,
            )
        )


def register(
    file: Annotated[Path, typer.Option("--out", help="Where to write: docx, md, html.")],
    language: Annotated[
        str, typer.Option(help="nl or en. Default: the language of the project.")
    ] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write the frozen plan as a preregistration, with the headings of OSF."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        work.agreement.planning.write(file, language=language)
    print_message(Message("Wrote {file}", file=str(file)))
