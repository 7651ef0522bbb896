"""The command that settles disagreements: adjudicate."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.agreement import CodersOption
from qualcode.cli.agreement_tables import figure_text
from qualcode.cli.consent import ForceOption, ask_consent, ask_overwrite
from qualcode.cli.output import out, print_json, print_table, say, warn
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    coders_named,
    open_project,
)

if TYPE_CHECKING:
    from qualcode.model import Decision, Disagreement
    from qualcode.model.settling import Settling
    from qualcode.project import Project

REASONS = (
    "overlooked, definition_unclear, codes_overlap, boundary, interpretation, mistake, "
    "codebook_must_change, or your own words"
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for about one disagreement, or all of them."""

    decide: str
    take: str
    new_code: str
    new_quote: str
    new_span: str
    reason: str
    by: str


def adjudicate(
    coders: CodersOption = "",
    decisions: Annotated[
        Path | None,
        typer.Option(
            help="csv or xlsx: disagreement, choice (a, b, both, neither, new, or a coder), "
            "reason, note, new_code, new_quote."
        ),
    ] = None,
    decide: Annotated[
        str, typer.Option(help="Decide on one disagreement: its id; again to revise.")
    ] = "",
    take: Annotated[
        str,
        typer.Option(
            help="a, b, both, neither, new, a coder's name, or most (of a team); without "
            "--decide, for all that is open."
        ),
    ] = "",
    new_code: Annotated[str, typer.Option(help="For new: the code.")] = "",
    new_quote: Annotated[str, typer.Option(help="For new: the words.")] = "",
    new_span: Annotated[str, typer.Option(help="For new: START-END instead of words.")] = "",
    queue: Annotated[
        Path | None, typer.Option(help="Write the open disagreements as csv or xlsx.")
    ] = None,
    reason: Annotated[str, typer.Option(help=f"Why: {REASONS}.")] = "",
    note: Annotated[str, typer.Option(help="More about the reason.")] = "",
    ask: Annotated[bool, typer.Option("--ask", help="Decide one by one, here.")] = False,
    decided: Annotated[bool, typer.Option("--decided", help="List what was decided.")] = False,
    summary: Annotated[
        bool, typer.Option("--summary", help="Agreement before and after, reasons, time, changes.")
    ] = False,
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """List the disagreements of coders, decide on them, make the consensus."""
    from qualcode.project import join_reason

    ask_overwrite(queue, force=force)
    asked = _Asked(decide, take, new_code, new_quote, new_span, join_reason(reason, note), coder)
    with open_project(project, coder) as work:
        # The letters of the sides do not depend on the order in which coders are named.
        people = tuple(sorted(coders_named(work, coders)))
        if summary or decided:
            _print_done(work, people, summary=summary, json=json)
            return
        settles = decisions is not None or bool(decide) or bool(take) or ask
        if settles:
            made = _made(work, people, decisions, asked, ask=ask)
            _ask_about_replaced(work, people, made, one_decision=bool(decide), force=force)
            _settle(work, people, made)
        still_open = work.adjudication.open_disagreements(people)
        if queue is not None:
            work.adjudication.write_queue(still_open, queue)
            say(f"Wrote {queue}")
    if json:
        print_json(still_open)
    elif not settles:
        _print_open(people, still_open)


def _ask_about_replaced(
    work: Project,
    people: Sequence[str],
    made: Sequence[Decision],
    *,
    one_decision: bool,
    force: bool,
) -> None:
    """Ask before decisions fall; a decision that is named by its id may be revised unasked."""
    named = {decision.disagreement for decision in made} if one_decision else set()
    replaced = [
        decision
        for decision in work.adjudication.replaced_decisions(people, made)
        if decision.disagreement not in named
    ]
    if replaced:
        count = f"{len(replaced)} decisions" if len(replaced) > 1 else "A decision"
        interviews = ", ".join(dict.fromkeys(decision.transcript for decision in replaced))
        ask_consent(
            f"{count} on {interviews} would no longer count, and the consensus there would be "
            "made again.",
            force=force,
        )


def _print_open(people: Sequence[str], found: Sequence[Disagreement]) -> None:
    if not found:
        say(f"Nothing is open between {' and '.join(people)}.")
        return
    sides = [f"a: {people[0]}", f"b: {people[1]}"] if len(people) == 2 else ["a", "b"]
    print_table(("id", "transcript", "kind", "code", *sides), [_row(d) for d in found])
    say(
        f"{len(found)} open. Decide: --ask, --decisions FILE.csv, "
        "--decide ID --take a|b|both|neither|new|CODER, or --take alone for all of them"
    )


def _made(
    work: Project, people: Sequence[str], table: Path | None, asked: _Asked, *, ask: bool
) -> list[Decision]:
    """Return the decisions of a table, of the options, and those given on the screen."""
    made = [] if table is None else list(work.adjudication.read_decisions(table, coders=people))
    if asked.decide:
        made.append(_one(work, people, asked))
    elif asked.take == "new":
        raise typer.BadParameter("--take new is for one disagreement: --decide ID.")
    elif asked.take:
        made += work.adjudication.decide_all(people, asked.take, reason=asked.reason)
    return made + (_ask(work, people) if ask else [])


def _settle(work: Project, people: Sequence[str], made: list[Decision]) -> None:
    settled = work.adjudication.settle(people, made)
    say(
        f"{len(made)} decisions; the consensus has {settled.passages} codings; "
        f"{settled.open} disagreements are open."
    )
    if settled.memos:
        say(f"{settled.memos} notes on codes that must change: qualcode memo")
    warn(settled.problems)


def _one(work: Project, people: Sequence[str], asked: _Asked) -> Decision:
    """Return the decision on one disagreement, found by the beginning of its id."""
    from qualcode.errors import unknown_name

    if not asked.take:
        raise typer.BadParameter("--decide needs --take a, b, both, neither, new or a coder.")
    found = {d.id: d for d in work.agreement.collect_disagreements(people)}
    fitting = [d for d in found.values() if d.id.startswith(asked.decide)]
    if len(fitting) != 1:
        where = f"the comparison of {' and '.join(people)}"
        raise unknown_name("disagreement", asked.decide, found, where)
    if asked.take == "new":
        return _new(work, fitting[0], asked)
    made = work.adjudication.decide(fitting[0], asked.take, reason=asked.reason)
    if made is None:
        raise typer.BadParameter("No side has most of the coders: --take a, b or a coder.")
    return made


def _new(work: Project, about: Disagreement, asked: _Asked) -> Decision:
    """Return the decision for a coding of its own."""
    from qualcode.model import Choice, Decision, Span

    if not asked.new_code or not (asked.new_quote or asked.new_span):
        raise typer.BadParameter("--take new needs --new-code and --new-quote.")
    start, _, end = asked.new_span.partition("-")
    if asked.new_span and not (start.isdecimal() and end.isdecimal()):
        raise typer.BadParameter(f"'{asked.new_span}' is not START-END, such as 120-164.")
    span = (
        Span(int(start), int(end))
        if asked.new_span
        else work.adjudication.locate(about, asked.new_quote)
    )
    code = work.codebook.get().code(asked.new_code).path
    return Decision(about.id, Choice.NEW, asked.by, about.transcript, asked.reason, span, code)


def _ask(work: Project, people: Sequence[str]) -> list[Decision]:
    """Ask about each open disagreement on the screen; q stops."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("--ask needs a screen; use --decisions FILE.csv elsewhere.")
    made: list[Decision] = []
    console = out()
    for item in work.adjudication.open_disagreements(people):
        console.print(f"\n{item.transcript}  {item.kind.value}  {item.code}", markup=False)
        for key, name, codings in (
            ("a", item.coder_a, item.codings_a),
            ("b", item.coder_b, item.codings_b),
        ):
            said = [f"{c.code}: {c.quote}" + (f"  ({c.memo})" if c.memo else "") for c in codings]
            told = "\n     ".join(said) or "not coded"
            console.print(f"  {key} ({name}): {told}", markup=False)
        answer = _answer({*item.coders_a, *item.coders_b})
        if answer == "q":
            break
        if answer != "skip":
            why = typer.prompt(f"why ({REASONS})", default="", show_default=False)
            decision = work.adjudication.decide(item, answer, reason=why)
            made += [decision] if decision else []
    return made


def _answer(names: set[str]) -> str:
    """Return one of the answers there are; a coder's name takes that coder's view."""
    known = {"a", "b", "both", "neither", "skip", "q"}
    while True:
        given: str = typer.prompt("a, b, both, neither, skip or q", default="skip").strip()
        answer = given if given in names else given.lower()
        if answer in known | names:
            return answer
        say(f"'{given}' is not one of the answers.")


def _row(item: Disagreement) -> tuple[str, ...]:
    code = f"{item.code} / {item.other_code}" if item.other_code else item.code
    sides = (" | ".join(c.quote for c in side) for side in (item.codings_a, item.codings_b))
    short = (side if len(side) <= 60 else side[:59] + "…" for side in sides)
    return (item.id, item.transcript, item.kind.value, code, *short)


def _print_done(work: Project, people: Sequence[str], *, summary: bool, json: bool) -> None:
    if summary:
        _print_summary(work.adjudication.summarize(people), json=json)
        return
    found = work.adjudication.collect_decisions()
    if json:
        print_json(found)
        return
    rows = [
        (
            d.disagreement,
            d.transcript,
            d.choice.value,
            d.by,
            f"{d.decided_at:%Y-%m-%d %H:%M}" if d.decided_at else "",
            d.code,
            d.reason,
        )
        for d in found
    ]
    print_table(("disagreement", "transcript", "choice", "by", "at", "code", "reason"), rows)


def _print_summary(found: Settling, *, json: bool) -> None:
    if json:
        print_json(found)
        return
    spent = "unknown" if found.seconds is None else f"{found.seconds / 60:.0f} minutes"
    say(
        f"{found.decided} decided by {' and '.join(found.people) or 'nobody named'}, "
        f"{found.open} open, {found.revised} revised; time spent: {spent}."
    )
    rows = [("before", " and ".join(found.coders), found.before)]
    rows += [("after", f"{one.coder} and the consensus", one.figures) for one in found.against]
    names = list(dict.fromkeys(f.name for _, _, figures in rows for f in figures))
    shown = []
    for when, who, figures in rows:
        own = {f.name: figure_text(f) for f in figures}
        shown += [(when, who, *(own.get(name) for name in names))] if figures else []
    print_table(("", "who", *names), shown)
    print_table(
        ("reason", "decisions", "codes"),
        [(one.reason, one.count, ", ".join(one.codes[:4])) for one in found.reasons],
    )
    for path in found.must_change:
        say(f"The codebook must change: {path}")
    changes = [(c.kind, c.path, c.field, c.before, c.after) for c in found.changed]
    if changes:
        print_table(("changed since", "code", "field", "before", "after"), changes)
    warn(found.problems)
