"""The command that shows who could be recognised in what is printed, and keeps what is decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.output import out, print_json, print_table, say
from qualcode.cli.pseudonyms import OptionalKey, ask_passphrase
from qualcode.cli.reports import ATTRIBUTION, AttributionOption
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import InvalidValueError, unknown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.project import Measure, Project, Risk

Layer = Annotated[str, typer.Option("--layer", "-l", help="Whose codings.")]
Chosen = Annotated[bool, typer.Option(help="Only quotes chosen for publication.")]
Threshold = Annotated[
    int | None, typer.Option(help="Fewest cases that share what is printed; 3 by default.")
]
Confirm = Annotated[list[str] | None, typer.Option(help="Accept a risk, by its id; with --reason.")]
Reason = Annotated[str, typer.Option(help="Why it is accepted; kept with it.")]
LeaveOut = Annotated[
    list[str] | None, typer.Option("--leave-out", help="Quote this coding no more, by its id.")
]
Suppress = Annotated[
    list[str] | None,
    typer.Option(help="Do not print an attribute of a case (G4:region), or of anybody (region)."),
]
Widen = Annotated[
    list[str] | None,
    typer.Option(help="Print a wider value, or join values: age_band:20-29,30-39=20-39."),
]
HideCells = Annotated[
    bool, typer.Option("--hide-cells", help="Print small counts as <3, with what betrays them.")
]
TakeBack = Annotated[
    list[str] | None, typer.Option("--take-back", help="Take a measure back, by its id.")
]
OnlyMeasures = Annotated[
    bool, typer.Option("--measures", help="Show only what was decided, with its ids.")
]
Tables = Annotated[
    list[str] | None, typer.Option("--table", help="Look at this matrix too: code_by_age_band.")
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
    """Show who could be recognised in quotes and tables, and decide what to do about it."""
    from qualcode.project import QuoteFilter

    with open_project(project, coder) as work:
        with work.history.step():
            back = [work.disclosure.take_back(one) for one in take_back or ()]
            if threshold is not None:
                work.disclosure.set_threshold(threshold)
            if leave_out:
                work.disclosure.leave_out(leave_out)
            _print_less(work, suppress or (), widen or ())
            if hide_cells:
                work.disclosure.hide_counts()
        for measure in back:
            say(f"Taken back: {measure.kind} {measure.what}")
        check = partial(
            work.disclosure.check,
            QuoteFilter(layer=layer, chosen_only=chosen),
            attribution=attribution,
            tables=dict.fromkeys(("code_by_group", *(tables or ()))),
            key=work.pseudonyms.open_key(key, ask_passphrase()) if key else None,
        )
        if confirm:
            _confirm(work, check(), confirm, reason)
        with work.snapshot():
            risks = () if measures else check()
            kept = work.disclosure.measures().listed()
    if json:
        print_json(kept if measures else risks)
        return
    if not measures:
        _show_risks(risks)
    _show_measures(kept)


def _print_less(work: Project, suppress: Sequence[str], widen: Sequence[str]) -> None:
    for pair in suppress:
        work.disclosure.suppress(*(_split(pair, ":") if ":" in pair else ("", pair)))
    for change in widen:
        old, wider = _split(change, "=")
        work.disclosure.widen(*_split(old, ":"), wider)


def _confirm(work: Project, risks: tuple[Risk, ...], wanted: list[str], reason: str) -> None:
    """Accept risks by their ids; all of them or none."""
    known = {risk.id for risk in risks}
    for one in wanted:
        if one not in known:
            raise unknown_name("risk", one, known, "this check")
    with work.history.step():
        for one in wanted:
            work.disclosure.accept_risk(one, reason)


def _show_risks(risks: tuple[Risk, ...]) -> None:
    rows = [(r.id, r.kind.value, r.where, f"{r.message} {r.hint}", r.confirmed) for r in risks]
    print_table(("id", "what", "where", "why", "accepted because"), rows)
    still = sum(not risk.confirmed for risk in risks)
    say(f"{still} risks are open, {len(risks) - still} were accepted. What a quote tells by its")
    say("content (an incident, a rare profession) no program sees: read what you print.")


def _show_measures(kept: tuple[Measure, ...]) -> None:
    if not kept:
        say("No measure was decided on yet.")
        return
    out().print()
    print_table(
        ("id", "measure", "what", "because"), [(m.id, m.kind, m.what, m.because) for m in kept]
    )
    say("Each can be taken back: qualcode disclosure --take-back ID")


def _split(text: str, mark: str) -> tuple[str, str]:
    one, found, two = text.partition(mark)
    if not found:
        raise InvalidValueError(
            f"'{text}' cannot be read. Write G4:region, or region:Zuid=buiten de Randstad."
        )
    return one.strip(), two.strip()
