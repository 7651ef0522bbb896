"""The command that settles disagreements: adjudicate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.comparing import CodersOption, figure_text
from qualcode.cli.opening import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    two_coders,
)
from qualcode.cli.printing import out, print_json, print_table, say, warn

if TYPE_CHECKING:
    from qualcode.model import Decision, Disagreement
    from qualcode.model.settling import Settling
    from qualcode.project import Project

REASONS = (
    "overlooked, definition_unclear, codes_overlap, boundary, interpretation, mistake, "
    "codebook_must_change, or your own words"
)


def adjudicate(
    coders: CodersOption = "",
    decisions: Annotated[
        Path | None,
        typer.Option(
            help="csv or xlsx: disagreement, choice (a, b, both, neither, new), reason, note, "
            "new_code, new_quote."
        ),
    ] = None,
    decide: Annotated[
        str, typer.Option(help="Decide on one disagreement: its id; again to revise.")
    ] = "",
    take: Annotated[
        Literal["a", "b", "both", "neither", "new"] | None,
        typer.Option(help="What to take; without --decide, for all that is open."),
    ] = None,
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
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """List the disagreements of two coders, decide on them, make the consensus."""
    from qualcode.project import join_reason

    with open_project(project, coder) as work:
        pair = two_coders(work, coders)
        if summary or decided:
            _print_done(work, pair, summary=summary, json=json)
            return
        why, place = join_reason(reason, note), (new_code, new_quote, new_span)
        settles = decisions is not None or decide or take is not None or ask
        if settles:
            made = _read(work, pair, decisions, coder)
            if decide:
                made.append(_one(work, pair, decide, take, place, why, coder))
            elif take is not None:
                made += _all(work, pair, take, why, coder)
            made += _ask(work, pair, coder) if ask else []
            _settle(work, pair, made, coder)
        still_open = work.open_disagreements(pair)
        if queue is not None:
            work.write_disagreements(still_open, queue)
            say(f"Wrote {queue}")
    if json:
        print_json(still_open)
    elif not settles:
        print_table(("id", "transcript", "kind", "code", *pair), [_row(d) for d in still_open])
        say(
            f"{len(still_open)} open. Decide: --ask, --decisions FILE.csv, "
            "--decide ID --take a|b|both|neither|new, or --take alone for all of them"
        )


def _read(work: Project, pair: tuple[str, str], table: Path | None, coder: str) -> list[Decision]:
    return [] if table is None else list(work.read_decisions(table, by=coder, coders=pair))


def _settle(work: Project, pair: tuple[str, str], made: list[Decision], coder: str) -> None:
    settled = work.adjudicate(pair, made, who=coder)
    say(
        f"{len(made)} decisions; the consensus has {settled.passages} codings; "
        f"{settled.open} disagreements are open."
    )
    if settled.memos:
        say(f"{settled.memos} notes on codes that must change: qualcode memo")
    warn(settled.problems)


def _one(
    work: Project,
    pair: tuple[str, str],
    key: str,
    take: str | None,
    place: tuple[str, str, str],
    why: str,
    coder: str,
) -> Decision:
    """Return the decision on one disagreement, found by the beginning of its id."""
    from qualcode.errors import unknown_name
    from qualcode.model import Choice, Decision, Span

    if take is None:
        raise typer.BadParameter("--decide needs --take a, b, both, neither or new.")
    found = {d.id: d for d in work.disagreements(pair)}
    fitting = [d for d in found.values() if d.id.startswith(key)]
    if len(fitting) != 1:
        raise unknown_name("disagreement", key, found, f"the comparison of {' and '.join(pair)}")
    about, (code, quote, ends) = fitting[0], place
    span = None
    if take == "new":
        if not code or not (quote or ends):
            raise typer.BadParameter("--take new needs --new-code and --new-quote.")
        start, _, end = ends.partition("-")
        if ends and not (start.isdecimal() and end.isdecimal()):
            raise typer.BadParameter(f"'{ends}' is not START-END, such as 120-164.")
        span = Span(int(start), int(end)) if ends else work.locate(about, quote)
        code = work.codebook().code(code).path
    new = take == "new"
    return Decision(about.id, Choice(take), coder, about.transcript, why, span, code if new else "")


def _all(
    work: Project, pair: tuple[str, str], take: str, why: str, coder: str
) -> tuple[Decision, ...]:
    from qualcode.model import Choice

    if take == "new":
        raise typer.BadParameter("--take new is for one disagreement: --decide ID.")
    return work.decide_all(pair, Choice(take), by=coder, reason=why)


def _ask(work: Project, pair: tuple[str, str], coder: str) -> list[Decision]:
    """Ask about each open disagreement on the screen; q stops."""
    if not sys.stdin.isatty():
        raise typer.BadParameter("--ask needs a screen; use --decisions FILE.csv elsewhere.")
    from qualcode.model import Choice, Decision

    made: list[Decision] = []
    console = out()
    for item in work.open_disagreements(pair):
        console.print(f"\n{item.transcript}  {item.kind.value}  {item.code}", markup=False)
        for key, name, codings in (
            ("a", pair[0], item.codings_a),
            ("b", pair[1], item.codings_b),
        ):
            said = [f"{c.code}: {c.quote}" + (f"  ({c.memo})" if c.memo else "") for c in codings]
            told = "\n     ".join(said) or "not coded"
            console.print(f"  {key} ({name}): {told}", markup=False)
        answer = _answer(pair)
        if answer == "q":
            break
        if answer != "skip":
            why = typer.prompt(f"why ({REASONS})", default="", show_default=False)
            made.append(Decision(item.id, Choice(answer), coder, item.transcript, why))
    return made


def _answer(pair: tuple[str, str]) -> str:
    """Return one of the answers there are; a coder's name stands for a or b."""
    names = dict(zip(pair, "ab", strict=True))
    known = {"a", "b", "both", "neither", "skip", "q"}
    while True:
        given = typer.prompt("a, b, both, neither, skip or q", default="skip").strip()
        answer = str(names.get(given, given.lower()))
        if answer in known:
            return answer
        say(f"'{given}' is not one of the answers.")


def _row(item: Disagreement) -> tuple[str, ...]:
    code = f"{item.code} / {item.other_code}" if item.other_code else item.code
    sides = (" | ".join(c.quote for c in side) for side in (item.codings_a, item.codings_b))
    short = (side if len(side) <= 60 else side[:59] + "…" for side in sides)
    return (item.id, item.transcript, item.kind.value, code, *short)


def _print_done(work: Project, pair: tuple[str, str], *, summary: bool, json: bool) -> None:
    if summary:
        _print_summary(work.settling(pair), json=json)
        return
    found = work.decisions()
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
    rows = [("before", f"{found.coders[0]} and {found.coders[1]}", found.before)]
    rows += [("after", f"{one.coder} and the consensus", one.figures) for one in found.against]
    names = [figure.name for figure in found.before]
    print_table(
        ("", "who", *names),
        [(when, who, *(figure_text(f) for f in figures)) for when, who, figures in rows if figures],
    )
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
