"""The command ``disclosure``: risks that readers recognise a person, and measures against them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.language import translate_sentence
from qualcode.cli.output import heading, print_json, print_message, print_result, print_table
from qualcode.cli.pseudonyms import OptionalKey, ask_passphrase
from qualcode.cli.report_options import ATTRIBUTION, AttributionOption
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    step_of_changes,
)
from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.project import Measure, Project, Risk

Layer = Annotated[
    str, typer.Option("--layer", "-l", help="The layer of codings: final, consensus, or a coder.")
]
Chosen = Annotated[bool, typer.Option(help="Only quotes chosen for publication.")]
Threshold = Annotated[
    int | None,
    typer.Option(help="Smallest number of cases that may share a printed value. Default: 3."),
]
Confirm = Annotated[
    list[str] | None, typer.Option(help="Accept the risk with this id; needs --reason.")
]
Reason = Annotated[str, typer.Option(help="The reason to accept the risk; the project keeps it.")]
LeaveOut = Annotated[
    list[str] | None,
    typer.Option("--leave-out", help="Leave the coding with this id out of all quotes."),
]
Suppress = Annotated[
    list[str] | None,
    typer.Option(
        help="Do not print an attribute of one case (G4:region) or of all cases (region)."
    ),
]
Widen = Annotated[
    list[str] | None,
    typer.Option(help="Print a wider value for one or more values: age_band:20-29,30-39=20-39."),
]
HideCells = Annotated[
    bool,
    typer.Option(
        "--hide-cells",
        help="Print small counts as <3, and hide counts from which they can be computed.",
    ),
]
TakeBack = Annotated[
    list[str] | None, typer.Option("--take-back", help="Withdraw the measure with this id.")
]
OnlyMeasures = Annotated[
    bool, typer.Option("--measures", help="Show only the measures, with their ids.")
]
Tables = Annotated[
    list[str] | None,
    typer.Option(
        "--table",
        help="Check this matrix too: code_by_age_band; or cases, for all respondents.",
    ),
]


def disclosure(
    layer: Layer = "final",
    chosen: Chosen = False,
    attribution: AttributionOption = ATTRIBUTION,
    threshold: Threshold = None,
    confirm: Confirm = None,
    reason: Reason = "",
    leave_out: LeaveOut = None,
    suppress: Suppress = None,
    widen: Widen = None,
    hide_cells: HideCells = False,
    take_back: TakeBack = None,
    measures: OnlyMeasures = False,
    tables: Tables = None,
    key: OptionalKey = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the risks that readers recognise a person in quotes and tables, and take measures."""
    from qualcode.project import QuoteFilter

    with open_project(project, coder) as work:
        # One step: a single undo takes all measures of this command back.
        changes = (take_back, threshold is not None, leave_out, suppress, widen, hide_cells)
        with step_of_changes(work, *changes):
            withdrawn = [work.disclosure.take_back(number) for number in take_back or ()]
            if threshold is not None:
                work.disclosure.set_threshold(threshold)
            if leave_out:
                work.disclosure.leave_out(leave_out)
            _coarsen(work, suppress or (), widen or ())
            if hide_cells:
                work.disclosure.hide_counts()
        for measure in withdrawn:
            print_message(
                Message(
                    "Withdrawn: {measure} {item}",
                    measure=measure.kind,
                    item=measure.item,
                )
            )
        check = partial(
            work.disclosure.check,
            QuoteFilter(layer=layer, chosen_only=chosen),
            attribution=attribution,
            # A report on themes always has this matrix, so it is always checked.
            tables=dict.fromkeys(("code_by_group", *(tables or ()))),
            key=work.pseudonyms.open_key(key, ask_passphrase()) if key else None,
        )
        if confirm:
            _accept_risks(work, check(), confirm, reason)
        with work.snapshot():
            risks = () if measures else check()
            listed = work.disclosure.measures().listed()
    if json:
        print_json(listed if measures else risks)
        return
    if not measures:
        _print_risks(risks)
    _print_measures(listed)


def _coarsen(work: Project, suppress: Sequence[str], widen: Sequence[str]) -> None:
    """Keep the measures that print less of an attribute, or a wider value."""
    for pair in suppress:
        work.disclosure.suppress(*(_split(pair, ":") if ":" in pair else ("", pair)))
    for change in widen:
        old, wider = _split(change, "=")
        work.disclosure.widen(*_split(old, ":"), wider)


def _accept_risks(work: Project, risks: tuple[Risk, ...], ids: list[str], reason: str) -> None:
    """Accept risks by their ids; all of them or none."""
    known_ids = {risk.id for risk in risks}
    # Checked first: an unknown id must not leave half of the risks accepted.
    for risk_id in ids:
        if risk_id not in known_ids:
            raise unknown_name("risk", risk_id, known_ids, "this check")
    with work.history.step():
        for risk_id in ids:
            work.disclosure.accept_risk(risk_id, reason)


_RISKS = {
    "attribution": Message.within("risk", "attribution"),
    "combination": Message.within("risk", "combination"),
    "value": Message.within("risk", "rare value"),
    "name": Message.within("risk", "name"),
    "cells": Message.within("risk", "cells of a table"),
}


def _print_risks(risks: tuple[Risk, ...]) -> None:
    rows = [
        (
            risk.id,
            _RISKS[risk.kind.value],
            risk.where,
            f"{translate_sentence(risk.message)} {translate_sentence(risk.hint)}",
            risk.confirmed,
        )
        for risk in risks
    ]
    columns = (
        heading("id"),
        heading("kind"),
        heading("where"),
        heading("risk"),
        heading("reason to accept"),
    )
    print_table(columns, rows)
    open_risks = sum(not risk.confirmed for risk in risks)
    print_message(
        Message(
            "{open}, accepted: {accepted}. No program sees when the content of a quote identifies "
            "a person (an incident, a rare profession): read what you print.",
            open=Message.counted("{count} risk is open", "{count} risks are open", open_risks),
            accepted=len(risks) - open_risks,
        )
    )


def _print_measures(measures: tuple[Measure, ...]) -> None:
    if not measures:
        print_message(Message("There are no measures yet."))
        return
    print_result()
    rows = [(measure.id, measure.kind, measure.item, measure.because) for measure in measures]
    print_table((heading("id"), heading("measure"), heading("item"), heading("reason")), rows)
    print_message(Message("To withdraw a measure: qualcode disclosure --take-back ID"))


def _split(text: str, mark: str) -> tuple[str, str]:
    before, separator, after = text.partition(mark)
    if not separator:
        raise InvalidValueError(
            Message(
                "'{text}' cannot be read. Write G4:region, or region:Zuid=buiten de Randstad.",
                text=text,
            )
        )
    return before.strip(), after.strip()
