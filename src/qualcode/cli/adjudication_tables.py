"""What the command ``adjudicate`` prints: open disagreements, decisions, the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.cli.agreement_tables import figure_text
from qualcode.cli.codebook import print_changes
from qualcode.cli.language import join_translated, translate
from qualcode.cli.output import (
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Coefficient, Decision, Disagreement
    from qualcode.model.adjudication_summary import AdjudicationSummary


def print_open(coders: Sequence[str], disagreements: Sequence[Disagreement]) -> None:
    """Print what is open between some coders, and how it is resolved."""
    if not disagreements:
        print_message(Message("Nothing is open between {coders}.", coders=tuple(coders)))
        return
    is_pair = len(coders) == 2
    # In a team each disagreement divides the coders in its own way, so a column has no fixed name.
    sides = [f"a: {coders[0]}", f"b: {coders[1]}"] if is_pair else ["a", "b"]
    columns = (heading("id"), heading("transcript"), heading("kind"), heading("code"), *sides)
    print_table(columns, [_row(disagreement) for disagreement in disagreements])
    print_message(
        Message(
            "{number} open. To resolve them: --ask, --decisions FILE.csv, "
            "--decide ID --take a|b|both|neither|new|CODER, or only --take for all of them",
            number=len(disagreements),
        )
    )


def print_disagreement(disagreement: Disagreement) -> None:
    """Print one disagreement with what each side coded."""
    kind = translate(_KINDS[disagreement.kind.value])
    print_result(f"\n{disagreement.transcript}  {kind}  {disagreement.code}")
    for side, coder, codings in (
        ("a", disagreement.coder_a, disagreement.codings_a),
        ("b", disagreement.coder_b, disagreement.codings_b),
    ):
        lines = [
            f"{coding.code}: {coding.quote}" + (f"  ({coding.memo})" if coding.memo else "")
            for coding in codings
        ]
        text = "\n     ".join(lines) or translate(Message("not coded"))
        print_result(f"  {side} ({coder}): {text}")


_KINDS = {
    "missed": Message.within("difference", "missed"),
    "other_code": Message.within("difference", "other code"),
    "boundary": Message.within("difference", "boundary"),
}


def _row(disagreement: Disagreement) -> tuple[str, ...]:
    code = disagreement.code
    if disagreement.other_code:
        code = f"{code} / {disagreement.other_code}"
    sides = (disagreement.codings_a, disagreement.codings_b)
    quotes = (" | ".join(coding.quote for coding in side) for side in sides)
    short = (text if len(text) <= 60 else text[:59] + "…" for text in quotes)
    return (disagreement.id, disagreement.transcript, _KINDS[disagreement.kind.value], code, *short)


def print_decisions(decisions: Sequence[Decision], *, json: bool) -> None:
    """Print decisions, one a row."""
    if json:
        print_json(decisions)
        return
    rows = [
        (
            decision.disagreement,
            decision.transcript,
            decision.choice.value,
            decision.by,
            f"{decision.decided_at:%Y-%m-%d %H:%M}" if decision.decided_at else "",
            decision.code,
            decision.reason,
        )
        for decision in decisions
    ]
    columns = (
        heading("disagreement"),
        heading("transcript"),
        heading("choice"),
        heading("by"),
        heading("time"),
        heading("code"),
        heading("reason"),
    )
    print_table(columns, rows)


def print_summary(outcome: AdjudicationSummary, *, json: bool) -> None:
    """Print the outcome of adjudicating."""
    from qualcode.project import reason_name

    if json:
        print_json(outcome)
        return
    print_message(
        Message(
            "{decided} decided by {people}, {open} open, {revised} revised; time spent: {time}.",
            decided=outcome.decided,
            people=outcome.people or Message("nobody named"),
            open=outcome.open,
            revised=outcome.revised,
            time=_describe_time(outcome.seconds),
        )
    )
    _print_agreement_change(outcome)
    print_table(
        (heading("reason"), heading("decisions"), heading("codes")),
        [(reason_name(row.reason), row.count, ", ".join(row.codes[:4])) for row in outcome.reasons],
    )
    for path in outcome.must_change:
        print_message(Message("The codebook must change: {code}", code=path))
    if outcome.changed:
        print_changes(heading("changed since"), outcome.changed)
    print_problems(outcome.problems)


def _describe_time(seconds: float | None) -> Message:
    if seconds is None:
        return Message("unknown")
    return Message.counted("{count} minute", "{count} minutes", round(seconds / 60))


def _print_agreement_change(outcome: AdjudicationSummary) -> None:
    """Print agreement between coders before, and of each coder with the consensus after."""
    from qualcode.project import figure_name

    names = list(dict.fromkeys(figure.name for figure in outcome.before))
    rows: list[tuple[str, str, Sequence[Coefficient]]] = [
        (Message("before"), join_translated(outcome.coders), outcome.before)
    ]
    for side in outcome.against:
        label = Message("{coder} and the consensus", coder=side.coder)
        rows.append((Message("after"), label, side.figures))
        names += [figure.name for figure in side.figures if figure.name not in names]
    cells = []
    for moment, pair, figures in rows:
        texts = {figure.name: figure_text(figure) for figure in figures}
        if texts:
            cells.append((moment, pair, *(texts.get(name) for name in names)))
    print_table(("", heading("who"), *map(figure_name, names)), cells)
