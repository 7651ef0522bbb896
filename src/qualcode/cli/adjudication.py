"""The command ``adjudicate``: it lists the disagreements of coders and resolves them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.adjudication_tables import (
    print_decisions,
    print_disagreement,
    print_open,
    print_summary,
)
from qualcode.cli.agreement import CodersOption
from qualcode.cli.code_names import find_path
from qualcode.cli.consent import ForceOption, ask_consent, ask_overwrite
from qualcode.cli.counts import report_open_disagreements
from qualcode.cli.output import (
    OptionError,
    ask_text,
    print_json,
    print_message,
    print_problems,
    print_written,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coders,
    open_project,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Decision, Disagreement
    from qualcode.project import Project

REASONS = (
    "overlooked, definition_unclear, codes_overlap, boundary, interpretation, mistake, "
    "codebook_must_change, or your own words"
)


# The answer 'new' is absent: a new coding needs a passage and a code, which options or a table
# give.
ANSWERS = frozenset({"a", "b", "both", "neither", "skip", "q"})
_IN_DUTCH = {"beide": "both", "geen": "neither", "overslaan": "skip", "stop": "q"}


@dataclass(frozen=True, slots=True)
class _DecisionOptions:
    """The options of a decision on one disagreement, or on all of them."""

    decide: str
    take: str
    new_code: str
    new_quote: str
    new_span: str
    reason: str
    coder: str


def adjudicate(
    coders: CodersOption = "",
    decisions: Annotated[
        Path | None,
        typer.Option(
            help="Read decisions from a csv or xlsx with the columns disagreement, choice (a, b, "
            "both, neither, new, or a coder), reason, note, new_code, new_quote."
        ),
    ] = None,
    decide: Annotated[
        str,
        typer.Option(
            help="Decide on the disagreement with this id. A second decision replaces the first."
        ),
    ] = "",
    take: Annotated[
        str,
        typer.Option(
            help="The decision: a, b, both, neither, new, the name of a coder, or most (of a "
            "team). Without --decide it applies to all open disagreements."
        ),
    ] = "",
    new_code: Annotated[str, typer.Option(help="With --take new: the code.")] = "",
    new_quote: Annotated[str, typer.Option(help="With --take new: the words of the passage.")] = "",
    new_span: Annotated[
        str, typer.Option(help="With --take new: START-END instead of the words.")
    ] = "",
    queue: Annotated[
        Path | None, typer.Option(help="Write the open disagreements to a csv or xlsx.")
    ] = None,
    reason: Annotated[str, typer.Option(help=f"The reason: {REASONS}.")] = "",
    note: Annotated[str, typer.Option(help="A note on the reason.")] = "",
    ask: Annotated[bool, typer.Option("--ask", help="Ask about each open disagreement.")] = False,
    decided: Annotated[bool, typer.Option("--decided", help="List the decisions.")] = False,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary", help="Show agreement before and after, reasons, time, and changed codes."
        ),
    ] = False,
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """List the disagreements of coders, resolve them, and make the consensus."""
    from qualcode.project import join_reason

    ask_overwrite(queue, force=force)
    options = _DecisionOptions(
        decide, take, new_code, new_quote, new_span, join_reason(reason, note), coder
    )
    with open_project(project, coder) as work:
        # The letters of the sides do not depend on the order in which coders are named.
        names = tuple(sorted(choose_coders(work, coders)))
        if summary:
            print_summary(work.adjudication.summarize(names), json=json)
            return
        if decided:
            print_decisions(work.adjudication.collect_decisions(), json=json)
            return
        has_decisions = decisions is not None or bool(decide) or bool(take) or ask
        if has_decisions:
            new_decisions = _collect_decisions(work, names, decisions, options, ask=ask)
            _ask_about_replaced(work, names, new_decisions, one_decision=bool(decide), force=force)
            _resolve(work, names, new_decisions)
        open_disagreements = work.adjudication.open_disagreements(names)
        if queue is not None:
            work.adjudication.write_queue(open_disagreements, queue)
            print_written(queue, work.info)
    # After a decision the outcome is printed already; the list would push it off the screen.
    if json:
        print_json(open_disagreements)
    elif not has_decisions:
        print_open(names, open_disagreements)


def _ask_about_replaced(
    work: Project,
    coders: Sequence[str],
    decisions: Sequence[Decision],
    *,
    one_decision: bool,
    force: bool,
) -> None:
    """Ask before decisions fall; a decision that is named by its id may be revised unasked."""
    revised = {decision.disagreement for decision in decisions} if one_decision else set()
    replaced = [
        decision
        for decision in work.adjudication.replaced_decisions(coders, decisions)
        if decision.disagreement not in revised
    ]
    if replaced:
        interviews = ", ".join(dict.fromkeys(decision.transcript for decision in replaced))
        ask_consent(
            Message.counted(
                "{count} decision on {interviews} would no longer count, and the consensus there "
                "would be made again.",
                "{count} decisions on {interviews} would no longer count, and the consensus there "
                "would be made again.",
                len(replaced),
                interviews=interviews,
            ),
            force=force,
        )


def _collect_decisions(
    work: Project,
    coders: Sequence[str],
    table: Path | None,
    options: _DecisionOptions,
    *,
    ask: bool,
) -> list[Decision]:
    """Return the decisions of a table, of the options, and of the person at the screen."""
    decisions: list[Decision] = []
    if table is not None:
        decisions += work.adjudication.read_decisions(table, coders=coders)
    if options.decide:
        decisions.append(_decide(work, coders, options))
    elif options.take == "new":
        raise OptionError(Message("--take new is for one disagreement: --decide ID."))
    elif options.take:
        decisions += work.adjudication.decide_all(coders, options.take, reason=options.reason)
    return decisions + (_ask_decisions(work, coders) if ask else [])


def _resolve(work: Project, coders: Sequence[str], decisions: list[Decision]) -> None:
    outcome = work.adjudication.settle(coders, decisions)
    print_message(report_open_disagreements(len(decisions), outcome.passages, outcome.open))
    if outcome.memos:
        print_message(
            Message.counted(
                "{count} note on codes that must change: qualcode memo",
                "{count} notes on codes that must change: qualcode memo",
                outcome.memos,
            )
        )
    print_problems(outcome.problems)


def _decide(work: Project, coders: Sequence[str], options: _DecisionOptions) -> Decision:
    """Return the decision on one disagreement, found by the beginning of its id."""
    from qualcode.errors import unknown_name

    if not options.take:
        raise OptionError(Message("--decide needs --take a, b, both, neither, new or a coder."))
    disagreements = {d.id: d for d in work.agreement.collect_disagreements(coders)}
    matches = [d for d in disagreements.values() if d.id.startswith(options.decide)]
    # Two matches are an error too: a decision on the wrong disagreement would go unnoticed.
    if len(matches) != 1:
        where = Message("the comparison of {coders}", coders=tuple(coders))
        raise unknown_name("disagreement", options.decide, disagreements, where)
    # A new coding has a passage and code of its own, which no side can supply.
    if options.take == "new":
        return _decide_new(work, matches[0], options)
    decision = work.adjudication.decide(matches[0], options.take, reason=options.reason)
    if decision is None:
        raise OptionError(Message("No side has most of the coders: choose --take a, b or a coder."))
    return decision


def _decide_new(work: Project, disagreement: Disagreement, options: _DecisionOptions) -> Decision:
    """Return the decision for a coding that no coder made."""
    from qualcode.model import Choice, Decision, Span

    if not options.new_code or not (options.new_quote or options.new_span):
        raise OptionError(Message("--take new needs --new-code and --new-quote."))
    start, _, end = options.new_span.partition("-")
    if options.new_span and not (start.isdecimal() and end.isdecimal()):
        raise OptionError(
            Message("'{span}' is not START-END, such as 120-164.", span=options.new_span)
        )
    span = (
        Span(int(start), int(end))
        if options.new_span
        else work.adjudication.locate(disagreement, options.new_quote)
    )
    return Decision(
        disagreement.id,
        Choice.NEW,
        options.coder,
        disagreement.transcript,
        options.reason,
        span,
        find_path(work, options.new_code),
    )


def _ask_decisions(work: Project, coders: Sequence[str]) -> list[Decision]:
    """Ask about each open disagreement on the screen; q stops."""
    if not sys.stdin.isatty():
        raise OptionError(Message("--ask needs a screen; elsewhere use --decisions FILE.csv."))
    decisions: list[Decision] = []
    # The decisions are kept together at the end, as one step to undo.
    for disagreement in work.adjudication.open_disagreements(coders):
        print_disagreement(disagreement)
        answer = _ask_choice({*disagreement.coders_a, *disagreement.coders_b})
        if answer == "q":
            break
        if answer != "skip":
            question = Message("reason ({reasons})", reasons=REASONS)
            reason = ask_text(question, show_default=False)
            decision = work.adjudication.decide(disagreement, answer, reason=reason)
            decisions += [decision] if decision else []
    return decisions


def _ask_choice(names: set[str]) -> str:
    """Return one of the answers; the name of a coder chooses the side of that coder."""
    while True:
        words = ask_text(Message("a, b, both, neither, skip or q"), default="skip").strip()
        # A coder may be called "A": the name comes before the answer in lower case.
        typed = words.lower()
        answer = words if words in names else _IN_DUTCH.get(typed, typed)
        if answer in ANSWERS | names:
            return answer
        print_message(Message("'{answer}' is not one of the answers.", answer=words))
