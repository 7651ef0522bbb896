"""Choices of a decision that follow a coder, most of a team, or the other order of two coders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    Choice,
    Coding,
    Decision,
    Disagreement,
    DisagreementKind,
    Span,
    trimmed,
)

SWAPPED = {Choice.TAKE_A: Choice.TAKE_B, Choice.TAKE_B: Choice.TAKE_A}


def swap_sides(decisions: Iterable[Decision], ids: Mapping[str, str]) -> tuple[Decision, ...]:
    """Return decisions, those made with A and B swapped as decisions on the sides of now.

    Args:
        decisions: What was decided.
        ids: Id of a disagreement with A and B swapped -> its id now.
    """
    return tuple(
        replace(
            decision,
            disagreement=ids[decision.disagreement],
            choice=SWAPPED.get(decision.choice, decision.choice),
        )
        if decision.disagreement in ids
        else decision
        for decision in decisions
    )


def choose_coder(about: Disagreement, coder: str, text: str) -> tuple[Choice, Span | None]:
    """Return the choice that follows one coder, and the passage where it is one of its own.

    Args:
        about: The disagreement, of two coders or of a team.
        coder: Whose view is taken.
        text: Text of the transcript.

    Raises:
        UnknownNameError: the coder is on neither side.
        InvalidValueError: the coder's side holds several views, and the coder's own is of
            several passages.
    """
    for choice, coders, codings in (
        (Choice.TAKE_A, about.coders_a, about.codings_a),
        (Choice.TAKE_B, about.coders_b, about.codings_b),
    ):
        if coder not in coders:
            continue
        coder_spans = _within(about, [c for c in codings if c.coder == coder], text)
        # A side can be taken as a whole only if everybody on it marked what this coder marked.
        if all(
            _within(about, [c for c in codings if c.coder == c2], text) == coder_spans
            for c2 in coders
        ):
            return choice, None
        if len(coder_spans) == 1:
            return Choice.NEW, coder_spans[0]
        raise InvalidValueError(
            Message(
                "{coder} marked {count_coder_spans} passages with '{code}' in '{transcript}' "
                "at {start}, and {coders} marked others: take the side (a or b), or give the "
                "agreed passage as a new coding.",
                coder=coder,
                count_coder_spans=len(coder_spans),
                code=about.code,
                transcript=about.transcript,
                start=about.unit.start,
                coders=" and ".join(c for c in coders if c != coder),
            )
        )
    raise unknown_name(
        "coder",
        coder,
        (*about.coders_a, *about.coders_b),
        Message("disagreement '{id}'", id=about.id),
    )


def _within(about: Disagreement, codings: Iterable[Coding], text: str) -> list[Span]:
    """Return where codings lie in the unit of a disagreement, without white space around."""
    shared = (coding.span.intersection(about.unit) for coding in codings)
    # A space more or less at the edge of a passage is not another view.
    cut = (trimmed(text, span.start, span.end) for span in shared if span)
    return sorted({span for span in cut if span})


def choose_most(about: Disagreement) -> Choice | None:
    """Return the choice of most coders; None where neither side is larger."""
    if len(about.coders_a) > len(about.coders_b):
        return Choice.TAKE_A
    # Those who do not share the commonest passage need not share another.
    alike = about.kind is not DisagreementKind.BOUNDARY
    return Choice.TAKE_B if alike and len(about.coders_b) > len(about.coders_a) else None
